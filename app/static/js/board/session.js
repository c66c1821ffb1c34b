// Whose session this page has. Where it ended, or now belongs to somebody else, nothing is sent:
// what is typed stays in this browser until the same person is back.
const AGAIN = 3000;
const strip = () => document.getElementById("connection");
let state = "in";
let timer = 0;
let turns = 0;

/** Tell whether this page may send: its person is logged in and may change the course. */
export const maySend = () => state === "in" || state === "offline";

/** Ask whose session it is; renews this page's token. One of in, out, other, offline. */
export async function check() {
  const asked = turns;
  let answer;
  try {
    const response = await fetch(strip().dataset.ask, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!response.ok) return state;
    answer = await response.json();
  } catch {
    return navigator.onLine ? state : say("offline");
  }
  // The connection went or came meanwhile: this answer is of before.
  if (asked !== turns) return check();
  if (String(answer.person) !== strip().dataset.person) return say(answer.person ? "other" : "out");
  renew(answer.csrf_token);
  return say("in");
}

/** Show that the person may no longer change this course; the page stops. */
export const stop = () => say("gone");

/** Tell how the page stands to its session. */
export const standing = () => state;

function renew(token) {
  const inherited = JSON.parse(document.body.getAttribute("hx-headers:inherited") || "{}");
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ ...inherited, "X-CSRFToken": token }));
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
}

function say(next) {
  const before = state;
  state = next;
  clearTimeout(timer);
  if (next === "out" || next === "other") timer = setTimeout(check, AGAIN);
  if (before === next) return state;
  strip().hidden = next === "in";
  strip().dataset.state = next;
  const word = `words${next[0].toUpperCase()}${next.slice(1)}`;
  strip().querySelector("span").textContent = strip().dataset[word] ?? "";
  strip().querySelector("a").hidden = next !== "out" && next !== "other";
  if (next === "in") document.dispatchEvent(new CustomEvent("lectern:back"));
  return state;
}

addEventListener("offline", () => { turns += 1; if (state === "in") say("offline"); });
addEventListener("online", () => { turns += 1; if (state === "offline") check(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && (state === "out" || state === "other")) check();
});
