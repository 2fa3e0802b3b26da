// Warns two minutes before an idle reader is signed out, and offers to go on. When the time is over, drafts are saved and the page is covered.
import { dialogue, element, press } from "./dialogs.js";
import { formsAreDirty, saveAll } from "./drafts.js";
import { noteActivity, refreshSession, stopCounting, timeLeft, whenExtended } from "./session.js";

const WARNING = 120_000;
let box = null;

export function warnBeforeSignOut() {
  if (!document.body.dataset.sessionEndsIn) return;
  whenExtended(() => { if (timeLeft() > WARNING) box?.close(); });
  noteActivity();
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}

function look() {
  if (timeLeft() <= 0) timeIsOver();
  else if (timeLeft() <= WARNING) warn();
}

function warn() {
  if (!box) {
    saveAll();
    const sentence = element("p", { "aria-live": "polite" });
    box = dialogue("Are you still there?", sentence, press("Stay signed in", refreshSession));
    box.sentence = sentence;
    box.addEventListener("close", () => { box = null; });
    box.addEventListener("cancel", refreshSession);
  }
  const words = `To keep what you can see private, you will be signed out in ${timeLeft() > 60_000 ? "2 minutes" : "1 minute"}.`;
  if (box.sentence.textContent !== words) box.sentence.textContent = words;
}

async function timeIsOver() {
  stopCounting();
  box?.close();
  const saved = await saveAll();
  const { signIn } = document.body.dataset;
  if (saved && !formsAreDirty()) {
    window.location.assign(`${signIn}?${new URLSearchParams({ next: window.location.pathname, ended: "1" })}`);
    return;
  }
  const covering = dialogue(
    "You have been signed out",
    element("p", {}, "What you typed is still on this page and nowhere else. Sign in in a new tab, come back here, and carry on."),
    element("p", {}, element("a", { href: signIn, target: "_blank", rel: "noopener" }, "Sign in in a new tab")),
    press("I have signed in: carry on", async () => { if (await refreshSession()) covering.close(); }),
  );
  covering.classList.add("frame-dialog--covering");
  covering.addEventListener("cancel", (event) => event.preventDefault());
}
