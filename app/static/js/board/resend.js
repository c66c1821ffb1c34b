// What was typed in pages that are gone, sent on the next visit, when the connection is back, and
// after logging in again. What meets another's change waits until its lesson is opened.
import { toast } from "../live.js";
import { drop, waiting } from "./kept.js";
import { headers, place } from "./send.js";
import { placeOf } from "./sending.js";
import { check, maySend } from "./session.js";

const words = () => document.getElementById("connection").dataset;

/** Send everything that waits in this browser, but what stands in a block that is open here. */
export function resend() {
  if (!maySend()) return;
  if (!navigator.locks) return deliver();
  return navigator.locks.request("lectern-resend", { ifAvailable: true }, (lock) => lock && deliver());
}

async function deliver() {
  const open = new Set([...document.querySelectorAll("form[data-autosave]")].map(placeOf));
  const ready = (await waiting()).filter((found) => found.entry.action && (found.entry.method || !found.isOwn) && !open.has(found.path));
  let saved = 0;
  for (const found of ready) {
    if (await send(found)) saved += 1;
  }
  if (saved) toast(words().sayResent);
}

async function send(found, isAgain = false) {
  const { action, base = "", fields, was, method = "POST" } = found.entry;
  const body = new URLSearchParams({ ...fields, base });
  for (const [name, value] of Object.entries(was ?? {})) body.set(`was-${name}`, value);
  try {
    const response = await fetch(action, { method, body, headers: headers() });
    if ([400, 401].includes(response.status) && !isAgain && (await check()) === "in") return send(found, true);
    if (method !== "POST") return await settled(found, response);
    if (response.status === 409) offer(found.entry.page);
    if (response.status !== 204) return false;
  } catch {
    return false;
  }
  drop(found);
  return true;
}

// A title: what the board shows of it, or of both, is in the answer.
async function settled(found, response) {
  if (!response.ok && response.status !== 409) return false;
  drop(found);
  if (document.getElementById("board")) await place(await response.text());
  return response.ok;
}

function offer(page) {
  const template = document.getElementById("waiting-text");
  if (document.getElementById("waiting-here") || !template) return;
  const note = template.content.firstElementChild.cloneNode(true);
  note.querySelector("a").href = page;
  (document.getElementById("board-notice") ?? document.getElementById("main")).prepend(note);
}

setInterval(resend, 15000);
addEventListener("online", resend);
document.addEventListener("lectern:back", resend);
