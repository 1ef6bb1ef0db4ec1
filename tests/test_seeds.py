"""The stories of seeds/ read by the whole pipeline, against what a careful reader accepts (seeds_expected.toml)."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.build import pipeline, vocabulary
from kg.model import Claim, DocumentGraph, Entity, Value
from kg.read import documents
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = tomllib.loads((ROOT / "tests" / "seeds_expected.toml").read_text(encoding="utf-8"))
FLOOR = 0.6  # of all expected facts; raise it when reading gets better, never lower it


MAY_BE_WRONG = {
    # It alleges that the manager is her father: the clause may not be parsed as what is alleged, and a
    # report is taken for a fact: on processors that cut off the network's int8 sums (x86 without VNNI).
    "court.txt": {"Yasmine | father | Bruno Castellani"},
}


@pytest.fixture(scope="module")
def graphs() -> Mapping[str, DocumentGraph]:
    """Story -> its graph."""
    read = pipeline(vocabulary(Settings()), Settings())
    return {Path(d.id).name: read(d) for d in documents([str(ROOT / "seeds")])}


def is_called(end: Entity | Value, wanted: str) -> bool:
    """Whether an object or subject is what an expectation names."""
    if wanted == "*":
        return True
    if isinstance(end, Entity):
        forms = {form.casefold() for form in (end.name, *end.aliases)}
        return any(form == wanted.casefold() or form.endswith(" " + wanted.casefold()) for form in forms)
    parts = dict(end.parts)
    forms = {end.value, end.text, parts.get("role", ""), ", ".join(filter(None, parts.values()))}
    return wanted.casefold().rstrip(".") in {form.casefold().rstrip(".") for form in forms}


def holds(graph: DocumentGraph, triple: str) -> bool:
    """Whether the graph asserts it plainly."""
    subject, relation, object_ = (part.strip() for part in triple.split("|"))
    return any(
        f.relation == relation and f.status.plain and is_called(f.subject, subject) and is_called(f.object, object_)
        for f in graph.facts
    )


def test_every_story_is_expected_and_dated(graphs: Mapping[str, DocumentGraph]) -> None:
    assert set(graphs) == set(EXPECTED)
    for graph in graphs.values():
        assert graph.document.date
        assert 150 <= len(graph.document.text.split()) <= 350


@pytest.mark.parametrize("story", sorted(EXPECTED))
def test_what_must_not_be_asserted_is_not(story: str, graphs: Mapping[str, DocumentGraph]) -> None:
    wrong = {triple for triple in EXPECTED[story]["never"] if holds(graphs[story], triple)}
    assert wrong <= MAY_BE_WRONG.get(story, set())


def test_most_of_what_is_told_is_found(graphs: Mapping[str, DocumentGraph]) -> None:
    missing = [
        f"{story}: {triple}"
        for story, row in EXPECTED.items()
        for triple in row["facts"]
        if not holds(graphs[story], triple)
    ]
    wanted = sum(len(row["facts"]) for row in EXPECTED.values())
    assert len(missing) <= wanted * (1 - FLOOR), "\n".join(missing)


def test_the_royal_story(graphs: Mapping[str, DocumentGraph]) -> None:
    graph = graphs["prince-harry.txt"]
    for triple in (
        "Prince Harry | father | King Charles III",
        "Meghan Markle | husband | Prince Harry",
        "Prince Harry | honorificPrefix | Prince",
        "King Charles III | honorificPrefix | King",
        "Queen Camilla | honorificPrefix | Queen",
    ):
        assert holds(graph, triple), triple


def test_a_quote_is_the_sentence_without_white_space_around_it(graphs: Mapping[str, DocumentGraph]) -> None:
    quotes = [
        graph.document.text[claim.sentence.start : claim.sentence.end]
        for graph in graphs.values()
        for fact in graph.facts
        for claim in fact.evidence
        if isinstance(claim, Claim)
    ]
    assert quotes
    assert [q for q in quotes if q != q.strip()] == []
