// Saves a block a second after typing stops and on leaving. What was typed stays in this browser
// until the server has it, and is offered back if it never got there.
import { headers } from "./send.js";

const PAUSE = 1000;
const SLOWEST = 60000;
const KEPT = "lectern-typed:";
const LONGEST_KEEPALIVE = 60000;
const states = new WeakMap();
const touched = new Set();

/** Save the blocks in `root` as they change. */
export function watch(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    states.set(form, { timer: 0, wait: 0, sending: null, version: 0, saved: 0 });
    offer(form);
  }
}

/** Send everything that is not saved yet; resolves when it has been tried. */
export const flush = () => Promise.all([...touched].filter((form) => form.isConnected).map((form) => save(form)));

const stateOf = (form) => states.get(form);
const isDirty = (form) => stateOf(form).version !== stateOf(form).saved;
const place = (form) => KEPT + new URL(form.action).pathname;

function content(form) {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrf_token;
  return fields;
}

function show(state, time = "") {
  const shown = document.getElementById("save-state");
  if (!shown) return;
  shown.dataset.state = state === "stopped" ? "failed" : state;
  const sentence = shown.dataset[`words${state[0].toUpperCase()}${state.slice(1)}`];
  const words = sentence.replace("{time}", time);
  if (shown.textContent !== words) shown.textContent = words;
}

function changed(form) {
  const state = stateOf(form);
  state.version += 1;
  touched.add(form);
  try {
    localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), fields: content(form) }));
  } catch { /* a full or closed store only costs the second net */ }
  later(form, PAUSE);
}

function later(form, pause) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), pause);
}

async function save(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (state.sending) await state.sending;
  if (!isDirty(form) || form.querySelector(".conflict")) return;
  state.sending = deliver(form, state);
  await state.sending;
  state.sending = null;
}

async function deliver(form, state) {
  const { version } = state;
  show("saving");
  let response;
  try {
    response = await put(form);
  } catch {
    return retry(form, state);
  }
  if (response.status === 204) return done(form, state, version, response);
  if (response.status === 409) return conflict(form, await response.text());
  if (response.status >= 500 || response.status === 429) return retry(form, state);
  show("stopped");
  touched.delete(form);
}

function put(form, more = {}) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.action, { method: "POST", body, headers: headers(), ...more });
}

function done(form, state, version, response) {
  form.elements.base.value = response.headers.get("X-Block-Base");
  state.saved = version;
  state.wait = 0;
  if (isDirty(form)) return later(form, PAUSE);
  touched.delete(form);
  localStorage.removeItem(place(form));
  show("saved", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  document.dispatchEvent(new CustomEvent("lectern:saved"));
}

function retry(form, state) {
  state.wait = Math.min(state.wait ? state.wait * 2 : 2000, SLOWEST);
  show("failed");
  later(form, state.wait);
}

function conflict(form, html) {
  show("stopped");
  const slot = form.querySelector(".block-conflict");
  slot.innerHTML = html;
  slot.querySelector("[data-keep]")?.focus();
}

function keep(form, whose) {
  const settled = form.querySelector("[data-conflict-base]");
  const base = settled.dataset.conflictBase;
  form.querySelector(".block-conflict").replaceChildren();
  if (whose === "mine") {
    form.elements.base.value = base;
    return save(form);
  }
  localStorage.removeItem(place(form));
  touched.delete(form);
  stateOf(form).saved = stateOf(form).version;
  document.dispatchEvent(new CustomEvent("lectern:settings"));
}

function offer(form) {
  const kept = JSON.parse(localStorage.getItem(place(form)) ?? "null");
  const now = content(form);
  const differs = kept && Object.keys(kept.fields).some((name) => name !== "base" && kept.fields[name] !== now[name]);
  if (!differs) return localStorage.removeItem(place(form));
  const note = document.getElementById("kept-text").content.firstElementChild.cloneNode(true);
  note.querySelector("time").textContent = new Date(kept.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  note.querySelector("[data-bring-back]").addEventListener("click", () => bringBack(form, kept, note));
  note.querySelector("[data-drop]").addEventListener("click", () => {
    localStorage.removeItem(place(form));
    note.remove();
  });
  form.prepend(note);
}

function bringBack(form, kept, note) {
  for (const [name, value] of Object.entries(kept.fields)) {
    const field = form.elements[name];
    if (!field || name === "base") continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
    field.dispatchEvent(new Event("lectern:set"));
  }
  note.remove();
  changed(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.form ?? event.target.closest?.("form");
  if (form?.matches("[data-autosave]") && states.has(form)) changed(form);
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
  keep(form, choice.dataset.keep);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") flush();
});

// The page is going: one last try that outlives it. What is too long for that is kept here.
window.addEventListener("pagehide", () => {
  for (const form of touched) {
    if (!form.isConnected || !isDirty(form)) continue;
    const size = new Blob([new URLSearchParams(new FormData(form)).toString()]).size;
    if (size < LONGEST_KEEPALIVE) put(form, { keepalive: true }).catch(() => {});
  }
});
