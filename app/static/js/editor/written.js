// From what stands in the editor to the HTML that is stored.
const SAID = { b: "strong", i: "em" };
const ALONE = "li > div, td > div, th > div, dd > div, dt > div, figcaption > div, caption > div, h2 > div, h3 > div, h4 > div";

/** Return the HTML of `root` as it is stored; "" where it says nothing. */
export function written(root) {
  const copy = root.cloneNode(true);
  for (const one of copy.querySelectorAll(Object.keys(SAID).join())) become(one, SAID[one.localName]);
  for (const one of copy.querySelectorAll(ALONE)) if (!one.parentElement.querySelector(":scope > div ~ div")) one.replaceWith(...one.childNodes);
  for (const one of copy.querySelectorAll("div:not([class])")) become(one, "p");
  for (const one of copy.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) one.previousElementSibling?.append(one);
  spaces(copy);
  for (const one of copy.querySelectorAll("br")) if (isLast(one)) one.remove();
  while (copy.lastElementChild?.matches("p:empty")) copy.lastElementChild.remove();
  const html = copy.innerHTML.replace(/\u200b/g, "");
  return copy.textContent.replace(/\u200b/g, "").trim() || copy.querySelector("img, table, hr") ? html : "";
}

function become(element, tag) {
  const fresh = document.createElement(tag);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
}

// A space typed beside a mark comes from the browser as one that does not break.
function spaces(copy) {
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.parentElement.closest("pre")) text.data = text.data.replace(/(?<=\S|^)\u00a0$|^\u00a0(?=\S)/g, " ");
  }
}

// A break at the end of a block only holds the cursor.
function isLast(lineBreak) {
  const block = lineBreak.closest("p, li, td, th, h2, h3, h4, h5, dt, dd, pre, blockquote, figcaption");
  let node = lineBreak;
  while (block && node !== block && !node.nextSibling) node = node.parentNode;
  return block !== null && node === block;
}
