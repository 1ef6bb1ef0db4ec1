"""The saved questions, as files and as asked."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.ask.query import run
from kg.ask.questions import Question, bound, check, load, named
from kg.errors import QueryError
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE
from kg.vocabulary import load as load_ontology
from tests.made import graph

WORDS = load_ontology()
SHIPPED = load(WORDS.files("questions/*.rq"))


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(quads(graph(), WORDS))
    return made


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_question_runs(name: str, store: Store) -> None:
    check(SHIPPED[name], lambda sparql: list(run(store, sparql, DEFAULT_BASE)))  # type: ignore[arg-type]
    assert SHIPPED[name].example.startswith(f"kg ask {name}")


def test_a_name_stands_for_all_its_bearers(store: Store) -> None:
    people = [NamedNode(entity.id) for entity in graph().entities if entity.name == "Prince Harry"]
    asked = bound(SHIPPED["father"], ["x"], lambda _name: [*people, NamedNode("urn:other")])
    answer = run(store, asked, DEFAULT_BASE)
    assert isinstance(answer, QuerySolutions)
    assert [row["name"].value for row in answer] == ["King Charles III"]


def question(tmp_path: Path, text: str) -> Question:
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    return load([tmp_path / "q.rq"])["q"]


HEAD = "# title: T?\n# parameters: a:text b:number?\n# example: kg ask q\n"


def test_values_are_bound_as_terms(tmp_path: Path) -> None:
    made = question(tmp_path, HEAD + 'SELECT ?a ?b WHERE { BIND("{" AS ?c) }')
    assert made.usage == "q A [B]"
    asked = bound(made, ['" } # \\', "7"], lambda _name: [])
    (row,) = list(run(Store(), asked, DEFAULT_BASE))  # type: ignore[arg-type]
    assert (row["a"].value, row["b"].value) == ('" } # \\', "7")
    assert "?b {" not in bound(made, ["x"], lambda _name: [])


@pytest.mark.parametrize("values", [[], ["a", "1", "2"], ["a", "seven"]])
def test_wrong_values(values: list[str], tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        bound(question(tmp_path, HEAD + "SELECT * WHERE { }"), values, lambda _name: [])


def test_an_error_keeps_the_line_of_the_file(tmp_path: Path) -> None:
    made = question(tmp_path, HEAD + "SELECT * WHERE {\n ?x kg:father }")
    with pytest.raises(QueryError, match="question q: SPARQL syntax error on line 5"):
        check(made, lambda sparql: run(Store(), sparql, DEFAULT_BASE))


@pytest.mark.parametrize("text", ["SELECT * {}", "# title:\nSELECT * {}", "# title: T\n# parameters: a:date\nASK {}"])
def test_heads_that_do_not_do(text: str, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"q\.rq"):
        question(tmp_path, text)


def test_an_unknown_question_gets_the_nearest() -> None:
    with pytest.raises(QueryError) as raised:
        named(SHIPPED, "fahter")
    assert "father" in raised.value.hint
