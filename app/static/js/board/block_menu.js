// The menu of blocks: below a block by its plus, or by a slash in an empty text. Typing narrows it
// down; arrows, Enter and Escape do the rest.
import { announce } from "../live.js";
import { send } from "./lesson.js";

const menu = () => document.getElementById("block-menu");
const options = () => [...menu().querySelectorAll("[role=option]")];
const shown = () => options().filter((one) => !one.hidden);
let open = null;
let refused = null;

function show(anchor, { after, instead, typed, close }) {
  open = { anchor, after, instead, typed, close };
  const box = anchor.getBoundingClientRect();
  const element = menu();
  element.showPopover();
  const height = element.offsetHeight;
  const fits = box.bottom + 4 + height <= innerHeight || box.top < height;
  const top = fits ? Math.min(box.bottom + 4, innerHeight - height - 8) : box.top - 4 - height;
  element.style.top = `${Math.max(8, top)}px`;
  element.style.left = `${Math.max(8, Math.min(box.left, innerWidth - element.offsetWidth - 8))}px`;
  typed.setAttribute("aria-controls", "block-menu");
  if (typed.role === "combobox") typed.setAttribute("aria-expanded", "true");
  narrow("");
}

function hide() {
  if (!open) return;
  const { typed, close } = open;
  open = null;
  typed.removeAttribute("aria-activedescendant");
  typed.removeAttribute("aria-controls");
  if (typed.role === "combobox") typed.setAttribute("aria-expanded", "false");
  if (menu().matches(":popover-open")) menu().hidePopover();
  close?.();
}

function narrow(words) {
  const wanted = words.trim().toLowerCase();
  // Squire takes every mark on its element for a change, so one that changes nothing is not made.
  if (open.words === wanted) return;
  open.words = wanted;
  for (const one of options()) one.hidden = !`${one.textContent} ${one.dataset.type}`.toLowerCase().includes(wanted);
  menu().querySelector("[data-nothing]").hidden = shown().length > 0;
  mark(shown()[0]);
}

function mark(option) {
  for (const one of options()) one.setAttribute("aria-selected", String(one === option));
  if (!option) return open.typed.removeAttribute("aria-activedescendant");
  open.typed.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
  announce(option.textContent.trim());
}

function walk(by) {
  const all = shown();
  const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (all.length) mark(all[(at + by + all.length) % all.length]);
}

function choose(option) {
  if (!option) return;
  const { after, instead } = open;
  const values = { type: option.dataset.type, after };
  if (instead) { instead(); values.instead = "1"; }
  hide();
  send(document.querySelector(".add-block").action, values);
}

function key(event) {
  const acts = {
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    Enter: () => choose(shown().find((one) => one.getAttribute("aria-selected") === "true")),
    Tab: hide,
    Escape: () => { refused = open.typed; hide(); },
  };
  const act = acts[event.key];
  if (!act) return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopImmediatePropagation();
  act();
}

document.addEventListener("keydown", (event) => { if (open && event.target === open.typed) key(event); }, true);

function ask(anchor, after, back) {
  const filter = menu().querySelector("input");
  filter.hidden = false;
  filter.value = "";
  show(anchor, { after, typed: filter, close: () => { filter.hidden = true; if (back.isConnected) back.focus(); } });
  filter.focus();
}

document.addEventListener("click", (event) => {
  const option = event.target.closest?.("#block-menu [role=option]");
  if (option) return choose(option);
  const plus = event.target.closest?.("[data-add-after]");
  if (open && !menu().contains(event.target)) hide();
  if (!plus) return;
  event.preventDefault();
  ask(plus, plus.dataset.addAfter, plus);
});

// In the lesson, a slash outside of a text asks for a block too: the one last touched goes before it.
document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("drawer");
  const { target } = event;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !drawer) return;
  if (target !== document.body && !drawer.contains(target)) return;
  if (target.isContentEditable || target.matches("input, textarea, select")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(drawer.querySelector(".add-block"), target.closest(".block")?.dataset.key ?? "", target);
}, true);

document.addEventListener("input", (event) => {
  if (event.target.closest?.("#block-menu")) {
    event.stopPropagation();
    if (open) narrow(event.target.value);
  }
}, true);

const said = (line) => line.textContent.replace(/\u200b/g, "");

// The line of the cursor, if nothing is written below it: a slash further up belongs to the words there.
function lastLine(text) {
  const lines = [...text.children];
  const line = lines.findLast(said);
  return line?.contains(document.getSelection().anchorNode) ? line : null;
}

/** Offer the menu where the last line of a text is a slash and the beginning of a name. */
export function slash(text, clear) {
  const line = lastLine(text);
  const typed = /^\s*\/(\S*)\s*$/.exec(line ? said(line) : "");
  const block = text.closest("#blocks > .block-text");
  if (!typed || !block) {
    refused = null;
    return open?.typed === text ? hide() : undefined;
  }
  if (refused === text) return;
  if (open?.typed !== text) {
    menu().querySelector("input").hidden = true;
    show(text, { after: block.dataset.key, instead: () => clear(line), typed: text });
  }
  narrow(typed[1]);
}
