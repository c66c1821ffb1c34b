// Saying what just happened: toasts for eyes, and the live region for screen readers.
const STAY = 8000;

function later(element) {
  let timer = setTimeout(() => element.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const release = () => { hold(); timer = setTimeout(() => element.remove(), STAY); };
  element.addEventListener("pointerenter", hold);
  element.addEventListener("pointerleave", release);
  element.addEventListener("focusin", hold);
  element.addEventListener("focusout", release);
}

/** Read out a sentence without showing anything, e.g. where a card was moved to. */
export function announce(text) {
  const region = document.getElementById("announcer");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

/** Show a sentence at the foot of the window for a while. */
export function toast(text, { kind = "" } = {}) {
  const template = document.getElementById("toast-template");
  const element = template.content.firstElementChild.cloneNode(true);
  if (kind) element.classList.add(kind);
  element.querySelector("span").textContent = text;
  document.getElementById("toasts").append(element);
}

// Only what was done last is offered to be undone at once: all of it is in the history.
function replaceOffers(offer) {
  for (const old of document.querySelectorAll("#toasts > .toast:has(.text-button)")) {
    if (old === offer) continue;
    if (old.contains(document.activeElement)) offer.querySelector(".text-button").focus();
    old.remove();
  }
}

// Toasts drawn by the server arrive by swap; those without an action leave by themselves.
new MutationObserver((changes) => {
  for (const node of changes.flatMap((change) => [...change.addedNodes])) {
    if (!node.matches?.("#toasts > .toast")) continue;
    if (node.querySelector(".text-button")) replaceOffers(node);
    else later(node);
  }
}).observe(document.getElementById("toasts"), { childList: true });
