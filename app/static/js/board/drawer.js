// The lesson beside the board, at its own address: opened, closed, and changed block by block.
import { announce } from "../live.js";
import { flush, watch } from "./autosave.js";
import { sortBlocks } from "./drag.js";
import { look } from "./feed.js";
import { fill, post, send, taken } from "./lesson.js";
import { keyBefore } from "./moves.js";
import { refresh } from "./refresh.js";
import { enrich } from "./richtext.js";
import { board } from "./send.js";
import "./block_keys.js";
import "./block_menu.js";
import "./files.js";
import "./next_lesson.js";

// The text that an empty lesson is begun with, as long as nothing of it is saved.
const UNSAID = '#blocks > .block-begun:has(> [name="base"][value=""]) [contenteditable]';
const slot = () => document.getElementById("drawer-slot");
const drawer = () => document.getElementById("drawer");

let ready = Promise.resolve();

/** Make what is in the drawer live; safe to call again. */
function setUp() {
  const shown = drawer();
  if (!shown || shown.dataset.live !== undefined) return;
  shown.dataset.live = "";
  ready = enrich(shown);
  watch(shown, ready);
  sortBlocks(document.getElementById("blocks"), moveBlock);
}

// A new block gets the focus where one types; what was pressed keeps it.
async function arrive() {
  setUp();
  await ready;
  const shown = drawer();
  const fresh = shown.dataset.fresh && document.getElementById(`block-${shown.dataset.fresh}`);
  const act = taken();
  if (!fresh) return shown.querySelector(".block-removed button")?.focus();
  fresh.scrollIntoView({ block: "nearest" });
  // In a callout that is what it says, in all others their first field.
  const first = "[contenteditable], .wanting [type=file], textarea:not([hidden]), .field .input";
  [act, ".block-inner [contenteditable]", first].map((one) => one && fresh.querySelector(one)).find(Boolean)?.focus();
  say(fresh);
}

function say(block) {
  const all = [...document.querySelectorAll("#blocks > .block")];
  const values = { block: block.dataset.label, n: all.indexOf(block) + 1, of: all.length };
  announce(slot().querySelector("#blocks").dataset.sayAt.replace(/\{(\w+)\}/g, (_all, name) => values[name]));
}

async function open(url) {
  await flush();
  await fill(url);
  if (!drawer()) return;
  remember(url);
  document.title = drawer().dataset.title;
  document.getElementById(`lesson-${drawer().dataset.lesson}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  // A lesson that says nothing yet waits for its first words.
  await ready;
  const begin = drawer().querySelector(UNSAID);
  (begin ?? document.getElementById("drawer-title")).focus({ preventScroll: true });
  if (begin) announce(drawer().dataset.title);
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
  const focus = submitter.dataset.act ? `[data-act="${submitter.dataset.act}"]` : "";
  const block = submitter.closest(".block");
  const address = new URL(submitter.getAttribute("formaction") ?? form.getAttribute("action"), location.href);
  if (address.searchParams.has("base")) address.searchParams.set("base", block.elements.base.value);
  const conflict = await post(address, [...new FormData(form, submitter)], focus);
  if (conflict) block.querySelector(".block-conflict").innerHTML = conflict;
}

const moveBlock = (block) => send(`${new URL(block.action).pathname}/move`, { after: keyBefore(block) }, ".grip");

const plain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;

document.addEventListener("click", (event) => {
  if (!board() || !plain(event)) return;
  const link = event.target.closest("#columns a.title, a[data-open-lesson], a[data-close-drawer]");
  if (!link) return;
  event.preventDefault();
  if (link.hasAttribute("data-close-drawer")) close(link.href);
  else open(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-block-command]");
  if (!form || !board()) return;
  event.preventDefault();
  const begun = event.submitter.value === "text" && document.querySelector(UNSAID);
  if (begun) begun.focus();
  else command(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer() || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (drawer().contains(event.target) && !event.target.closest(".add-next")) close(drawer().querySelector("[data-close-drawer]").href);
});

// What learners will see follows what was saved: the card's marks, and the drawer's own settings.
document.addEventListener("lectern:saved", async (event) => {
  await look();
  if (drawer()?.contains(event.detail.form.closest(".lesson-settings"))) refresh();
});
document.addEventListener("htmx:after:swap", setUp);
document.addEventListener("lectern:lesson", arrive);
setUp();
