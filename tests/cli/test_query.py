"""kg query: its flags, its forms of output, and whom it asks."""

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.ask.results import GRAPHS
from kg.cli.asking import FORMATS
from tests.cli.conftest import Kg
from tests.services.sparql import sparql_service

NAMES = "SELECT ?name { ?x rdfs:label ?name } ORDER BY ?name"
TRIPLES = "CONSTRUCT { ?x kg:father ?y } WHERE { ?x kg:father ?y }"


def test_every_format_says_the_same(filled: Kg) -> None:
    forms = {"turtle": RdfFormat.TURTLE, **GRAPHS}
    assert set(forms) < set(FORMATS)
    for name in FORMATS:
        ran = filled("query", TRIPLES if name in forms else NAMES, "-f", name)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.endswith("\n")
        if name in forms:
            assert len(list(parse(ran.out.encode(), format=forms[name]))) == 1
        else:
            assert "Trevor" in ran.out


def test_prefix_limit_and_bind_go_together(filled: Kg) -> None:
    asked = "SELECT ?x ?name { ?x a my:Person ; rdfs:label ?name } ORDER BY ?name"
    flags = ("--prefix", "my=https://kg.example/ns#", "--limit", "2")
    assert len(filled("query", asked, *flags).out.splitlines()) == 3
    assert filled("query", asked, *flags, "--bind", "name=Trevor").out.splitlines()[1].endswith("\tTrevor")
    assert filled("query", asked, "--prefix", "my").code == 1


def test_explain_asks_nothing(filled: Kg) -> None:
    ran = filled("query", "SELECT ?x { ?x kg:father ?y }", "--explain", "--limit", "3")
    assert ran.out.splitlines() == [
        "Gives ?x",
        "from all graphs together",
        "?x kg:father ?y  1",
        "at most 3 rows",
    ]
    assert "line 1" in filled("query", "SELECT ?x { ?x kg:father }", "--explain").err


def test_files_of_several_formats_at_once(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data").mkdir()
    Path("data/a.ttl").write_text("<x:a> <x:p> 1 .")
    Path("data/b.NQ.gz").write_bytes(gzip.compress(b'<x:b> <x:p> "2" <x:g> .\n'))
    Path("c.jsonld").write_text('{"@id": "x:c", "x:p": 3}')
    count = "SELECT (COUNT(*) AS ?n) { ?x <x:p> ?y }"
    assert kg("query", count, "--data", "data", "--data", "c.jsonld").out == "n\n3\n"
    stdin = io.TextIOWrapper(io.BytesIO(b"<x:g> { <x:d> <x:p> 4 }"))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert kg("query", count, "--data", "-", "--data", "data").out == "n\n3\n"
    Path("none").mkdir()
    assert "no RDF in this folder" in kg("query", count, "--data", "none").err


def test_a_service_elsewhere(filled: Kg) -> None:
    with sparql_service() as service:
        service.store.load(b'<x:a> <x:name> "Trevor" ; <x:born> 1984 .', format=RdfFormat.TURTLE)
        address = service.url + "/query"
        ran = filled("query", "--endpoint", address, "SELECT ?x ?y { ?x p:born ?y }", "--prefix", "p=x:", "-f", "json")
        assert json.loads(ran.out)["results"]["bindings"][0]["y"]["value"] == "1984"
        asked = f"SELECT ?y {{ ?x rdfs:label ?n SERVICE <{address}> {{ ?z <x:name> ?n ; <x:born> ?y }} }}"
        refused = filled("query", asked)
        assert (refused.code, "--allow-service" in refused.err) == (1, True)
        assert filled("query", asked, "--allow-service", address).out == "y\n1984\n"
        assert filled("query", asked, "--allow-service", address + "x").code == 1
    assert filled("query", "ASK { ?x ?y ?z }", "--endpoint", "http://127.0.0.1:9/", "--time-out", "5").code == 3
    assert filled("query", "ASK {}", "--endpoint", "http://127.0.0.1:9/", "--data", "x.ttl").code == 2


def test_what_goes_wrong_while_rows_come_is_told(filled: Kg) -> None:
    ran = filled("query", "SELECT (<x:f>(?x) AS ?y) { VALUES ?x { 1 } }")
    assert ran.code == 1
    assert "<x:f> is not supported" in ran.err
