"""Values that are given apart from a query never become part of it."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.ask.binding import bind, declared
from kg.ask.query import run
from kg.errors import QueryError
from kg.vocabulary import DEFAULT_BASE
from kg.vocabulary.names import XSD

SAID = NamedNode("x:said")


def found(value: str, kept: Literal | NamedNode) -> int:
    graph = Store()
    graph.extend([Quad(NamedNode("x:a"), SAID, kept), Quad(NamedNode("x:b"), SAID, Literal("other"))])
    answer = run(graph, bind("SELECT ?x WHERE { ?x <x:said> ?it }", [f"it={value}"], DEFAULT_BASE), DEFAULT_BASE)
    assert isinstance(answer, QuerySolutions)
    return len(list(answer))


@pytest.mark.parametrize(
    "text",
    ["Prince Harry", '"', "\\", "} } ?x ?p ?o", "'''", "a\nb", "?it", "<x:y", "http://example.org/", "é"],
)
def test_any_text_is_only_text(text: str) -> None:
    assert found(text, Literal(text)) == 1


def test_numbers_and_iris() -> None:
    assert found("007", Literal(7)) == 1
    assert found("kg:Person", NamedNode(DEFAULT_BASE + "ns#Person")) == 1
    assert found("<x:y>", NamedNode("x:y")) == 1


def test_literals_with_a_type_or_a_language() -> None:
    assert found('"1984-09-15"^^xsd:date', Literal("1984-09-15", datatype=NamedNode(XSD + "date"))) == 1
    assert found('"a" } "^^<x:type>', Literal('a" } ', datatype=NamedNode("x:type"))) == 1
    assert found('"Harry"@en-GB', Literal("Harry", language="en-gb")) == 1


def test_describe_needs_no_pattern() -> None:
    assert bind("DESCRIBE ?x # all", ["x=<x:y>"], DEFAULT_BASE) == "DESCRIBE ?x WHERE { VALUES ?x { <x:y> } } # all"


def test_prefixes() -> None:
    assert declared(["ex=https://example.org/", "a: <x:y>", "b=x:z"]) == {
        "ex": "https://example.org/",
        "a": "x:y",
        "b": "x:z",
    }
    for wrong in ("ex", "ex=", "e x=x:y", "ex=a b"):
        with pytest.raises(QueryError):
            declared([wrong])


@pytest.mark.parametrize("pair", ["name", "=x", "a b=c", "x=<not an iri>", 'x="a"^^date'])
def test_what_is_no_value_is_refused(pair: str) -> None:
    with pytest.raises(QueryError):
        bind("ASK { ?x ?y ?z }", [pair], DEFAULT_BASE)
