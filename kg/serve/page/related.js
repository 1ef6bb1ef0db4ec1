// How two people are related: the word for it, and the way from one to the other with what says so.

import { ask } from "./api.js";
import { at, h, plural } from "./dom.js";
import { picker } from "./picker.js";
import { quote } from "./people.js";

export async function related(iri = "", other = "") {
  const names = await Promise.all([iri, other].map(async (one) => (one ? (await ask("card", { iri: one })).name : "")));
  const ends = [iri, other];
  const choose = (number) => (person) => {
    ends[number] = person.iri;
    if (ends[0] && ends[1]) location.hash = at("related", ...ends);
  };
  const form = h("div", { class: "pair" },
    picker("Somebody", choose(0), { value: names[0] }), picker("and somebody else", choose(1), { value: names[1] }));
  const path = iri && other ? await ask("related", { iri, to: other }) : null;
  return { title: "How are they related?", body: [form, path && told(path, names)] };
}

function told(path, [first, second]) {
  if (!path.steps) return h("p", { class: "lead" }, `This graph knows no way from ${first} to ${second}.`);
  const word = path.term
    ? [h("b", {}, second), ` is ${first}’s `, h("b", {}, path.term), "."]
    : [`${plural(path.steps.length, "step")} from `, h("b", {}, first), " to ", h("b", {}, second), "."];
  return [
    h("p", { class: "answer" }, word),
    path.back && h("p", { class: "quiet" }, `${first} is ${second}’s ${path.back}.`),
    h("ol", { class: "path" },
      h("li", {}, h("a", { href: at("person", path.start.iri) }, path.start.name)),
      path.steps.map((step) => h("li", {},
        h("span", { class: "step" }, step.term, step.ended && " (over)"),
        h("a", { href: at("person", step.person.iri) }, step.person.name),
        step.quotes.map(quote)))),
  ];
}
