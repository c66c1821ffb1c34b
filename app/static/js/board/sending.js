// What is sent of a form that is saved by itself, and where: a block as a whole, with what its
// editor began with once somebody else changed it; other forms as what was changed in them.
import { content } from "./fields.js";
import { headers } from "./send.js";
import { bySingleFields, changesOf } from "./single_fields.js";

const WAS = "was-";

/** The address that `form` is saved at by itself. */
export const addressOf = (form) => (bySingleFields(form) ? new URL(form.dataset.autosave, location.href).href : form.action);

/** Where what is typed in `form` is kept. */
export const placeOf = (form) => new URL(addressOf(form)).pathname;

/** What is typed in `form`, and what it said first. */
export const typedIn = (form, { was }) => (bySingleFields(form) ? changesOf(form, was) : { fields: content(form), was });

/** The request's body that saves `form`. */
export function bodyOf(form, state) {
  const { fields, was } = typedIn(form, state);
  const body = new URLSearchParams(fields);
  if (!bySingleFields(form)) body.set("base", form.elements.base.value);
  if (bySingleFields(form) || state.behind) for (const [name, value] of Object.entries(was)) body.set(WAS + name, value);
  return body;
}

/** Send what saves `form`. */
export const put = (form, state, more = {}) => fetch(addressOf(form), { method: "POST", body: bodyOf(form, state), headers: headers(), ...more });
