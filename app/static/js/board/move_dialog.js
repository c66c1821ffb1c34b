// "Move to…": the same form that the page of its own shows, in a dialog, searched as one types.
import { board, headers, place } from "./send.js";

const dialog = () => document.getElementById("move-dialog");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Ask where the lessons of `cards` should go. */
export async function openMove(cards) {
  const keys = new URLSearchParams(cards.map((card) => ["key", card.dataset.key]));
  const response = await fetch(`${board().dataset.base}/selection/place?${keys}`, { headers: headers() });
  if (!response.ok) return;
  await place(await response.text(), "#move-slot", "innerHTML");
  const field = dialog().querySelector("[data-find-place]");
  field.hidden = false;
  dialog().showModal();
  field.focus();
  dialog().querySelector(":checked")?.scrollIntoView({ block: "nearest" });
}

/** Close the dialog, if it is open. */
export const closeMove = () => dialog().close();

const shown = () => [...dialog().querySelectorAll(".place")].filter((one) => !one.hidden);

function find(wanted) {
  for (const group of dialog().querySelectorAll(".places-of")) {
    const all = plain(group.getAttribute("aria-label")).includes(wanted);
    for (const one of group.children) one.hidden = !all && !plain(one.textContent).includes(wanted);
  }
  const chosen = dialog().querySelector(":checked")?.closest(".place");
  if (!chosen || chosen.hidden) shown()[0]?.querySelector("input").click();
}

document.addEventListener("input", (event) => {
  if (event.target.matches("#move-dialog [data-find-place]")) find(plain(event.target.value.trim()));
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches("#move-dialog [data-find-place]")) return;
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  (dialog().querySelector(".place:not([hidden]) :checked") ?? shown()[0]?.querySelector("input"))?.focus();
});
