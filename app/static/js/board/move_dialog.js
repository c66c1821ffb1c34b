// "Move to…": the same small form that the page of its own shows, in a dialog.
import { board, headers, place } from "./send.js";

const dialog = () => document.getElementById("move-dialog");

/** Ask where the lesson of `card` should go. */
export async function openMove(card) {
  const url = `${board().dataset.base}/lessons/${card.dataset.key}/move`;
  const response = await fetch(url, { headers: headers() });
  if (!response.ok) return;
  await place(await response.text(), "#move-slot", "innerHTML");
  dialog().showModal();
  dialog().querySelector("select").focus();
}

/** Close the dialog, if it is open. */
export const closeMove = () => dialog().close();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-move]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openMove(link.closest(".card"));
});
