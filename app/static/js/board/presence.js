// Who is here: this page says every few seconds where its person is, and marks on cards and blocks
// where the others are.
import { headers } from "./send.js";
import { maySend } from "./session.js";

const EVERY = 10000;
const SETTLED = 1000;
const page = () => document.getElementById("connection").dataset;
let said = "";
let timer = 0;

/** Say from now on where the person is, while the page is seen. */
export function stay() {
  say();
  setInterval(() => say(), EVERY);
  document.addEventListener("focusin", () => soon());
  document.addEventListener("htmx:after:swap", () => { soon(); mark(); });
  document.addEventListener("visibilitychange", () => soon());
  mark();
}

function where() {
  const drawer = document.getElementById("drawer");
  const block = document.activeElement?.closest("#blocks > .block");
  return { step: page().step, lesson: drawer?.dataset.lesson ?? "", block: block?.dataset.key ?? "" };
}

// Another place is told once the person has stayed there a moment.
function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => { if (JSON.stringify(where()) !== said) say(); }, SETTLED);
}

function say() {
  if (document.visibilityState !== "visible" || !maySend()) return;
  const place = where();
  said = JSON.stringify(place);
  fetch(page().presence, { method: "POST", body: new URLSearchParams(place), headers: headers() }).catch(() => {});
}

/** Mark the cards and blocks where others are. */
export function mark() {
  for (const old of document.querySelectorAll(".card > .here, .block > .here-editing")) old.remove();
  for (const one of document.querySelectorAll("#presence .here")) {
    const { lesson, block } = one.dataset;
    if (!lesson) continue;
    markCard(document.getElementById(`lesson-${lesson}`), one);
    if (block && document.getElementById("drawer")?.dataset.lesson === lesson) markBlock(document.getElementById(`block-${block}`), one);
  }
}

function markCard(card, one) {
  if (!card) return;
  const copy = one.cloneNode(true);
  copy.querySelector(".visually-hidden")?.remove();
  card.append(copy);
}

function markBlock(block, one) {
  if (!block) return;
  const note = document.createElement("p");
  note.className = "here-editing tiny";
  note.append(one.querySelector(".avatar").cloneNode(true), one.dataset.editing);
  block.querySelector(".block-foot").before(note);
}
