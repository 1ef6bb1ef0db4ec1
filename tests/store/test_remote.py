"""A store behind an address: where its addresses are, what a failure leaves, what is not shown to anybody."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.endpoint import Endpoint, access_from
from kg.endpoint.cuts import Cuts
from kg.endpoint.faults import Fault
from kg.endpoint.transfer import Reply
from kg.errors import KgError, ServiceError, StoreError
from kg.settings import Address
from kg.store.documents import holds, put
from kg.store.interface import Store
from kg.store.layouts import addresses
from kg.store.opening import open_read_only, open_to_write
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE, load
from tests.made import document, graph
from tests.services.sparql import Service, sparql_service

pytestmark = pytest.mark.network

FORMER, LATER = (document(f"Tom | {said} | John\n" * 3, "a.txt") for said in ("father", "brother"))
STAGED = NamedNode(f"{DEFAULT_BASE}ns#staged")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    for name in ("USER", "PASSWORD", "TOKEN", "AUTH"):
        monkeypatch.delenv(f"KG_{name}", raising=False)
    monkeypatch.setenv("NETRC", "/nowhere")
    with sparql_service() as running:
        yield running


def place(service: Service, graphs: bool = True) -> Address:
    layout = f"query={service.url}/query,update={service.url}/update"
    return Address(url=f"{service.url}/query", layout=f"{layout},graphs={service.url}/graphs" if graphs else layout)


def small(store: Store) -> Store:
    """Takes every change for one that is too large for one request."""
    from dataclasses import replace

    from kg.store.remote import Remote

    assert isinstance(store, Remote)
    store._layout = replace(store._layout, batch=7)
    return store


def add(store: Store, made: object = FORMER) -> None:
    from kg.model import Document

    assert isinstance(made, Document)
    put(store, made, quads(graph(made), load(), reader="r"))


def content(service: Service) -> list[str]:
    return sorted(map(str, service.store))


# ------------------------------------------------------------------ changes
@pytest.mark.parametrize("graphs", [True, False], ids=["by graphs", "by updates"])
def test_a_large_document_goes_by_the_side_and_leaves_nothing_there(service: Service, graphs: bool) -> None:
    with open_to_write(place(service, graphs)) as store:
        add(small(store))
        assert holds(store, FORMER, "r") == "unchanged"
        assert holds(store, LATER, "r") == "replaced"
        aside = content(service)
    with sparql_service() as fresh, open_to_write(place(fresh)) as store:
        add(store)  # in one request
        assert content(fresh) == aside


def failing(method: str, when: Callable[[str], bool], *, done: bool) -> Callable[[pytest.MonkeyPatch], None]:
    """Makes some requests end without an answer: carried out or not."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        real = getattr(Endpoint, method)

        def request(self: Endpoint, text: str, *more: object, **named: object) -> None:
            if not when(text) or done:
                real(self, text, *more, **named)
            if when(text):
                raise ServiceError("the connection broke off", kind="reset")

        monkeypatch.setattr(Endpoint, method, request)

    return patch


