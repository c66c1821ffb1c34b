// A second copy of what kept.js keeps, in IndexedDB. What is in localStorage outlives a tab that
// crashes, but browsers write it to the disk only now and then: Chromium up to a minute later. This
// copy is written within milliseconds, so that what was typed outlives a browser that is killed.
const NAME = "lectern-typed";
const STORE = "entries";
const next = new Map();
let opened = null;
let writing = null;

/** Put `entry` in the place of what is there for `key`; never fails, since it is the second net. */
export function shelve(key, entry) {
  next.set(key, entry);
  writing ??= write().catch(() => {}).finally(() => { writing = null; });
}

/** Everything on the shelf, as pairs of key and entry; nothing where there is no shelf. */
export async function shelved() {
  try {
    await writing;
    const store = (await database()).transaction(STORE).objectStore(STORE);
    const [keys, entries] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
    return keys.map((key, at) => [key, entries[at]]);
  } catch {
    return [];
  }
}

/** Take what is there for these keys off the shelf for good. */
export async function clear(keys) {
  if (!keys.length) return;
  const store = (await database()).transaction(STORE, "readwrite").objectStore(STORE);
  for (const key of keys) store.delete(key);
}

// One transaction after the other; what is typed meanwhile goes into the next.
async function write() {
  const base = await database();
  while (next.size) {
    const work = base.transaction(STORE, "readwrite");
    for (const [key, entry] of next) work.objectStore(STORE).put(entry, key);
    next.clear();
    await new Promise((done, failed) => Object.assign(work, { oncomplete: done, onabort: failed }));
  }
}

function database() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = failed;
  });
  return opened;
}

const result = (request) => new Promise((done, failed) => Object.assign(request, { onsuccess: () => done(request.result), onerror: failed }));
