"""All that a graph knows of one person, with the words that say it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions

from kg.ask.query import run
from kg.dataset import Dataset
from kg.vocabulary.names import local

CLAIMS = """
SELECT ?claim ?relation ?object ?label ?polarity ?modality ?phase ?by ?from ?until ?inferred WHERE {
  VALUES ?person { %s }
  ?claim rdf:subject ?person ; rdf:predicate ?relation ; rdf:object ?object ;
    kg:polarity ?polarity ; kg:modality ?modality ; kg:phase ?phase .
  OPTIONAL { ?object rdfs:label ?label }
  OPTIONAL { ?claim kg:accordingTo ?by }
  OPTIONAL { ?claim kg:start ?from }
  OPTIONAL { ?claim kg:end ?until }
  BIND(EXISTS { ?claim kg:inferredFrom ?premise } AS ?inferred)
}"""

QUOTES = """
SELECT DISTINCT ?claim ?text ?start WHERE {
  VALUES ?person { %s }
  ?claim rdf:subject ?person ; kg:inferredFrom*/kg:evidence ?evidence .
  ?evidence oa:exact ?text ; oa:start ?start .
}"""

NAMES = """
SELECT ?name ?alias ?gender ?document WHERE {
  VALUES ?person { %s }
  GRAPH ?graph { ?person a kg:Person ; rdfs:label ?name }
  OPTIONAL { ?person skos:altLabel ?alias }
  OPTIONAL { ?person kg:gender ?gender }
  OPTIONAL { ?graph dcterms:identifier ?document }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim about a person. relation: its IRI. object: as shown; iri: of an object that has one.

    how: what is not plain about it ("denied", "former", "according to …", "inferred"). quotes: sentences, in order.
    """

    relation: str
    object: str
    iri: str
    how: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One person of one document."""

    iri: str
    name: str
    aliases: tuple[str, ...]
    gender: str
    document: str
    said: tuple[Said, ...]


def known(graph: Dataset, person: NamedNode, base: str) -> Known:
    """Gathers what is claimed with this person as subject; inverses are claims of their own."""
    names = _rows(graph, NAMES, person, base)
    quotes: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _rows(graph, QUOTES, person, base):
        quotes[row["claim"]].append((int(row["start"]), row["text"]))
    said = {_said(row, quotes[row["claim"]]) for row in _rows(graph, CLAIMS, person, base)}
    return Known(
        iri=person.value,
        name=min((row["name"] for row in names), default=local(person.value)),
        aliases=tuple(sorted({row["alias"] for row in names} - {""})),
        gender=local(min((row["gender"] for row in names), default="").strip("<>")),
        document=min((row["document"] for row in names), default=""),
        said=tuple(sorted(said, key=lambda one: (one.relation, one.object, one.how, one.iri))),
    )


def most_specific(said: Iterable[Said], above: dict[str, frozenset[str]]) -> list[Said]:
    """Leaves out what a narrower relation to the same object says already: parent beside father.

    Args:
        above: IRI of a relation -> IRIs of all that are more general.
    """
    said = list(said)
    told = {(more, one.iri or one.object) for one in said if not _unsure(one) for more in above.get(one.relation, ())}
    return [one for one in said if (one.relation, one.iri or one.object) not in told or _unsure(one)]


def _unsure(said: Said) -> bool:
    return any(word != "inferred" for word in said.how)


def _said(row: dict[str, str], quotes: Sequence[tuple[int, str]]) -> Said:
    usual = {"polarity": "affirmed", "modality": "stated", "phase": "current"}
    told = {field: local(row[field].strip("<>")) for field in usual}
    how = [told[field] for field, plain in usual.items() if told[field] != plain]
    shown = (("by", "according to"), ("from", "from"), ("until", "until"))
    how += [f"{words} {row[field]}" for field, words in shown if row[field]]
    how += ["inferred"] if row["inferred"] == "true" else []
    is_iri = row["object"].startswith("<")
    value = row["object"][1:-1] if is_iri else row["object"]
    texts = tuple(dict.fromkeys(" ".join(text.split()) for _, text in sorted(quotes)))
    return Said(
        relation=row["relation"][1:-1],
        object=row["label"] or value,
        iri=value if is_iri else "",
        how=tuple(how),
        quotes=texts,
    )


def _rows(graph: Dataset, query: str, person: NamedNode, base: str) -> list[dict[str, str]]:
    """Rows of texts; an IRI keeps its brackets, what is unbound is ""."""
    answer = run(graph, query % person, base)
    if not isinstance(answer, QuerySolutions):
        return []
    names = [variable.value for variable in answer.variables]
    return [{name: _text(row[name]) for name in names} for row in answer]


def _text(node: object) -> str:
    if node is None:
        return ""
    return str(node) if isinstance(node, NamedNode) else str(getattr(node, "value", node))
