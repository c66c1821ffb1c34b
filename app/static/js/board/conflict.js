// A block that two people changed: both texts stand side by side until one of them has chosen.
import { fill } from "./fields.js";
import { bySingleFields, everything } from "./single_fields.js";

const slot = (form) => form.querySelector(".block-conflict");

/** Show both texts in `form`, from the server's answer. */
export function showBoth(form, html) {
  slot(form).innerHTML = html;
  // Whoever goes on with another field of a form is not taken out of it.
  if (!bySingleFields(form)) slot(form).querySelector("[data-keep]")?.focus({ preventScroll: true });
  slot(form).scrollIntoView({ block: "nearest" });
}

/** Tell whether `form` waits for a choice. */
export const undecided = (form) => form.querySelector(".conflict") !== null;

/**
 * Put the choice (mine, theirs or both) into the fields of `form`. Returns the base that it is
 * made on, and what is there now by the names of the fields.
 */
export function settle(form, choice) {
  const { conflictBase, theirs, both } = form.querySelector("[data-conflict-base]").dataset;
  const there = JSON.parse(theirs);
  slot(form).replaceChildren();
  if (choice === "both") fill(form, JSON.parse(both));
  if (choice === "theirs") fill(form, bySingleFields(form) ? { ...everything(form), ...there } : there);
  return { base: conflictBase, there };
}
