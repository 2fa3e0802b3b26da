// Starts what a page needs once it is there. Every page works without any of this.
import { initAll } from "./vendor/nhsuk-frontend-10.6.1.js";
import { keepDrafts } from "./drafts.js";
import { keepTyping } from "./keeping-typing.js";
import { listenForKeys } from "./keys.js";
import { tellOfFailedParts } from "./parts-that-failed.js";
import { prepareQuickExit } from "./quick-exit.js";
import { makeSearchable } from "./searching.js";
import { warnBeforeSignOut } from "./staying-signed-in.js";

initAll();
listenForKeys();
prepareQuickExit();
makeSearchable();
keepTyping();
tellOfFailedParts();
keepDrafts();
warnBeforeSignOut();

if (window.innerWidth < 880) for (const one of document.querySelectorAll("details[data-closed-when-narrow]")) one.open = false;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// What htmx brings into the page gets the same behaviour as what was there from the start.
document.addEventListener("htmx:afterSettle", (event) => { initAll({ scope: event.detail.elt }); makeSearchable(event.detail.elt); });

// The finder's first answer takes the focus, so that Enter opens it.
document.addEventListener("htmx:afterSwap", (event) => event.detail.target.querySelector("[data-first-found]")?.focus());
