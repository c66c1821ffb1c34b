// The one menu of all cards: what is chosen in it is done to the card whose button opened it.
import { acts } from "./acts.js";
import { siblings } from "./moves.js";

const menu = () => document.getElementById("card-menu");
let whose = "";

const card = () => document.getElementById(whose);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[popovertarget=card-menu]");
  if (!button) return;
  whose = button.closest(".card").id;
  const all = siblings(card());
  menu().querySelector("[value=up]").hidden = all[0] === card();
  menu().querySelector("[value=down]").hidden = all.at(-1) === card();
}, true);

document.addEventListener("click", (event) => {
  const item = event.target.closest("#card-menu .menu-item");
  if (!item || !card()) return;
  card().querySelector(".title").focus();
  acts[item.value](card());
});
