"""SPARQL 1.1 Protocol and Graph Store Protocol, over real connections. The W3C's own tests: python -m bench.w3c."""

import json
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from tests.serving import TOKEN, Served

FATHERS = "SELECT ?name WHERE { ?x kg:father/rdfs:label ?name }"
BEARER = {"authorization": f"Bearer {TOKEN}"}
FORM = "application/x-www-form-urlencoded"


def test_a_query_by_get_post_and_form(served: Served) -> None:
    body = FATHERS.encode()
    direct = served.ask(
        "POST", "/sparql", body, {"content-type": "application/sparql-query; charset=UTF-8", "accept": "text/csv"}
    )
    form = served.ask(
        "POST", "/sparql", urlencode({"query": FATHERS}).encode(), {"content-type": FORM, "accept": "text/csv"}
    )
    assert served.query(FATHERS).text == direct.text == form.text == "name\r\nKing Charles III\r\n"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_that_is_liked_best(served: Served, accept: str, media: str) -> None:
    answer = served.query(FATHERS, accept)
    assert (answer.status, answer.type) == (200, media)
    assert "King Charles III" in answer.text


@pytest.mark.parametrize("form", ["turtle", "n-triples", "rdf+xml", "ld+json"])
def test_graphs_come_in_the_format_that_is_liked_best(served: Served, form: str) -> None:
    media = f"{'text' if form == 'turtle' else 'application'}/{form}"
    answer = served.query("CONSTRUCT { ?x kg:father ?y } WHERE { ?x kg:father ?y }", media)
    assert answer.type.split(";")[0] == media
    assert len(list(parse(answer.body, format=RdfFormat.from_media_type(media)))) == 1


def test_a_format_that_is_not_there_is_refused(served: Served) -> None:
    answer = served.query(FATHERS, "image/png")
    assert answer.status == 406
    assert "text/csv" in answer.text


def test_ask_is_a_boolean(served: Served) -> None:
    assert json.loads(served.query("ASK { ?x kg:father ?y }", "application/json").body)["boolean"] is True


def test_a_bad_query_says_where(served: Served) -> None:
    answer = served.query("SELECT ?x\nWHERE { ?x kg:father }")
    assert (answer.status, answer.type) == (400, "text/plain; charset=utf-8")
    assert "line 2, column" in answer.text
    assert "^" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "media", "body", "status"),
    [
        ("PUT", "/sparql?query=ASK%7B%7D", "", "", 405),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", "", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", "", "", 405),
        ("GET", "/sparql?query=%ff", "", "", 400),
        ("POST", "/sparql", "text/plain", "ASK{}", 415),
        ("POST", "/sparql", FORM, "nothing=here", 400),
        ("POST", "/sparql", "application/sparql-query", "ASK{} #" + "x" * (2 << 20), 413),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", "", "", 400),
        ("GET", "/nothing-here", "", "", 404),
    ],
)
def test_requests_that_the_protocol_does_not_know(
    served: Served, method: str, path: str, media: str, body: str, status: int
) -> None:
    answer = served.ask(method, path, body.encode(), {"content-type": media} if media else {})
    assert answer.status == status


def test_the_dataset_of_the_protocol_and_of_from(served: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) %s WHERE { ?x kg:father ?y }"
    graph = "https://kg.example/document/story-txt"
    (name,) = served.query("SELECT ?g WHERE { GRAPH ?g { ?x kg:father ?y } }").text.split()[1:]
    assert name.startswith(graph)
    numbers = {
        "all": served.query(count % ""),
        "chosen": served.query(count % "", **{"default-graph-uri": name}),
        "other": served.query(count % "", **{"default-graph-uri": "urn:other"}),
        "from": served.query(count % f"FROM <{name}>"),
        "from other": served.query(count % "FROM <urn:other>"),
        "named only": served.query(count % "", **{"named-graph-uri": name}),
    }
    found = {key: answer.text.split()[1] for key, answer in numbers.items()}
    assert found == {"all": "1", "chosen": "1", "other": "0", "from": "1", "from other": "0", "named only": "0"}


