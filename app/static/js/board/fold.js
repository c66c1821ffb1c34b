// Columns that are collapsed, remembered in this browser for each person and course.
import { announce } from "../live.js";
import { board, filled, words } from "./send.js";
import { titleOf } from "./moves.js";

const columns = () => [...document.querySelectorAll("#columns > .column")];
const place = () => `lectern-folded:${board().dataset.who}:${board().dataset.base}`;

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(place()) ?? "[]"));
  } catch {
    return new Set();
  }
}

function write(keys) {
  try {
    localStorage.setItem(place(), JSON.stringify([...keys]));
  } catch { /* a full or closed store only forgets what was collapsed */ }
  showFolds();
}

/** Show columns as they were left. */
export function showFolds() {
  const folded = read();
  const all = columns();
  for (const column of all) {
    const is = folded.has(column.dataset.key);
    column.classList.toggle("folded", is);
    column.querySelector("[data-fold]").setAttribute("aria-expanded", String(!is));
  }
  const button = document.getElementById("fold-all");
  button.hidden = all.length < 2;
  button.dataset.close ??= button.textContent;
  button.textContent = allFolded() ? button.dataset.open : button.dataset.close;
}

const allFolded = () => columns().every((column) => column.classList.contains("folded"));

/** Collapse a column, or expand it again. */
export function fold(column, wanted = !column.classList.contains("folded")) {
  const folded = read();
  if (wanted) folded.add(column.dataset.key);
  else folded.delete(column.dataset.key);
  write(folded);
  announce(filled(wanted ? words().sayFolded : words().sayUnfolded, { title: titleOf(column) }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fold]");
  if (button) fold(button.closest(".column"));
  if (event.target.closest("[data-fold-all]")) write(allFolded() ? [] : columns().map((one) => one.dataset.key));
});

// A card held over a collapsed column for a moment opens it.
let over = null;
let timer = 0;

document.addEventListener("dragenter", (event) => {
  const column = event.target.closest?.(".column.folded") ?? null;
  if (column === over) return;
  over = column;
  clearTimeout(timer);
  if (column && board().classList.contains("dragging")) timer = setTimeout(() => fold(column, false), 500);
});
