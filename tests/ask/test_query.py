"""SPARQL: prefixes, errors, files, results."""

import gzip
import json
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.ask.query import DATA_FORMATS, from_files, run
from kg.ask.results import RESULTS, labels_of, plain_rows, rows_of
from kg.errors import FormatError, KgError, QueryError, SourceError
from kg.export import FORMATS
from kg.export.formats import RDF_FORMATS
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE, load
from tests.made import graph

FATHERS = "SELECT ?child ?father WHERE { ?child kg:father ?father }"


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(quads(graph(), load()))
    return made


def rows(store: Store, sparql: str) -> list[str]:
    return list(plain_rows(rows_of(run(store, sparql, DEFAULT_BASE)), DEFAULT_BASE))


def test_known_prefixes_and_all_graphs(store: Store) -> None:
    head, row = rows(store, FATHERS)
    assert head == "child\tfather\n"
    assert row.startswith("person:prince-harry-")
    assert "\tperson:king-charles-iii-" in row


def test_a_prefix_that_the_query_declares_wins(store: Store) -> None:
    assert rows(store, "PREFIX kg: <http://other/> SELECT ?x WHERE { BIND(kg:a AS ?x) }")[1] == "<http://other/a>\n"


def test_a_graph_can_be_asked_for_by_name(store: Store) -> None:
    found = rows(store, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?x a kg:Claim } }")
    assert [row.endswith(("/claims>\n", "/claims\n")) for row in found[1:]] == [True]


@pytest.mark.parametrize(
    ("query", "line", "caret", "hint"),
    [
        ("SELECT ?x WHERE {\n  ?x kg:father }", 2, 15, ""),
        ("SELECT ?x WHERE {\n  ?x foo:bar ?y }", 2, None, "unknown prefix foo:"),
        ("SELECT * { ?x ?y ?z", 1, 19, '"}"'),
        ("SELECT * {\n ?x ?y ?z\n", 3, 0, ""),
        ("SELCT ?x", 1, None, ""),
        ("", 1, 0, ""),
        ("INSERT DATA { <http://a> <http://b> 1 }", 1, None, "only asks"),
    ],
)
def test_a_syntax_error_has_line_column_and_caret(query: str, line: int, caret: int | None, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        run(Store(), query, DEFAULT_BASE)
    first, shown, mark = raised.value.message.split("\n")
    assert f"line {line}," in first
    assert shown == "  " + query.split("\n")[line - 1]
    assert mark.strip() == "^"
    if caret is not None:
        assert mark.index("^") - 2 == caret
    assert hint in raised.value.hint


# ------------------------------------------------------------------ files
@pytest.mark.parametrize("name", RDF_FORMATS)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_any_file_that_we_export_can_be_asked(name: str, packed: bool, tmp_path: Path) -> None:
    form = FORMATS[name]
    assert form.quads
    data = form.quads(quads(graph(), load()), DEFAULT_BASE)
    path = tmp_path / f"graph{form.suffixes[0]}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    assert len(rows(from_files([path]), FATHERS)) == 2


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.ttl").write_text(f"<http://x/{name}> a <http://x/C> .")
    assert len(rows(from_files(sorted(tmp_path.iterdir())), "SELECT ?x { ?x a <http://x/C> }")) == 3


BAD_FILES: list[tuple[str, bytes | None, type[KgError], str]] = [
    ("none.ttl", None, SourceError, "no such file"),
    ("data.foo", b"", FormatError, "no RDF format has the suffix"),
    ("bad.ttl", b"<http://a> <http://b>\n <http://c ", FormatError, "line"),
    ("bad.jsonld", b"{", FormatError, "bad.jsonld"),
    ("remote.jsonld", b'{"@context": "http://127.0.0.1:9/x", "a": 1}', FormatError, "remote.jsonld"),
    ("bomb.rdf", b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><r/>', FormatError, "DOCTYPE"),
    ("not.ttl.gz", b"plain", FormatError, "not.ttl.gz"),
    ("binary.ttl", b"\x00\xff\xfe", FormatError, "binary.ttl"),
]


@pytest.mark.parametrize(("name", "data", "kind", "text"), BAD_FILES, ids=[bad[0] for bad in BAD_FILES])
def test_bad_files(name: str, data: bytes | None, kind: type[KgError], text: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(kind, match=text):
        from_files([tmp_path / name])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").mkdir()
    with pytest.raises(SourceError):
        from_files([tmp_path / "x.ttl"])


def test_suffixes_begin_with_a_dot() -> None:
    assert all(suffix.startswith(".") for suffix in DATA_FORMATS)


# ------------------------------------------------------------------ results
def test_standard_results(store: Store) -> None:
    def said(name: str) -> str:
        return b"".join(RESULTS[name](run(store, FATHERS, DEFAULT_BASE))).decode()

    assert said("csv").splitlines()[0] == "child,father"
    assert said("tsv").splitlines()[0] == "?child\t?father"
    assert json.loads(said("json"))["head"]["vars"] == ["child", "father"]
    assert said("xml").startswith("<?xml")
    with pytest.raises(FormatError, match="holds triples"):
        said("ntriples")


def test_answers_of_the_other_kinds(store: Store) -> None:
    def said(name: str, query: str) -> bytes:
        return b"".join(RESULTS[name](run(store, query, DEFAULT_BASE)))

    assert said("csv", "ASK { ?x kg:father ?y }") == b"true\n"
    assert b'"boolean":false' in said("json", "ASK { ?x kg:father ?x }")
    assert b"/ns#father>" in said("ntriples", "CONSTRUCT WHERE { ?x kg:father ?y }")
    with pytest.raises(FormatError):
        said("csv", "CONSTRUCT WHERE { ?x kg:father ?y }")
    with pytest.raises(FormatError):
        rows_of(run(store, "ASK {}", DEFAULT_BASE))


def test_labels_stand_beside_iris(store: Store) -> None:
    answer = run(store, FATHERS, DEFAULT_BASE)
    assert isinstance(answer, QuerySolutions)
    found = rows_of(answer)[1]
    assert sorted(labels_of(store, found, DEFAULT_BASE).values()) == ["King Charles III", "Prince Harry"]


def test_plain_rows_are_one_line_each(store: Store) -> None:
    assert rows(store, 'SELECT ("a\\tb\\nc" AS ?x) ?unbound {}')[1] == "a b c\t\n"
    assert isinstance(run(store, "ASK {}", DEFAULT_BASE), QueryBoolean)
