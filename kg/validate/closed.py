"""The graph that shapes are held against: what is asserted, without the records of who says it, and what follows from
it by the relations' axioms. A copy in memory; the store is left as it is.
"""

import re
from collections.abc import Collection, Iterator
from typing import get_args

from pyoxigraph import NamedNode, Quad, Store

from kg.ask.nodes import rows
from kg.dataset import Dataset
from kg.model import Gender
from kg.vocabulary import Vocabulary
from kg.vocabulary.names import OUTSIDE, RDF, TERMS

RECORDS = tuple(RDF + name for name in ("subject", "predicate", "object"))
RECORD_CLASSES = ("Claim", "Evidence", "Document")
PREDICATES = "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"
PAIRS = "SELECT ?s ?o WHERE { ?s <%s> ?o }"
ROUNDS = 3
"""Of entailment: a son's child is a child, whose parent is a relative."""


def closed(graph: Dataset, vocabulary: Vocabulary, needed: str) -> Store:
    """The plain triples of a graph in one default graph, with those that follow.

    Args:
        needed: the texts of the queries that will be put; only relations that they name are inferred. What kg reads
            has been inferred already, but other people's files say father and not parent, child and not parent.
    """
    found = Store()
    for row in list(rows(graph, PREDICATES, vocabulary.base)):
        if _is_plain(row["p"].value, vocabulary):
            found.extend(_quads(graph, row["p"].value, vocabulary))
    _own_terms(found, vocabulary)
    sparql = ";\n".join(_axioms(vocabulary, _useful(vocabulary, needed)))
    for _ in range(ROUNDS):
        before = len(found)
        found.update(sparql)
        if len(found) == before:
            break
    return found


def _useful(vocabulary: Vocabulary, needed: str) -> frozenset[str]:
    """The relations that a text names by IRI or as kg:name, and those that they are the inverse of."""
    named = {
        one.name
        for one in vocabulary.relations.values()
        if re.search(rf"(<{re.escape(one.iri)}>|\bkg:{one.name}\b)", needed)
    }
    inverse = {vocabulary.relations[name].inverse for name in named} - {""}
    return frozenset(named | inverse)


def _is_plain(predicate: str, vocabulary: Vocabulary) -> bool:
    """Whether a property tells of the world, and not of who said it."""
    if predicate in RECORDS or predicate.startswith(OUTSIDE["oa"]):
        return False
    return not predicate.startswith(vocabulary.base + TERMS) or vocabulary.relation_of(predicate) is not None


def _quads(graph: Dataset, predicate: str, vocabulary: Vocabulary) -> Iterator[Quad]:
    records = {NamedNode(vocabulary.base + TERMS + name) for name in RECORD_CLASSES}
    for row in rows(graph, PAIRS % predicate, vocabulary.base):
        subject, object_ = row.get("s"), row.get("o")
        if isinstance(subject, NamedNode) and object_ is not None and object_ not in records:
            yield Quad(subject, NamedNode(predicate), object_)


def _own_terms(graph: Store, vocabulary: Vocabulary) -> None:
    """The ontology's own individuals, and that what is of a narrower class is of the wider one, too."""
    for name in filter(None, get_args(Gender)):
        own = NamedNode(vocabulary.base + TERMS + name)
        graph.add(Quad(own, NamedNode(RDF + "type"), NamedNode(vocabulary.iri("Gender"))))
    for name, term in vocabulary.classes.items():
        for above in term.parents:
            one, more = vocabulary.iri(name), vocabulary.iri(above)
            graph.update(f"INSERT {{ ?x a <{more}> }} WHERE {{ ?x a <{one}> }}")


def _axioms(vocabulary: Vocabulary, useful: Collection[str]) -> Iterator[str]:
    for relation in vocabulary.relations.values():
        for name in relation.parents:
            if name in useful:
                yield f"INSERT {{ ?s <{vocabulary.iri(name)}> ?o }} WHERE {{ ?s <{relation.iri}> ?o }}"
        if relation.inverse in useful:
            other = vocabulary.iri(relation.inverse)
            yield f"INSERT {{ ?o <{other}> ?s }} WHERE {{ ?s <{relation.iri}> ?o FILTER(ISIRI(?o)) }}"
