"""What would reach out of the graph is refused, in every disguise; what only looks so is not."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from pyoxigraph import Store

from kg.ask.places import refuse_outside
from kg.ask.query import run
from kg.ask.words import pattern_start
from kg.errors import QueryError
from kg.vocabulary import DEFAULT_BASE

REACHING = [
    "SELECT * { SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { service silent <URL> { ?a ?b ?c } }",
    "SELECT * {SERVICE<URL>{?a ?b ?c}}",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?a ?b ?c } }",
    "PREFIX x: <URL> SELECT * { SERVICEx: { ?a ?b ?c } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?a ?b ?c } }",
    "SELECT * { ?a ?b 1SERVICE<URL> { ?a ?b ?c } }",
    "SELECT * { ?a ?b true SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { BIND(1 AS ?x) FILTER(?x<2)SERVICE#>\n<URL> { ?a ?b ?c } }",
    "SELECT * { BIND(1 AS ?x) BIND(2 AS ?y) FILTER(?x<?y)SERVICE#>\n<URL> { ?a ?b ?c } }",
    'SELECT * { BIND("\\"" AS ?x) SERVICE <URL> { ?a ?b ?c } BIND("" AS ?z) }',
    "PREFIX e: <http://e/> SELECT * { OPTIONAL { e:a\\' ?p ?o } SERVICE <URL> { ?a ?b ?c } OPTIONAL { e:a\\' ?p ?o } }",
    'SELECT * { # "\n SERVICE <URL> { ?a ?b ?c } # "\n }',
    "SELECT * { BIND('''it's''' AS ?x) SERVICE <URL> { ?a ?b ?c } BIND('' AS ?z) }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?a ?b ?c } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?a ?b ?c } } }",
]

HARMLESS = [
    "SELECT ?service ?load WHERE { ?service ?load ?c }",
    'SELECT * { ?a rdfs:label "SERVICE <http://x/> { }" }',
    "SELECT * { ?a rdfs:label '''LOAD <x> ' '' ''' }",
    "SELECT * { ?a schema:serviceType ?b . ?b kg:payload ?c }",
    "SELECT * { ?a ?b <http://example.org/service#> } # SERVICE <http://x/>",
    "SELECT * { BIND(1 AS ?x) FILTER(?x<2 && 3>?x) }",
    'SELECT * { ?a rdfs:label "x"@en-gb }',
]


class Listener(http.server.BaseHTTPRequestHandler):
    calls = 0

    def do_POST(self) -> None:
        type(self).calls += 1
        self.send_response(500)
        self.end_headers()

    do_GET = do_POST  # noqa: N815 (the same)

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.network
def test_the_listener_would_hear_it(url: str) -> None:
    """Without our guard Oxigraph does call out: the tests below would notice."""
    before = Listener.calls
    with pytest.raises(OSError, match=r"."):
        list(Store().query(REACHING[0].replace("URL", url)))  # type: ignore[arg-type]
    assert Listener.calls == before + 1


@pytest.mark.network
@pytest.mark.parametrize("query", REACHING)
def test_nothing_reaches_out(query: str, url: str) -> None:
    before = Listener.calls
    with pytest.raises(QueryError):
        list(run(Store(), query.replace("URL", url), DEFAULT_BASE))  # type: ignore[arg-type]
    assert Listener.calls == before


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_so_is_run(query: str) -> None:
    refuse_outside(query)
    run(Store(), query, DEFAULT_BASE)


@pytest.mark.parametrize(
    ("query", "behind"),
    [
        ("SELECT ?x WHERE { ?x ?y ?z }", "SELECT ?x WHERE {"),
        ("SELECT ?x { ?x ?y ?z }", "SELECT ?x {"),
        ("# WHERE {\nSELECT ?x WHERE{?x ?y ?z}", "# WHERE {\nSELECT ?x WHERE{"),
        ("CONSTRUCT { ?x ?y ?z } WHERE { ?x ?y ?z }", "CONSTRUCT { ?x ?y ?z } WHERE {"),
        ('SELECT ("{" AS ?x) WHERE { }', 'SELECT ("{" AS ?x) WHERE {'),
    ],
)
def test_where_the_pattern_begins(query: str, behind: str) -> None:
    assert query[: pattern_start(query)] == behind


def test_a_query_without_pattern() -> None:
    with pytest.raises(QueryError, match="no graph pattern"):
        pattern_start("DESCRIBE <http://x/>")
