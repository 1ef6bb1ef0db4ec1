"""The short way of kg query: it says what the usual way says, or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.ask.plain import shortener
from kg.cli import short
from kg.store import marker
from kg.vocabulary.names import DEFAULT_BASE
from tests.cli.conftest import Kg

ROOT = Path(__file__).resolve().parents[2]
FATHERS = "SELECT ?child ?father { ?child kg:father ?father }"
SAME = [
    FATHERS,
    "SELECT * { ?x rdfs:label ?name OPTIONAL { ?x kg:spouse ?other } } ORDER BY ?x ?name ?other",
    "SELECT ?x { ?x kg:father kg:nobody }",
    'SELECT * { VALUES ?x { "a\\tb\\nc" "d"@en 1.50 <x:y> kg:a.b <https://kg.example/ns#a.> true UNDEF } }',
    "SELECT (BNODE('x') AS ?b) (<<( kg:a kg:b kg:c )>> AS ?t) {}",
    "PREFIX f: <https://kg.example/ns#> SELECT ?x { ?x f:father ?y }",
    "ASK { ?x kg:father ?y }",
    "ASK { ?x kg:father kg:nobody }",
]
UNUSUAL = [
    ["query", "SELECT ?x { ?x kg:father }"],
    ["query", "SELECT ?x { ?x foo:father ?y }"],
    ["query", "SELECT ?x FROM kg:nowhere { ?x kg:father ?y }"],
    ["query", "SELECT ?x { service <http://127.0.0.1:1/> { ?x kg:father ?y } }"],
    ["query", "CONSTRUCT { ?x kg:father ?y } { ?x kg:father ?y }"],
    ["query", "SELECT (<x:f>(1) AS ?x) { FILTER(<x:f>(1)) }"],
    ["query", FATHERS, "--limit", "1"],
    ["query", FATHERS, "--store", "none"],
    ["query", FATHERS, "--store", "http://127.0.0.1:1/sparql"],
    ["query", "-"],
    ["query", "--help"],
    ["--quiet", "query", FATHERS],
    ["stats"],
    [],
]


@pytest.mark.parametrize("sparql", SAME)
def test_it_says_the_same(sparql: str, filled: Kg) -> None:
    usual = filled("query", sparql).out
    assert usual
    assert short.answer(["query", sparql]) == usual
    assert short.answer(["query", "--store", "kg.store", sparql]) == usual
    assert short.answer(["query", sparql, "--store", "kg.store"]) == usual


@pytest.mark.parametrize("arguments", UNUSUAL, ids=" ".join)
def test_it_says_nothing_where_there_is_more_to_do(arguments: list[str], filled: Kg) -> None:
    assert short.answer(arguments) is None


def test_settings_are_the_usual_ways(filled: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    filled("add", "story.txt", "--store", "other.store")
    monkeypatch.setenv("KG_STORE", "other.store")
    assert short.answer(["query", FATHERS]) is not None
    monkeypatch.setenv("KG_STORE", "none")
    assert short.answer(["query", FATHERS]) is None
    monkeypatch.delenv("KG_STORE")
    monkeypatch.setenv("KG_NAMESPACE", "https://other.example/")
    assert short.answer(["query", FATHERS]) is None
    monkeypatch.delenv("KG_NAMESPACE")
    Path("kg.toml").write_text('store = "other.store"')
    assert short.answer(["query", FATHERS]) is None


@pytest.mark.parametrize("text", ["{}", marker.text("a").replace("1", "2"), marker.text('a"b'), "", "\0"])
def test_a_marker_that_is_not_as_we_write_it_is_the_usual_ways(text: str, filled: Kg) -> None:
    assert marker.base_of(text) == ""
    assert marker.base_of(marker.text(DEFAULT_BASE)) == DEFAULT_BASE
    assert json.loads(marker.text(DEFAULT_BASE))["namespace"] == DEFAULT_BASE
    Path("kg.store", marker.NAME).write_text(text)
    assert short.answer(["query", FATHERS]) is None


def test_it_loads_next_to_nothing(filled: Kg) -> None:
    program = "import sys; before = {*sys.modules}; from kg.cli import main\ntry: main()\nfinally: "
    program += "print(' '.join({*sys.modules} - before), file=sys.stderr)"
    command = [sys.executable, "-c", program, "query", FATHERS]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    assert done.stdout == filled("query", FATHERS).out
    assert {"kg.cli.short", "pyoxigraph"} <= {*done.stderr.split()}
    assert not {*done.stderr.split()} & {"click", "typing", "re", "pathlib", "dataclasses", "json", "kg.cli.boundary"}


@pytest.mark.parametrize("output", ["/dev/full", "closed"])
def test_output_that_cannot_be_written(output: str, filled: Kg) -> None:
    said = []
    for sparql in (FATHERS, f"{FATHERS} # FROM: the usual way"):
        to = os.open("/dev/full", os.O_WRONLY) if output == "/dev/full" else _closed_pipe()
        done = subprocess.run(
            [sys.executable, "-m", "kg", "query", sparql],
            stdout=to,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        os.close(to)
        said.append((done.returncode, done.stderr.decode()))
    assert said[0] == said[1]
    assert said[0] == ((1, "Error: output: No space left on device\n") if output == "/dev/full" else (141, ""))


def _closed_pipe() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.parametrize(
    ("name", "shown"),
    [("abc", "kg:abc"), ("a.b-c_d", "kg:a.b-c_d"), ("é1", "kg:é1"), ("_", "kg:_"), ("a-", "kg:a-")]
    + [(bad, f"<{DEFAULT_BASE}ns#{bad}>") for bad in ("", "a.", ".a", "-a", "a/b", "a b", "a%20", "a:b")],
)
def test_what_stands_behind_a_prefix_can_be_asked(name: str, shown: str) -> None:
    assert shortener(DEFAULT_BASE)(f"{DEFAULT_BASE}ns#{name}") == shown
