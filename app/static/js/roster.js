// Ticking people: all of a page at once, a run of them with Shift, and how many there are.
import { announce } from "./live.js";

let last = null;

const form = () => document.querySelector("form[data-roster]");
const boxes = () => [...document.querySelectorAll("input[type=checkbox][name=id]")];
const every = () => document.getElementById("tick-every");
const whole = () => document.getElementById("tick-page");

function sentence() {
  const number = boxes().filter((box) => box.checked).length;
  if (every()?.checked) return every().closest("label").textContent.trim();
  if (!number) return "";
  return number === 1 ? form().dataset.sayOne : form().dataset.sayMany.replace("{count}", number);
}

function show() {
  if (!form() || !whole()) return;
  const ticked = boxes().filter((box) => box.checked);
  whole().closest("label").hidden = false;
  whole().checked = ticked.length > 0 && ticked.length === boxes().length;
  whole().indeterminate = ticked.length > 0 && ticked.length < boxes().length;
  document.getElementById("tick-count").textContent = sentence();
  const none = !ticked.length && !every()?.checked;
  for (const button of document.querySelectorAll("#bulk button, form.bulk button")) button.disabled = none;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("input[type=checkbox][name=id]");
  if (!box) return;
  const all = boxes();
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
});

document.addEventListener("change", (event) => {
  if (event.target === whole()) for (const box of boxes()) box.checked = whole().checked;
  if (event.target.matches("#tick-page, #tick-every, input[name=id]")) show();
  if (event.target === whole()) announce(sentence());
});

document.addEventListener("htmx:after:swap", show);
// Back from another page, the browser ticks again what was ticked.
window.addEventListener("pageshow", show);
show();
