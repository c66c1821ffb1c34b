// Taking back one's own changes, the last one first.
import { toast } from "../live.js";
import { board, sendOr, words } from "./send.js";

const done = [];

/** Read from the board's state which of one's own changes can be undone now. */
export function note() {
  const { undo, undone } = document.getElementById("board-state").dataset;
  const at = done.indexOf(undone);
  if (at >= 0) done.splice(at, 1);
  if (undone) document.querySelector(`.toast [hx-post$="/operations/${undone}/undo"]`)?.closest(".toast").remove();
  if (undo && !done.includes(undo)) done.push(undo);
}

/** Undo the last change that was made here. */
export function undoLast() {
  const sequence = done.pop();
  if (!sequence) return toast(words().sayNothing);
  return sendOr(() => done.push(sequence), "POST", `${board().dataset.base}/operations/${sequence}/undo`);
}
