// What people type at the beginning of a line to say what it is: "# " a heading, "- " a list…
const MARKS = { "#": "h2", "##": "h2", "###": "h3", "####": "h4", "-": "list", "*": "list", "1.": "numbers", "1)": "numbers", ">": "quote" };
const said = (node) => node.textContent.replace(/\u200b/g, "");

/** Let a mark and a space at the beginning of a paragraph of `text` do what `apply` does by name. */
export function bindShortcuts(editor, text, apply) {
  text.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "insertText" || event.data !== " ") return;
    const name = MARKS[marked(editor, text)];
    if (!name) return;
    event.preventDefault();
    editor.saveUndoState();
    const line = lineOf(editor, text);
    line.replaceChildren(document.createElement("br"));
    const range = document.createRange();
    range.setStart(line, 0);
    editor.setSelection(range);
    apply(name);
  });
}

// Only what stands before the cursor, in a paragraph that is part of nothing else.
function marked(editor, text) {
  const range = editor.getSelection();
  const line = lineOf(editor, text);
  if (!range.collapsed || line?.localName !== "p") return "";
  const before = range.cloneRange();
  before.setStart(line, 0);
  return before.toString().replace(/\u200b/g, "") === said(line) ? said(line) : "";
}

function lineOf(editor, text) {
  let node = editor.getSelection().startContainer;
  while (node && node.parentNode !== text) node = node.parentNode;
  return node;
}
