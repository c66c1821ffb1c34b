// What every page does by itself: the search key, the theme, dialogs, closing notices.
import "./bell.js";
import { toast } from "./live.js";
import "./times.js";

const THEMES = ["light", "dark", "system"];

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const visible = [...document.querySelectorAll("input[type=search]")].filter((box) => box.checkVisibility());
  const search = visible.find((box) => box.matches("[data-search-here]")) ?? visible[0];
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

function chooseTheme(theme) {
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll(".theme-choice button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

function currentTheme() {
  const chosen = document.cookie.match(/(?:^|; )theme=(\w+)/)?.[1];
  return THEMES.includes(chosen) ? chosen : "system";
}

function commandDialog(button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") dialog?.showModal();
  else if (button.getAttribute("command") === "close") dialog?.close();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.closest(".theme-choice") && THEMES.includes(button.value)) {
    event.preventDefault();
    chooseTheme(button.value);
  } else if (button.hasAttribute("data-close")) {
    button.closest(".notice, .toast")?.remove();
  } else if (button.hasAttribute("commandfor") && !("command" in button)) {
    commandDialog(button);
  }
});

// A menu closes once something in it was chosen.
document.addEventListener("click", (event) => {
  const menu = event.target.closest(".menu:popover-open");
  if (menu && event.target.closest("a, button:not(.theme-choice button)")) menu.hidePopover();
});

// A request that found no server says so, and leaves what was typed where it is.
document.addEventListener("htmx:error", () => {
  if (!navigator.onLine) toast(document.body.dataset.offline, { kind: "bad" });
});

for (const hidden of document.querySelectorAll(".theme-choice[hidden]")) hidden.hidden = false;
chooseTheme(currentTheme());
