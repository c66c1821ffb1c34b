// Text blocks: the HTML in the field is edited as it looks, with a few marks.
const TOOLS = [
  ["bold", "bold"], ["italic", "italic"], ["heading", "formatBlock", "h2"],
  ["list", "insertUnorderedList"], ["code"], ["link"],
];

/** Put an editor in the place of every field that holds HTML. */
export function enrich(root) {
  document.execCommand("defaultParagraphSeparator", false, "p");
  for (const field of root.querySelectorAll("textarea[data-richtext]")) replace(field);
}

function replace(field) {
  const editor = document.getElementById("richtext").content.firstElementChild.cloneNode(true);
  const text = editor.querySelector("[contenteditable]");
  text.setAttribute("aria-label", editor.dataset.label);
  text.innerHTML = field.value || "<p><br></p>";
  field.hidden = true;
  field.after(editor);
  const write = () => {
    field.value = text.textContent.trim() || text.querySelector("img") ? text.innerHTML : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  text.addEventListener("input", (event) => { event.stopPropagation(); write(); });
  text.addEventListener("paste", paste);
  text.addEventListener("keydown", (event) => shortcut(event, text, write));
  field.addEventListener("lectern:set", () => { text.innerHTML = field.value; });
  editor.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  editor.addEventListener("click", (event) => {
    const tool = event.target.closest("button")?.value;
    if (tool) apply(tool, text, write);
  });
  text.addEventListener("keyup", () => mark(editor, text));
  text.addEventListener("mouseup", () => mark(editor, text));
}

// Pasted text comes in as paragraphs; marks of other programs stay outside.
function paste(event) {
  event.preventDefault();
  const lines = event.clipboardData.getData("text/plain").split(/\r?\n\s*\r?\n/);
  if (lines.length < 2) return document.execCommand("insertText", false, lines[0]);
  const holder = document.createElement("div");
  for (const line of lines) holder.append(Object.assign(document.createElement("p"), { textContent: line }));
  document.execCommand("insertHTML", false, holder.innerHTML);
}

function shortcut(event, text, write) {
  if (!(event.ctrlKey || event.metaKey)) return;
  const tool = { b: "bold", i: "italic", k: "link", e: "code" }[event.key.toLowerCase()];
  if (!tool) return;
  event.preventDefault();
  apply(tool, text, write);
}

function apply(tool, text, write) {
  text.focus();
  const [, commandName, value] = TOOLS.find(([name]) => name === tool);
  if (tool === "heading") document.execCommand("formatBlock", false, around("H2", text) ? "p" : value);
  else if (tool === "code") toggleCode(text);
  else if (tool === "link") toggleLink(text);
  else document.execCommand(commandName, false, value);
  write();
}

function around(tag, text) {
  const node = window.getSelection().anchorNode;
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const found = element?.closest?.(tag);
  return found && text.contains(found) ? found : null;
}

function toggleCode(text) {
  const inside = around("CODE", text);
  if (inside) return inside.replaceWith(...inside.childNodes);
  const range = window.getSelection().getRangeAt(0);
  if (range.collapsed || !text.contains(range.commonAncestorContainer)) return;
  const code = document.createElement("code");
  code.textContent = range.toString();
  range.deleteContents();
  range.insertNode(code);
}

function toggleLink(text) {
  if (around("A", text)) return document.execCommand("unlink");
  const address = window.prompt(text.closest(".richtext").dataset.askLink, "https://");
  if (address && /^(https?:\/\/|mailto:|\/|#)/.test(address)) document.execCommand("createLink", false, address);
}

function mark(editor, text) {
  const on = {
    bold: document.queryCommandState("bold"),
    italic: document.queryCommandState("italic"),
    heading: around("H2", text) !== null,
    list: document.queryCommandState("insertUnorderedList"),
    code: around("CODE", text) !== null,
    link: around("A", text) !== null,
  };
  for (const button of editor.querySelectorAll("button")) button.setAttribute("aria-pressed", String(on[button.value]));
}
