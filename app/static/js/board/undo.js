// Taking back one's own changes, the last one first, and doing them again. The server knows which
// these are, so that they are the same in every tab and after a reload.
import { toast } from "../live.js";
import { board, sendOr, words } from "./send.js";

const state = () => document.getElementById("board-state").dataset;

/** Take away the offer to undo what has been undone. */
export function note() {
  const { undone } = state();
  if (undone) document.querySelector(`.toast [hx-post$="/operations/${undone}/undo"]`)?.closest(".toast").remove();
}

/** Undo one's own last change. */
export const undoLast = () => step("undo", words().sayNothing);

/** Do again what was undone last. */
export const redoLast = () => step("redo", words().sayNothingAgain);

// Which one it is, is known only when all that was sent before has been answered.
async function step(which, nothing) {
  const url = () => (state()[which] ? `${board().dataset.base}/operations/${state()[which]}/undo` : "");
  if (await sendOr(() => {}, "POST", url) === null) toast(nothing);
}
