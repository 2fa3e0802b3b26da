// Warns two minutes before an idle reader is signed out, and offers to go on. When the time is over, drafts are saved and the page is covered.
import { dialogue, element, press } from "./dialogs.js";
import { formsAreDirty, saveAll } from "./drafts.js";

const WARNING = 120_000;
let endsAt = 0;
let box = null;

export function warnBeforeSignOut() {
  const { sessionEndsIn } = document.body.dataset;
  if (!sessionEndsIn) return;
  endsIn(Number(sessionEndsIn));
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}

// The server has just answered a request of ours, so its clock for us started again.
export function noteActivity() {
  const { sessionEndsIn } = document.body.dataset;
  if (sessionEndsIn) endsIn(Number(sessionEndsIn));
}

// Ask the server whether we are signed in (perhaps again, in another tab), and take the form key that belongs to it.
export async function refreshSession() {
  const answer = await fetch(document.body.dataset.stillHere, { headers: { Accept: "application/json" }, redirect: "error" }).catch(() => null);
  if (!answer?.ok) return false;
  const { ends_in: seconds, csrf } = await answer.json();
  for (const key of document.querySelectorAll("[name=csrfmiddlewaretoken]")) key.value = csrf;
  endsIn(seconds);
  return true;
}

function endsIn(seconds) {
  endsAt = Date.now() + seconds * 1000;
  if (box && seconds * 1000 > WARNING) box.close();
}

function look() {
  const left = endsAt - Date.now();
  if (left <= 0) timeIsOver();
  else if (left <= WARNING) warn(left);
}

function warn(left) {
  const words = left > 60_000 ? "2 minutes" : "1 minute";
  if (!box) {
    saveAll();
    const sentence = element("p", { "aria-live": "polite" });
    box = dialogue("Are you still there?", sentence, press("Stay signed in", refreshSession));
    box.sentence = sentence;
    box.addEventListener("close", () => { box = null; });
    box.addEventListener("cancel", refreshSession);
  }
  const words_now = `To keep what you can see private, you will be signed out in ${words}.`;
  if (box.sentence.textContent !== words_now) box.sentence.textContent = words_now;
}

async function timeIsOver() {
  endsAt = Infinity;
  box?.close();
  const safe = await saveAll();
  const back = `${document.body.dataset.signIn}?${new URLSearchParams({ next: window.location.pathname, ended: "1" })}`;
  if (safe && !formsAreDirty()) return window.location.assign(back);
  const text = element("p", {}, "What you typed is still on this page and nowhere else. Sign in in a new tab, come back here, and carry on.");
  const link = element("a", { href: document.body.dataset.signIn, target: "_blank", rel: "noopener" }, "Sign in in a new tab");
  const covering = dialogue("You have been signed out", text, element("p", {}, link), press("I have signed in: carry on", async () => { if (await refreshSession()) covering.close(); }));
  covering.classList.add("frame-dialog--covering");
  covering.addEventListener("cancel", (event) => event.preventDefault());
}
