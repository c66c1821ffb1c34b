// What others do appears within two seconds, but never under one's hands: cards and columns, who
// is here, and the texts of the open lesson.
import { refresh } from "./refresh.js";
import { board, headers, place } from "./send.js";
import { check, standing, stop } from "./session.js";

// With the time of the request itself, what others do is here within two seconds.
const EVERY = 1500;
const SLOWEST = 30000;
const state = () => document.getElementById("board-state").dataset;
const drawer = () => document.getElementById("drawer");
let wait = EVERY;
let seen = { version: state().version, sequence: Number(state().sequence) };
let tag = "";
let fed = false;

/**
 * Take note of how far the page has come. An answer to a command shows that command alone: where
 * others did something before it, that is still to be looked for.
 */
export function advance() {
  const { version, sequence } = state();
  const now = { version, sequence: Number(sequence) };
  const follows = now.version === seen.version ? now.sequence <= seen.sequence + 1 : now.sequence === 1;
  if (fed || follows) seen = now;
}

/** Look for changes from now on, except while `busy()` says that hands are on the board. */
export function follow(busy) {
  setTimeout(async () => {
    const may = standing() === "in" || standing() === "offline";
    if (board() && document.visibilityState === "visible" && may && !busy()) await look(busy);
    follow(busy);
  }, wait);
}

/** Look now; resolves when what changed is shown. */
export async function look(busy = () => false) {
  const asked = seen;
  try {
    const response = await fetch(address(asked), { headers: headers(tag ? { "If-None-Match": tag } : {}), cache: "no-store" });
    wait = response.status < 500 && response.status !== 429 ? EVERY : Math.min(wait * 2, SLOWEST);
    if (standing() === "offline") check();
    if (response.headers.has("HX-Redirect")) return void check();
    if (response.status === 403 || response.status === 404) return void lose();
    if (response.status !== 200) return;
    const text = await response.text();
    if (seen !== asked || busy()) return;
    tag = response.headers.get("ETag");
    await show(text);
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
    check();
  }
}

// Somebody took the right to this course away, or nobody is logged in here any more.
async function lose() {
  if ((await check()) === "in") stop();
}

function address({ version, sequence }) {
  const lesson = drawer()?.dataset.lesson ?? "";
  return `${board().dataset.base}/board/changes?${new URLSearchParams({ version, since: sequence, lesson })}`;
}

async function show(text) {
  fed = true;
  try {
    await place(text);
  } finally {
    fed = false;
  }
  const { lesson, text: revision } = document.getElementById("text-state").dataset;
  if (drawer()?.dataset.lesson === lesson && drawer().dataset.text !== revision) await refresh();
}
