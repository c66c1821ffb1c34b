// Where cards and columns stand, and the one command that each move sends.
import { board, sendOr } from "./send.js";

const base = () => board().dataset.base;
const keysOf = (cards) => cards.map((card) => ["key", card.dataset.key]);

export const isColumn = (element) => element.classList.contains("column");
export const titleOf = (element) => element.querySelector(isColumn(element) ? ".column-title" : ".title").textContent.trim();
export const siblings = (element) => [...element.parentElement.children].filter((one) => one.dataset.key);
export const keyBefore = (element) => element.previousElementSibling?.dataset.key ?? "";

/** Remember where `element`, and what goes along with it, stand; the returned function puts it back. */
export function placeOf(element, along = [element]) {
  const places = along.map((one) => [one, one.parentElement, one.nextElementSibling]).reverse();
  return () => {
    for (const [one, parent, next] of places) parent.insertBefore(one, next);
  };
}

/** Tell the server where `element` now stands; put it back if that is refused. */
export function settle(element, putBack, along = [element]) {
  const { key } = element.dataset;
  if (isColumn(element)) {
    return sendOr(putBack, "POST", `${base()}/modules/${key}/move`, { after: keyBefore(element) });
  }
  const module = element.closest(".column").dataset.key;
  if (along.length === 1) {
    return sendOr(putBack, "POST", `${base()}/lessons/${key}/move`, { module, after: keyBefore(element) });
  }
  gather(element, along);
  const values = [...keysOf(along), ["module", module], ["after", keyBefore(along[0])]];
  return sendOr(putBack, "POST", `${base()}/selection/move`, values);
}

// The others come to where the one is that was carried, all in the order that they had.
function gather(element, along) {
  let next = element.nextElementSibling;
  while (along.includes(next)) next = next.nextElementSibling;
  for (const one of along) element.parentElement.insertBefore(one, next);
}

/** Delete the lessons of `cards`; the answer offers to undo it. */
export function remove(cards) {
  if (cards.length > 1) return sendOr(() => {}, "DELETE", `${base()}/selection`, keysOf(cards));
  return sendOr(() => {}, "DELETE", `${base()}/lessons/${cards[0].dataset.key}`);
}

/** Put the columns in the order that the server named last. */
export function order() {
  const state = document.getElementById("board-state");
  const columns = document.getElementById("columns");
  const wanted = state.dataset.order.split(" ").filter(Boolean);
  const shown = [...columns.children].map((column) => column.dataset.key);
  if (wanted.join(" ") === shown.join(" ")) return;
  for (const key of wanted) {
    const column = document.getElementById(`module-${key}`);
    if (column) columns.append(column);
  }
}
