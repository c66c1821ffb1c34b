// Makes the board's page live, and keeps it so after each part that arrives.
import { board, sendOr } from "./send.js";
import { dragging, makeSortable } from "./drag.js";
import { lifting } from "./lifting.js";
import { keepFocus, rove } from "./walking.js";
import { closeMove, openMove } from "./move_dialog.js";
import { selected, show as showSelection } from "./selection.js";
import { showFolds } from "./fold.js";
import { showFound } from "./find.js";
import { advance, follow, look } from "./feed.js";
import { note } from "./undo.js";
import { order } from "./moves.js";
import { renaming } from "./rename.js";
import "./card_menu.js";
import "./drawer.js";
import "./keyboard.js";

const ADDS = ".add-lesson, .add-module, .add-next";
let sending = 0;

function typing() {
  const focused = document.activeElement;
  return board().contains(focused) && focused.matches("input:not(.add-form *, .pick *), select, textarea");
}

const menuOpen = () => document.querySelector("main .menu:popover-open") !== null;
const busy = () => sending > 0 || dragging() || lifting() || renaming() || typing() || menuOpen();

function settle() {
  if (!board()) return;
  board().dataset.live = "";
  document.getElementById("pick-mode").hidden = false;
  order();
  makeSortable();
  note();
  advance();
  showFolds();
  showFound();
  showSelection();
  rove();
  keepFocus();
}

// Forms of the board are commands; without this script they are sent as forms.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-command]");
  if (!form || !board()) return;
  event.preventDefault();
  if (event.submitter?.matches("[data-places]")) return openMove(selected());
  const url = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const values = [...new FormData(form, event.submitter)];
  const putBack = form.dataset.command === "add" ? addAnother(form) : () => {};
  sending += 1;
  const done = await sendOr(putBack, "POST", url, values);
  sending -= 1;
  if (!done) return look();
  form.closest(".menu:popover-open")?.hidePopover();
  if (form.closest("#move-dialog")) closeMove();
  form.dispatchEvent(new CustomEvent("lectern:sent", { bubbles: true }));
  if (form.dataset.command === "resolve") form.closest(".board-strip").remove();
});

// The next title can be typed while this one is on its way; if it is refused, it comes back.
function addAnother(form) {
  const input = form.querySelector(".input");
  const typed = input.value;
  input.value = "";
  input.focus();
  form.elements.key.value = String(crypto.getRandomValues(new Uint32Array(3)));
  return () => { input.value ||= typed; };
}

// A form for adding closes again on Escape.
document.addEventListener("keydown", (event) => {
  const details = event.key === "Escape" && event.target.closest?.(ADDS);
  if (!details) return;
  event.preventDefault();
  details.open = false;
  details.querySelector("summary").focus();
});

// So does one left empty for something else.
document.addEventListener("click", (event) => {
  for (const details of document.querySelectorAll(`:is(${ADDS})[open]`)) {
    if (!details.contains(event.target) && !details.querySelector(".input").value) details.open = false;
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(`:is(${ADDS})[open]`)) event.target.querySelector(".input").focus();
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dismiss]");
  if (!link) return;
  event.preventDefault();
  document.getElementById(link.dataset.dismiss).remove();
});

document.addEventListener("htmx:after:swap", settle);
settle();
follow(busy);
