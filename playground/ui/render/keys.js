// A reply's tokens: at the pointer, at a tap, and with the arrow keys while the reply has focus, a tip tells how
// probable the model found the token and what else it considered. Everything is set as text, never as markup.
const tokenTip = { box: null, at: null };
const tokenRows = new WeakMap();

function rowsOf(reply) {
  if (!tokenRows.has(reply)) tokenRows.set(reply, JSON.parse(reply.dataset.tokens));
  return tokenRows.get(reply);
}

function textElement(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

const seen = (text) => text.replaceAll("\n", "⏎").replaceAll("\t", "⇥").replaceAll(" ", "␣") || "(none)";
const percent = (share) => (share < 0.001 ? "<0.1%" : share > 0.999 ? ">99.9%" : (100 * share).toFixed(1) + "%");

function tipRow([text, share], chosen) {
  const row = document.createElement("tr");
  if (chosen) row.className = "ap-tip-chosen";
  const bar = document.createElement("span");
  bar.style.width = Math.max(1, Math.round(100 * share)) + "%";
  const cell = document.createElement("td");
  cell.className = "ap-tip-bar";
  cell.append(bar);
  row.append(textElement("td", seen(text)), cell, textElement("td", percent(share)));
  return row;
}

function hideToken() {
  tokenTip.at?.classList.remove("ap-token-here");
  if (tokenTip.box) tokenTip.box.hidden = true;
  tokenTip.at = null;
}

function showToken(token) {
  const reply = token.closest("[data-tokens]");
  const [text, share, others] = rowsOf(reply)[Number(token.dataset.t)];
  hideToken();
  tokenTip.at = token;
  token.classList.add("ap-token-here");
  if (!tokenTip.box?.isConnected) {
    tokenTip.box = textElement("div", "", "ap-tip");
    tokenTip.box.setAttribute("role", "status");
    (document.querySelector(".gradio-container") || document.body).append(tokenTip.box);
  }
  const table = document.createElement("table");
  const rank = others.findIndex(([other, value]) => other === text && value === share);
  table.append(...others.map((one, at) => tipRow(one, at === rank)));
  if (rank < 0) table.append(tipRow([text, share], true));
  tokenTip.box.replaceChildren(textElement("p", `${seen(text)} was ${percent(share)} probable`), table);
  tokenTip.box.hidden = false;
  const place = token.getClientRects()[0], box = tokenTip.box.getBoundingClientRect();
  const below = place.bottom + 6 + box.height < innerHeight;
  tokenTip.box.style.left = Math.max(6, Math.min(place.left, innerWidth - box.width - 6)) + "px";
  tokenTip.box.style.top = Math.max(6, below ? place.bottom + 6 : place.top - box.height - 6) + "px";
}

document.addEventListener("pointerover", (event) => {
  const token = event.target.closest?.(".ap-token");
  if (token) showToken(token);
  else if (event.pointerType === "mouse" && !event.target.closest?.("[data-tokens]")) hideToken();
});
document.addEventListener("click", (event) => {
  const token = event.target.closest?.(".ap-token");
  if (token) showToken(token);
  else hideToken();
});
document.addEventListener("scroll", hideToken, true);
document.addEventListener("focusout", hideToken);

document.addEventListener("keydown", (event) => {
  const block = event.target.closest?.("[data-tokens] [role=region]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!block || event.target !== block || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const tokens = [...block.querySelectorAll(".ap-token")];
  const here = block.contains(tokenTip.at) ? Number(tokenTip.at.dataset.t) : null;
  const ahead = step > 0 ? tokens : tokens.toReversed();
  const next = ahead.find((one) => here === null || step * (Number(one.dataset.t) - here) > 0);
  if (!next) return;
  const number = next.dataset.t;
  const first = tokens.find((one) => one.dataset.t === number);
  first.scrollIntoView({ block: "nearest" });
  // Scrolling hides the tip, and its event comes with the next frame.
  requestAnimationFrame(() => requestAnimationFrame(() => first.isConnected && showToken(first)));
});
