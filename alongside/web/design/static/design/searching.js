// A long list that can be searched: a box above a select with data-search keeps only the lines that hold every word typed, and picks the first.
import { element } from "./dialogs.js";

export function makeSearchable(scope = document) {
  for (const select of scope.querySelectorAll("select[data-search]")) if (!select.dataset.searchable) addBox(select);
}

function addBox(select) {
  select.dataset.searchable = "yes";
  const everything = [...select.children];
  const box = element("input", { class: "nhsuk-input search-above", type: "search", id: `${select.id}-search`, autocomplete: "off" });
  const label = element("label", { class: "nhsuk-hint", for: box.id }, select.dataset.search);
  const said = element("span", { class: "nhsuk-u-visually-hidden", role: "status" });
  select.before(label, box, said);
  box.addEventListener("input", () => {
    const found = keep(select, everything, box.value.toLowerCase().split(/\s+/).filter(Boolean));
    said.textContent = found === 1 ? "1 line left" : `${found} lines left`;
  });
  box.addEventListener("change", () => select.dispatchEvent(new Event("change", { bubbles: true })));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    select.focus();
  });
}

function keep(select, everything, words) {
  const chosen = select.value;
  const left = everything.map((one) => (one.tagName === "OPTGROUP" ? shelf(one, words) : one)).filter((one) => one.tagName !== "OPTGROUP" || one.children.length);
  select.replaceChildren(...left);
  const options = [...select.options].filter((option) => option.value);
  select.value = options.some((option) => option.value === chosen) || !words.length ? chosen : options[0]?.value ?? "";
  return options.length;
}

function shelf(group, words) {
  const kept = element("optgroup", { label: group.label });
  for (const option of group.children) {
    const text = `${option.textContent} ${option.dataset.words ?? ""} ${group.label}`.toLowerCase();
    if (words.every((word) => text.includes(word))) kept.append(option.cloneNode(true));
  }
  return kept;
}
