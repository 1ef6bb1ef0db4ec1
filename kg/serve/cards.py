"""What the page shows of people: found by name, one with all that is said, those around, and how two are related."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.ask.marking import marks
from kg.ask.person import Known, Said, known, most_specific
from kg.ask.query import run
from kg.serve.asked import Asked, NotFound, iri, words
from kg.store.find import folded, nearest
from kg.store.iris import LABEL
from kg.vocabulary import Vocabulary
from kg.vocabulary.names import local

MOST_FOUND = 40
MOST_AROUND = 60
"""People whom one answer holds; more of them help nobody."""

SCAN = 50_000
"""Names that are compared one by one when none is spelt as asked."""

NAMED = """SELECT DISTINCT ?person ?name WHERE {
  ?person a kg:Person ; rdfs:label|skos:altLabel ?text . %s
  ?person rdfs:label ?name .
} LIMIT %d"""
ALL_NAMES = "SELECT DISTINCT ?person ?name WHERE { ?person a kg:Person ; rdfs:label ?name } LIMIT %d"
ABOUT = """SELECT ?person (COUNT(DISTINCT ?claim) AS ?n) (SAMPLE(?id) AS ?document) WHERE {
  VALUES ?person { %s }
  GRAPH ?graph { ?person a kg:Person }
  OPTIONAL { ?graph dcterms:identifier ?id }
  OPTIONAL { ?claim rdf:subject ?person }
} GROUP BY ?person"""
NAMESAKES = """SELECT DISTINCT ?person ?document WHERE {
  VALUES ?name { %s } GRAPH ?graph { ?person a kg:Person ; rdfs:label ?name }
  OPTIONAL { ?graph dcterms:identifier ?document }
} ORDER BY ?document ?person LIMIT 40"""
OUTSIDE = """SELECT DISTINCT ?other WHERE { %s skos:exactMatch|owl:sameAs ?other }"""
AROUND = """SELECT DISTINCT ?a ?p ?b WHERE {
  VALUES ?a { %s } { ?a ?p ?b } UNION { ?b ?p ?a }
  ?b a kg:Person . FILTER(?p IN (%s))
} ORDER BY ?a ?b ?p LIMIT 400"""
TIES = """SELECT DISTINCT ?a ?p ?b WHERE { VALUES ?a { %s } ?a ?p ?b FILTER(?p IN (%s)) }"""
PEOPLE = """SELECT ?person ?name ?gender WHERE {
  VALUES ?person { %s } ?person rdfs:label ?name . OPTIONAL { ?person kg:gender ?gender }
}"""

Row = dict[str, str]


# ------------------------------------------------------------------ search
def search(asked: Asked) -> object:
    """People whose names hold all the words asked for, best first, and the nearest names if there are none."""
    wanted = str(asked.fields["q"]).split()
    if not wanted:
        rows = _rows(asked, ALL_NAMES % MOST_FOUND)
    else:
        holds = "".join(f" FILTER(CONTAINS(LCASE(?text), {Literal(word.lower())}))" for word in wanted)
        rows = _rows(asked, NAMED % (holds, MOST_FOUND * 5))
    near: list[str] = []
    if not rows:
        rows, near = _spelt_otherwise(asked, " ".join(wanted))
    names = {row["person"]: row["name"] for row in sorted(rows, key=lambda row: row["name"])}
    whole = folded(" ".join(wanted))
    about = {row["person"]: row for row in _rows(asked, ABOUT % _nodes(names))} if names else {}
    people = [_found(one, name, about.get(one, {})) for one, name in names.items()]
    people.sort(key=lambda one: (not folded(one["name"]).startswith(whole), -one["facts"], one["name"], one["iri"]))
    return {"people": people[:MOST_FOUND], "near": near}


def _spelt_otherwise(asked: Asked, wanted: str) -> tuple[list[Row], list[str]]:
    rows = _rows(asked, ALL_NAMES % SCAN)
    form = folded(wanted)
    alike = [row for row in rows if form in folded(row["name"])]
    return alike, [] if alike else nearest(wanted, {row["name"] for row in rows})


def _found(node: str, name: str, about: Row) -> dict[str, Any]:
    return {"iri": node, "name": name, "document": about.get("document", ""), "facts": int(about.get("n") or 0)}


# ------------------------------------------------------------------ one person
def person(asked: Asked) -> object:
    """All that is said of one person.

    Raises:
        NotFound: nobody has this IRI.
    """
    node = iri(asked)
    if not any(asked.store.quads_for_pattern(node, LABEL, None, None)):
        raise NotFound(f"there is nobody called {node}")
    vocabulary = words(asked)
    found = known(asked.store, node, asked.opened.base)
    said = _plainest(most_specific(found.said, above(vocabulary)), above(vocabulary))
    namesakes = _rows(asked, NAMESAKES % Literal(found.name))
    return {
        "iri": found.iri,
        "name": found.name,
        "aliases": found.aliases,
        "gender": found.gender,
        "document": found.document,
        "outside": sorted(row["other"] for row in _rows(asked, OUTSIDE % node)),
        "namesakes": [row for row in namesakes if row["person"] != found.iri],
        "said": [_told(one, found, vocabulary) for one in sorted(said, key=lambda one: _order(one, vocabulary))],
    }


def _plainest(said: Iterable[Said], more: Mapping[str, frozenset[str]]) -> list[Said]:
    """Leaves out what only follows where something more exact is said of the same two: a descendant beside a son."""
    said = list(said)
    exact: dict[str, int] = {}
    for one in said:
        if one.iri:
            exact[one.iri] = max(exact.get(one.iri, 0), len(more.get(one.relation, ())))
    return [one for one in said if one.how != ("inferred",) or len(more.get(one.relation, ())) >= exact.get(one.iri, 0)]


def _told(said: Said, of: Known, vocabulary: Vocabulary) -> dict[str, Any]:
    relation = vocabulary.relation_of(said.relation)
    cues = [word for cue in relation.cues for word in cue.words] if relation else []
    names = [(of.name, *of.aliases), (said.object,)]
    return {
        "relation": said.relation,
        "label": relation.label if relation else local(said.relation),
        "family": bool(relation and relation.family),
        "object": said.object,
        "iri": said.iri if f"{vocabulary.base}person/" in said.iri else "",
        "how": said.how,
        "quotes": [{"text": text, "marks": marks(text, names, cues)} for text in said.quotes],
    }


def _order(said: Said, vocabulary: Vocabulary) -> tuple[bool, str, str]:
    relation = vocabulary.relation_of(said.relation)
    return not (relation and relation.family), relation.label if relation else said.relation, said.object


def above(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """IRI of a relation -> IRIs of all that are more general."""
    relations = vocabulary.relations

    def up(name: str, seen: frozenset[str]) -> frozenset[str]:
        parents = [one for one in relations[name].parents if one in relations and one not in seen]
        return frozenset(relations[one].iri for one in parents).union(*(up(one, seen | {one}) for one in parents))

    return {relation.iri: up(name, frozenset({name})) for name, relation in relations.items()}


# ------------------------------------------------------------------ those around
def around(asked: Asked) -> object:
    """People one tie of kin away, and the ties among all of them, of each pair the most exact ones."""
    middle = iri(asked)
    vocabulary = words(asked)
    kin = ", ".join(f"<{one.iri}>" for one in vocabulary.relations.values() if one.family)
    near = [row["b"] for row in _rows(asked, AROUND % (middle, kin))]
    iris = [middle.value, *list(dict.fromkeys(near))[: MOST_AROUND - 1]]
    told = _rows(asked, TIES % (_nodes(iris), kin))
    more = above(vocabulary)
    ties = {(row["a"], row["p"], row["b"]) for row in told if row["b"] in iris and row["a"] != row["b"]}
    exact: dict[tuple[str, str], str] = {}
    for a, p, b in sorted(ties, key=lambda tie: (len(more.get(tie[1], ())), tie)):
        exact[a, b] = p  # the one with most above it says most
    return {
        "people": people(asked, iris),
        "ties": [{"from": a, "to": b, "label": _label(p, vocabulary)} for (a, b), p in sorted(exact.items())],
        "more": len(set(near)) > len(iris) - 1,
    }


def people(asked: Asked, iris: Iterable[str]) -> list[dict[str, str]]:
    """Names and genders, in the order given."""
    found: dict[str, Row] = {}
    for row in _rows(asked, PEOPLE % _nodes(iris)):
        if row["person"] not in found or row["name"] < found[row["person"]]["name"]:
            found[row["person"]] = row
    return [
        {"iri": iri, "name": found[iri]["name"], "gender": local(found[iri]["gender"])} for iri in iris if iri in found
    ]


def _label(iri: str, vocabulary: Vocabulary) -> str:
    relation = vocabulary.relation_of(iri)
    return relation.label if relation else local(iri)


# ------------------------------------------------------------------ rows
def _nodes(iris: Iterable[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in iris)


def _rows(asked: Asked, query: str) -> Sequence[Row]:
    return list(rows(asked, query))


def rows(asked: Asked, query: str) -> Iterator[Row]:
    """Rows of texts; what is unbound is ""."""
    answer = run(asked.store, query, asked.opened.base)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for row in answer:
        yield {name: str(getattr(row[name], "value", "")) for name in names}
