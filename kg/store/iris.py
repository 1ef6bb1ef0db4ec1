"""The IRIs of what kg names by content. Same content, same IRI: on every machine, in every run."""

import hashlib

from pyoxigraph import NamedNode

from kg.minting import slugged
from kg.vocabulary.names import OUTSIDE, TERMS


def document_iri(base: str, identity: str) -> NamedNode:
    """The IRI of a document by its id; also the name of the graph of what it says."""
    return NamedNode(f"{base}document/{slugged(identity)}")


def claims_graph(document: NamedNode) -> NamedNode:
    """The name of the graph that holds the document's claims and their evidence."""
    return NamedNode(document.value + "/claims")


def outside(prefix: str, name: str) -> NamedNode:
    """A term of another vocabulary: outside("rdfs", "label")."""
    return NamedNode(OUTSIDE[prefix] + name)


def term(base: str, name: str) -> NamedNode:
    """A term of our own ontology."""
    return NamedNode(base + TERMS + name)


def fingerprint(text: str) -> str:
    """The SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


TYPE = outside("rdf", "type")
LABEL = outside("rdfs", "label")
ALIAS = outside("skos", "altLabel")
