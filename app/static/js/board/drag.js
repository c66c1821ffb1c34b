// Dragging with the mouse, and with a finger after a long press.
import { board } from "./send.js";
import { placeOf, settle } from "./moves.js";

const KEPT = "button:not(.grip), input, select, textarea, summary, .menu, form";
const shared = {
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
  ghostClass: "gap",
  dragClass: "lifted",
  fallbackOnBody: true,
  delay: 250,
  delayOnTouchOnly: true,
  touchStartThreshold: 5,
  scroll: true,
  scrollSensitivity: 80,
  scrollSpeed: 14,
  bubbleScroll: true,
  filter: KEPT,
  preventOnFilter: false,
};

let putBack = null;

/** Tell whether something is being dragged just now. */
export const dragging = () => putBack !== null;

function lift(event) {
  putBack = placeOf(event.item);
  board().classList.add("dragging");
}

function drop(event) {
  const back = putBack;
  putBack = null;
  board().classList.remove("dragging");
  // A drag that ends without a drop was cancelled: Escape, or let go outside of the window.
  if (event.originalEvent?.type === "dragend") return back();
  const unmoved = event.from === event.to && event.oldDraggableIndex === event.newDraggableIndex;
  if (!unmoved) settle(event.item, back);
}

function once(element, options) {
  if (!Sortable.get(element)) Sortable.create(element, { ...shared, ...options, onStart: lift, onEnd: drop });
}

/** Make every list of cards, and the row of columns, sortable; those that are so already stay. */
export function makeSortable() {
  if (!window.Sortable) return;
  const columns = document.getElementById("columns");
  once(columns, { draggable: ".column", handle: ".column > header", direction: "horizontal" });
  for (const cards of columns.querySelectorAll(".column-cards")) {
    once(cards, { draggable: ".card", group: "lessons", emptyInsertThreshold: 24 });
  }
}

/** Let the blocks in `list` be dragged by their grips; `moved(block)` is told of each that was. */
export function sortBlocks(list, moved) {
  if (!window.Sortable || Sortable.get(list)) return;
  const put = (event) => {
    const cancelled = event.originalEvent?.type === "dragend";
    const back = putBack;
    putBack = null;
    board().classList.remove("dragging");
    if (cancelled) back();
    else if (event.oldDraggableIndex !== event.newDraggableIndex) moved(event.item, back);
  };
  Sortable.create(list, { ...shared, filter: null, draggable: ".block", handle: ".grip", onStart: lift, onEnd: put });
}
