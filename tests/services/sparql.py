"""A small SPARQL 1.1 service on Oxigraph: queries at /query, updates at /update, named graphs at /graphs."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QueryTriples, RdfFormat, Store, parse, serialize

from tests.services.server import Handler, serving

LOGIN = "Basic bWU6c2VjcmV0"  # me:secret


@dataclass
class Service:
    """A running service. asked: the queries until now, agents: who asked. login: whether updates need one.

    union: whether a pattern without GRAPH meets all graphs together.
    """

    store: Store = field(default_factory=Store)
    url: str = ""
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    login: bool = False
    union: bool = True


@contextmanager
def sparql_service(store: Store | None = None) -> Iterator[Service]:
    service = Service(store or Store())
    handler = type("Sparql", (_Sparql,), {"service": service})
    with serving(handler) as url:
        service.url = url
        yield service


class _Sparql(Handler):
    service: Service

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        fields = parse_qs(parts.query)
        if parts.path == "/graphs":
            quads = self.service.store.quads_for_pattern(None, None, None, NamedNode(fields["graph"][0]))
            self._data(serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b"", "application/n-triples")
        else:
            self._query(fields["query"][0])

    def do_POST(self) -> None:
        fields = parse_qs(self.body().decode())
        if self.service.login and self.headers.get("Authorization") != LOGIN:
            self.answer(b"who are you?", "text/plain", 401)
        elif "update" in fields:
            self.service.store.update(fields["update"][0])
            self.answer(b"", "text/plain")
        else:
            self._query(fields["query"][0])

    def do_PUT(self) -> None:
        graph = NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])
        triples = parse(self.body(), format=RdfFormat.from_media_type(self.headers["Content-Type"]))
        self.service.store.remove_graph(graph)
        self.service.store.extend([Quad(q.subject, q.predicate, q.object, graph) for q in triples])
        self.answer(b"", "text/plain", 201)

    def do_DELETE(self) -> None:
        self.service.store.remove_graph(NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0]))
        self.answer(b"", "text/plain")

    def _query(self, text: str) -> None:
        self.service.asked.append(text)
        self.service.agents.append(self.headers.get("User-Agent", ""))
        try:
            answer = self.service.store.query(text, use_default_graph_as_union=self.service.union)
        except SyntaxError as error:
            self.answer(f"Parse error: {error}".encode(), "text/plain", 400)
            return
        if isinstance(answer, QueryTriples):
            self._data(serialize(answer, format=RdfFormat.N_TRIPLES) or b"", "application/n-triples")
        else:
            self._data(answer.serialize(format=QueryResultsFormat.JSON) or b"", "application/sparql-results+json")

    def _data(self, data: bytes, kind: str) -> None:
        if "gzip" not in self.headers.get("Accept-Encoding", ""):
            self.answer(data, kind)
            return
        packed = gzip.compress(data)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)
