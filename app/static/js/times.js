// Moments stand in the page in UTC, for whoever reads it without scripts; here they are written in
// the reader's own zone, with UTC on hover.
function writeHere() {
  for (const time of document.querySelectorAll("time[data-utc]")) {
    time.removeAttribute("data-utc");
    const at = new Date(time.dateTime);
    if (!at.getTimezoneOffset()) continue;
    time.title = time.textContent;
    time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  }
}

document.addEventListener("htmx:after:swap", writeHere);
writeHere();
