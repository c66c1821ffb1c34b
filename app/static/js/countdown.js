// How long an offer is still open: counted from the seconds that the server gave, whatever the
// clock of this machine says. When it is over, that is said once, and the card asks for itself anew.
import { announce } from "./live.js";

const SIZES = [86400, 3600, 60, 1];

function inWords(left, units) {
  const from = SIZES.findIndex((size) => left >= size);
  const number = (n) => Math.floor((n ? left % SIZES[n - 1] : left) / SIZES[n]);
  return units.slice(from, from + 2).map((unit, n) => `${number(from + n)} ${unit}`).join(" ");
}

function countDown(timer) {
  const ends = Date.now() + 1000 * Number(timer.dataset.secondsOpen);
  const units = timer.dataset.units.split(" ");
  timer.dataset.running = "";
  const tick = () => {
    if (!timer.isConnected) return;
    const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    timer.textContent = left ? inWords(left, units) : timer.dataset.none;
    if (left) return void setTimeout(tick, 1000);
    announce(timer.dataset.said);
    timer.dispatchEvent(new Event("over"));
  };
  tick();
}

function setUp() {
  for (const timer of document.querySelectorAll("[data-seconds-open]:not([data-running])")) countDown(timer);
}

document.addEventListener("htmx:after:swap", setUp);
setUp();
