// Blocks by keyboard, the buttons of questions, and the picture of a block as learners see it.
import { headers } from "./send.js";
import { flush } from "./autosave.js";
import { send } from "./lesson.js";

document.addEventListener("keydown", (event) => {
  const block = event.target.closest?.("#blocks > .block");
  const act = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!block || !act || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const button = block.querySelector(`[data-act="${act}"]`);
  const inText = event.target.closest("[contenteditable]") ? "[contenteditable]" : `[data-act="${act}"]`;
  if (button) send(button.formAction, {}, inText);
}, true);

// A button that changes the questions or the files sends what is typed along with it.
document.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "do" || !event.target.matches("#blocks > .block")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  change(event.target, event.submitter);
}, true);

async function change(form, submitter) {
  const act = submitter.value;
  await flush();
  const last = act.startsWith("add:") ? ".question:nth-last-of-type(1) textarea" : "[name='do']";
  const choice = act.startsWith("choice:") && `.question:has([value="${act}"]) .answer:nth-last-child(1 of .answer) .input`;
  await send(form.action, new FormData(form, submitter), choice || last);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const block = link.closest(".block");
  const shown = block.querySelector(".block-preview");
  link.setAttribute("aria-expanded", String(!shown));
  if (shown) return shown.remove();
  await flush();
  const response = await fetch(link.dataset.preview, { headers: headers() });
  if (response.ok) block.querySelector(".block-foot").insertAdjacentHTML("beforebegin", await response.text());
});
