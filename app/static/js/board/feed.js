// What others change appears within two seconds, but never under one's hands.
import { board, headers, place } from "./send.js";

const EVERY = 2000;
const SLOWEST = 30000;
const state = () => document.getElementById("board-state").dataset;
let wait = EVERY;
let seen = { version: state().version, sequence: Number(state().sequence) };
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
    if (board() && document.visibilityState === "visible" && !busy()) await look(busy);
    follow(busy);
  }, wait);
}

/** Look now; resolves when what changed is shown. */
export async function look(busy = () => false) {
  const asked = seen;
  try {
    const response = await fetch(`${board().dataset.base}/board/changes?version=${asked.version}&since=${asked.sequence}`, { headers: headers() });
    wait = response.ok ? EVERY : Math.min(wait * 2, SLOWEST);
    if (response.status !== 200) return;
    const text = await response.text();
    if (seen === asked && !busy()) await show(text);
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
  }
}

async function show(text) {
  fed = true;
  try {
    await place(text);
  } finally {
    fed = false;
  }
}
