// The lesson beside the board, at its own address: opened, closed, and changed block by block.
import { announce, toast } from "../live.js";
import { flush, watch } from "./autosave.js";
import { sortBlocks } from "./drag.js";
import { enrich } from "./richtext.js";
import { keyBefore } from "./moves.js";
import { board, headers, place, words } from "./send.js";
import { look } from "./feed.js";
import { refresh } from "./refresh.js";
import { check } from "./session.js";
import "./block_keys.js";
import "./block_menu.js";
import "./files.js";

const slot = () => document.getElementById("drawer-slot");
const drawer = () => document.getElementById("drawer");

/** Make what is in the drawer live; safe to call again. */
function setUp() {
  const shown = drawer();
  if (!shown || shown.dataset.live !== undefined) return;
  shown.dataset.live = "";
  const ready = enrich(shown);
  watch(shown, ready);
  sortBlocks(document.getElementById("blocks"), moveBlock);
  ready.then(() => arrive(shown));
}

// What was pressed keeps the focus on the block that it was about; a new block gets it where one types.
let pressed = "";

function arrive(shown) {
  const fresh = shown.dataset.fresh && document.getElementById(`block-${shown.dataset.fresh}`);
  const act = pressed;
  pressed = "";
  if (!fresh) return shown.querySelector(".block-removed button")?.focus();
  fresh.scrollIntoView({ block: "nearest" });
  const wanted = act && fresh.querySelector(act);
  (wanted || fresh.querySelector("[contenteditable], .wanting [type=file], textarea:not([hidden]), .field .input"))?.focus();
  say(fresh);
}

function say(block) {
  const all = [...document.querySelectorAll("#blocks > .block")];
  const values = { block: block.dataset.label, n: all.indexOf(block) + 1, of: all.length };
  announce(slot().querySelector("#blocks").dataset.sayAt.replace(/\{(\w+)\}/g, (_all, name) => values[name]));
}

/** Save what is typed, send `values` to `url`, and show the lesson as it then is; `focus` is a
    selector in the block that the answer is about. */
export async function send(url, values, focus = "") {
  await flush();
  pressed = focus;
  if (await fill(url, { method: "POST", body: new URLSearchParams(values) })) toast(words().sayFailed, { kind: "bad" });
}

async function fill(url, options = {}) {
  let response, text;
  try {
    response = await fetch(url, { headers: headers(), keepalive: options.method === "POST", ...options });
    text = await response.text();
  } catch {
    toast(words().sayFailed, { kind: "bad" });
    return null;
  }
  if (response.headers.has("HX-Redirect")) {
    await check();
  } else if (response.ok) {
    const scrolled = slot().querySelector(".body")?.scrollTop ?? 0;
    // Without a settling phase: it would copy the style attributes that Sortable leaves, which the
    // content security policy reports.
    await place(text, "#drawer-slot", "innerHTML settle:0");
    setUp();
    slot().querySelector(".body").scrollTop = scrolled;
  } else if (text.includes("<hx-partial")) {
    await place(text);
    await refresh();
  } else if (response.status === 409) {
    return text;
  } else {
    toast(words().sayFailed, { kind: "bad" });
  }
  return null;
}

async function open(url) {
  await flush();
  await fill(url);
  if (!drawer()) return;
  remember(url);
  document.title = drawer().dataset.title;
  document.getElementById(`lesson-${drawer().dataset.lesson}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.getElementById("drawer-title").focus({ preventScroll: true });
}

async function close(url) {
  await flush();
  const card = document.getElementById(`lesson-${drawer()?.dataset.lesson}`);
  slot().replaceChildren();
  remember(url);
  document.title = document.querySelector("h1").textContent;
  (card?.querySelector(".title") ?? document.getElementById("main")).focus();
}

// htmx goes back and forth between entries that carry its mark, and fills [hx-history-elt] alone.
function remember(url) {
  if (!history.state?.htmx) history.replaceState({ htmx: true }, "", location.href);
  history.pushState({ htmx: true }, "", url);
}

async function command(form, submitter) {
  await flush();
  pressed = submitter.dataset.act ? `[data-act="${submitter.dataset.act}"]` : "";
  const url = submitter.getAttribute("formaction") ?? form.getAttribute("action");
  const block = submitter.closest(".block");
  const body = new URLSearchParams(new FormData(form, submitter));
  const address = new URL(url, location.href);
  if (address.searchParams.has("base")) address.searchParams.set("base", block.elements.base.value);
  const conflict = await fill(address, { method: "POST", body });
  if (conflict) block.querySelector(".block-conflict").innerHTML = conflict;
}

const moveBlock = (block) => send(`${new URL(block.action).pathname}/move`, { after: keyBefore(block) }, ".grip");

const plain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;

document.addEventListener("click", (event) => {
  if (!board() || !plain(event)) return;
  const link = event.target.closest("#columns a.title, a[data-close-drawer]");
  if (!link) return;
  event.preventDefault();
  if (link.hasAttribute("data-close-drawer")) close(link.href);
  else open(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-block-command]");
  if (!form || !board()) return;
  event.preventDefault();
  command(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer() || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (drawer().contains(event.target)) close(drawer().querySelector("[data-close-drawer]").href);
});

// What learners will see follows what was saved: the card's marks, and the drawer's own settings.
document.addEventListener("lectern:saved", () => look());
document.addEventListener("lectern:settings", async () => {
  await fill(location.href);
  announce(drawer()?.dataset.title ?? "");
});
document.addEventListener("htmx:after:swap", setUp);
// Once every module is there: some of these need each other.
queueMicrotask(setUp);
