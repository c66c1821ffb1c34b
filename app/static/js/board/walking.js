// Where the focus is on the board: one card has it, and the arrows walk from there.
import { isColumn } from "./moves.js";

let current = "";
let had = "";

const stop = (element) => element.querySelector(isColumn(element) ? ".grip" : ".title");
const cardsOf = (column) => (shut(column) ? [] : [...column.querySelectorAll(".card:not([hidden])")]);
const shut = (column) => column.matches(".folded") && !column.closest(".searching");

/** The card or the column that something is part of. */
export const holder = (target) => target.closest(".card, .column");

/** All columns in order. */
export const columns = () => [...document.querySelectorAll("#columns > .column")];

/** Let the tab key stop at one card only; the arrows reach the others. */
export function rove() {
  const stops = [...document.querySelectorAll("#columns .card .title, #columns .grip")];
  const first = stops.find((one) => holder(one).id === current) ?? stops.find((one) => one.matches(".title"));
  for (const one of stops) {
    one.tabIndex = one === first ? 0 : -1;
    if (isColumn(holder(one))) continue;
    for (const more of holder(one).querySelectorAll(".icon-button, .pick input")) more.tabIndex = one.tabIndex;
  }
}

/** Give the focus to a card or a column. */
export function focus(element) {
  if (!element) return;
  current = element.id;
  rove();
  stop(element).focus();
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** What the arrow `key` leads to from a card or a column. */
export function neighbour(element, key) {
  const all = columns();
  const column = element.closest(".column");
  const cards = cardsOf(column);
  const at = cards.indexOf(element);
  if (key === "ArrowDown") return cards[at + 1];
  if (key === "ArrowUp") return at > 0 ? cards[at - 1] : column;
  const beside = all[all.indexOf(column) + (key === "ArrowRight" ? 1 : -1)];
  if (!beside || at < 0) return beside;
  return cardsOf(beside)[Math.min(at, cardsOf(beside).length - 1)] ?? beside;
}

/** Give the focus back to the card that had it, if an answer drew that card anew. */
export function keepFocus() {
  if (document.activeElement !== document.body || !had) return;
  stop(document.getElementById(had) ?? document.createElement("li"))?.focus();
}

document.addEventListener("htmx:before:swap", () => {
  had = holder(document.activeElement)?.id ?? "";
});

document.addEventListener("focusin", (event) => {
  const element = event.target.closest?.("#columns .card, #columns .column > header");
  if (!element) return;
  const now = holder(element).id;
  if (now === current) return;
  current = now;
  rove();
});
