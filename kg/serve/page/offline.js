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
  family: ({ iri }) => data().families[iri] ?? { people: 0, svg: "" },
  related({ iri, to }) {
    // Breadth first, so the shortest way; the English word for it is the server's to find.
    const { cards } = data();
    const before = new Map([[iri, null]]);
    for (const waiting = [iri]; waiting.length && !before.has(to);) {
      const here = waiting.shift();
      for (const one of cards[here].said) {
        if (one.family && certain(one) && one.iri in cards && !before.has(one.iri)) {
          before.set(one.iri, { here, one });
          waiting.push(one.iri);
        }
      }
    }
    if (!before.has(to)) return { steps: null };
    const steps = [];
    for (let step = before.get(to); step; step = before.get(step.here)) {
      steps.unshift({ term: step.one.label, person: { iri: step.one.iri, name: step.one.object }, quotes: step.one.quotes, ended: false });
    }
    return { start: { iri, name: cards[iri].name }, term: "", back: "", steps };
  },
};

function certain(said) {
  return said.how.every((word) => word === "inferred" || word === "former");
}

function fail(message) {
  throw new Error(message);
}
