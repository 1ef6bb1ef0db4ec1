"""Services elsewhere: asked by their address, or by SERVICE when that is allowed."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.ask import federation
from kg.ask.federation import answered
from kg.ask.query import Answer, run
from kg.ask.remote import ask
from kg.endpoint.access import Patience
from kg.endpoint.sparql import Endpoint
from kg.errors import QueryError, ServiceError
from kg.vocabulary import DEFAULT_BASE
from kg.vocabulary.names import prefixes
from tests.services.sparql import Service, sparql_service

KNOWN = {**prefixes(DEFAULT_BASE), "ex": "http://ex.org/"}
PATIENCE = Patience(deadline=10, tries=1)
NASTY = '"} SERVICE <http://x/> {\n'


@pytest.fixture
def service() -> Iterator[Service]:
    """Somebody else's graph: two people with years of birth, one with a nasty note."""
    graph = Store()
    for number, year in ((1, 1984), (2, 1990)):
        graph.add(Quad(NamedNode(f"http://ex.org/{number}"), NamedNode("http://ex.org/born"), Literal(year)))
    graph.add(Quad(NamedNode("http://ex.org/1"), NamedNode("http://ex.org/note"), Literal(NASTY)))
    with sparql_service(graph) as made:
        yield made


@pytest.fixture
def own() -> Store:
    graph = Store()
    for number in (1, 3):
        person = NamedNode(f"x:{number}")
        graph.add(Quad(person, NamedNode("x:same"), NamedNode(f"http://ex.org/{number}"), NamedNode("x:g")))
    return graph


def elsewhere(service: Service, sparql: str) -> Answer:
    return ask(Endpoint(service.url + "/query", patience=PATIENCE), sparql, KNOWN)


def federated(own: Store, service: Service, sparql: str, *allowed: str) -> list[list[str]]:
    address = service.url + "/query"
    endpoint = Endpoint(address, patience=PATIENCE)
    sparql = sparql.replace("HERE", f"<{address}>")
    text = answered(
        sparql,
        allowed or (address,),
        KNOWN,
        local=lambda part: run(own, part, DEFAULT_BASE, KNOWN),
        remote=lambda _url, part: ask(endpoint, part, KNOWN),
    )
    found = run(own, text, DEFAULT_BASE, KNOWN)
    assert isinstance(found, QuerySolutions)
    return sorted([str(getattr(node, "value", "")) for node in row] for row in found)


# ------------------------------------------------------------------ by its address
def test_every_form_of_query(service: Service) -> None:
    rows = elsewhere(service, "SELECT ?x { ?x ex:born 1984 }")
    assert isinstance(rows, QuerySolutions)
    assert [row["x"].value for row in rows] == ["http://ex.org/1"]
    assert service.asked[-1] == "PREFIX ex: <http://ex.org/> SELECT ?x { ?x ex:born 1984 }"
    yes = elsewhere(service, "ASK { ?x ex:born 1984 }")
    assert isinstance(yes, QueryBoolean)
    assert bool(yes)
    triples = elsewhere(service, "CONSTRUCT { ?x ex:b ?y } WHERE { ?x ex:born ?y }")
    assert isinstance(triples, QueryTriples)
    assert len(list(triples)) == 2
    assert list(elsewhere(service, "CONSTRUCT { ?x ex:b ?y } WHERE { ?x ex:none ?y }")) == []  # type: ignore[arg-type]


def test_a_syntax_error_shows_its_place(service: Service) -> None:
    with pytest.raises(QueryError, match=r"line 1, column 14"):
        elsewhere(service, "ASK { ?x ?y }")


def test_what_is_no_query_is_not_sent(service: Service) -> None:
    with pytest.raises(QueryError):
        elsewhere(service, "DROP ALL")
    assert service.asked == []


# ------------------------------------------------------------------ SERVICE
def test_a_service_is_asked_about_what_we_have(own: Store, service: Service) -> None:
    found = federated(own, service, "SELECT ?p ?y { ?p <x:same> ?i FILTER(BOUND(?y)) SERVICE HERE { ?i ex:born ?y } }")
    assert found == [["x:1", "1984"]]
    assert "VALUES (?i)" in service.asked[-1]
    assert "http://ex.org/3" in service.asked[-1]
    assert "BOUND" not in service.asked[-1]


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("SELECT ?y { SERVICE HERE { ?i ex:born ?y } }", [["1984"], ["1990"]]),
        ("SELECT ?p ?y { ?p <x:same> ?i OPTIONAL { SERVICE HERE { ?i ex:born ?y } } }", [["x:1", "1984"], ["x:3", ""]]),
        ("SELECT ?n { ?p <x:same> ?i SERVICE HERE { ?i ex:note ?n } }", [[NASTY]]),
        ("SELECT ?p { GRAPH ?g { ?p <x:same> ?i SERVICE HERE { ?i ex:born ?y } } }", [["x:1"]]),
        ("SELECT ?p { ?p <x:same> ?i SERVICE HERE { <http://ex.org/1> ex:born 1 } }", []),
        ("SELECT ?p { ?p <x:same> ?i SERVICE HERE { <http://ex.org/1> ex:born 1984 } }", [["x:1"], ["x:3"]]),
        (
            "SELECT ?y ?n { ?p <x:same> ?i SERVICE HERE { ?i ex:born ?y } SERVICE HERE { ?i ex:note ?n } }",
            [["1984", NASTY]],
        ),
    ],
)
def test_its_answer_is_joined(own: Store, service: Service, sparql: str, expected: list[list[str]]) -> None:
    assert federated(own, service, sparql) == expected


def test_many_values_go_in_several_requests(own: Store, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(federation, "BATCH", 1)
    assert len(federated(own, service, "SELECT ?p { ?p <x:same> ?i SERVICE HERE { ?i ex:born ?y } }")) == 1
    assert len(service.asked) == 2
    monkeypatch.setattr(federation, "MOST", 1)
    with pytest.raises(QueryError, match="more than 1 things"):
        federated(own, service, "SELECT ?p { ?p <x:same> ?i SERVICE HERE { ?i ex:born ?y } }")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?i ex:born ?y } }",
        "SELECT * { ?p <x:same> ?i SERVICE ?i { ?i ex:born ?y } }",
        "SELECT * { SERVICE HERE { SERVICE <http://127.0.0.1:1/> { } } }",
        "SELECT * { SERVICE HERE { ?i ex:born ?y }",
        "SELECT * { SERVICEex:a { ?i ex:born ?y } }",
    ],
)
def test_no_other_service_is_asked(own: Store, service: Service, sparql: str) -> None:
    with pytest.raises(QueryError):
        federated(own, service, sparql)
    assert service.asked == []


def test_a_service_that_fails(own: Store, service: Service) -> None:
    bad = "http://127.0.0.1:9/none"
    text = "SELECT ?p { ?p <x:same> ?i SERVICE %s <" + bad + "> { ?i ex:born ?y } }"

    def asking(silent: str) -> Answer:
        endpoint = Endpoint(bad, patience=PATIENCE)
        local = lambda part: run(own, part, DEFAULT_BASE, KNOWN)  # noqa: E731
        done = answered(text % silent, (bad,), KNOWN, local, lambda _url, part: ask(endpoint, part, KNOWN))
        return run(own, done, DEFAULT_BASE, KNOWN)

    assert len(list(asking("SILENT"))) == 2  # type: ignore[arg-type]
    with pytest.raises(ServiceError):
        asking("")
