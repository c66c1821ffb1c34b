// Forms that are sent by hand: what is typed in them is kept in this browser until it was saved.
import { content, fill, original, same } from "./fields.js";
import { drop, forget, keep, newest } from "./kept.js";

const kept = (form) => form?.matches("form[data-keep]");
const placeOf = (form) => `${new URL(form.action).pathname}?${form.dataset.keep}`;

/** Keep the forms of this page from now on, and put back what an earlier page lost. */
export function keepForms() {
  document.addEventListener("input", (event) => {
    if (kept(event.target.form)) keep(placeOf(event.target.form), { fields: content(event.target.form), was: original(event.target.form) });
  });
  document.addEventListener("lectern:sent", (event) => { if (kept(event.target)) forget(placeOf(event.target)); });
  document.addEventListener("htmx:after:swap", putBackAll);
  putBackAll();
}

function putBackAll() {
  for (const form of document.querySelectorAll("form[data-keep]:not([data-kept])")) {
    form.dataset.kept = "";
    putBack(form);
  }
}

async function putBack(form) {
  const found = await newest(placeOf(form));
  if (!found) return;
  const now = content(form);
  drop(found);
  // What arrived needs no help: it is what the form says, or all of it but what was cleaned.
  if (same(found.entry.fields, now)) return;
  keep(placeOf(form), found.entry);
  const values = merged(found.entry, now);
  fill(form, values);
  note(form, found, now);
}

// A field that was not touched then says what it says now.
function merged({ fields, was }, now) {
  const names = Object.keys({ ...fields, ...now });
  return Object.fromEntries(names.map((name) => [name, fields[name] === was?.[name] ? now[name] : fields[name]]));
}

function note(form, found, now) {
  const shown = document.getElementById("kept-text").content.firstElementChild.cloneNode(true);
  shown.querySelector("time").textContent = new Date(found.entry.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  shown.querySelector("[data-drop]").addEventListener("click", () => {
    forget(placeOf(form));
    fill(form, now);
    shown.remove();
  });
  form.prepend(shown);
  const details = form.closest("details");
  if (details) details.open = true;
}
