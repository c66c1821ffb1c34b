// What every page of the builder does: it says where its person is, saves what is typed, and sends
// what an earlier page could not.
import { watch } from "./board/autosave.js";
import { stay } from "./board/presence.js";
import { resend } from "./board/resend.js";

// The board watches what is in its drawer itself, once its editors have come.
for (const page of document.querySelectorAll("main.page")) watch(page);
stay();
resend();
