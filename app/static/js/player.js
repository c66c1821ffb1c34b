// The lesson as it is read: films that wait for a click, and completion by time or at the end.
const FILM = { allow: "fullscreen; encrypted-media; picture-in-picture", referrerPolicy: "strict-origin-when-cross-origin" };

// A film from elsewhere is fetched when it is asked for, into a frame that may do little.
document.addEventListener("click", (event) => {
  const card = event.target.closest?.("a[data-frame]");
  if (!card || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = Object.assign(document.createElement("iframe"), FILM, { title: card.querySelector(".film-title").textContent });
  frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-presentation", "allow-popups");
  frame.src = card.dataset.frame;
  card.replaceWith(frame);
  frame.focus();
});

const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function countDown(form) {
  const ends = Date.now() + 1000 * Number(form.dataset.secondsLeft);
  const button = form.querySelector("button");
  form.dataset.running = "";
  const tick = () => {
    if (!form.isConnected) return;
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0) return form.requestSubmit();
    button.textContent = form.dataset.words.replace("{time}", shown(left));
    setTimeout(tick, 1000);
  };
  tick();
}

// At the end: what is written has been in sight to its end, and every film here was seen to its own.
function watchEnd(form) {
  form.dataset.running = "";
  const films = [...document.querySelectorAll("#main video")];
  const seen = new Set();
  let reached = false;
  const done = () => { if (reached && seen.size === films.length && form.isConnected) form.requestSubmit(); };
  for (const film of films) film.addEventListener("ended", () => { seen.add(film); done(); });
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((one) => one.isIntersecting)) return;
    watcher.disconnect();
    reached = true;
    done();
  });
  watcher.observe(form);
}

function setUp() {
  for (const form of document.querySelectorAll("[data-seconds-left]:not([data-running])")) countDown(form);
  for (const form of document.querySelectorAll("[data-at-the-end]:not([data-running])")) watchEnd(form);
}

document.addEventListener("htmx:after:swap", setUp);
setUp();
