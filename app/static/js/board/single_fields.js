// Forms whose fields are saved each for itself: only what was changed in them is sent, so that
// others may change the rest meanwhile. A fieldset says one thing, and is sent as a whole.
import { content, isOne, original } from "./fields.js";

/** Tell whether the fields of `form` are saved each for itself; blocks are saved as wholes. */
export const bySingleFields = (form) => form.dataset.autosave !== "";

/** What every field of `form` says, also those that say nothing. */
export const everything = (form) => ({ ...nothing(form), ...content(form) });

/** What the server drew in every field of `form`. */
export const atFirst = (form) => ({ ...nothing(form), ...original(form) });

const nothing = (form) => Object.fromEntries(namesIn(form).map((name) => [name, ""]));
const namesIn = (root) => [...root.elements].filter(isOne).map((field) => field.name);
const fieldOf = (form, name) => [...form.elements].find((field) => field.name === name);

// The names that say one thing together with `name`.
function unitOf(form, name) {
  const set = fieldOf(form, name).closest("fieldset");
  return set ? namesIn(set) : [name];
}

/** What was changed in `form` since it said `was`: the fields, and what those said. */
export function changesOf(form, was) {
  const now = everything(form);
  const names = new Set(Object.keys(now).filter((name) => now[name] !== was[name]).flatMap((name) => unitOf(form, name)));
  const some = (values) => Object.fromEntries([...names].map((name) => [name, values[name] ?? ""]));
  return { fields: some(now), was: some(was) };
}

/**
 * Show beside the fields of `form` why they are not saved, from the server's answer; nothing takes
 * away what was said before. Returns the names that are not saved, what to choose from, and why.
 */
export function tellOf(form, html = "") {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const old of form.querySelectorAll(".error[data-of]")) unsay(form, old);
  const errors = [...answer.querySelectorAll(".error[data-of]")];
  for (const error of errors) say(form, document.adoptNode(error));
  const choice = answer.querySelector(".conflict");
  const names = [...errors.map((error) => error.dataset.of), ...Object.keys(JSON.parse(choice?.dataset.theirs ?? "{}"))];
  return { left: new Set(names.flatMap((name) => unitOf(form, name))), choice: choice?.outerHTML ?? "", why: errors[0]?.textContent.trim() ?? "" };
}

function say(form, error) {
  const field = fieldOf(form, error.dataset.of);
  const before = field.matches("[type=radio]") ? field.closest("fieldset").querySelector("legend") : field.closest("div.field")?.querySelector("label");
  // Beside short fields there is no room for a sentence.
  (field.closest(".row, .rule-detail") ?? before ?? field).after(error);
  error.id = `${field.id || field.name}-refused`;
  if (field.matches("[type=radio]")) return;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${error.id}`.trim());
}

function unsay(form, error) {
  const field = fieldOf(form, error.dataset.of);
  field.removeAttribute("aria-invalid");
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
  if (others.length) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
  error.remove();
}
