// What the fields of a form say, as plain values by their names.
const OWN = ["csrf_token", "base", "revision"];

/** Tell whether `field` is one that a person fills in. */
export const isOne = (field) => field.name && !OWN.includes(field.name) && field.type !== "file";

/** What `form` says now, without its token and its base. */
export function content(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.includes(name));
  return Object.fromEntries(pairs);
}

/** What the server drew in `form`: an editor may have written its own spelling into it since. */
export function original(form) {
  const fields = {};
  for (const field of [...form.elements].filter(isOne)) {
    if (field.matches("select")) fields[field.name] = ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
    else if (["checkbox", "radio"].includes(field.type)) { if (field.defaultChecked) fields[field.name] = field.value; }
    else if (field.matches("input, textarea")) fields[field.name] = field.defaultValue;
  }
  return fields;
}

/** Put `values` into the fields of `form`, and tell the editors of it. */
export function fill(form, values) {
  for (const field of [...form.elements].filter(isOne)) {
    if (["checkbox", "radio"].includes(field.type)) field.checked = values[field.name] === field.value;
    else if (field.name in values) field.value = values[field.name];
    field.dispatchEvent(new Event("lectern:set"));
  }
}
