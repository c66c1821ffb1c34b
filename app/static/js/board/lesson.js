// What is sent about the lesson that is open, and its answer put in place of what is shown.
import { toast } from "../live.js";
import { flush } from "./autosave.js";
import { headers, place, words } from "./send.js";
import { check } from "./session.js";

let pressed = "";

/** What was pressed before this answer came, as a selector in its block; it is told once. */
export function taken() {
  const act = pressed;
  pressed = "";
  return act;
}

/** Save what is typed, send `values` to `url`, and show the lesson as it then is; `focus` is a
    selector in the block that the answer is about. */
export async function send(url, values, focus = "") {
  if (await post(url, values, focus)) toast(words().sayFailed, { kind: "bad" });
}

/** The same, but resolves to what the server shows of a conflict, if there is one. */
export async function post(url, values, focus = "") {
  await flush();
  pressed = focus;
  return fill(url, { method: "POST", body: new URLSearchParams(values) });
}

/** Show in the drawer what `url` answers; resolves to what is shown of a conflict. */
export async function fill(url, options = {}) {
  let response, text;
  try {
    response = await fetch(url, { headers: headers(), keepalive: options.method === "POST", ...options });
    text = await response.text();
  } catch {
    toast(words().sayFailed, { kind: "bad" });
    return null;
  }
  if (response.headers.has("HX-Redirect")) {
    await check();
  } else if (response.ok) {
    await show(text);
  } else if (text.includes("<hx-partial")) {
    await place(text);
    document.dispatchEvent(new CustomEvent("lectern:behind"));
  } else if (response.status === 409) {
    return text;
  } else {
    toast(words().sayFailed, { kind: "bad" });
  }
  return null;
}

async function show(text) {
  const slot = document.getElementById("drawer-slot");
  const before = document.getElementById("drawer")?.dataset.lesson;
  const scrolled = slot.querySelector(".body")?.scrollTop ?? 0;
  // Without a settling phase: it would copy the style attributes that Sortable leaves, which the
  // content security policy reports.
  await place(text, "#drawer-slot", "innerHTML settle:0");
  const isSame = document.getElementById("drawer").dataset.lesson === before;
  slot.querySelector(".body").scrollTop = isSame ? scrolled : 0;
  document.dispatchEvent(new CustomEvent("lectern:lesson"));
}
