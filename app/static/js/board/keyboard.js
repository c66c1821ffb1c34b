// The board by keyboard: one card has the focus, arrows walk, space lifts.
import { announce, toast } from "../live.js";
import { board, words } from "./send.js";
import { isColumn, placeOf, remove, settle, siblings, titleOf } from "./moves.js";
import { undoLast } from "./undo.js";
import { rename } from "./rename.js";
import { openMove } from "./move_dialog.js";

let lifted = null;
let current = "";

/** Tell whether a card or a column is lifted just now. */
export const lifting = () => lifted !== null;

const stop = (element) => element.querySelector(isColumn(element) ? ".grip" : ".title");
const holder = (target) => target.closest(".card, .column");
const columns = () => [...document.querySelectorAll("#columns > .column")];
const cardsOf = (column) => [...column.querySelectorAll(".card")];

/** Let the tab key stop at one card only; the arrows reach the others. */
export function rove() {
  const stops = [...document.querySelectorAll("#columns .card .title, #columns .grip")];
  const first = stops.find((one) => holder(one).id === current) ?? stops.find((one) => one.matches(".title"));
  for (const one of stops) {
    one.tabIndex = one === first ? 0 : -1;
    if (!isColumn(holder(one))) holder(one).querySelector(".icon-button").tabIndex = one.tabIndex;
  }
}

function focus(element) {
  if (!element) return;
  current = element.id;
  rove();
  stop(element).focus();
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function neighbour(element, key) {
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

function say(sentence, element) {
  const all = siblings(element);
  const values = {
    title: titleOf(element),
    n: all.indexOf(element) + 1,
    of: all.length,
    module: titleOf(element.closest(".column")),
  };
  announce(sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]));
}

function lift(element) {
  lifted = { element, putBack: placeOf(element), from: [element.parentElement, element.nextElementSibling] };
  element.dataset.lifted = "";
  say(isColumn(element) ? words().sayModuleLifted : words().sayLifted, element);
}

function release() {
  const was = lifted;
  lifted = null;
  delete was.element.dataset.lifted;
  return was;
}

function shift(key) {
  const { element } = lifted;
  const moved = isColumn(element) ? shiftColumn(element, key) : shiftCard(element, key);
  if (!moved) return;
  focus(element);
  say(isColumn(element) ? words().sayModuleAt : words().sayAt, element);
}

function shiftColumn(column, key) {
  if (key === "ArrowLeft" && column.previousElementSibling) column.previousElementSibling.before(column);
  else if (key === "ArrowRight" && column.nextElementSibling) column.nextElementSibling.after(column);
  else return false;
  return true;
}

function shiftCard(card, key) {
  if (key === "ArrowUp" && card.previousElementSibling) card.previousElementSibling.before(card);
  else if (key === "ArrowDown" && card.nextElementSibling) card.nextElementSibling.after(card);
  else if (key === "ArrowLeft" || key === "ArrowRight") return shiftAcross(card, key);
  else return false;
  return true;
}

function shiftAcross(card, key) {
  const all = columns();
  const beside = all[all.indexOf(card.closest(".column")) + (key === "ArrowRight" ? 1 : -1)];
  if (!beside) return false;
  const at = siblings(card).indexOf(card);
  const list = beside.querySelector(".column-cards");
  list.insertBefore(card, list.children[at] ?? null);
  return true;
}

async function drop() {
  const { element, putBack, from } = release();
  const [parent, next] = from;
  if (element.parentElement !== parent || element.nextElementSibling !== next) await settle(element, putBack);
  focus(document.getElementById(element.id));
}

function cancel() {
  const { element, putBack } = release();
  putBack();
  focus(element);
  say(words().sayCancelled, element);
}

function whileLifted(event) {
  if (event.key.startsWith("Arrow")) shift(event.key);
  else if (event.key === " " || event.key === "Enter") drop();
  else if (event.key === "Escape") cancel();
  else return event.key !== "Tab";
  return true;
}

function add(element) {
  const details = element.closest(".column").querySelector(".add-lesson");
  details.open = true;
  details.querySelector(".input").focus();
}

async function removeAndStep(element) {
  const next = neighbour(element, "ArrowDown") ?? neighbour(element, "ArrowUp");
  await remove(element);
  if (!document.getElementById(element.id)) focus(document.getElementById(next?.id));
}

function onStop(event, element) {
  if (event.key.startsWith("Arrow")) focus(neighbour(element, event.key));
  else if (event.key === " ") lift(element);
  else if (event.key === "Delete" && !isColumn(element)) removeAndStep(element);
  else if (event.key === "F2") rename(element);
  else if (event.key.toLowerCase() === "n") add(element);
  else if (event.key.toLowerCase() === "m" && !isColumn(element)) openMove(element);
  else return false;
  return true;
}

function anywhere(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) undoLast();
  else if (event.key === "?") document.getElementById("keys").showModal();
  else return false;
  return true;
}

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

document.addEventListener("keydown", (event) => {
  if (!board() || event.isComposing || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const chord = event.ctrlKey || event.metaKey;
  const element = event.target.matches(".title, .grip") ? holder(event.target) : null;
  let done = false;
  if (lifted) done = whileLifted(event);
  else if (element && !chord && board().contains(element)) done = onStop(event, element);
  if (done || anywhere(event)) event.preventDefault();
});

let had = "";

/** Give the focus back to the card that had it, if an answer drew that card anew. */
export function keepFocus() {
  if (document.activeElement !== document.body || !had) return;
  stop(document.getElementById(had) ?? document.createElement("li"))?.focus();
}

document.addEventListener("htmx:before:swap", () => {
  had = holder(document.activeElement)?.id ?? "";
});

// A click elsewhere lets go of what is lifted.
document.addEventListener("pointerdown", () => { if (lifted) cancel(); });

document.addEventListener("focusin", (event) => {
  const element = event.target.closest?.("#columns .card, #columns .column > header");
  if (!element) return;
  const now = holder(element).id;
  if (now === current) return;
  current = now;
  rove();
});
