"""What the page shows of documents, of the saved questions, and to the editor."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.ask import counts, questions
from kg.ask.marking import marks
from kg.ask.plain import cell, shortener
from kg.ask.query import run
from kg.ask.results import labels_of, rows_of
from kg.serve import guard
from kg.serve.asked import Asked, NotFound, words
from kg.serve.cards import rows
from kg.store.find import people as find
from kg.store.iris import claims_graph, document_iri, term
from kg.vocabulary.names import TERMS, local, prefixes

MOST_ROWS = 500
"""Rows of an answer that a person will look at."""

DOCUMENTS = """SELECT ?id (SAMPLE(?title) AS ?name) (SAMPLE(?created) AS ?written) (COUNT(DISTINCT ?person) AS ?people)
WHERE {
  GRAPH ?graph { ?graph a kg:Document ; dcterms:identifier ?id }
  OPTIONAL { ?graph dcterms:title ?title }
  OPTIONAL { ?graph dcterms:created ?created }
  OPTIONAL { GRAPH ?graph { ?person a kg:Person } }
} GROUP BY ?id LIMIT 2000"""
THERE = (
    "SELECT ?title ?created ?source WHERE { %s a kg:Document . "
    + " ".join(f"OPTIONAL {{ %s dcterms:{name} ?{name} }}" for name in ("title", "created", "source"))
    + "} LIMIT 1"
)

Node = NamedNode | Literal
Told = dict[str, list[Node]]
"""What a graph says of one node: the name of a property -> its objects."""


# ------------------------------------------------------------------ documents
def documents(asked: Asked) -> object:
    """All documents, the newest first."""
    found = [{**row, "people": int(row["people"])} for row in rows(asked, DOCUMENTS)]
    found.sort(key=lambda one: str(one["id"]))
    return {"documents": sorted(found, key=lambda one: str(one["written"]), reverse=True)}


def document(asked: Asked) -> object:
    """One document: who is in it, and the sentences that say something, in order, with what they say.

    Raises:
        NotFound: there is none of this id.
    """
    identity = str(asked.fields["id"])
    iri = document_iri(asked.opened.base, identity)
    head = next(rows(asked, THERE % ((iri,) * 4)), None)
    if head is None:
        raise NotFound(f"there is no document {identity!r}")
    said, claims = _told(asked, iri), _told(asked, claims_graph(iri))
    names = {node: _one(told, "label") for node, told in said.items() if "label" in told}
    facts: dict[NamedNode, list[Told]] = defaultdict(list)
    count: Counter[NamedNode] = Counter()
    for told in claims.values():
        for evidence in told.get("evidence", ()):
            facts[cast(NamedNode, evidence)].append(told)
        count.update(node for node in told.get("subject", ()) if isinstance(node, NamedNode))
    kind = term(asked.opened.base, "Person")
    people = [
        {"person": node.value, "name": names[node], "n": count[node]}
        for node in names
        if kind in said[node].get("type", ())
    ]
    order = sorted(facts, key=lambda node: int(_one(claims.get(node, {}), "start") or 0))
    sentences = [_sentence(asked, _one(claims.get(node, {}), "exact"), facts[node], names) for node in order]
    people.sort(key=lambda one: (-cast(int, one["n"]), str(one["name"])))
    return {"id": identity, **head, "people": people, "sentences": sentences}


def _told(asked: Asked, graph: NamedNode) -> dict[NamedNode, Told]:
    """All that a graph says, by what it says it of. A document's is small; a join over the whole store is not."""
    found: dict[NamedNode, Told] = defaultdict(lambda: defaultdict(list))
    for quad in asked.store.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject][local(quad.predicate.value)].append(quad.object)
    return found


def _one(told: Told, name: str) -> str:
    return min((node.value for node in told.get(name, ())), default="")


def _sentence(asked: Asked, text: str, claims: list[Told], labels: Mapping[NamedNode, str]) -> dict[str, Any]:
    vocabulary = words(asked)
    cues: list[str] = []
    facts = set()
    for told in claims:
        subject, relation = told["subject"][0], vocabulary.relation_of(_one(told, "predicate"))
        end = told["object"][0]
        shown = labels.get(end, end.value) if isinstance(end, NamedNode) else end.value
        cues += [word for cue in relation.cues for word in cue.words] if relation else []
        label = relation.label if relation else local(_one(told, "predicate"))
        facts.add((labels.get(cast(NamedNode, subject), subject.value), subject.value, label, shown))
    flat = " ".join(text.split())
    keys = ("name", "iri", "label", "object")
    return {
        "text": flat,
        "marks": marks(flat, [(name, end) for name, _, _, end in facts], cues),
        "facts": [dict(zip(keys, one, strict=True)) for one in sorted(facts)],
    }


# ------------------------------------------------------------------ questions
def _questions(asked: Asked) -> dict[str, questions.Question]:
    return questions.load(questions.files(asked.ontology).values())


def saved(asked: Asked) -> object:
    """The saved questions, as forms."""
    return {
        "questions": [
            {
                "name": one.name,
                "title": one.title,
                "parameters": [
                    {"name": field.name, "kind": field.kind, "optional": field.optional} for field in one.parameters
                ],
                "sparql": one.sparql,
            }
            for one in _questions(asked).values()
        ]
    }


def answer(asked: Asked) -> object:
    """Puts a saved question.

    Raises:
        QueryError: there is none of this name, or a value is missing. UnknownName: nobody bears a name.
    """
    question = questions.named(_questions(asked), str(asked.fields["question"]))
    values = [value for value in asked.fields["values"] if value]
    sparql = questions.bound(question, values, lambda name: find(asked.opened, name))
    return {"sparql": sparql, **table(asked, sparql)}


def table(asked: Asked, sparql: str) -> dict[str, Any]:
    """The answer to a query as rows of cells: text, and an IRI where it names somebody."""
    guard.check(sparql)
    found = run(asked.store, sparql, asked.opened.base)
    assert isinstance(found, QuerySolutions)
    columns, lines = rows_of(found)
    shown = lines[:MOST_ROWS]
    labels = labels_of(asked.store, shown, asked.opened.base)
    shorten = shortener(asked.opened.base)
    cells = [[_cell(node, cell(node, shorten, labels)) for node in line] for line in shown]
    return {"columns": columns, "rows": cells, "more": len(lines) - len(shown)}


def _cell(node: object, text: str) -> dict[str, str]:
    iri = node.value if isinstance(node, NamedNode) else ""
    return {"text": text.split("\n")[0], **({"iri": iri} if iri else {})}


# ------------------------------------------------------------------ the editor, the front page
def terms(asked: Asked) -> object:
    """What the editor completes: prefixes, classes and relations with what they mean."""
    vocabulary = words(asked)
    relations = [
        {"term": f"kg:{one.name}", "label": one.label, "comment": one.comment}
        for one in sorted(vocabulary.relations.values(), key=lambda one: one.name)
    ]
    used = "SELECT DISTINCT ?class WHERE { ?x a ?class } LIMIT 200"
    own = asked.opened.base + TERMS
    classes = sorted(row["class"] for row in rows(asked, used))
    shorten = shortener(asked.opened.base)
    return {
        "namespace": asked.opened.base,
        "prefixes": prefixes(asked.opened.base),
        "relations": relations,
        "classes": [shorten(one) for one in sorted(classes, key=lambda one: not one.startswith(own))],
    }


def numbers(asked: Asked) -> object:
    """How much the graph holds."""
    parts = list(counts.counts(asked.store, asked.opened.base))
    split = parts.index(("", 0))
    return {"counts": dict(parts[:split]), "relations": parts[split + 1 :][:12]}