def test_the_endpoint_describes_itself(served: Served) -> None:
    answer = served.ask("GET", "/sparql", headers={"accept": "text/turtle"})
    described = Graph().parse(data=answer.body, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    objects = {str(o) for o in described.objects()}
    assert {f"{sd}SPARQL11Query", f"{sd}UnionDefaultGraph", f"{served.url}sparql"} <= objects
    assert f"{sd}SPARQL11Update" not in objects


# ------------------------------------------------------------------ changing
def test_an_update_is_seen_by_the_next_query(writable: Served) -> None:
    for number in range(5):
        assert writable.update(f"INSERT DATA {{ GRAPH <urn:u> {{ <urn:s> <urn:p> {number} }} }}").status == 204
        count = writable.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH <urn:u> { ?s ?p ?o } }").text
        assert count.split() == ["n", str(number + 1)]
    assert writable.update("DROP GRAPH <urn:u>").status == 204


def test_using_of_the_protocol(writable: Served) -> None:
    writable.update("INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 2 } }")
    using = "?" + urlencode({"using-graph-uri": "urn:b"})
    assert writable.update("INSERT { GRAPH <urn:c> { ?s ?p ?o } } WHERE { ?s ?p ?o }", parameters=using).status == 204
    assert writable.query("SELECT ?o WHERE { GRAPH <urn:c> { ?s ?p ?o } }").text.split() == ["o", "2"]
    conflict = "INSERT { GRAPH <urn:c> { ?s ?p ?o } } USING <urn:a> WHERE { ?s ?p ?o }"
    assert writable.update(conflict, parameters=using).status == 400
    for name in "abc":
        writable.update(f"DROP GRAPH <urn:{name}>")


@pytest.mark.parametrize(
    ("token", "status"),
    [(f"Bearer {TOKEN}", 204), ("Bearer wrong", 401), ("", 401), ("Basic a2c6czNjcmV0", 204), ("Basic ???", 401)],
)
def test_a_change_needs_the_token(writable: Served, token: str, status: int) -> None:
    headers = {"content-type": "application/sparql-update", **({"authorization": token} if token else {})}
    answer = writable.ask("POST", "/sparql", b"CLEAR SILENT GRAPH <urn:nothing>", headers)
    assert answer.status == status
    assert TOKEN not in answer.text + writable.said()


def test_a_server_that_only_answers_changes_nothing(served: Served) -> None:
    assert served.update("CLEAR ALL").status == 403
    assert served.ask("DELETE", "/store", headers=BEARER).status == 403
    assert served.query(FATHERS).text.split("\r\n")[1] == "King Charles III"


def test_graphs_are_put_read_added_to_and_removed(writable: Served) -> None:
    path = f"/store?graph={quote('urn:new graph'.replace(' ', '-'), safe='')}"
    turtle = {"content-type": "text/turtle", **BEARER}
    assert writable.ask("PUT", path, b"<urn:s> <urn:p> 1 .", turtle).status == 201
    assert writable.ask("PUT", path, b"<urn:s> <urn:p> 2 .", turtle).status == 204
    assert writable.ask("POST", path, b"<urn:s> <urn:p> 3 .", turtle).status == 204
    read = writable.ask("GET", path, headers={"accept": "application/n-triples"})
    assert sorted(line.split()[2][1] for line in read.text.splitlines()) == ["2", "3"]
    assert writable.ask("HEAD", path).status == 200
    assert writable.ask("PUT", path, b"<urn:s> <urn:p> broken", turtle).status == 400
    assert writable.ask("GET", path, headers={"accept": "application/n-triples"}).text == read.text
    assert writable.ask("PUT", path, b"x", {"content-type": "image/png", **BEARER}).status == 415
    assert writable.ask("DELETE", path, headers=BEARER).status == 204
    assert writable.ask("GET", path).status == 404


def test_the_whole_store_is_read_and_written_at_once(writable: Served) -> None:
    before = writable.ask("GET", "/store", headers={"accept": "application/n-quads"})
    assert "claims>" in before.text
    quads = {"content-type": "application/n-quads", **BEARER}
    assert writable.ask("PUT", "/store", before.body, quads).status == 204
    after = writable.ask("GET", "/store", headers={"accept": "application/n-quads"})
    assert sorted(after.text.splitlines()) == sorted(before.text.splitlines())
