// What was typed and is not saved yet, kept in this browser: a second net under every save. Each
// entry belongs to one person and one tab; only its own person ever sees it, and while its tab
// lives nobody else takes it up.
const PREFIX = "lectern-typed:";
const LIVES = "lectern-tab:";
const tab = Math.random().toString(36).slice(2);

const person = () => document.getElementById("connection").dataset.person;
const mine = () => `${PREFIX}${person()}:`;
const name = (path) => `${mine()}${path}#${tab}`;

// The lock is let go when the tab ends, however it ends.
navigator.locks?.request(LIVES + tab, () => new Promise(() => {}));

/** Keep `entry` for `path`; false where this browser has no room or no store for it. */
export function keep(path, entry) {
  try {
    localStorage.setItem(name(path), JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** Forget what this tab kept for `path`. */
export function forget(path) {
  try {
    localStorage.removeItem(name(path));
  } catch { /* a closed store keeps nothing */ }
}

/** Forget an entry that was taken up. */
export function drop({ key }) {
  localStorage.removeItem(key);
}

/** Everything kept of this person by this tab and by tabs that have ended, the oldest first. */
export async function waiting() {
  try {
    const living = await livingTabs();
    return Object.keys(localStorage).filter((key) => key.startsWith(mine())).map(read)
      .filter((found) => found && (found.isOwn || !living.has(found.tab)))
      .sort((one, other) => one.entry.at - other.entry.at);
  } catch {
    return [];
  }
}

/** The newest that is kept for `path`. */
export const newest = async (path) => (await waiting()).filter((found) => found.path === path).at(-1);

function read(key) {
  const at = key.lastIndexOf("#");
  const entry = JSON.parse(localStorage.getItem(key));
  const from = key.slice(at + 1);
  return entry && { key, path: key.slice(mine().length, at), tab: from, isOwn: from === tab, entry };
}

async function livingTabs() {
  const { held = [] } = await (navigator.locks?.query() ?? {});
  return new Set(held.filter((lock) => lock.name.startsWith(LIVES)).map((lock) => lock.name.slice(LIVES.length)));
}
