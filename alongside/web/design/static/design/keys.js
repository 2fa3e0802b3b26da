// Single keys: / finds somebody, n starts a new entry, ? lists the keys. They can be switched off (WCAG 2.1.4) and never act while one types.
import { dialogue, element, press } from "./dialogs.js";

export function listenForKeys() {
  const { shortcuts, find } = document.body.dataset;
  if (!shortcuts) return;
  const acts = { "/": () => goToFinder(find), n: startNewEntry, "?": () => listKeys(shortcuts) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const act = acts[event.key];
    if (act && act()) event.preventDefault();
  });
}

function isTyping(target) {
  return target.isContentEditable || target.closest("input, textarea, select");
}

function goToFinder(find) {
  const here = document.querySelector("[data-finder] input:not([type=hidden])");
  if (here) here.focus();
  else if (find) window.location.assign(find);
  return Boolean(here || find);
}

function startNewEntry() {
  const link = document.querySelector("a[data-new-entry]");
  if (link) link.click();
  return Boolean(link);
}

function listKeys(settings) {
  const list = element("dl");
  for (const [key, what] of [["/", "Find a person"], ["n", "Start a new entry, on a person’s page"], ["?", "Show this list"]]) {
    list.append(element("dt", {}, element("kbd", {}, key)), element("dd", {}, what));
  }
  const off = element("p", {}, element("a", { href: settings }, "Switch single keys off"));
  const box = dialogue("Keys you can press", list, off, press("Close", () => box.close()));
  return true;
}
