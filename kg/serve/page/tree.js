// The family tree, as the server draws it; everybody in it is a link.

import { ask } from "./api.js";
import { at, h, s } from "./dom.js";

export async function tree(iri) {
  const [card, family] = await Promise.all([ask("card", { iri }), ask("family", { iri })]);
  const alone = family.people < 2;
  const place = h("div", { class: "drawing scroll", tabindex: "0", role: "region", "aria-label": `Family tree of ${card.name}` });
  if (!alone) drawInto(place, family);
  return {
    title: `Family of ${card.name}`,
    body: [
      h("p", { class: "actions" }, h("a", { class: "button", href: at("person", iri) }, "All about this person"), h("a", { class: "button", href: at("graph", iri) }, "Wander")),
      alone ? h("p", { class: "lead" }, "This graph knows no family.") : place],
    ready: () => middle(place),
  };
}

// In a shadow root, so that the picture's style and the page's leave each other alone.
function drawInto(place, { svg, style }) {
  const picture = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style + "svg { background: none } a:focus-visible { outline: 2px solid currentColor } a { cursor: pointer }");
  document.adoptNode(picture);
  for (const one of picture.querySelectorAll("[data-iri]")) {
    const link = s("a", { href: at("tree", one.dataset.iri) });
    one.replaceWith(link);
    link.append(one);
  }
  picture.setAttribute("role", "group"); // it holds links
  const shadow = h("div", { class: "picture" });
  const root = shadow.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(picture);
  place.append(shadow);
}

function middle(place) {
  const root = place.querySelector(".picture")?.shadowRoot.querySelector(".root");
  if (!root) return;
  const [box, frame] = [root.getBoundingClientRect(), place.getBoundingClientRect()];
  place.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
}
