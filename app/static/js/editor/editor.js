// One text editor: Squire on an element, our tools above it, and what the keys do.
import { cleaned } from "./clean.js";
import { addTable, cellOf, changeTable, step } from "./tables.js";
import { bindLink } from "./link.js";
import { bindShortcuts } from "./shortcuts.js";
import { written } from "./written.js";

const HEADINGS = { h2: "H2", h3: "H3", h4: "H4", p: "P" };

/** Make `text`, an element that shows `html`, an editor; `changed(html)` is told what it says. */
export function edit(text, tools, { html, tags, changed, pictures }) {
  const allowed = new Set(tags.split(" "));
  const editor = new Squire(text, { blockTag: "P", sanitizeToDOMFragment: (source) => cleaned(source, allowed), addLinks: true });
  editor.setHTML(html);
  editor.addEventListener("input", () => changed(written(text)));
  editor.addEventListener("willPaste", (event) => leaveOut(event));
  editor.addEventListener("pasteImage", (event) => pictures([...event.detail.clipboardData.files]));
  editor.addEventListener("pathChange", () => mark(editor, tools));
  keys(editor, tools);
  const link = bindLink(editor, tools);
  bindShortcuts(editor, text, (name) => (name in HEADINGS ? asBlock(editor, name) : COMMANDS[name](editor)));
  tools.addEventListener("click", (event) => {
    const command = event.target.closest("button[value]")?.value;
    if (command === "link") link.ask();
    else if (command) apply(editor, command);
  });
  tools.addEventListener("change", (event) => {
    if (event.target.matches("select")) asBlock(editor, event.target.value);
  });
  editor.link = link;
  return editor;
}

// Marks that a stray range leaves behind in other editors.
function leaveOut({ detail }) {
  for (const one of detail.fragment?.querySelectorAll?.("[id]") ?? []) one.removeAttribute("id");
}

function keys(editor, tools) {
  for (const modifier of ["Ctrl", "Meta"]) {
    editor.setKeyHandler(`${modifier}-k`, handled(() => editor.link.ask()));
    editor.setKeyHandler(`${modifier}-e`, handled(() => toggle(editor, "CODE")));
    editor.setKeyHandler(`${modifier}-u`, handled(() => {}));
    for (const level of [2, 3, 4]) editor.setKeyHandler(`Alt-${modifier}-${level}`, handled(() => asBlock(editor, `h${level}`)));
    editor.setKeyHandler(`Alt-${modifier}-0`, handled(() => asBlock(editor, "p")));
  }
  editor.setKeyHandler("Alt-F10", handled(() => tools.querySelector("select, button").focus()));
  const lists = editor._keyHandlers ?? {};
  const inTable = (back, name) => (self, event, range) => {
    if (cellOf(editor)) { event.preventDefault(); step(editor, back); }
    else if (self.hasFormat("LI")) { event.preventDefault(); if (back) self.decreaseListLevel(); else self.increaseListLevel(); }
    else lists[name]?.(self, event, range);
  };
  editor.setKeyHandler("Tab", inTable(false, "Tab"));
  editor.setKeyHandler("Shift-Tab", inTable(true, "Shift-Tab"));
}

const handled = (act) => (_editor, event) => { event.preventDefault(); act(); };

function toggle(editor, tag) {
  if (editor.hasFormat(tag)) editor.changeFormat(null, { tag });
  else editor.changeFormat({ tag }, null);
}

const COMMANDS = {
  bold: (editor) => (editor.hasFormat("B") ? editor.removeBold() : editor.bold()),
  italic: (editor) => (editor.hasFormat("I") ? editor.removeItalic() : editor.italic()),
  code: (editor) => toggle(editor, "CODE"),
  list: (editor) => (editor.hasFormat("UL") ? editor.removeList() : editor.makeUnorderedList()),
  numbers: (editor) => (editor.hasFormat("OL") ? editor.removeList() : editor.makeOrderedList()),
  quote: (editor) => (editor.hasFormat("BLOCKQUOTE") ? editor.removeQuote() : editor.increaseQuoteLevel()),
  table: addTable,
  undo: (editor) => editor.undo(),
  redo: (editor) => editor.redo(),
};

function apply(editor, name) {
  editor.focus();
  if (COMMANDS[name]) COMMANDS[name](editor);
  else changeTable(editor, name);
}

function asBlock(editor, tag) {
  editor.modifyBlocks((fragment) => {
    for (const block of fragment.querySelectorAll("p, h2, h3, h4, h5, div:not([class])")) {
      if (block.closest("li, td, th, pre")) continue;
      const fresh = document.createElement(tag);
      fresh.append(...block.childNodes);
      block.replaceWith(fresh);
    }
    return fragment;
  });
  editor.focus();
}

function mark(editor, tools) {
  const on = { bold: "B", italic: "I", code: "CODE", link: "A", list: "UL", numbers: "OL", quote: "BLOCKQUOTE" };
  for (const button of tools.querySelectorAll("button[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(editor.hasFormat(on[button.value])));
  }
  const tag = Object.keys(HEADINGS).find((one) => editor.hasFormat(HEADINGS[one]));
  tools.querySelector("select").value = tag ?? "p";
  tools.querySelector("[data-table-tools]").hidden = cellOf(editor) === null;
}
