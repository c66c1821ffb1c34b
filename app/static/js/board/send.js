// Commands of the board: sent one after the other, answered with parts of the page.
import { toast } from "../live.js";
import { check } from "./session.js";

export const board = () => document.getElementById("board");
export const words = () => board().dataset;

/** Put values into a sentence that has their names in braces. */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

let tail = Promise.resolve();

/** The headers of a request for a part of the page, as htmx would send them. */
export function headers(extra = {}) {
  const inherited = JSON.parse(document.body.getAttribute("hx-headers:inherited") || "{}");
  return { ...inherited, "HX-Request": "true", "HX-Request-Type": "partial", Accept: "text/html", ...extra };
}

/** Put the parts of an answer in their places; returns when they are there. */
export function place(text, target = "#board-notice", swap = "none") {
  return htmx.swap({ text, target, swap, sourceElement: document.body });
}

/**
 * Send a command after those before it; resolves to whether it was done, when its answer is shown.
 * `putBack` is called first if it is refused, so that the answer lands on true ground.
 * Where its address depends on the answers before it, `url` is a function; null for no address.
 * `unreached` is called instead where it did not get through at all, or not now.
 */
export function sendOr(putBack, method, url, values = {}, unreached = null) {
  const done = tail.then(() => command(putBack, method, url, values, unreached));
  tail = done.catch(() => {});
  return done;
}

async function command(putBack, method, url, values, unreached) {
  let response, text;
  try {
    [response, text] = await deliver(method, url, values);
    if (!response) return null;
    if (unreached && isAway(response)) throw new Error();
  } catch {
    if (unreached) return unreached();
    putBack();
    toast(words().sayFailed, { kind: "bad" });
    return false;
  }
  if (!response.ok) putBack();
  await show(response, text);
  return response.ok;
}

const isAway = ({ status }) => status >= 500 || [400, 401, 429].includes(status);

async function deliver(method, address, values, isAgain = false) {
  const url = typeof address === "function" ? address() : address;
  if (!url) return [null, ""];
  const body = new URLSearchParams(values);
  // Kept alive, it arrives even if the page is left at once.
  const response = await fetch(url, { method, body, headers: headers(), keepalive: true, signal: AbortSignal.timeout(20000) });
  // A page that was open for long may hold the token of a session that has been renewed since.
  if ([400, 401].includes(response.status) && !isAgain && (await check()) === "in") return deliver(method, url, values, true);
  return [response, await response.text()];
}

async function show(response, text) {
  const elsewhere = response.headers.get("HX-Redirect");
  if (elsewhere) window.location.assign(elsewhere);
  else if (text.includes("<hx-partial")) await place(text);
  else if (!response.ok) toast(sentenceOf(text) || words().sayFailed, { kind: "bad" });
}

function sentenceOf(html) {
  const error = new DOMParser().parseFromString(html, "text/html");
  return error.querySelector("h1")?.textContent.trim();
}
