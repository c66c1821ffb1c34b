// Where cards and columns stand, and the one command that each move sends.
import { board, sendOr } from "./send.js";

const base = () => board().dataset.base;

export const isColumn = (element) => element.classList.contains("column");
export const titleOf = (element) => element.querySelector(isColumn(element) ? ".column-title" : ".title").textContent.trim();
export const siblings = (element) => [...element.parentElement.children].filter((one) => one.dataset.key);
export const keyBefore = (element) => element.previousElementSibling?.dataset.key ?? "";

/** Remember where `element` stands; the returned function puts it back there. */
export function placeOf(element) {
  const { parentElement, nextElementSibling } = element;
  return () => parentElement.insertBefore(element, nextElementSibling);
}

/** Tell the server where `element` now stands; put it back if that is refused. */
export function settle(element, putBack) {
  const { key } = element.dataset;
  if (isColumn(element)) {
    return sendOr(putBack, "POST", `${base()}/modules/${key}/move`, { after: keyBefore(element) });
  }
  const module = element.closest(".column").dataset.key;
  return sendOr(putBack, "POST", `${base()}/lessons/${key}/move`, { module, after: keyBefore(element) });
}

/** Delete `element`'s lesson or module; the answer offers to undo it. */
export function remove(element) {
  const kind = isColumn(element) ? "modules" : "lessons";
  return sendOr(() => {}, "DELETE", `${base()}/${kind}/${element.dataset.key}`);
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
