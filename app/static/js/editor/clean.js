// From HTML of any origin to a fragment that may be edited here: stored text, and what is pasted
// from word processors and web pages. The server cleans once more; this is for looks.
const RENAMED = { H1: "h2", H5: "h4", H6: "h4", B: "strong", I: "em", STRIKE: "s" };
const KEPT = {
  A: ["href", "title"], IMG: ["src", "alt", "width", "height"], OL: ["start", "reversed", "type"], LI: ["value"],
  TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan", "scope"], ABBR: ["title"],
  CODE: ["class"], PRE: ["class"], SPAN: ["class"], DIV: ["class"],
};
const ANYWHERE = ["lang", "dir"];
const LINK = /^(https?:\/\/|mailto:|\/|#)/i;
const MEDIA = /^\/media\//;
const BLOCKS = "p, h2, h3, h4, h5, ul, ol, dl, pre, table, blockquote, figure, hr, div";
const MARKER = /^\s*(?:[\u00b7\u2022\u00a7o\uf0b7-]|(\(?(?:\d+|[a-z]|[ivx]+)[.)]))\s*/i;

/** Read `html`, keeping only the tags in `allowed`. */
export function cleaned(html, allowed) {
  const page = new DOMParser().parseFromString(defused(html), "text/html");
  const { body } = page;
  for (const one of body.querySelectorAll("script, style, title, meta, link, template, svg, iframe, object")) one.remove();
  for (const comment of all(page, NodeFilter.SHOW_COMMENT)) comment.remove();
  for (const text of all(page, NodeFilter.SHOW_TEXT)) if (!text.parentElement.closest("pre")) text.data = text.data.replace(/[\t\n\r ]+/g, " ");
  wordLists(body);
  for (const one of [...body.querySelectorAll("*")]) mend(one, allowed);
  tidy(body);
  const fragment = document.createDocumentFragment();
  fragment.append(...[...body.childNodes].map((node) => document.importNode(node, true)));
  return fragment;
}

// Styles are read, not applied, and handlers dropped: under other names, the content security
// policy has nothing to report of them.
function defused(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-look=").replace(/\son\w+\s*=/gi, " data-dropped="));
}

const look = (element) => element.getAttribute("data-look") ?? "";

function all(page, kind) {
  const walker = page.createTreeWalker(page.body, kind);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

// Word writes lists as paragraphs that name their level, with the marker as text.
function wordLists(body) {
  let lists = [];
  for (const item of body.querySelectorAll("p[data-look*='mso-list'], p[class*='MsoListParagraph']")) {
    const level = Number(/level(\d)/.exec(look(item))?.[1] ?? 1);
    const follows = item.previousElementSibling !== null && item.previousElementSibling === lists[0];
    if (!follows) lists = [];
    const kind = MARKER.exec(item.textContent)?.[1] ? "ol" : "ul";
    dropMarker(item);
    lists = lists.slice(0, level);
    while (lists.length < level) lists.push(under(lists.at(-1), item, kind));
    const entry = document.createElement("li");
    entry.append(...item.childNodes);
    lists.at(-1).append(entry);
    item.remove();
  }
}

function under(list, item, kind) {
  const fresh = document.createElement(kind);
  if (!list) item.before(fresh);
  else (list.lastElementChild ?? list.appendChild(document.createElement("li"))).append(fresh);
  return fresh;
}

function dropMarker(item) {
  const ignored = item.querySelector("[data-look*='Ignore']");
  if (ignored) return ignored.remove();
  const first = document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode();
  if (first) first.data = first.data.replace(MARKER, "");
}

function mend(element, allowed) {
  if (!element.isConnected) return;
  const shown = element.localName === "b" && /(^|;)\s*font-weight:\s*normal/i.test(look(element)) ? marked(unnamed(element)) : marked(element);
  const tag = (RENAMED[shown.tagName] ?? shown.localName);
  const useless = shown.tagName === "SPAN" || shown.tagName === "FONT" ? !inCode(shown) : false;
  if (useless || !allowed.has(tag) || !usable(shown)) return drop(shown);
  for (const { name, value } of [...shown.attributes]) {
    if (!ANYWHERE.includes(name) && !KEPT[shown.tagName]?.includes(name)) shown.removeAttribute(name);
    else if (name === "class" && !/highlight|language-/.test(value) && !inCode(shown)) shown.removeAttribute("class");
  }
  if (tag !== shown.localName) renamed(shown, tag);
}

const inCode = (element) => element.parentElement?.closest("pre, code") !== null;

function usable(element) {
  if (element.tagName === "IMG") return MEDIA.test(element.getAttribute("src") ?? "");
  if (element.tagName !== "A") return true;
  const away = /^https:\/\/www\.google\.com\/url\?q=([^&]+)/.exec(element.getAttribute("href") ?? "");
  if (away) element.setAttribute("href", decodeURIComponent(away[1]));
  return LINK.test(element.getAttribute("href") ?? "");
}

// A bold that says of itself that it is not: Google Docs wraps all it copies in one.
function unnamed(element) {
  return renamed(element, "span");
}

// What other programs say by looks, said by tags.
function marked(element) {
  if (!["SPAN", "FONT"].includes(element.tagName) || inCode(element)) return element;
  const style = look(element);
  const marks = [];
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) marks.push("strong");
  if (/font-style:\s*italic/i.test(style)) marks.push("em");
  if (/vertical-align:\s*super/i.test(style)) marks.push("sup");
  if (/vertical-align:\s*sub/i.test(style)) marks.push("sub");
  if (/font-family:[^;]*(courier|consolas|monospace|menlo)/i.test(style)) marks.push("code");
  for (const mark of marks) {
    if (element.closest(mark) || !element.textContent.trim()) continue;
    const around = document.createElement(mark);
    around.append(...element.childNodes);
    element.append(around);
  }
  return element;
}

function renamed(element, tag) {
  const fresh = document.createElement(tag);
  for (const { name, value } of element.attributes) fresh.setAttribute(name, value);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
  return fresh;
}

function drop(element) {
  const before = element.tagName === "DIV" || /^(P|H\d|SECTION|ARTICLE)$/.test(element.tagName);
  if (before && !element.querySelector(BLOCKS) && element.textContent.trim()) return renamed(element, "p");
  return element.replaceWith(...element.childNodes);
}

function tidy(body) {
  for (const box of [...body.querySelectorAll("div:not([class])")]) drop(box);
  for (const only of body.querySelectorAll("td > p:only-child, th > p:only-child, li > p:only-child")) {
    if (only.parentElement.childElementCount === 1 && only.parentElement.textContent.trim() === only.textContent.trim()) only.replaceWith(...only.childNodes);
  }
  for (const empty of body.querySelectorAll("p, h2, h3, h4, strong, em, a")) {
    if (!empty.textContent.replace(/\u00a0/g, " ").trim() && !empty.querySelector("img, br, code")) empty.remove();
  }
}
