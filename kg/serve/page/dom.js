// Elements and addresses. Texts only ever become text nodes, so that nothing in a graph can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, handlers ("onclick") and children; what is false or null is left out. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function s(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== false && child != null));
  return element;
}

/** Shows what is there now in the place of what was. */
export function show(place, ...children) {
  place.replaceChildren(...children.flat(Infinity).filter((child) => child !== false && child != null));
}

/** Tells screen readers what has changed. */
export function say(text) {
  document.getElementById("status").textContent = text;
}

/** An address of this page: at("person", iri) is "#/person/…". */
export function at(...parts) {
  return "#/" + parts.map(encodeURIComponent).join("/");
}

/** A text with marks [start, end, kind], which count code points. */
export function marked(text, marks) {
  const points = Array.from(text);
  const parts = [];
  let done = 0;
  for (const [start, end, kind] of marks) {
    parts.push(points.slice(done, start).join(""), h("mark", { class: kind }, points.slice(start, end).join("")));
    done = end;
  }
  return [...parts, points.slice(done).join("")];
}

export function plural(number, word, words = word + "s") {
  return `${number.toLocaleString("en")} ${number === 1 ? word : words}`;
}
