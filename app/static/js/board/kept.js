// What was typed and is not saved yet, kept in this browser: a second net under every save. Each
// entry belongs to one person and one tab; only its own person ever sees it, and while its tab
// lives nobody else takes it up. It is kept twice: localStorage at once, and on the shelf for good;
// what is newer counts, also where the newer of them says that it was saved.
import { clear, shelve, shelved } from "./shelf.js";

const PREFIX = "lectern-typed:";
const LIVES = "lectern-tab:";
// So long the shelf remembers what was saved: an old copy may come to light after a crash.
const REMEMBERED = 7 * 24 * 3600 * 1000;
const own = Math.random().toString(36).slice(2);

const person = () => document.getElementById("connection").dataset.person;
const mine = () => `${PREFIX}${person()}:`;
const name = (path) => `${mine()}${path}#${own}`;

// The lock is let go when the tab ends, however it ends.
navigator.locks?.request(LIVES + own, () => new Promise(() => {}));

/** Keep `entry` for `path`; false where this browser has no room or no store for it. */
export function keep(path, entry) {
  const kept = { ...entry, at: Date.now() };
  shelve(name(path), kept);
  try {
    localStorage.setItem(name(path), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** Forget what this tab kept for `path`. */
export const forget = (path) => drop({ key: name(path) });

/** Forget an entry that was taken up. */
export function drop({ key }) {
  shelve(key, { isGone: true, at: Date.now() });
  try {
    localStorage.removeItem(key);
  } catch { /* a closed store keeps nothing */ }
}

/** Everything kept of this person by this tab and by tabs that have ended, the oldest first. */
export async function waiting() {
  try {
    const [living, all] = await Promise.all([livingTabs(), everything()]);
    return all.map(([key, entry]) => described(key, entry)).filter((found) => found.isOwn || !living.has(found.tab))
      .sort((one, other) => one.entry.at - other.entry.at);
  } catch {
    return [];
  }
}

/** The newest that is kept for `path`. */
export const newest = async (path) => (await waiting()).filter((found) => found.path === path).at(-1);

// Of both copies of each entry the newer one, unless it was saved.
async function everything() {
  const found = new Map();
  const take = (key, entry) => { if (entry.at >= (found.get(key)?.at ?? 0)) found.set(key, entry); };
  for (const key of Object.keys(localStorage).filter(isMine)) take(key, JSON.parse(localStorage.getItem(key)));
  const onShelf = await shelved();
  for (const [key, entry] of onShelf.filter(([key]) => isMine(key))) take(key, entry);
  clear(onShelf.filter(([, entry]) => entry.isGone && Date.now() - entry.at > REMEMBERED).map(([key]) => key)).catch(() => {});
  return [...found].filter(([, entry]) => !entry.isGone);
}

const isMine = (key) => key.startsWith(mine());

function described(key, entry) {
  const at = key.lastIndexOf("#");
  const tab = key.slice(at + 1);
  return { key, path: key.slice(mine().length, at), tab, isOwn: tab === own, entry };
}

async function livingTabs() {
  const { held = [] } = await (navigator.locks?.query() ?? {});
  return new Set(held.filter((lock) => lock.name.startsWith(LIVES)).map((lock) => lock.name.slice(LIVES.length)));
}
