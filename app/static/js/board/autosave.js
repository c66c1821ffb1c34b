// Saves a block, or a form field by field, a second after typing stops and on leaving. What was
// typed is kept in this browser until the server has it (kept.js). Where somebody else changed the
// same, the server is told what this editor began with, and merges the two, or shows both.
import { settle, showBoth, undecided } from "./conflict.js";
import { content, fill, original } from "./fields.js";
import { drop, forget, keep, newest } from "./kept.js";
import { addressOf, bodyOf, placeOf, put, typedIn } from "./sending.js";
import { check, maySend, standing } from "./session.js";
import { atFirst, bySingleFields, changesOf, everything, tellOf } from "./single_fields.js";
import { show } from "./states.js";

const PAUSE = 1000;
const SLOWEST = 60000;
const LONGEST_KEEPALIVE = 60000;
const states = new WeakMap();
const touched = new Set();

/** Save the blocks and forms in `root` as they change; `ready` is when their editors are. */
export function watch(root, ready) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (states.has(form)) continue;
    states.set(form, { timer: 0, wait: 0, sending: null, until: 0, version: 0, saved: 0, was: bySingleFields(form) ? atFirst(form) : original(form), behind: false });
    form.dataset.live = "";
    bringBack(form, ready);
  }
}

/** Send everything that is not saved yet; resolves when it has been tried. */
export const flush = () => Promise.all([...touched].filter((form) => form.isConnected).map((form) => save(form)));

/** Tell whether `form` has nothing of its own, so that others' changes may be shown in it. */
export function isFree(form) {
  const state = stateOf(form);
  return !state || (!isDirty(form) && !state.sending && !undecided(form) && !form.contains(document.activeElement));
}

/** Note that somebody else changed the block of `form`: its next save has to be merged. */
export const fallBehind = (form) => { if (stateOf(form)) stateOf(form).behind = true; };

/** Tell whether somebody else's change is not shown in `form` yet. */
export const isBehind = (form) => stateOf(form)?.behind ?? false;

const stateOf = (form) => states.get(form);
const isDirty = (form) => stateOf(form).version !== stateOf(form).saved;

function changed(form) {
  const state = stateOf(form);
  state.version += 1;
  touched.add(form);
  keepTyped(form, state);
  later(form, Math.max(PAUSE, state.wait));
}

function keepTyped(form, state) {
  const entry = { action: addressOf(form), base: form.elements.base?.value, ...typedIn(form, state), page: location.pathname };
  state.isKept = keep(placeOf(form), entry);
}

/** Say why `form` is not saved; worst is where this browser cannot keep it either. */
const stuck = (form, why) => show(form, stateOf(form).isKept ? why : "full");

function later(form, pause) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), pause);
}

async function save(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  while (state.sending) await state.sending;
  if (!isDirty(form) || undecided(form)) return;
  if (Date.now() < state.until) return later(form, state.until - Date.now());
  if (!maySend()) return stuck(form, standing() === "gone" ? "gone" : "out");
  state.sending = deliver(form, state).finally(() => { state.sending = null; });
  await state.sending;
}

async function deliver(form, state, isAgain = false) {
  const { version, behind } = state;
  const single = bySingleFields(form);
  const sent = single ? everything(form) : content(form);
  if (single && !Object.keys(changesOf(form, state.was).fields).length) return done(form, state, version, sent);
  show(form, "saving");
  let response;
  try {
    response = await put(form, state);
  } catch {
    return retry(form, state, navigator.onLine ? "failed" : "offline");
  }
  if (response.status === 204) return done(form, state, version, sent, response);
  if (single && [409, 422].includes(response.status)) return inPart(form, state, sent, await response.text());
  // Known by now or not: when this was sent, the server was not told what it began with.
  if (response.status === 409 && !behind) {
    state.behind = true;
    return deliver(form, state, isAgain);
  }
  if (response.status === 409) return showConflict(form, await response.text());
  if ([400, 401, 403].includes(response.status) && !isAgain) return whoNow(form, state);
  if (response.status === 429 || response.status === 503) return limited(form, state, response);
  if (response.status >= 500) return retry(form, state, "failed");
  refused(form, response, await response.text());
}

function done(form, state, version, sent, response = null) {
  if (bySingleFields(form)) tellOf(form);
  else takeBase(form, state, response.headers);
  Object.assign(state, { was: sent, saved: version, wait: 0 });
  if (isDirty(form)) {
    keepTyped(form, state);
    return later(form, PAUSE);
  }
  touched.delete(form);
  forget(placeOf(form));
  show(form, "saved");
  tellSaved(form);
}

const tellSaved = (form) => document.dispatchEvent(new CustomEvent("lectern:saved", { detail: { form } }));

function takeBase(form, state, told) {
  // What is there now has others' words in it that this editor does not show: only what was
  // sent is common ground, and the next save has to be merged again.
  state.behind = told.has("X-Block-Merged");
  form.elements.base.value = state.behind ? "merged" : told.get("X-Block-Base");
  follow(told.get("X-Lesson-Text"));
  if (state.behind) document.dispatchEvent(new CustomEvent("lectern:behind"));
}