@pytest.mark.parametrize(
    "fail",
    [
        failing("put", lambda _: True, done=False),
        failing("put", lambda _: True, done=True),
        failing("update", lambda text: text.startswith("MOVE"), done=False),
    ],
    ids=["nothing sent", "sent, no answer", "not moved"],
)
def test_a_failure_leaves_the_store_as_it_was(
    service: Service, monkeypatch: pytest.MonkeyPatch, fail: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with open_to_write(place(service)) as store:
        add(store)
        before = content(service)
        fail(monkeypatch)
        with pytest.raises(ServiceError, match="broke off"):
            add(small(store), LATER)
    assert content(service) == before


def test_a_move_that_was_made_without_an_answer_is_made(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    failing("update", lambda text: text.startswith("MOVE"), done=True)(monkeypatch)
    with open_to_write(place(service)) as store:
        add(small(store))
        assert holds(store, FORMER, "r") == "unchanged"


def test_a_small_change_without_an_answer_is_said_to_be_unsure(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing("update", lambda _: True, done=True)(monkeypatch)
    with open_to_write(place(service)) as store, pytest.raises(ServiceError) as caught:
        store.replace({NamedNode("urn:g"): [(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))]})
    assert "run the same again" in caught.value.hint


def test_what_a_killed_writer_left_is_hidden_and_in_the_end_removed(service: Service) -> None:
    def left(name: str, when: str) -> NamedNode:
        aside = NamedNode(f"{DEFAULT_BASE}staging/{name}")
        service.store.add(Quad(aside, STAGED, Literal(when), aside))
        return aside

    old = left("old", "2020-01-01T00:00:00Z")
    new = left("new", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    with open_to_write(place(service)) as store:
        assert list(store.graph) == []
        add(store)
    assert [bool(list(service.store.quads_for_pattern(None, None, None, one))) for one in (old, new)] == [False, True]


# ------------------------------------------------------------------ opening
def test_the_namespace_is_that_of_the_documents(service: Service) -> None:
    with open_to_write(place(service), "https://mine.example/") as store:
        made = document("Tom | father | John")
        put(store, made, quads(graph(made), load(base="https://mine.example/"), reader="r"))
    assert open_read_only(place(service)).base == "https://mine.example/"


def test_a_store_that_hides_its_named_graphs_is_told(service: Service) -> None:
    with open_to_write(place(service)) as store:
        add(store)
    service.union = False
    with pytest.raises(StoreError, match="without GRAPH"):
        open_read_only(place(service))


V = "http://h:8890"
GRAPHDB = "http://h:7200/repositories/r"


@pytest.mark.parametrize(
    ("url", "layout", "signed", "expected"),
    [
        ("https://h/", "", False, ("https://h/sparql", "https://h/sparql", "https://h/store")),
        ("https://h/sparql", "", False, ("https://h/sparql", "https://h/sparql", "")),
        (f"{V}/sparql", "virtuoso", False, (f"{V}/sparql", f"{V}/sparql-auth", f"{V}/sparql-graph-crud-auth")),
        (f"{V}/sparql-auth", "", True, (f"{V}/sparql-auth", f"{V}/sparql-auth", f"{V}/sparql-graph-crud-auth")),
        ("http://h/ds", "fuseki", True, ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
        ("http://h/ds/sparql", "fuseki", True, ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")),
        (GRAPHDB, "", True, (GRAPHDB, f"{GRAPHDB}/statements", f"{GRAPHDB}/rdf-graphs/service")),
        ("http://h/db", "stardog", True, ("http://h/db/query", "http://h/db/update", "")),
        ("https://h:8182/sparql", "neptune", False, ("https://h:8182/sparql",) * 2 + ("https://h:8182/sparql/gsp/",)),
        ("http://h/", "oxigraph", False, ("http://h/query", "http://h/update", "http://h/store")),
        ("http://h/a", "update=http://h/b,graphs=http://h/c", False, ("http://h/a", "http://h/b", "http://h/c")),
    ],
)
def test_where_a_store_is_asked_and_changed(url: str, layout: str, signed: bool, expected: tuple[str, ...]) -> None:
    found = addresses(Address(url=url, layout=layout), signed=signed)
    assert (found.query, found.update, found.graphs) == expected


@pytest.mark.parametrize("layout", ["fusekki", "read=http://h/", "query=http://h/,like=nothing"])
def test_an_unknown_layout_is_told(layout: str) -> None:
    with pytest.raises(KgError, match="--store-as"):
        addresses(Address(url="http://h/", layout=layout))


# ------------------------------------------------------------------ logins
def test_the_login_of_a_host_comes_out_of_netrc(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine store.example login me password hush-1\n", encoding="utf-8")
    own = {"NETRC": str(file)}
    found = access_from(own, host="store.example", usual="digest")
    assert (found.login, found.user, found.secret) == ("digest", "me", "hush-1")
    assert "hush-1" not in repr(found)
    assert access_from(own, host="other.example").login == "none"
    assert access_from(own).login == "none"
    assert access_from({**own, "KG_AUTH": "none"}, host="store.example").login == "none"
    assert access_from({**own, "KG_TOKEN": "t"}, host="store.example").login == "bearer"
    file.write_text("machine store.example login me hush-2\n", encoding="utf-8")
    with pytest.raises(KgError) as caught:
        access_from(own, host="store.example")
    assert "hush" not in f"{caught.value.message} {caught.value.hint}"


def test_a_refused_login_is_not_shown(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.login = True
    monkeypatch.setenv("KG_USER", "me")
    monkeypatch.setenv("KG_PASSWORD", "hush-3")
    with open_to_write(place(service)) as store, pytest.raises(ServiceError) as caught:
        add(store)
    assert caught.value.kind == "unauthorised"
    assert "hush" not in f"{caught.value.message} {caught.value.hint} {caught.value.__cause__!r}"
    monkeypatch.setenv("KG_PASSWORD", "secret")
    with open_to_write(place(service)) as store:
        add(store)
    assert content(service)


# ------------------------------------------------------------------ answers that are cut
@pytest.mark.parametrize(("lines", "whole"), [(150, True), (200, False), (201, False), (20, True)])
def test_a_graph_that_ends_where_the_server_cuts_is_no_whole_one(lines: int, whole: bool) -> None:
    asked: list[str] = []

    def ask(text: str) -> io.BytesIO:
        asked.append(text)
        raise Fault("partial", rows=200)

    def checked(server: str) -> bytes:
        body = io.BytesIO(b"<x:a> <x:b> <x:c> .\n" * lines)
        reply = Reply(status=200, headers={"server": server}, read=body.read, left=lambda: 0, close=body.close)
        return Cuts().checked(body, reply, ("application/n-triples",), ask).read()

    assert checked("Other/1.0").count(b"\n") == lines
    assert not asked
    if whole:
        assert checked("Virtuoso/07.20").count(b"\n") == lines
    else:
        with pytest.raises(Fault, match="partial"):
            checked("Virtuoso/07.20")
