"""Nodes of a graph with all that it says of them, many in one query; for what a fixed pattern would miss."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.ask.query import run
from kg.dataset import Dataset
from kg.vocabulary.names import RDFS, local

FIELDS = "SELECT ?s ?p ?o WHERE { VALUES ?s { %s } ?s ?p ?o }"
LABELS = f"SELECT ?s ?o WHERE {{ VALUES ?s {{ %s }} ?s <{RDFS}label> ?o }}"
BATCH = 1000
"""Nodes in one query."""

Node = NamedNode | Literal
Fields = Mapping[str, Sequence[Node]]


def rows(graph: Dataset, sparql: str, base: str) -> Iterator[Mapping[str, Node]]:
    """The rows of a SELECT, each with what is bound to an IRI or a literal."""
    answer = run(graph, sparql, base)
    if isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        for row in answer:
            yield {name: row[name] for name in names if isinstance(row[name], NamedNode | Literal)}


def listed(iris: Iterable[str]) -> str:
    """IRIs as they stand in VALUES or IN, sorted."""
    return " ".join(str(NamedNode(iri)) for iri in sorted(set(iris)))


def fields(graph: Dataset, iris: Collection[str], base: str) -> dict[str, dict[str, list[Node]]]:
    """What the graph says of these nodes: IRI -> predicate -> objects, sorted; each once."""
    found: dict[str, dict[str, list[Node]]] = {}
    for row in _batched(graph, FIELDS, iris, base):
        objects = found.setdefault(row["s"].value, {}).setdefault(row["p"].value, [])
        if row["o"] not in objects:
            objects.append(row["o"])
    return {iri: {p: sorted(found[iri][p], key=str) for p in sorted(found[iri])} for iri in sorted(found)}


def labels(graph: Dataset, iris: Collection[str], base: str) -> dict[str, str]:
    """How to call these nodes: the first label by alphabet, else the end of the IRI."""
    found = labelled(graph, iris, base)
    return {iri: found.get(iri, local(iri)) for iri in iris}


def labelled(graph: Dataset, iris: Collection[str], base: str) -> dict[str, str]:
    """The first label by alphabet of those nodes that have one."""
    found: dict[str, str] = {}
    for row in _batched(graph, LABELS, iris, base):
        iri = row["s"].value
        found[iri] = min(found.get(iri, row["o"].value), row["o"].value)
    return found


def _batched(graph: Dataset, query: str, iris: Collection[str], base: str) -> Iterator[Mapping[str, Node]]:
    ordered = sorted(set(iris))
    for at in range(0, len(ordered), BATCH):
        for row in rows(graph, query % listed(ordered[at : at + BATCH]), base):
            if len(row) == query.split("WHERE")[0].count("?"):
                yield row
