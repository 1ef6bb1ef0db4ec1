"""All checks of one graph, with the claims behind each finding."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Store

from kg.ask.kinship import load as kinship
from kg.ask.nodes import labels, listed, rows
from kg.ask.reasons import End, Reason, reasons
from kg.dataset import Dataset
from kg.validate.closed import closed
from kg.validate.cycles import cycles
from kg.validate.findings import SEVERITIES, Finding, Report
from kg.validate.shacl import Result, by_pyshacl, by_sparql
from kg.validate.shapes import queries, shapes
from kg.vocabulary import Vocabulary
from kg.vocabulary.names import OUTSIDE, OWL, local

CHECKS = ("cycles", "families", "shapes")
"""What can be run: circles of ancestors; SPARQL constraints, which tell ages among other things; the core of SHACL."""

CIRCLE = "ancestryCircle"
UP, DOWN = "ua", "d"
"""Letters of kinship.toml that lead to parents, and to children."""

SAME = (OWL + "sameAs", OUTSIDE["skos"] + "exactMatch")
PAIRS = "SELECT ?s ?o WHERE { ?s <%s> ?o FILTER(ISIRI(?o)) }"
BETWEEN = """SELECT DISTINCT ?claim WHERE { VALUES ?s { %s } ?claim rdf:subject ?s ; rdf:object ?o ;
  kg:polarity kg:affirmed ; kg:modality kg:stated . FILTER(?o IN (%s)) }"""
OF_PATH = """SELECT DISTINCT ?claim WHERE { VALUES ?s { %s } ?claim rdf:subject ?s ; rdf:predicate <%s> ;
  kg:polarity kg:affirmed ; kg:modality kg:stated . }"""
COUNTED = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a %s }"
MOST_QUOTED = 500
"""Findings whose claims are looked up; nobody reads more, and each costs a query."""

Node = NamedNode | Literal


def check(
    graph: Dataset, vocabulary: Vocabulary, only: Sequence[str] = CHECKS, tell: Callable[[str], None] = lambda _: None
) -> Report:
    """Runs the checks.

    Args:
        only: which of CHECKS. tell: called with what is being done.

    Raises:
        OntologyError: the shapes are broken.
    """
    tell("gathering what the graph asserts …")
    wanted = shapes(vocabulary)
    plain = closed(graph, vocabulary, queries(wanted)) if set(only) - {CHECKS[0]} else Store()
    runs: Mapping[str, Callable[[], Iterable[Result]]] = {
        CHECKS[0]: lambda: _circles(graph, vocabulary),
        "families": lambda: by_sparql(
            plain, wanted, vocabulary.base, lambda node: _shown(graph, node, vocabulary.base)
        ),
        "shapes": lambda: by_pyshacl(plain, wanted),
    }
    results = []
    for name in CHECKS:
        if name in only:
            tell(f"checking {name} …")
            results += list(runs[name]())
    results = sorted(
        _narrowest(set(results), vocabulary),
        key=lambda one: (SEVERITIES.index(one.severity), one.shape, *map(str, one.nodes)),
    )
    tell("looking for the claims …")
    findings = _findings(graph, results, vocabulary)
    person = NamedNode(vocabulary.iri("Person"))
    (counted,) = rows(graph, COUNTED % person, vocabulary.base)
    people = int(counted["n"].value)
    return Report(findings=tuple(findings), people=people, checks=tuple(name for name in CHECKS if name in only))


def _narrowest(results: Collection[Result], vocabulary: Vocabulary) -> list[Result]:
    """Without what the same shape of a narrower relation says already: who is no wife's husband is no relative."""
    relations = sorted(vocabulary.relations.values(), key=lambda one: -len(one.iri))
    of_shape = {one.shape: next((r for r in relations if one.shape.startswith(r.iri)), None) for one in results}
    told: set[tuple[str, str, str]] = set()
    for one in results:
        relation = of_shape[one.shape]
        for name in _above(relation.name, vocabulary) if relation else ():
            told.add((vocabulary.iri(name) + one.shape.removeprefix(relation.iri if relation else ""), *_ends(one)))
    return [one for one in results if (one.shape, *_ends(one)) not in told]


