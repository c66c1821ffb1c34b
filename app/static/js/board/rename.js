// Renaming a card or a column where it stands: F2, or a double click on the title.
import { toast } from "../live.js";
import { keep } from "./kept.js";
import { board, sendOr, words } from "./send.js";
import { isColumn, titleOf } from "./moves.js";

const shown = (element) => element.querySelector(isColumn(element) ? ".column-title" : ".title");

/** Tell whether a title is being typed just now. */
export const renaming = () => document.querySelector(".rename-here") !== null;

/** Put a field in the place of the title of `element`. */
export function rename(element) {
  if (renaming()) return;
  const title = shown(element);
  const input = document.createElement("input");
  Object.assign(input, { className: "input rename-here", value: titleOf(element), maxLength: 200 });
  input.setAttribute("aria-label", words().labelTitle);
  title.hidden = true;
  title.after(input);
  input.select();
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") input.blur();
    else if (event.key === "Escape") close(element, input);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => save(element, input));
}

function close(element, input) {
  const focused = input === document.activeElement;
  if (!input.isConnected) return;
  const title = shown(element);
  title.hidden = false;
  input.remove();
  if (focused) element.querySelector(".grip, .title").focus();
}

function save(element, input) {
  const title = input.value.trim();
  const unchanged = !title || title === titleOf(element);
  const focusAfter = document.activeElement === document.body;
  close(element, input);
  if (focusAfter) element.querySelector(".grip, .title").focus();
  if (unchanged) return;
  const { key, revision } = element.dataset;
  const before = titleOf(element);
  shown(element).textContent = title;
  const kind = isColumn(element) ? "modules" : "lessons";
  const putBack = () => { shown(element).textContent = before; };
  const url = `${board().dataset.base}/${kind}/${key}`;
  sendOr(putBack, "PATCH", url, { title, revision }, () => keepTitle(url, { title, revision }));
}

// A title that did not get through is sent when it can be.
function keepTitle(url, fields) {
  const isKept = keep(url, { action: url, method: "PATCH", fields });
  toast(isKept ? words().sayKept : words().sayFailed, { kind: "bad" });
}

// A title of a module is edited where it is clicked; one of a lesson opens it, so it takes two.
document.addEventListener("click", (event) => {
  const title = event.target.closest(".column-title");
  if (title && !title.closest(".folded")) rename(title.closest(".column"));
});

document.addEventListener("dblclick", (event) => {
  const card = event.target.closest(".card");
  if (card && !event.target.closest("button, input, .pick")) rename(card);
});
