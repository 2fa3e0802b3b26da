// What somebody types while an answer is on its way stays: a part of the page with data-keeps-typing is drawn anew around it.
export function keepTyping() {
  let kept = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    kept = detail.target.matches("[data-keeps-typing]") ? [...detail.target.querySelectorAll("input[id], select[id], textarea[id], details[id]")].map(state) : null;
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    for (const [id, before] of kept ?? []) restore(detail.target.querySelector(`#${CSS.escape(id)}`), before);
    kept = null;
  });
}

function state(one) {
  return [one.id, { value: one.value, checked: one.checked, open: one.open, name: one.name }];
}

function restore(one, before) {
  if (!one || one.name !== before.name || one.type === "file") return;
  if (one.tagName === "DETAILS") one.open ||= before.open;
  else if (one.type === "checkbox" || one.type === "radio") one.checked = before.checked;
  else one.value = before.value;
}
