// Finding lessons on the board: as one types, the cards that do not match step aside.
import { board, filled } from "./send.js";

const field = () => document.getElementById("board-find");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const cards = () => [...document.querySelectorAll("#columns .card")];
let told = 0;

/** Show the cards that match what is looked for, on cards that may have been drawn anew. */
export function showFound() {
  document.getElementById("board-search").hidden = false;
  const wanted = plain(field().value.trim());
  let found = 0;
  for (const card of cards()) {
    const matches = plain(card.querySelector(".title").textContent).includes(wanted);
    if (card.hidden === matches) card.hidden = !matches;
    found += matches;
  }
  board().classList.toggle("searching", wanted !== "");
  return wanted === "" ? null : found;
}

function tell(found) {
  const { sayOne, sayMany, sayAll } = field().dataset;
  const sentence = found === 1 ? sayOne : filled(sayMany, { count: found });
  clearTimeout(told);
  // Said once the typing rests, so that a screen reader is not interrupted at each letter.
  told = setTimeout(() => {
    document.getElementById("board-found").textContent = found === null ? "" : sentence;
    if (found === null) field().setAttribute("aria-description", sayAll);
  }, 300);
}

/** Stop looking; returns whether one was. */
export function stopFinding() {
  if (!field().value) return false;
  field().value = "";
  tell(showFound());
  return true;
}

document.addEventListener("input", (event) => {
  if (event.target === field()) tell(showFound());
});

document.addEventListener("keydown", (event) => {
  if (event.target !== field() || event.isComposing) return;
  const first = cards().find((card) => card.checkVisibility());
  if (event.key === "Escape") {
    if (!stopFinding()) first?.querySelector(".title").focus();
  } else if ((event.key === "Enter" || event.key === "ArrowDown") && first) first.querySelector(".title").focus();
  else return;
  event.preventDefault();
});
