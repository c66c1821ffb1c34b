// What every page of the builder does: it says where its person is, keeps what is typed in its
// forms, and sends what an earlier page could not.
import { keepForms } from "./board/kept_forms.js";
import { stay } from "./board/presence.js";
import { resend } from "./board/resend.js";

keepForms();
stay();
resend();
