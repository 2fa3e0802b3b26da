// A part of the page that could not be drawn anew says so, instead of standing there as if it were current.
import { element } from "./dialogs.js";

export function tellOfFailedParts() {
  document.addEventListener("htmx:responseError", ({ detail }) => failed(detail.target, detail.xhr.status));
  document.addEventListener("htmx:sendError", ({ detail }) => failed(detail.target, 0));
}

function failed(part, status) {
  const { signIn } = document.body.dataset;
  const words = status === 401 && signIn
    ? ["You have been signed out. ", element("a", { href: signIn, target: "_blank", rel: "noopener" }, "Sign in in a new tab"), ", then try again here."]
    : [status ? "This could not be shown. Try again." : "No connection. What you see here may be out of date."];
  part.querySelector(":scope > .part-failed")?.remove();
  part.prepend(element("p", { class: "nhsuk-error-message part-failed", role: "alert" }, ...words));
}
