// The front page, and the card of a person.

import { ask } from "./api.js";
import { at, h, marked, plural, show } from "./dom.js";
import { picture } from "./graph.js";
import { picker } from "./picker.js";

const WIKIDATA = /^https?:\/\/www\.wikidata\.org\/entity\/(Q\d+)$/;

export async function home() {
  const { counts } = await ask("numbers");
  const list = h("ul", { class: "people" });
  const field = h("input", { id: "search", type: "search", autocomplete: "off", placeholder: "a name, or a part of one", oninput: look });
  const note = h("p", { class: "quiet", role: "status" });
  let turn = 0;
  async function look() {
    const mine = ++turn;
    const { people, near } = await ask("search", { q: field.value });
    if (mine !== turn) return;
    show(list, people.map((one) => h("li", {}, h("a", { href: at("person", one.iri) },
      h("b", {}, one.name), h("small", {}, [plural(one.facts, "fact"), one.document].filter(Boolean).join(" · "))))));
    note.textContent = people.length ? "" : near.length ? `Nobody is called so. Near: ${near.join(", ")}` : "Nobody is called so.";
  }
  await look();
  const parts = ["documents", "people", "claims", "quoted sentences"].filter((name) => counts[name]);
  return {
    title: "People",
    body: [
      h("form", { class: "search", role: "search", onsubmit: (event) => { event.preventDefault(); list.querySelector("a")?.click(); } },
        h("label", { for: "search" }, "Who are you looking for?"), field),
      h("dl", { class: "numbers" }, parts.map((name) => h("div", {}, h("dt", {}, name), h("dd", {}, counts[name].toLocaleString("en"))))),
      note, list],
    ready: () => field.focus(),
  };
}

export async function person(iri) {
  const [card, near] = await Promise.all([ask("card", { iri }), ask("around", { iri })]);
  const family = card.said.filter((one) => one.family);
  const rest = card.said.filter((one) => !one.family);
  return {
    title: card.name,
    body: [
      h("p", { class: "lead" }, subtitle(card)),
      h("p", { class: "actions" },
        h("a", { class: "button", href: at("tree", iri) }, "Family tree"),
        h("a", { class: "button", href: at("graph", iri) }, "Wander"),
        h("a", { class: "button", href: at("related", iri) }, "How related to …")),
      h("div", { class: "columns" },
        h("div", {}, section("Family", family), section("More", rest), !card.said.length && h("p", {}, "Nothing else is known.")),
        h("aside", {},
          near.people.length > 1 && h("section", { "aria-label": "Those around" }, h("h2", {}, "Around"), picture(near, iri, (one) => { location.hash = at("person", one); })),
          h("section", {}, h("h2", {}, "Sources"), h("ul", { class: "plain" },
            card.document && h("li", {}, h("a", { href: at("document", card.document) }, card.document)),
            card.outside.map((one) => h("li", {}, outside(one))))),
          card.namesakes.length > 0 && h("section", {}, h("h2", {}, "Of the same name"), h("ul", { class: "plain" },
            card.namesakes.map((one) => h("li", {}, h("a", { href: at("person", one.person) }, one.document || one.person))))))),
    ],
  };
}

function subtitle(card) {
  const told = (name) => card.said.filter((one) => one.relation.endsWith(`#${name}`)).map((one) => one.object);
  return [card.gender, ...told("position"), card.aliases.length ? `also ${card.aliases.join(", ")}` : ""].filter(Boolean).join(" · ");
}

function section(title, said) {
  return said.length > 0 && h("section", {}, h("h2", {}, title), h("dl", { class: "facts" }, said.map(fact)));
}

function fact(one) {
  const plain = one.how.filter((word) => word !== "inferred");
  return h("div", { class: plain.length ? "doubtful" : null },
    h("dt", {}, one.label),
    h("dd", {},
      one.iri ? h("a", { href: at("person", one.iri) }, one.object) : h("span", {}, one.object),
      one.how.map((word) => h("span", { class: `tag ${word}` }, word)),
      one.quotes.map(quote)));
}

/** A quote with its words marked. */
export function quote({ text, marks = [], document }) {
  return h("blockquote", {}, marked(text, marks), document && h("cite", {}, h("a", { href: at("document", document) }, document)));
}

function outside(iri) {
  const found = WIKIDATA.exec(iri);
  return h("a", { href: iri, rel: "noreferrer", target: "_blank" }, found ? `Wikidata ${found[1]}` : iri);
}
