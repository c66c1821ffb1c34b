// Others' changes of the lesson that is open here: blocks that nobody works on in this page are
// drawn as they are now; the one being written in stays, and its next save is merged.
import { announce } from "../live.js";
import { fallBehind, isBehind, isFree, watch } from "./autosave.js";
import { enrich } from "./richtext.js";
import { headers } from "./send.js";

const drawer = () => document.getElementById("drawer");
const blocks = () => document.getElementById("blocks");
let asking = null;

/** Fetch the open lesson and show what others changed in it; resolves when it is shown. */
export function refresh() {
  asking ??= fetchAndShow().finally(() => { asking = null; });
  return asking;
}

async function fetchAndShow() {
  const lesson = drawer()?.dataset.lesson;
  if (!lesson) return;
  const response = await fetch(drawer().dataset.refresh, { headers: headers(), cache: "no-store" }).catch(() => null);
  if (!response) return; // the next look at the changes tries again
  if (response.status === 404) return gone();
  if (!response.ok || response.headers.has("HX-Redirect")) return;
  const now = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("drawer");
  if (drawer()?.dataset.lesson === lesson && now) take(now);
}

function gone() {
  drawer().dataset.text = "";
  drawer().querySelector(".lesson-gone").hidden = false;
}

function take(now) {
  const theirs = [...now.querySelectorAll("#blocks > .block")];
  const changed = theirs.filter(takeBlock).length + takeAway(theirs);
  const behind = theirs.some((block) => isBehind(here(block)));
  if (!blocks().contains(document.activeElement)) order(theirs);
  takeHead(now);
  drawer().dataset.text = now.dataset.text;
  if (changed) announce(drawer().dataset.sayChanged);
  drawer().toggleAttribute("data-behind", behind);
}

const here = (block) => document.getElementById(block.id);

/** Show one block as it is now; true where something was drawn anew. */
function takeBlock(block) {
  const shown = here(block);
  if (shown && shown.elements.base.value === block.elements.base.value) return takeFoot(shown, block);
  if (shown && !isFree(shown)) return fallBehind(shown);
  const fresh = document.adoptNode(block.cloneNode(true));
  if (shown) shown.replaceWith(fresh);
  else blocks().append(fresh);
  watch(blocks(), enrich(fresh));
  fresh.classList.add("theirs");
  setTimeout(() => fresh.classList.remove("theirs"), 4000);
  return true;
}

// Its buttons name the blocks around it, which may have moved.
function takeFoot(shown, block) {
  const [foot, now] = [shown, block].map((one) => one.querySelector(".block-foot .actions"));
  if (foot.innerHTML !== now.innerHTML && !foot.contains(document.activeElement)) foot.replaceWith(now);
  return false;
}

function takeAway(theirs) {
  const left = new Set(theirs.map((block) => block.id));
  const gone = [...blocks().querySelectorAll(":scope > .block")].filter((block) => !left.has(block.id));
  for (const block of gone) {
    if (isFree(block)) block.remove();
    else fallBehind(block);
  }
  return gone.length;
}

function order(theirs) {
  const wanted = theirs.map(here).filter(Boolean);
  const shown = [...blocks().querySelectorAll(":scope > .block")].filter((block) => wanted.includes(block));
  if (shown.some((block, at) => block !== wanted[at])) blocks().append(...wanted);
}

function takeHead(now) {
  document.getElementById("drawer-title").textContent = now.dataset.title;
  drawer().dataset.title = now.dataset.title;
  const [settings, theirs] = [drawer(), now].map((one) => one.querySelector(".lesson-settings"));
  settings.querySelector(".chips").replaceWith(theirs.querySelector(".chips").cloneNode(true));
  if (settings.open || !isFree(settings.querySelector("form"))) return;
  settings.replaceWith(theirs);
  watch(drawer());
}

// Once the hands leave a block that others changed, it is shown as it is now.
document.addEventListener("focusout", () => setTimeout(() => {
  if (drawer()?.hasAttribute("data-behind") && !blocks()?.contains(document.activeElement)) refresh();
}));
document.addEventListener("lectern:behind", () => refresh());
