// Text blocks: the HTML in the field is edited as it looks. The field stays what is sent: the
// editor writes into it, and an event `lectern:set` on it says that it was changed from outside.
import { edit } from "../editor/editor.js";
import { slash } from "./block_menu.js";
import { toast } from "../live.js";

let library = null;

/** Put an editor in the place of every field that holds HTML; resolves once they can be typed in. */
export async function enrich(root) {
  const fields = [...root.querySelectorAll("textarea[data-richtext]")].filter((field) => !field.dataset.enriched);
  const shown = fields.filter(holdsAll).map(show);
  try {
    library ??= load();
    await library;
    for (const one of shown) wake(one);
  } catch {
    library = null;
    for (const { field, editor } of shown) { editor.remove(); field.hidden = false; }
  }
}

const parts = () => document.getElementById("richtext");

function load() {
  return new Promise((resolve, reject) => {
    const script = document.getElementById("richtext-library").content.firstElementChild.cloneNode();
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

// A text with parts that the editor would take out stays HTML.
const holdsAll = (field) => !/<(details|summary|mark|ins)\b/i.test(field.value);

// Until somebody wants to type, a text is only shown: a hundred editors would take long to make.
function show(field) {
  const whole = parts().content.firstElementChild;
  const editor = whole.cloneNode(false);
  const text = whole.querySelector(".richtext-text").cloneNode(false);
  editor.append(text);
  field.dataset.enriched = "";
  text.setAttribute("aria-label", field.dataset.label);
  if (field.dataset.placeholder) text.dataset.placeholder = field.dataset.placeholder;
  text.innerHTML = field.value;
  field.hidden = true;
  field.after(editor);
  return { field, editor, text };
}

function wake({ field, editor, text }) {
  let squire = null;
  const write = (html) => {
    field.value = html;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    slash(text, clearLine);
  };
  const clearLine = (line) => {
    if (text.childElementCount > 1) squire.modifyDocument(() => line.remove());
    else squire.setHTML("");
    squire.fireEvent("input");
  };
  const start = () => {
    if (squire) return;
    const { tags } = parts().dataset;
    editor.prepend(parts().content.querySelector(".richtext-bar").cloneNode(true));
    const tools = editor.querySelector(".richtext-tools");
    squire = edit(text, tools, { html: field.value, tags, changed: write, pictures: (files) => offer(field, files) });
  };
  text.contentEditable = "true";
  text.addEventListener("pointerdown", start);
  text.addEventListener("focus", () => {
    if (squire) return;
    start();
    // Made after the focus came, it has to be told.
    text.dispatchEvent(new FocusEvent("focus"));
    squire.moveCursorToStart();
  });
  editor.addEventListener("input", (event) => event.stopPropagation());
  editor.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  field.addEventListener("lectern:set", () => {
    if (squire) squire.setHTML(field.value);
    else text.innerHTML = field.value;
  });
}

// Pictures are blocks of their own; whoever makes these listens.
function offer(field, files) {
  const event = new CustomEvent("lectern:files", { bubbles: true, cancelable: true, detail: { files } });
  if (field.dispatchEvent(event)) toast(parts().dataset.sayNoPictures);
}
