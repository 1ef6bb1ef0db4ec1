"""Values that are given apart from a query never become part of it."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.ask.binding import bind
from kg.ask.query import run
from kg.errors import QueryError
from kg.vocabulary import DEFAULT_BASE

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


@pytest.mark.parametrize("pair", ["name", "=x", "a b=c", "x=<not an iri>"])
def test_what_is_no_value_is_refused(pair: str) -> None:
    with pytest.raises(QueryError):
        bind("ASK { ?x ?y ?z }", [pair], DEFAULT_BASE)
