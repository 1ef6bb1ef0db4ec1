// The documents, and what each says, sentence by sentence.

import { ask } from "./api.js";
import { at, h, marked, plural } from "./dom.js";

export async function documents() {
  const found = (await ask("documents")).documents;
  return {
    title: "Documents",
    body: h("ul", { class: "people" }, found.map((one) => h("li", {}, h("a", { href: at("document", one.id) },
      h("b", {}, one.name || one.id),
      h("small", {}, [one.written, plural(one.people, "person", "people")].filter(Boolean).join(" · ")))))),
  };
}

export async function document_(id) {
  const one = await ask("document", { id });
  return {
    title: one.title || one.id,
    body: [
      h("p", { class: "lead" }, [one.created, plural(one.people.length, "person", "people"), plural(one.sentences.length, "quoted sentence")].filter(Boolean).join(" · ")),
      h("ul", { class: "chips", "aria-label": "People in it" }, one.people.map((who) => h("li", {}, h("a", { href: at("person", who.person) }, who.name)))),
      h("h2", {}, "What it says"),
      h("ol", { class: "sentences" }, one.sentences.map((sentence) => h("li", {},
        h("blockquote", {}, marked(sentence.text, sentence.marks)),
        h("ul", { class: "plain" }, sentence.facts.map((fact) => h("li", {},
          fact.iri.includes("/person/") ? h("a", { href: at("person", fact.iri) }, fact.name) : fact.name, " ", h("small", {}, fact.label), " ", fact.object)))))),
    ],
  };
}
