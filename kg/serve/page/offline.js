// The graph inside a file that stands alone: what the server would answer, from the cards of all people.

let kept;

function data() {
  const element = document.getElementById("kg-data");
  kept ??= element ? JSON.parse(element.textContent) : null;
  return kept;
}

export function isOffline() {
  return data() !== null;
}

export function answerOffline(name, fields) {
  return OFFLINE[name](fields);
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const OFFLINE = {
  numbers: () => data().numbers,
  search({ q }) {
    const words = folded(q).split(/\s+/).filter(Boolean);
    const fits = (card) => words.every((word) => [card.name, ...card.aliases].some((name) => folded(name).includes(word)));
    const people = Object.values(data().cards).filter(fits).map((card) => (
      { iri: card.iri, name: card.name, document: card.document, facts: card.said.length }));
    people.sort((a, b) => b.facts - a.facts || (a.name < b.name ? -1 : 1));
    return { people: people.slice(0, 40), near: [] };
  },
  card: ({ iri }) => data().cards[iri] ?? fail("nobody has this address"),
  around({ iri }) {
    const { cards } = data();
    const next = (card) => card.said.filter((one) => one.family && one.iri in cards && certain(one));
    const iris = [...new Set([iri, ...next(cards[iri]).map((one) => one.iri)])];
    const people = iris.map((one) => ({ iri: one, name: cards[one].name, gender: cards[one].gender }));
    const ties = iris.flatMap((from) => next(cards[from]).filter((one) => iris.includes(one.iri))
      .map((one) => ({ from, to: one.iri, label: one.label })));
    return { people, ties, more: false };
  },
  documents: () => ({ documents: data().documents.map(({ id, name, written, people }) => ({ id, name, written, people: people.length })) }),
  document: ({ id }) => data().documents.find((one) => one.id === id) ?? fail("there is no such document"),
};

function certain(said) {
  return said.how.every((word) => word === "inferred" || word === "former");
}

function fail(message) {
  throw new Error(message);
}
