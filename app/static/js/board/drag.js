// Dragging with the mouse, and with a finger after a long press.
import { board } from "./send.js";
import { isColumn, placeOf, settle } from "./moves.js";
import { withSelection } from "./selection.js";

const KEPT = "button:not(.grip), input, select, textarea, summary, .menu, .pick, form";
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
let along = [];

/** Tell whether something is being dragged just now. */
export const dragging = () => putBack !== null;

// Before the picture of what is dragged is taken, so that it tells how many go along.
function choose({ item }) {
  const count = isColumn(item) ? 1 : withSelection(item).length;
  if (count > 1) item.dataset.count = count;
}

function lift({ item }) {
  along = isColumn(item) ? [item] : withSelection(item);
  putBack = placeOf(item, along);
  board().classList.add("dragging");
  for (const one of along) one.classList.toggle("along", one !== item);
}

function release(item) {
  delete item.dataset.count;
  for (const one of along) one.classList.remove("along");
  const back = putBack;
  putBack = null;
  board().classList.remove("dragging");
  return back;
}

function drop(event) {
  const back = release(event.item);
  // A drag that ends without a drop was cancelled: Escape, or let go outside of the window.
  if (event.originalEvent?.type === "dragend") return back();
  const unmoved = event.from === event.to && event.oldDraggableIndex === event.newDraggableIndex;
  if (!unmoved || along.length > 1) settle(event.item, back, along);
}

function once(element, options) {
  const always = { ...shared, onChoose: choose, onUnchoose: ({ item }) => delete item.dataset.count, onStart: lift, onEnd: drop };
  if (!Sortable.get(element)) Sortable.create(element, { ...always, ...options });
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
  const start = (event) => {
    along = [event.item];
    putBack = placeOf(event.item);
    board().classList.add("dragging");
  };
  const put = (event) => {
    const cancelled = event.originalEvent?.type === "dragend";
    const back = release(event.item);
    if (cancelled) back();
    else if (event.oldDraggableIndex !== event.newDraggableIndex) moved(event.item, back);
  };
  Sortable.create(list, { ...shared, filter: null, draggable: ".block", handle: ".grip", onStart: start, onEnd: put });
}
