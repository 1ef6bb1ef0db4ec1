"""Small families as graphs: a line a fact, "Tom | father | John"; "=1901" for a date."""

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.ask.kinship import Kinship, load
from kg.ask.ties import LABEL, Ties
from kg.minting import slugged
from kg.vocabulary import DEFAULT_BASE
from kg.vocabulary import load as ontology
from kg.vocabulary.names import RDF, XSD

KG = DEFAULT_BASE + "ns#"
GRAPH = NamedNode(DEFAULT_BASE + "document/family")


def iri(name: str) -> NamedNode:
    return NamedNode(f"{DEFAULT_BASE}person/{slugged(name)}")


def store(text: str) -> Store:
    found = Store()
    for line in filter(str.strip, text.splitlines()):
        subject, relation, told = (part.strip() for part in line.split("|"))
        people = [subject] if told.startswith(("=", ":")) else [subject, told]
        for one in people:
            found.add(Quad(iri(one), NamedNode(RDF + "type"), NamedNode(KG + "Person"), GRAPH))
            found.add(Quad(iri(one), NamedNode(LABEL), Literal(one), GRAPH))
        end: NamedNode | Literal = iri(told)
        if told.startswith("="):
            end = Literal(told[1:], datatype=NamedNode(XSD + ("gYear" if len(told) == 5 else "date")))
        elif told.startswith(":"):
            end = NamedNode(KG + told[1:])
        found.add(Quad(iri(subject), NamedNode(KG + relation), end, GRAPH))
    return found


def ties(text: str, kinship: Kinship | None = None) -> Ties:
    return Ties(graph=store(text), base=DEFAULT_BASE, kinship=kinship or load(ontology()))
