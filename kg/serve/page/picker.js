// A field that finds people while one types: the ARIA combobox pattern with a list.

import { ask } from "./api.js";
import { h, plural, say, show } from "./dom.js";

let made = 0;

/** A labelled field. chosen(person) is called when one is taken. */
export function picker(label, chosen, { value = "", placeholder = "a name" } = {}) {
  const id = `picker-${++made}`;
  let found = [];
  let active = -1;
  let turn = 0;
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id, type: "text", value, placeholder, autocomplete: "off", spellcheck: "false", role: "combobox",
    "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    oninput: look, onkeydown: key, onblur: () => setTimeout(close, 150),
  });

  async function look() {
    const mine = ++turn;
    const text = input.value.trim();
    if (!text) return close();
    const { people, near } = await ask("search", { q: text });
    if (mine !== turn || document.activeElement !== input) return;
    found = people.slice(0, 8);
    active = -1;
    show(list, found.map(option), !found.length && h("li", { class: "none" }, near.length ? `Nobody. Near: ${near.join(", ")}` : "Nobody of this name"));
    open(true);
    say(plural(found.length, "person", "people"));
  }
  function option(person, number) {
    return h("li", { id: `${id}-${number}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(person); } },
      h("b", {}, person.name), h("small", {}, person.document));
  }
  function key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === active)));
      input.setAttribute("aria-activedescendant", `${id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && found.length && !list.hidden) {
      event.preventDefault();
      take(found[Math.max(active, 0)]);
    } else if (event.key === "Escape") close();
  }
  function take(person) {
    input.value = person.name;
    close();
    chosen(person);
  }
  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }
  function close() {
    turn++;
    open(false);
  }
  return h("div", { class: "picker" }, h("label", { for: id }, label), input, list);
}
