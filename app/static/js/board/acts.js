// What can be done with a card, by its menu or by a key.
import { board, sendOr } from "./send.js";
import { placeOf, remove, settle } from "./moves.js";
import { openMove } from "./move_dialog.js";
import { pick, withSelection } from "./selection.js";
import { rename } from "./rename.js";

function step(card, next) {
  const beside = next ? card.nextElementSibling : card.previousElementSibling;
  if (!beside) return;
  const putBack = placeOf(card);
  if (next) beside.after(card);
  else beside.before(card);
  card.querySelector(".title").focus();
  settle(card, putBack);
}

/** Copy the lesson of a card, or all that are selected with it. */
function duplicate(card) {
  const keys = withSelection(card).map((one) => ["key", one.dataset.key]);
  return sendOr(() => {}, "POST", `${board().dataset.base}/selection/copies`, keys);
}

export const acts = {
  open: (card) => card.querySelector(".title").click(),
  rename,
  up: (card) => step(card, false),
  down: (card) => step(card, true),
  move: (card) => openMove(withSelection(card)),
  duplicate,
  pick: (card) => pick(card),
  remove: (card) => remove(withSelection(card)),
};
