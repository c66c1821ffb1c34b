// The line in the tools that asks where a link should lead.
const ADDRESS = /^(https?:\/\/|mailto:|\/|#)/i;
const BARE = /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/;

/** Let `tools` ask for addresses and put them into `editor`. */
export function bindLink(editor, tools) {
  const line = tools.querySelector("[data-link-line]");
  const input = line.querySelector("input");
  let range = null;

  const close = () => {
    line.hidden = true;
    editor.focus();
    if (range) editor.setSelection(range);
  };
  const put = () => {
    const address = whole(input.value.trim());
    if (!address) return input.setAttribute("aria-invalid", "true");
    close();
    editor.makeLink(address);
  };
  const ask = () => {
    range = editor.getSelection();
    input.value = around(range)?.getAttribute("href") ?? "";
    input.removeAttribute("aria-invalid");
    line.hidden = false;
    input.focus();
    input.select();
  };
  line.addEventListener("input", (event) => event.stopPropagation());
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.target === input) put();
    else event.target.click();
  });
  line.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.link;
    if (act === "put") put();
    if (act === "remove") { close(); editor.removeLink(); }
  });
  return { ask };
}

function around(range) {
  const node = range.commonAncestorContainer;
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("a");
}

function whole(address) {
  if (ADDRESS.test(address)) return address;
  return BARE.test(address) ? `https://${address}` : "";
}
