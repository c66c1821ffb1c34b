// The bell in the top bar: while the page is seen, it is looked at again once a minute.
import { announce } from "./live.js";

const MINUTE = 60_000;
let mark = "";
let last = Date.now();

async function look() {
  const bell = document.getElementById("bell");
  if (!bell || document.hidden || Date.now() - last < MINUTE) return;
  last = Date.now();
  const headers = mark ? { "If-None-Match": mark } : {};
  const response = await fetch(`${bell.href}/bell`, { headers, cache: "no-store" });
  if (response.redirected || response.status !== 200) return;
  mark = response.headers.get("ETag") ?? "";
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("bell");
  if (!fresh || fresh.textContent === bell.textContent) return;
  bell.replaceChildren(...fresh.childNodes);
  announce(bell.querySelector(".visually-hidden").textContent);
}

/** Look now, if a minute has gone by; a server that is away is asked again later. */
function glance() {
  look().catch(() => {});
}

setInterval(glance, MINUTE / 4);
document.addEventListener("visibilitychange", glance);
