// A card or a column lifted by the keyboard: arrows move it, space drops it, Escape puts it back.
import { announce } from "../live.js";
import { filled, words } from "./send.js";
import { isColumn, placeOf, settle, siblings, titleOf } from "./moves.js";
import { columns, focus } from "./walking.js";
import { withSelection } from "./selection.js";

let lifted = null;

/** Tell whether a card or a column is lifted just now. */
export const lifting = () => lifted !== null;

function say(sentence, element) {
  const all = siblings(element);
  const values = {
    title: titleOf(element),
    n: all.indexOf(element) + 1,
    of: all.length,
    module: titleOf(element.closest(".column")),
  };
  announce(filled(sentence, values));
}

/** Lift a card, with all that are selected if it is one of them, or a column. */
export function lift(element) {
  const along = isColumn(element) ? [element] : withSelection(element);
  lifted = { element, along, putBack: placeOf(element, along), from: [element.parentElement, element.nextElementSibling] };
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
  const { element, along, putBack, from } = release();
  const [parent, next] = from;
  const moved = element.parentElement !== parent || element.nextElementSibling !== next;
  if (moved) await settle(element, putBack, along);
  focus(document.getElementById(element.id));
}

function cancel() {
  const { element, putBack } = release();
  putBack();
  focus(element);
  say(words().sayCancelled, element);
}

/** What a key does while something is lifted; returns whether it did anything. */
export function whileLifted(event) {
  if (event.key.startsWith("Arrow")) shift(event.key);
  else if (event.key === " " || event.key === "Enter") drop();
  else if (event.key === "Escape") cancel();
  else return event.key !== "Tab";
  return true;
}

// A click elsewhere lets go of what is lifted.
document.addEventListener("pointerdown", () => { if (lifted) cancel(); });
