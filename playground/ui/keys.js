// Ctrl+Enter (Cmd+Enter) presses the visible tab's run button, Esc its stop button.
document.addEventListener("keydown", (event) => {
  const wanted = event.key === "Enter" && (event.ctrlKey || event.metaKey) ? ".ap-key-run" : event.key === "Escape" ? ".ap-key-stop" : null;
  if (!wanted) return;
  const button = [...document.querySelectorAll(wanted)].find((one) => one.offsetParent !== null && !one.disabled);
  if (!button) return;
  event.preventDefault();
  // A field's value reaches the server when it loses focus at the latest.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  setTimeout(() => button.click(), 60);
}, true);