def _ends(one: Result) -> tuple[str, str]:
    return str(one.focus), str(one.value)


def _above(name: str, vocabulary: Vocabulary) -> set[str]:
    parents = {one for one in vocabulary.relations[name].parents if one in vocabulary.relations}
    return parents.union(*(_above(one, vocabulary) for one in parents))


# ------------------------------------------------------------------ circles of ancestors
def _circles(graph: Dataset, vocabulary: Vocabulary) -> Iterator[Result]:
    one_of = _merged(graph, vocabulary.base)
    steps = kinship(vocabulary).steps
    edges = set()
    for iri, letters in steps.items():
        if letters in (*UP, *DOWN):
            for row in rows(graph, PAIRS % iri, vocabulary.base):
                pair = [one_of.get(row[end].value, row[end].value) for end in "so"]
                edges.add(tuple(pair if letters in UP else reversed(pair)))
    names: dict[str, str] = {}
    found = cycles((a, b) for a, b in edges)
    names = labels(graph, {iri for circle in found for iri in circle}, vocabulary.base)
    for circle in found:
        told = " → ".join(names[iri] for iri in [*circle, circle[0]])
        nodes = tuple(NamedNode(iri) for iri in circle)
        yield Result(severity="violation", shape=CIRCLE, focus=nodes[0], nodes=nodes,
                     message=f"descends from oneself: {told}")  # fmt: skip


def _merged(graph: Dataset, base: str) -> dict[str, str]:
    """IRI -> the first by alphabet of all that the graph says are the same."""
    above: dict[str, str] = {}

    def root(iri: str) -> str:
        while above.get(iri, iri) != iri:
            above[iri] = above.get(above[iri], above[iri])
            iri = above[iri]
        return iri

    for predicate in SAME:
        for row in rows(graph, PAIRS % predicate, base):
            first, second = sorted((root(row["s"].value), root(row["o"].value)))
            above[second] = first
    return {iri: root(iri) for iri in above}


# ------------------------------------------------------------------ the claims behind
def _findings(graph: Dataset, results: Sequence[Result], vocabulary: Vocabulary) -> Iterator[Finding]:
    iris = {node.value for one in results for node in one.nodes if isinstance(node, NamedNode)}
    names = labels(graph, iris, vocabulary.base)
    for number, one in enumerate(results):
        claims = _claims(graph, one, vocabulary.base) if number < MOST_QUOTED else []
        others = one.nodes[1:] if one.shape == CIRCLE else () if one.value is None else (one.value,)
        yield Finding(
            severity=one.severity,
            check=local(one.shape),
            focus=End.of(one.focus, names),
            message=one.message,
            path=one.path,
            values=tuple(End.of(node, names) for node in others),
            claims=tuple(claims),
        )


def _claims(graph: Dataset, one: Result, base: str) -> list[Reason]:
    """The claims between the nodes that take part, those that sentences make before those that follow."""
    if one.path and one.value is None and isinstance(one.focus, NamedNode):
        query = OF_PATH % (one.focus, one.path)
    else:
        iris = listed(node.value for node in one.nodes if isinstance(node, NamedNode))
        query = BETWEEN % (iris, ", ".join(sorted(map(str, one.nodes))))
    found = reasons(graph, base, {row["claim"].value for row in rows(graph, query, base)})
    told = [reason for reason in found if not reason.premises] or found
    return sorted(told, key=lambda reason: (reason.document, [said.start for said in reason.sentences], reason.iri))


def _shown(graph: Dataset, node: Node, base: str) -> str:
    return labels(graph, [node.value], base)[node.value] if isinstance(node, NamedNode) else node.value