// Some fields are saved, others make no sense or were changed by somebody else.
function inPart(form, state, sent, html) {
  const { left, choice, why } = tellOf(form, html);
  state.was = Object.fromEntries(Object.keys(sent).map((name) => [name, left.has(name) ? state.was[name] : sent[name]]));
  state.wait = 0;
  keepTyped(form, state);
  if (choice) showConflict(form, choice);
  else show(form, "refused", { words: why });
  tellSaved(form);
}

// One's own save is no news; a number left out is somebody else's, and still to be fetched.
function follow(text) {
  const drawer = document.getElementById("drawer");
  if (drawer && Number(text) === Number(drawer.dataset.text) + 1) drawer.dataset.text = text;
}

function retry(form, state, why) {
  state.wait = Math.min(state.wait ? state.wait * 2 : 2000, SLOWEST);
  stuck(form, why);
  later(form, state.wait);
}

function limited(form, state, response) {
  const wait = 1000 * (Number(response.headers.get("Retry-After")) || 5);
  state.until = Date.now() + wait;
  show(form, "limited", { at: new Date(state.until) });
  later(form, wait);
}

// The token or the session is no longer good, or the right is gone: the session can tell.
async function whoNow(form, state) {
  const who = await check();
  if (who === "in") return deliver(form, state, true);
  stuck(form, who === "offline" ? "offline" : "out");
}

function refused(form, response, html) {
  const said = new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent.trim();
  show(form, response.status === 403 || response.status === 404 ? "gone" : "refused", { words: response.status === 422 ? said : "" });
}

function showConflict(form, html) {
  show(form, "conflict");
  showBoth(form, html);
}

async function bringBack(form, ready) {
  await ready;
  const found = await newest(placeOf(form));
  if (!found || !form.isConnected) return;
  const { fields, was, base, at } = found.entry;
  const now = bySingleFields(form) ? everything(form) : content(form);
  if (isDirty(form)) return;
  drop(found);
  giveUp(placeOf(form));
  const typed = bySingleFields(form) ? fields : { ...fields, ...now };
  if (Object.keys(typed).every((name) => fields[name] === now[name])) return;
  const note = document.getElementById("kept-text").content.firstElementChild.cloneNode(true);
  note.querySelector("time").textContent = new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  note.querySelector("[data-drop]").addEventListener("click", () => { note.remove(); fill(form, now); changed(form); });
  form.prepend(note);
  takeUp(form, { fields, was, base }, now);
  changed(form);
}

function takeUp(form, { fields, was, base }, now) {
  const details = form.closest("details");
  if (details) details.open = true;
  const state = stateOf(form);
  if (bySingleFields(form)) {
    Object.assign(state.was, was);
    return fill(form, { ...now, ...fields });
  }
  Object.assign(state, { was, behind: base !== form.elements.base.value });
  form.elements.base.value = base;
  fill(form, fields);
}

// A block that was drawn again takes up what an earlier picture of it still tried to send.
function giveUp(path) {
  for (const form of touched) {
    if (form.isConnected || placeOf(form) !== path) continue;
    clearTimeout(stateOf(form).timer);
    stateOf(form).saved = stateOf(form).version;
    touched.delete(form);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form ?? event.target.closest?.("form");
  if (form?.matches("[data-autosave]") && states.has(form)) changed(form);
});

// On leaving a field, and on choosing.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-autosave]") && states.has(form)) save(form);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-autosave]") || !states.has(event.target)) return;
  event.preventDefault();
  save(event.target);
});

document.addEventListener("click", (event) => {
  const choice = event.target.closest(".block-conflict [data-keep]");
  const form = choice?.closest("form[data-autosave]");
  if (!form) return;
  event.preventDefault();
  if (bySingleFields(form)) return chosen(form, choice.dataset.keep);
  const { base, there } = settle(form, choice.dataset.keep);
  form.elements.base.value = base;
  Object.assign(stateOf(form), { was: there, behind: false });
  if (choice.dataset.keep !== "theirs") return changed(form);
  stateOf(form).saved = stateOf(form).version;
  touched.delete(form);
  forget(placeOf(form));
  show(form, "saved");
  if (!base) document.dispatchEvent(new CustomEvent("lectern:behind"));
});

// What somebody else wrote is known now: mine is sent as a change of that, theirs is there already.
function chosen(form, choice) {
  const { there } = settle(form, choice);
  Object.assign(stateOf(form).was, there);
  changed(form);
}

for (const back of ["online", "focus"]) addEventListener(back, () => flush());
document.addEventListener("lectern:back", () => flush());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") flush();
});

// The page is going: one last try that outlives it. What is too long for that is kept here.
addEventListener("pagehide", () => {
  for (const form of touched) {
    if (!form.isConnected || !isDirty(form) || !maySend()) continue;
    const size = bodyOf(form, stateOf(form)).toString().length;
    if (size < LONGEST_KEEPALIVE) put(form, stateOf(form), { keepalive: true }).catch(() => {});
  }
});
