// The neighbourhood as a picture to wander through: every person is a link, a chosen one brings those around.

import { ask } from "./api.js";
import { at, h, s, say, show } from "./dom.js";

const WIDTH = 760;
const HEIGHT = 560;
const LONGEST = 22;

/** A picture of people and ties. go(iri) is called for the one that is chosen. */
export function picture(near, middle, go, places = new Map()) {
  layout(near, middle, places);
  const name = new Map(near.people.map((one) => [one.iri, one.name]));
  const pairs = new Map();
  for (const tie of near.ties) {
    const key = [tie.from, tie.to].sort().join(" ");
    // Told from the chosen one if it has a part in it: "father" stands where the father is.
    if (!pairs.has(key) || tie.from === middle) pairs.set(key, tie);
  }
  const lines = [...pairs.values()].map((tie) => {
    const [a, b] = [places.get(tie.from), places.get(tie.to)];
    const mine = tie.from === middle || tie.to === middle;
    const label = mine && s("text", { x: a.x + (b.x - a.x) * 0.5, y: a.y + (b.y - a.y) * 0.5 - 4, class: "tie" }, tie.label);
    return s("g", { class: mine ? "mine" : null }, s("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }), label);
  });
  const nodes = near.people.map((one) => {
    const { x, y } = places.get(one.iri);
    const link = s("a", { href: at("person", one.iri), class: one.iri === middle ? "node middle" : "node",
      onclick: (event) => { event.preventDefault(); go(one.iri); } },
      s("title", {}, one.name),
      s("circle", { cx: x, cy: y, r: one.iri === middle ? 26 : 19, class: one.gender || null }),
      s("text", { x, y: y + 5, class: "initials" }, initials(one.name)),
      s("text", { x, y: y + (one.iri === middle ? 44 : 36), class: "name" }, short(one.name)));
    return link;
  });
  const [left, top, width, height] = box(near.people.map((one) => places.get(one.iri)));
  return s("svg", { class: "graph", viewBox: `${left} ${top} ${width} ${height}`, role: "group", "aria-label": `${name.get(middle)} and ${near.people.length - 1} others` }, lines, nodes);
}

function initials(name) {
  const words = name.replace(/[^\p{L}\s]/gu, "").split(/\s+/).filter(Boolean);
  return words.length > 1 ? words[0][0] + words.at(-1)[0] : (words[0] ?? "?").slice(0, 2);
}

function short(name) {
  return name.length > LONGEST ? name.slice(0, LONGEST - 1) + "…" : name;
}

function box(points) {
  const xs = points.map((one) => one.x);
  const ys = points.map((one) => one.y);
  const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 46];
  return [left, top, Math.max(...xs) + 90 - left, Math.max(...ys) + 62 - top];
}

// Springs and charges (Fruchterman and Reingold 1991). It starts from a ring, not from chance: the same picture each time.
function layout({ people, ties }, middle, places) {
  const fixed = new Set(places.keys());
  const start = places.get(middle) ?? { x: WIDTH / 2, y: HEIGHT / 2 };
  people.forEach((one, number) => {
    if (fixed.has(one.iri)) return;
    const angle = number * 2.399963; // the golden angle spreads any number evenly
    const far = one.iri === middle ? 0 : 80 + 22 * Math.sqrt(number);
    places.set(one.iri, { x: start.x + far * 1.4 * Math.cos(angle), y: start.y + far * Math.sin(angle) });
  });
  const ideal = 165;
  for (let heat = 40; heat > 0.5; heat *= 0.97) {
    const pull = new Map(people.map((one) => [one.iri, { x: 0, y: 0 }]));
    for (const a of people) for (const b of people) {
      if (a.iri < b.iri) push(pull, places, a.iri, b.iri, (far) => (ideal * ideal) / far);
    }
    for (const tie of ties) push(pull, places, tie.from, tie.to, (far) => -(far * far) / ideal / 2);
    for (const one of people) {
      if (one.iri === middle) continue;
      const { x, y } = pull.get(one.iri);
      const force = Math.hypot(x, y) || 1;
      const place = places.get(one.iri);
      const most = fixed.has(one.iri) ? heat / 4 : heat;
      place.x += (x / force) * Math.min(force, most);
      place.y += (y / force) * Math.min(force, most) * 0.8;
    }
  }
}

function push(pull, places, one, other, strength) {
  const [a, b] = [places.get(one), places.get(other)];
  const [x, y] = [(a.x - b.x) * 0.72, a.y - b.y]; // names are wide: apart sideways counts for less
  const far = Math.max(Math.hypot(x, y), 1);
  const force = strength(far) / far;
  pull.get(one).x += x * force;
  pull.get(one).y += y * force;
  pull.get(other).x -= x * force;
  pull.get(other).y -= y * force;
}

/** The view: choosing somebody brings those around, and what was there stays. */
export async function graph(iri) {
  const seen = { people: [], ties: [] };
  const places = new Map();
  const drawing = h("div", { class: "drawing" });
  const side = h("aside", { "aria-live": "polite" });
  async function go(chosen, focus = true) {
    const near = await ask("around", { iri: chosen });
    const known = new Set(seen.people.map((one) => one.iri));
    seen.people.push(...near.people.filter((one) => !known.has(one.iri)));
    const ties = new Set(seen.ties.map((one) => one.from + " " + one.to));
    seen.ties.push(...near.ties.filter((one) => !ties.has(one.from + " " + one.to)));
    show(drawing, picture(seen, chosen, go, places));
    const name = new Map(seen.people.map((one) => [one.iri, one.name]));
    show(side,
      h("h2", {}, name.get(chosen)),
      h("p", {}, h("a", { class: "button", href: at("person", chosen) }, "All about this person")),
      h("ul", { class: "plain" }, near.ties.filter((one) => one.from === chosen).map((one) => h("li", {},
        h("small", {}, one.label), " ", h("button", { type: "button", class: "link", onclick: () => go(one.to) }, name.get(one.to))))),
      near.more && h("p", { class: "quiet" }, "More people are around than are drawn."));
    say(`${name.get(chosen)}, with ${near.people.length - 1} around`);
    if (focus) drawing.querySelector(".middle")?.focus();
  }
  await go(iri, false);
  const first = seen.people.find((one) => one.iri === iri);
  return { title: `Around ${first.name}`, body: h("div", { class: "wander" }, drawing, side) };
}
