"""Each way in which a service fails: what the user is told, how often we ask, and that a good answer comes after it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.endpoint import KINDS, Access, Api, Endpoint, Patience, access_from
from kg.errors import KgError, QueryError, ServiceError
from tests.services.faulty import FAULTS, Proxy, faulty
from tests.services.sparql import Service, sparql_service

pytestmark = pytest.mark.network

QUICK = Patience(deadline=1.5, silence=0.5, tries=2, first_wait=0.01, longest_wait=0.02, most=1 << 20)
ASK = "SELECT ?o WHERE { <x:a> <x:b> ?o }"

# fault -> the kind that it is told as, how often it is asked, and what the message must hold
EXPECTED = {
    "400": ("rejected", 1, "Parse error: line 1"),
    "401": ("unauthorised", 1, "401"),
    "403": ("forbidden", 1, "403"),
    "404": ("missing", 1, "404"),
    "429": ("throttled", 2, "429"),
    "429 retry-after": ("throttled", 2, "1 s without requests"),
    "429 retry-after long": ("throttled", 1, "3600 s without requests"),
    "500": ("broken", 2, "failed inside"),
    "500 time-out": ("too-hard", 1, "took it too long"),
    "503": ("unavailable", 2, "not available"),
    "html": ("html", 2, "web page"),
    "html as json": ("html", 2, "web page"),
    "empty": ("empty", 2, "empty"),
    "truncated": ("truncated", 2, "cut off"),
    "cut off": ("truncated", 2, "cut off"),
    "wrong type": ("type", 2, "sparql-results+xml"),
    "slow drip": ("deadline", 1, "in time"),
    "slow headers": ("deadline", 1, "in time"),
    "no answer": ("silent", 2, "stopped sending"),
    "reset": ("reset", 2, "broke off"),
    "10 GB": ("too-big", 1, "10000000000 bytes"),
    "redirect": ("redirect", 1, "http://10.0.0.1/admin"),
    "partial": ("partial", 1, "incomplete"),
    "rows": ("partial", 1, "no more than 10000 rows"),
}


@pytest.fixture
def service() -> Iterator[Service]:
    store = Store()
    store.add(Quad(NamedNode("x:a"), NamedNode("x:b"), Literal("c")))
    with sparql_service(store) as running:
        yield running


@pytest.fixture
def proxy(service: Service) -> Iterator[Proxy]:
    with faulty(service.url) as running:
        yield running


def test_every_fault_of_the_proxy_is_expected() -> None:
    assert EXPECTED.keys() == FAULTS.keys()
    assert {kind for kind, _, _ in EXPECTED.values()} <= KINDS.keys()


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_failing_service_is_told_as_what_it_is(proxy: Proxy, fault: str) -> None:
    kind, times, told = EXPECTED[fault]
    proxy.fault = fault
    began = time.monotonic()
    with pytest.raises(KgError) as caught:
        Endpoint(f"{proxy.url}/query", patience=QUICK).query(ASK)
    assert time.monotonic() - began < 3
    assert isinstance(caught.value, QueryError if kind == "rejected" else ServiceError)
    assert getattr(caught.value, "kind", kind) == kind
    assert told in caught.value.message
    assert caught.value.message.startswith("127.0.0.1: ")
    assert caught.value.hint
    assert proxy.seen == times


@pytest.mark.parametrize("fault", ["429", "429 retry-after", "500", "503", "html", "empty", "truncated", "reset"])
def test_a_fault_that_passes_is_not_noticed(proxy: Proxy, fault: str) -> None:
    proxy.fault, proxy.times = fault, 1
    assert b'"c"' in Endpoint(f"{proxy.url}/query", patience=replace(QUICK, deadline=5)).query(ASK)
    assert proxy.seen == 2


@pytest.mark.parametrize(
    ("url", "kind"),
    [("http://kg-test.invalid/", "dns"), ("http://127.0.0.1:1/", "connect"), ("https://127.0.0.1:PORT/", "tls")],
    ids=("dns", "refused", "tls"),
)
def test_no_way_to_the_service(proxy: Proxy, url: str, kind: str) -> None:
    address = url.replace("PORT", str(urlsplit(proxy.url).port))
    with pytest.raises(ServiceError) as caught:
        Endpoint(address, patience=QUICK).query(ASK)
    with pytest.raises(ServiceError) as from_api:
        Api(address, patience=QUICK).get({})
    assert caught.value.kind == from_api.value.kind == kind
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("fault", [fault for fault in EXPECTED if fault not in ("partial", "rows", "wrong type")])
def test_the_api_fails_as_clearly(proxy: Proxy, fault: str) -> None:
    proxy.fault, proxy.kinds[""] = fault, "application/json"
    with pytest.raises(KgError) as caught:
        Api(f"{proxy.url}/api", patience=QUICK).get({"action": "x"})
    assert getattr(caught.value, "kind", "rejected") == EXPECTED[fault][0]


def test_a_service_that_keeps_failing_is_left_alone(proxy: Proxy) -> None:
    proxy.fault = "403"
    endpoint = Endpoint(f"{proxy.url}/query", patience=replace(QUICK, strikes=2))
    kinds = []
    for _ in range(4):
        with pytest.raises(ServiceError) as caught:
            endpoint.query(ASK)
        kinds.append(caught.value.kind)
    assert kinds == ["forbidden", "forbidden", "stopped", "stopped"]
    assert proxy.seen == 2


def test_an_update_is_sent_again_only_if_it_did_not_arrive(proxy: Proxy, service: Service) -> None:
    endpoint = Endpoint(f"{proxy.url}/query", update=f"{proxy.url}/update", patience=QUICK)
    proxy.fault = "reset"
    with pytest.raises(ServiceError):
        endpoint.update("INSERT DATA { <x:s> <x:p> 1 }")
    assert proxy.seen == 1
    proxy.fault, proxy.times = "503", 2
    endpoint.update("INSERT DATA { <x:s> <x:p> 1 }")
    assert proxy.seen == 3
    assert len(service.store) == 2


def test_a_gzip_bomb_is_stopped(service: Service) -> None:
    service.store.add(Quad(NamedNode("x:a"), NamedNode("x:b"), Literal("0" * 3_000_000)))
    with pytest.raises(ServiceError) as caught:
        Endpoint(f"{service.url}/query", patience=QUICK).query(ASK)
    assert caught.value.kind == "too-big"


def test_what_is_sent(service: Service) -> None:
    endpoint = Endpoint(f"{service.url}/query", access=Access(user_agent="kg/9 (me@example.org)"), patience=QUICK)
    long = ASK + " # INSERT" + "x" * 3000
    assert endpoint.query(ASK) == endpoint.query(long)  # by GET, by POST
    assert service.agents == ["kg/9 (me@example.org)"] * 2
    with endpoint.fetch("CONSTRUCT WHERE { ?s ?p ?o }", "ntriples") as file:
        assert file.read() == b'<x:a> <x:b> "c" .\n'


def test_a_named_graph_is_put_read_and_deleted(service: Service) -> None:
    endpoint = Endpoint(f"{service.url}/query", graphs=f"{service.url}/graphs", patience=QUICK)
    for text in ("x:new", "x:newer"):
        endpoint.put("x:graph", f"<{text}> <x:p> 1 .".encode())
    with endpoint.get("x:graph") as file:
        assert file.read().startswith(b"<x:newer> <x:p>")
    endpoint.delete("x:graph")
    with endpoint.get("x:graph") as file:
        assert file.read() == b""


def test_a_login_comes_from_the_environment_and_shows_nowhere(service: Service) -> None:
    service.login = True
    patience = replace(QUICK, tries=1)
    for password, good in (("secret", True), ("wrong", False)):
        access = access_from({"KG_USER": "me", "KG_PASSWORD": password})
        endpoint = Endpoint(f"{service.url}/query", update=f"{service.url}/update", access=access, patience=patience)
        if good:
            endpoint.update("INSERT DATA { <x:s> <x:p> 2 }")
        else:
            with pytest.raises(ServiceError) as caught:
                endpoint.update("INSERT DATA { <x:s> <x:p> 3 }")
            assert caught.value.kind == "unauthorised"
            assert "wrong" not in caught.value.message
    assert len(service.store) == 2


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("ftp://example.org/", {}),
        ("example.org/sparql", {}),
        ("https://me:secret@example.org/", {}),
        ("http://example.org/", {"KG_USER": "me", "KG_PASSWORD": "secret"}),
        ("http://example.org/", {"KG_TOKEN": "secret"}),
        ("https://example.org/", {"KG_USER": "me"}),
        ("https://example.org/", {"KG_AUTH": "kerberos"}),
    ],
)
def test_a_bad_address_or_login_is_refused_before_anything_is_sent(url: str, environment: dict[str, str]) -> None:
    with pytest.raises(KgError) as caught:
        Endpoint(url, access=access_from(environment))
    assert caught.value.hint
    assert "secret" not in caught.value.message
