// How far what was typed has come: said of each block, and of the worst of them in the lesson's head.
const ORDER = ["saved", "saving", "failed", "limited", "offline", "full", "out", "gone", "refused", "conflict"];
const head = () => document.getElementById("save-state");
const clock = (moment) => moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** Say how `form` stands; `at` is when it was saved, or will be tried again, `words` why not. */
export function show(form, state, { at = new Date(), words = "" } = {}) {
  form.dataset.saved = state;
  form.dataset.savedWords = words ? `${sentence(state, at)}: ${words}` : sentence(state, at);
  const own = form.querySelector(".block-save");
  if (own) own.textContent = state === "saved" || state === "saving" ? "" : form.dataset.savedWords;
  tell();
}

/** Say of the lesson what is true of the block that is farthest from being saved. */
export function tell() {
  const shown = head();
  if (!shown) return;
  const forms = [...document.querySelectorAll("form[data-saved]")];
  const worst = forms.sort((one, other) => rank(other) - rank(one))[0];
  if (!worst) return;
  shown.dataset.state = worst.dataset.saved;
  if (shown.textContent !== worst.dataset.savedWords) shown.textContent = worst.dataset.savedWords;
}

const rank = (form) => ORDER.indexOf(form.dataset.saved);

function sentence(state, at) {
  const words = head()?.dataset[`words${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
  return words.replace("{time}", clock(at));
}
