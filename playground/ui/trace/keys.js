// The stepper: keys press its buttons, a pressed line number sets or clears a breakpoint, the current line is in sight.
const STEPPER_KEYS = { n: ".ap-step-forward", ArrowRight: ".ap-step-forward", p: ".ap-step-back", ArrowLeft: ".ap-step-back", c: ".ap-step-on" };

document.addEventListener("keydown", (event) => {
  const stepper = event.target.closest?.(".ap-trace");
  const wanted = STEPPER_KEYS[event.key];
  if (!stepper || !wanted || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  stepper.querySelector(wanted)?.click();
});

document.addEventListener("click", (event) => {
  const stepper = event.target.closest?.(".ap-trace");
  if (!stepper || !event.target.closest(".ap-trace-view")) return;
  const gutter = event.target.closest(".ap-gutter");
  if (gutter) toggleBreakpoint(stepper, gutter.dataset.line);
  // The view is written anew on each step: focus stays where the keys still work.
  if (gutter || getSelection().isCollapsed) stepper.querySelector(".ap-step-forward")?.focus({ preventScroll: true });
});

function toggleBreakpoint(stepper, line) {
  const field = stepper.querySelector(".ap-breakpoints textarea, .ap-breakpoints input");
  const lines = new Set(field.value.split(/[\s,]+/).filter(Boolean));
  if (!lines.delete(line)) lines.add(line);
  field.value = [...lines].sort((one, other) => one - other).join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

window.showCurrentLine = () => {
  for (const source of document.querySelectorAll(".ap-trace-source")) {
    const line = source.querySelector(".ap-here");
    if (line) source.scrollTop += line.getBoundingClientRect().top - source.getBoundingClientRect().top - source.clientHeight / 2;
  }
};

// A trace just opened comes into sight, and the keys work at once. Its first view may be drawn some frames later.
const FRAMES_TO_WAIT = 120;

window.showStepper = (frames = FRAMES_TO_WAIT) => {
  const opened = [...document.querySelectorAll(".ap-trace")].find((one) => one.offsetParent !== null);
  if (!opened?.querySelector('.ap-trace-view[data-position="0"]')) {
    if (frames > 0) requestAnimationFrame(() => window.showStepper(frames - 1));
    return;
  }
  opened.scrollIntoView({ block: "nearest" });
  opened.querySelector(".ap-step-forward").focus({ preventScroll: true });
};
