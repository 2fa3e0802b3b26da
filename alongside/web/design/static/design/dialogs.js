// One way to show a dialogue: the browser's own, which keeps the focus inside and gives it back.

export function dialogue(title, ...content) {
  const box = document.createElement("dialog");
  const heading = element("h2", { id: "dialogue-title" }, title);
  box.className = "frame-dialog";
  box.setAttribute("aria-labelledby", heading.id);
  box.append(heading, ...content);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

export function press(text, act, kind = "") {
  const button = element("button", { type: "button", class: `nhsuk-button ${kind}` }, text);
  button.addEventListener("click", act);
  return button;
}
