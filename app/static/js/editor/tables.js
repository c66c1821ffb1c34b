// Tables in the text editor: made, grown and shrunk around the cell that the cursor is in.
const cellsOf = (row) => [...row.children];

/** Return the cell that holds the cursor of `editor`. */
export function cellOf(editor) {
  const at = editor.getSelection().startContainer;
  const element = at.nodeType === Node.TEXT_NODE ? at.parentElement : at;
  const cell = element?.closest("td, th");
  return cell && editor.getRoot().contains(cell) ? cell : null;
}

/** Put a table of three columns, with a row of headings, where the cursor is. */
export function addTable(editor) {
  const row = (tag) => `<tr>${`<${tag}><br></${tag}>`.repeat(3)}</tr>`;
  editor.insertHTML(`<table><thead>${row("th")}</thead><tbody>${row("td")}${row("td")}</tbody></table><p><br></p>`);
  const tables = editor.getRoot().querySelectorAll("table");
  const fresh = [...tables].reverse().find((table) => !table.textContent.trim());
  if (fresh) into(editor, fresh.querySelector("th"));
}

const COMMANDS = {
  "row-below": (cell, row) => row.after(likeRow(row)),
  "row-remove": (cell, row) => (row.closest("table").rows.length > 1 ? row.remove() : row.closest("table").remove()),
  "column-after": (cell, row, at) => eachRow(row, (one) => one.children[at]?.after(likeCell(one.children[at]))),
  "column-remove": (cell, row, at) => (row.children.length > 1 ? eachRow(row, (one) => one.children[at]?.remove()) : row.closest("table").remove()),
  "table-remove": (cell, row) => row.closest("table").remove(),
};

/** Do one of the commands on tables; nothing happens outside of one. */
export function changeTable(editor, name) {
  const cell = cellOf(editor);
  if (!cell) return;
  const row = cell.parentElement;
  const at = cellsOf(row).indexOf(cell);
  const near = [row.nextElementSibling, row.previousElementSibling];
  editor.saveUndoState();
  editor.modifyDocument(() => COMMANDS[name](cell, row, at));
  const kept = row.isConnected ? row : near.find((one) => one?.isConnected);
  const wanted = kept?.children[Math.min(name === "column-after" ? at + 1 : at, kept.children.length - 1)];
  if (wanted) into(editor, name === "row-below" ? row.nextElementSibling.children[at] : wanted);
  editor.fireEvent("input");
  editor.focus();
}

/** Go to the next cell, or the one before; return whether there is one. */
export function step(editor, back) {
  const cell = cellOf(editor);
  const cells = cell ? [...cell.closest("table").querySelectorAll("td, th")] : [];
  const next = cells[cells.indexOf(cell) + (back ? -1 : 1)];
  if (next) into(editor, next);
  else if (cell && !back) changeTable(editor, "row-below");
  return cell !== null;
}

function eachRow(row, change) {
  for (const one of row.closest("table").rows) change(one);
}

function likeCell(cell) {
  const fresh = document.createElement(cell.localName);
  fresh.append(document.createElement("br"));
  return fresh;
}

function likeRow(row) {
  const fresh = document.createElement("tr");
  for (const cell of cellsOf(row)) {
    const one = document.createElement("td");
    one.append(document.createElement("br"));
    if (cell.colSpan > 1) one.colSpan = cell.colSpan;
    fresh.append(one);
  }
  if (row.parentElement.localName !== "thead") return fresh;
  const body = row.closest("table").tBodies[0];
  if (body) { body.prepend(fresh); return document.createDocumentFragment(); }
  return fresh;
}

function into(editor, cell) {
  const range = document.createRange();
  range.selectNodeContents(cell);
  range.collapse(true);
  editor.setSelection(range);
}
