// Keeps what is typed: a form with data-draft-url is sent there every 10 seconds and whenever a field is left, if anything changed.
// What is sent and answered is written down in docs/how-to/make-a-page.md. Nothing is kept in this browser: computers are shared.
import { element } from "./dialogs.js";
import { noteActivity, refreshSession } from "./session.js";

const EVERY = 10_000;
const drafts = [];

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) drafts.push(new Draft(form));
  window.addEventListener("beforeunload", (event) => {
    if (drafts.some((draft) => draft.inTrouble && draft.isDirty)) event.preventDefault();
  });
}

// Save whatever is unsaved; true when nothing is left that only this page knows.
export async function saveAll() {
  const saved = await Promise.all(drafts.map((draft) => draft.save()));
  return saved.every(Boolean);
}

export const formsAreDirty = () => drafts.some((draft) => draft.isDirty);

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.revision = form.dataset.draftRevision || "";
    this.kept = this.typed();
    this.inTrouble = false;
    this.sending = null;
    this.askedAgain = false;
    this.said = element("span");
    this.alarm = element("span", { role: "alert" });
    this.status = element("p", { class: "draft-status" }, this.said, this.alarm);
    const place = form.querySelector("[data-draft-status]");
    if (place) place.replaceWith(this.status);
    else form.append(this.status);
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", () => { this.leaving = true; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save(); });
    window.addEventListener("pageshow", () => { this.leaving = false; });
    setInterval(() => this.save(), EVERY);
  }

  typed() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
    }
    return fields.toString();
  }

  get isDirty() {
    return !this.leaving && this.typed() !== this.kept;
  }

  // A field that is left while an earlier one is on its way is sent after it, with the revision that the answer brought.
  save() {
    if (this.sending) this.askedAgain = true;
    else if (!this.isDirty) return Promise.resolve(true);
    this.sending ??= this.sendUntilKept().finally(() => { this.sending = null; });
    return this.sending;
  }

  async sendUntilKept() {
    let kept;
    do {
      this.askedAgain = false;
      kept = await this.send();
    } while (kept && this.askedAgain && this.isDirty);
    return kept;
  }

  async send(again = false) {
    const typed = this.typed();
    const body = new URLSearchParams(typed);
    body.set("draft_revision", this.revision);
    body.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    let answer;
    try {
      answer = await fetch(this.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error", keepalive: body.toString().length < 60_000 });
    } catch {
      return this.trouble("Not saved: no connection. Keep this page open; it will try again.");
    }
    if (answer.ok) {
      const { saved_at: savedAt, revision } = await answer.json();
      this.kept = typed;
      this.revision = revision;
      this.inTrouble = false;
      this.say(`Saved ${savedAt}`);
      noteActivity();
      return true;
    }
    if (answer.status === 401 || (answer.status === 403 && !again)) {
      if (await refreshSession()) return again ? this.trouble("Not saved yet; trying again.") : this.send(true);
      return this.trouble("Not saved: you have been signed out. ", element("a", { href: document.body.dataset.signIn, target: "_blank", rel: "noopener" }, "Sign in in a new tab"), ", then carry on here.");
    }
    if (answer.status === 403) return this.trouble("Not saved: you can no longer write here. Copy your text before you leave this page.");
    if (answer.status === 409) return this.trouble("Not saved: this was changed in another window. ", ...this.bothVersions());
    return this.trouble("Not saved. Keep this page open; it will try again.");
  }

  // The page that shows both versions, where there is one; nothing of either is overwritten before somebody chose.
  bothVersions() {
    const { twoVersions } = this.form.dataset;
    if (!twoVersions) return ["Copy your text before you reload the page."];
    const press = element("button", { type: "submit", class: "button-in-text", formaction: twoVersions, formnovalidate: "" }, "See both versions");
    return [press];
  }

  say(text) {
    this.status.classList.remove("draft-status--trouble");
    this.alarm.replaceChildren();
    this.said.textContent = text;
  }

  trouble(...content) {
    const words = content.map((part) => part.textContent ?? part).join("");
    this.status.classList.add("draft-status--trouble");
    this.said.textContent = "";
    if (this.alarm.textContent !== words) this.alarm.replaceChildren(...content);
    this.inTrouble = true;
    return false;
  }
}
