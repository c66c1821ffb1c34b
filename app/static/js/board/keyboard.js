// The board by keyboard: which key does what.
import { board } from "./send.js";
import { acts } from "./acts.js";
import { fold } from "./fold.js";
import { stopFinding } from "./find.js";
import { isColumn } from "./moves.js";
import { lift, lifting, whileLifted } from "./lifting.js";
import { focus, holder, neighbour } from "./walking.js";
import { anySelected, pick, pickTo, unpick, withSelection } from "./selection.js";
import { redoLast, undoLast } from "./undo.js";
import { rename } from "./rename.js";

function add(element) {
  const details = element.closest(".column").querySelector(".add-lesson");
  details.open = true;
  details.querySelector(".input").focus();
}

async function removeAndStep(element) {
  const going = withSelection(element);
  const stays = (key) => {
    let one = neighbour(element, key);
    while (one && going.includes(one)) one = neighbour(one, key);
    return one;
  };
  const next = stays("ArrowDown") ?? stays("ArrowUp");
  await acts.remove(element);
  if (!document.getElementById(element.id)) focus(document.getElementById(next?.id));
}

function walk(event, element) {
  const next = neighbour(element, event.key);
  if (event.shiftKey && next && !isColumn(next) && !isColumn(element)) {
    if (!anySelected()) pick(element, true);
    pickTo(next);
  }
  focus(next);
}

const ON_CARD = { F2: "rename", m: "move", d: "duplicate", x: "pick" };

function onStop(event, element) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.startsWith("Arrow")) walk(event, element);
  else if (key === " ") lift(element);
  else if (key === "n") add(element);
  else if (key === "c") collapse(element);
  else if (key === "F2") rename(element);
  else if (isColumn(element)) return false;
  else if (key === "Delete") removeAndStep(element);
  else if (key in ON_CARD) acts[ON_CARD[key]](element);
  else return false;
  return true;
}

function collapse(element) {
  const column = element.closest(".column");
  fold(column);
  focus(column);
}

function anywhere(event) {
  const key = event.key.toLowerCase();
  const chord = event.ctrlKey || event.metaKey;
  if (chord && key === "z" && !event.shiftKey) undoLast();
  else if (chord && (key === "y" || key === "z")) redoLast();
  else if (chord) return false;
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "Escape" && anySelected()) unpick();
  else if (event.key === "Escape") return stopFinding();
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
  if (lifting()) done = whileLifted(event);
  else if (element && !chord && board().contains(element)) done = onStop(event, element);
  if (done || anywhere(event)) event.preventDefault();
});
