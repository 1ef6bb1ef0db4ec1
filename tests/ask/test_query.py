"""SPARQL: prefixes, errors, files, results."""

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.ask.binding import bind
from kg.ask.files import DATA_FORMATS, from_files
from kg.ask.plain import plain_rows
from kg.ask.query import Answer, run
from kg.ask.results import RESULTS, labels_of, rows_of
from kg.ask.words import limited, with_prefixes
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


def test_from_says_which_graphs_are_asked(store: Store) -> None:
    everywhere, (graph,) = rows(store, FATHERS), rows(store, "SELECT DISTINCT ?g { GRAPH ?g { ?x a kg:Claim } }")[1:]
    assert len(everywhere) == 2
    for clause in ("FROM <x:none>", "FROM NAMED <x:none>", f"FROM {graph.strip()}", "FROMx:none"):
        asked = FATHERS.replace("WHERE", f"{clause} WHERE")
        assert list(plain_rows(rows_of(run(store, asked, DEFAULT_BASE, {"x": "x:"})), DEFAULT_BASE)) == everywhere[:1]
    own = graph.strip().replace("/claims", "")
    assert rows(store, FATHERS.replace("WHERE", f"FROM {own} WHERE")) == everywhere


def test_further_prefixes(store: Store) -> None:
    extra = {"ex": DEFAULT_BASE + "ns#"}
    answer = run(store, "SELECT ?p { ?x ?p ?y FILTER(?p = ex:father) }", DEFAULT_BASE, extra)
    assert list(plain_rows(rows_of(answer), DEFAULT_BASE, extra))[1] in ("ex:father\n", "kg:father\n")


PLACES = [
    ("SELECT ?x WHERE {\n  ?x kg:father }", 2, 15, "", ""),
    ("SELECT ?x WHERE {\n  ?x foo:bar ?y }", 2, 5, "unknown prefix foo:", "declare it with PREFIX"),
    ("SELECT ?x { ?x skoss:note ?y }", 1, 15, "unknown prefix", "did you mean skos:"),
    ("SELECT * { ?x ?y ?z", 1, 19, "at the end", '"}"'),
    ("SELECT * {\n ?x ?y ?z\n", 3, 0, "", "line 1 is never closed"),
    ("SELECT * {\n ?x ?y ?z )\n}", 2, 10, ") in the wrong place", 'expected "}"'),
    ("SELECT * { ?x ?y ?z } }", 1, 22, "} closes nothing", ""),
    ("SELECT * { ?x ?y 'abc }", 1, 17, "this text has no end", "expected '"),
    ("SELECT * { ?x <no iri> ?y }", 1, 14, "this is no IRI", "spaces"),
    ("SELECT * { ?x <name> ?y }", 1, 14, "relative IRI", "BASE"),
    ("SELECT (STRLENG(?x) AS ?n) { ?x ?y ?z }", 1, 8, "no function", "STRLEN"),
    ("SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }", 1, 7, "neither grouped", "GROUP BY ?x"),
    ("SELECT * { ?x ?y ?z } GROUP BY ?x", 1, 7, "SELECT *", ""),
    ("SELCT ?x", 1, None, "", ""),
    ("", 1, 0, "", ""),
    ("PREFIX a: <b:> INSERT DATA { a:b a:b 1 }", 1, 15, "INSERT is no query", "kg update"),
    ("ASK { SERVICE <http://x/> { } }", 1, 6, "SERVICE is refused", "by itself"),
]


@pytest.mark.parametrize(("query", "line", "caret", "said", "hint"), PLACES)
def test_an_error_has_line_column_and_caret(query: str, line: int, caret: int | None, said: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        run(Store(), query, DEFAULT_BASE)
    first, shown, mark = raised.value.message.split("\n")
    assert f"line {line}," in first
    assert said in first
    assert shown == "  " + query.split("\n")[line - 1]
    assert mark.strip() == "^"
    if caret is not None:
        assert mark.index("^") - 2 == caret
        assert first.endswith(f"column {caret + 1}")
    assert hint in raised.value.hint


def test_the_caret_stands_right_in_long_lines_and_under_wide_letters() -> None:
    for query in ("ASK { " + "?x ?y ?z . " * 40 + "?x foo:a ?y }", 'ASK { ?x ?y "日本語" ; foo:a 1 }'):
        with pytest.raises(QueryError) as raised:
            run(Store(), query, DEFAULT_BASE)
        _, shown, mark = raised.value.message.split("\n")
        assert len(shown) < 110
        wide = shown.count("日") * 3
        assert shown[mark.index("^") - wide :].startswith("foo:a")


def test_an_error_shows_the_query_as_it_was_written() -> None:
    asked = "SELECT ?x { ?x kg:father }"
    with pytest.raises(QueryError) as raised:
        run(Store(), bind(asked, ["x=1"], DEFAULT_BASE), DEFAULT_BASE, written=asked)
    assert raised.value.message.split("\n")[1].strip() == asked


LIMITED = {
    "SELECT ?x { ?x ?y ?z }": "SELECT ?x { ?x ?y ?z } LIMIT 3",
    "SELECT ?x { ?x ?y ?z } LIMIT 9 OFFSET 1": "SELECT ?x { ?x ?y ?z } LIMIT 3 OFFSET 1",
    "SELECT ?x { ?x ?y ?z } LIMIT 2": "SELECT ?x { ?x ?y ?z } LIMIT 2",
    "SELECT ?x { { SELECT * {} LIMIT 2 } } # LIMIT": "SELECT ?x { { SELECT * {} LIMIT 2 } } LIMIT 3 # LIMIT",
    "SELECT ?x { ?x ?y ?z } VALUES ?x { 1 }": "SELECT ?x { ?x ?y ?z } LIMIT 3 VALUES ?x { 1 }",
    "ASK { ?x ?y ?z }": "ASK { ?x ?y ?z }",
    "DESCRIBE <x:y>": "DESCRIBE <x:y> LIMIT 3",
}


@pytest.mark.parametrize("query", LIMITED)
def test_limits(query: str) -> None:
    assert limited(query, 3) == LIMITED[query]
    run(Store(), LIMITED[query], DEFAULT_BASE)


def test_a_query_for_elsewhere_declares_its_prefixes() -> None:
    asked = 'PREFIX kg: <x:> SELECT ?foaf { ?a kg:b "rdfs:label" ; rdfs:label ?c } # skos:note'
    known = {"kg": "k:", "rdfs": "r:", "foaf": "f:", "skos": "s:"}
    assert with_prefixes(asked, known) == "PREFIX rdfs: <r:> " + asked


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
def written(name: str, answer: Answer) -> bytes:
    output = BytesIO()
    RESULTS[name](answer, output)
    return output.getvalue()


def test_standard_results(store: Store) -> None:
    def said(name: str) -> str:
        return written(name, run(store, FATHERS, DEFAULT_BASE)).decode()

    assert said("csv").splitlines()[0] == "child,father"
    assert said("tsv").splitlines()[0] == "?child\t?father"
    assert json.loads(said("json"))["head"]["vars"] == ["child", "father"]
    assert said("xml").startswith("<?xml")
    with pytest.raises(FormatError, match="holds triples"):
        said("ntriples")


def test_answers_of_the_other_kinds(store: Store) -> None:
    def said(name: str, query: str) -> bytes:
        return written(name, run(store, query, DEFAULT_BASE))

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
