// From one lesson straight to writing the next: Ctrl Enter asks for its title, and opens it.
import { board } from "./send.js";

const drawer = () => document.getElementById("drawer");
const openCard = (card) => card?.querySelector(".title").click();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !board()) return;
  if (document.querySelector("dialog[open]")) return;
  const adding = event.target.closest?.(".add-lesson form");
  if (!adding && !drawer()?.contains(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  if (adding) return addAndOpen(adding);
  const details = drawer().querySelector(".add-next");
  if (details.contains(event.target)) return event.target.form?.requestSubmit();
  details.open = true;
  details.querySelector("input.input").focus(); // at once, so that the first letter is not lost
}, true);

function addAndOpen(form) {
  if (!form.reportValidity()) return;
  form.dataset.opens = "";
  form.requestSubmit();
}

// The board shows the new card by now: after that of the open lesson, or last in its module.
document.addEventListener("lectern:sent", ({ target: form }) => {
  if (form.dataset.command === "next") return openCard(cardOf(form.elements.after.value)?.nextElementSibling);
  if (!("opens" in form.dataset)) return;
  delete form.dataset.opens;
  openCard(form.closest(".column").querySelector(".card:last-of-type"));
});

const cardOf = (key) => document.getElementById(`lesson-${key}`);
