// Which cards are selected: their ticked boxes, kept through every answer of the server.
import { announce } from "../live.js";
import { board, filled, words } from "./send.js";
import { titleOf } from "./moves.js";

const picked = new Set();
let anchor = "";

const form = () => document.getElementById("selection");
const cards = () => [...document.querySelectorAll("#columns .card")];
const keyOf = (card) => card.dataset.key;

/** The cards that go where `card` goes: all that are selected, if it is one of them. */
export function withSelection(card) {
  return picked.size > 1 && picked.has(keyOf(card)) ? selected() : [card];
}

/** The selected cards in the order of the board. */
export const selected = () => cards().filter((card) => picked.has(keyOf(card)));

/** Tell whether any card is selected. */
export const anySelected = () => picked.size > 0;

/** Select a card, or let it go if it was. */
export function pick(card, on = !picked.has(keyOf(card))) {
  if (on) picked.add(keyOf(card));
  else picked.delete(keyOf(card));
  anchor = keyOf(card);
  show();
  const sentence = on ? words().sayPicked : words().sayUnpicked;
  announce(filled(sentence, { title: titleOf(card), count: picked.size }));
}

/** Select everything from the card that was picked last to this one. */
export function pickTo(card) {
  const all = cards().filter((one) => !one.hidden);
  const from = all.findIndex((one) => keyOf(one) === anchor);
  const to = all.indexOf(card);
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  for (const one of all.slice(first, last + 1)) picked.add(keyOf(one));
  if (from < 0) anchor = keyOf(card);
  show();
  announce(count());
}

/** Let all go. */
export function unpick() {
  picked.clear();
  show();
  announce(form().dataset.sayNone);
}

function count() {
  const { sayOne, sayMany } = form().dataset;
  return picked.size === 1 ? sayOne : filled(sayMany, { count: picked.size });
}

/** Show what is selected on cards that may have been drawn anew; what is gone is let go. */
export function show() {
  const there = new Set(cards().map(keyOf));
  for (const key of picked) if (!there.has(key)) picked.delete(key);
  for (const card of cards()) {
    const on = picked.has(keyOf(card));
    card.classList.toggle("selected", on);
    card.querySelector(".pick input").checked = on;
  }
  form().hidden = picked.size === 0;
  board().toggleAttribute("data-picking", picked.size > 0 || picking());
  document.getElementById("selected").textContent = count();
  form().querySelector("[data-unselect]").hidden = false;
}

const picking = () => document.getElementById("pick-mode").getAttribute("aria-pressed") === "true";

document.addEventListener("click", (event) => {
  const card = event.target.closest("#columns .card");
  const chord = event.ctrlKey || event.metaKey;
  const box = event.target.closest(".pick");
  if (!card || !board() || event.target.closest("button, .rename-here")) return;
  if (box && event.target.matches("input")) {
    // A box that is clicked ticks itself; only what follows from it is left to do.
    if (event.shiftKey) pickTo(card);
    else pick(card, event.target.checked);
    card.querySelector(".title").focus();
  } else if (!box && (chord || event.shiftKey || picking())) {
    event.preventDefault();
    event.stopPropagation(); // or the lesson would open
    if (event.shiftKey) pickTo(card);
    else pick(card);
    card.querySelector(".title").focus();
  }
}, true);

document.addEventListener("click", (event) => {
  const mode = event.target.closest("[data-pick-mode]");
  if (mode) mode.setAttribute("aria-pressed", String(!picking()));
  if (mode && !picking()) unpick();
  else if (mode) show();
  if (event.target.closest("[data-unselect]")) unpick();
  const all = event.target.closest("[data-pick-all]");
  if (!all) return;
  for (const card of all.closest(".column").querySelectorAll(".card:not([hidden])")) picked.add(keyOf(card));
  show();
  announce(count());
});
