"""What an update is said to change is what it changes."""

import pytest
from pyoxigraph import RdfFormat, Store

from kg.ask import updating
from kg.ask.updating import Changes, carry_out, change, check, count, is_one, names_graphs
from kg.errors import QueryError
from kg.vocabulary import DEFAULT_BASE

EX = {"x": "http://x/"}
GRAPH = """@prefix x: <http://x/> .
x:a x:p 1 , 2 . x:b x:p "two"@en .
x:g { x:a x:p 1 ; x:q x:c . x:b x:q x:a . _:one x:q x:a . }
x:h { x:c x:p 3 . x:a x:q x:c . }"""
UPDATES = [
    "INSERT DATA { x:a x:p 1 , 9 . GRAPH x:new { x:a x:p 1 } }",
    "DELETE DATA { x:a x:p 1 . GRAPH x:g { x:a x:p 7 } }",
    "DELETE WHERE { GRAPH ?g { x:a ?p ?o } }",
    "DELETE WHERE { ?s x:p ?o }",
    "INSERT { GRAPH ?g { ?o x:of ?s } } WHERE { GRAPH ?g { ?s x:q ?o } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s x:r ?s } . ?s a x:T } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH x:g DELETE { ?s x:q ?o } INSERT { ?s x:p 1 . GRAPH x:h { ?s x:p 1 } } WHERE { ?s x:q ?o }",
    "INSERT { ?s x:seen 1 } USING x:g USING x:h WHERE { ?s x:q ?o }",
    "INSERT { ?s x:seen ?g } USING NAMED x:h WHERE { GRAPH ?g { ?s x:q ?o } }",
    "WITH x:g INSERT { ?s x:seen 1 } USING x:h WHERE { ?s x:q ?o }",
    "DELETE { ?s x:p ?o } INSERT { ?s x:p ?o } WHERE { ?s x:p ?o }",
    "INSERT { ?s x:none ?unbound . x:a x:p 5 } WHERE { ?s x:p 1 OPTIONAL { ?s x:z ?unbound } }",
    "INSERT { GRAPH x:g { [] x:made ?s } } WHERE { GRAPH x:g { ?s x:q x:a } }",
    'INSERT { x:a x:says "} ; DROP ALL {" } WHERE { }',
    "CLEAR GRAPH x:g",
    "DROP SILENT GRAPH x:none",
    "CLEAR DEFAULT",
    "DROP NAMED",
    "CLEAR ALL",
    "CREATE GRAPH x:new",
    "COPY x:g TO x:h",
    "COPY DEFAULT TO GRAPH x:new",
    "MOVE x:g TO DEFAULT",
    "ADD x:g TO x:g",
    "ADD SILENT x:g TO x:h",
    "PREFIX y: <http://x/> INSERT DATA { y:a y:p 4 } ; DELETE { ?s ?p 4 } WHERE { ?s y:p 4 } ;",
    "DELETE DATA { x:a x:p 1 } ; INSERT DATA { x:a x:p 1 }",
    "BASE <http://x/> COPY <g> TO <k> ; CLEAR GRAPH <g> ; DELETE WHERE { GRAPH <k> { ?s x:p ?o } }",
]


def made() -> Store:
    graph = Store()
    graph.load(GRAPH.encode(), format=RdfFormat.TRIG)
    return graph


def shown(quads: object) -> list[str]:
    """Blank nodes have other names in every store, and are here told apart by nothing else."""
    return sorted(" ".join("_:" if word.startswith("_:") else word for word in str(one).split()) for one in quads)  # type: ignore[attr-defined]


@pytest.mark.parametrize("update", UPDATES)
def test_the_changes_are_told_as_they_are(update: str) -> None:
    graph = made()
    before = set(graph)
    copy = Store()
    copy.extend(before)
    told = carry_out(copy, update, DEFAULT_BASE, EX)
    if is_one(update):
        counted = count(graph, update, DEFAULT_BASE, EX)
        assert (shown(counted.added), shown(counted.removed)) == (shown(told.added), shown(told.removed))
    assert set(graph) == before
    change(graph, update, DEFAULT_BASE, EX)
    after = set(graph)
    assert (shown(told.added), shown(told.removed)) == (shown(after - before), shown(before - after))
    assert shown(copy) == shown(after)


def test_many_solutions_go_through_the_templates_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updating, "BATCH", 2)
    assert len(count(made(), "INSERT { ?s x:z ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", DEFAULT_BASE, EX).added) == 5


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ("INSERT DATA { x:a x:p }", "line 1, column"),
        ("LOAD <http://127.0.0.1:1/>", "LOAD is refused"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("INSERT DATA { foo:a x:p 1 }", "unknown prefix foo:"),
        ("# all\nSELECT * { ?s ?p ?o }", "SELECT is no update on line 2, column 1"),
    ],
)
def test_what_is_no_update_is_refused(update: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        check(update, DEFAULT_BASE, EX)


def test_what_cannot_be_done_leaves_all_as_it_was() -> None:
    graph = made()
    before = set(graph)
    with pytest.raises(QueryError, match="nothing has changed"):
        change(graph, "INSERT DATA { x:a x:p 99 } ; DROP GRAPH x:none", DEFAULT_BASE, EX)
    assert set(graph) == before


def test_lines_are_sorted_quads() -> None:
    told = Changes()
    told.note(made(), (set(made()), set()))
    assert list(told.lines())[-1].startswith("- ")
    assert len(list(told.lines())) == 8  # the blank node is another store's


def test_graphs_are_seen() -> None:
    assert names_graphs("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert not names_graphs('DELETE WHERE { ?s ?p "GRAPH" }')
