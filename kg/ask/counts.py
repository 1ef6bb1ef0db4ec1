"""How much a graph holds."""

from collections.abc import Iterator

from pyoxigraph import Literal, QuerySolutions

from kg.ask.query import run
from kg.dataset import Dataset
from kg.vocabulary.names import local

CLASSES = (
    ("Document", "documents"),
    ("Person", "people"),
    ("Organisation", "organisations"),
    ("Place", "places"),
    ("Claim", "claims"),
    ("Evidence", "quoted sentences"),
)
COUNT = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:%s }"
INFERRED = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x kg:inferredFrom ?y }"
UNSURE = """SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {
  { ?x kg:polarity kg:denied } UNION { ?x kg:modality ?m FILTER(?m != kg:stated) }
}"""
RELATIONS = (
    "SELECT ?relation (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Claim ; rdf:predicate ?relation } GROUP BY ?relation"
)


def counts(graph: Dataset, base: str) -> Iterator[tuple[str, int]]:
    """Pairs of what is counted and how many there are; an empty name parts the relations from the rest."""
    for name, shown in CLASSES:
        yield shown, _number(graph, COUNT % name, base)
    yield "of the claims inferred", _number(graph, INFERRED, base)
    yield "of the claims denied, reported or unsure", _number(graph, UNSURE, base)
    yield "", 0
    answer = run(graph, RELATIONS, base)
    if isinstance(answer, QuerySolutions):
        found = [(local(_text(row["relation"])), int(_text(row["n"]))) for row in answer]
        yield from sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _number(graph: Dataset, query: str, base: str) -> int:
    answer = run(graph, query, base)
    return next(int(_text(row["n"])) for row in answer) if isinstance(answer, QuerySolutions) else 0


def _text(node: object) -> str:
    return node.value if isinstance(node, Literal) else str(getattr(node, "value", node))
