"""Ties told by one word and asked for by another."""

import pytest

from kg.extract.kin import Ties
from kg.vocabulary import Vocabulary
from tests.extract.trees import ontology, relation

RELATIONS = ontology(
    relation("parent", inverse="child"),
    relation("child", inverse="parent"),
    relation("father", parents=("parent",), gender="male"),
    relation("daughter", parents=("child",), gender="female"),
    relation("sibling", symmetric=True),
    relation("sister", parents=("sibling",), gender="female"),
    relation("advisor"),
).relations


@pytest.fixture
def ties() -> Ties:
    return Ties(RELATIONS)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (("father", "Tom", "John"), ("father", "Tom", "John")),
        (("father", "Tom", "John"), ("parent", "Tom", "John")),
        (("father", "Tom", "John"), ("child", "John", "Tom")),
        (("father", "Tom", "John"), ("daughter", "John", "Tom")),
        (("daughter", "John", "Ann"), ("father", "Ann", "John")),
        (("sister", "Tom", "Ann"), ("sibling", "Ann", "Tom")),
        (("sister", "Tom", "Ann"), ("sister", "Ann", "Tom")),
        (("advisor", "Tom", "Eve"), ("advisor", "Tom", "Eve")),
    ],
)
def test_told_and_asked(told: tuple[str, str, str], asked: tuple[str, str, str], ties: Ties) -> None:
    ties.add(*told)
    assert ties.find(*asked[:2]) == [asked[2]]


@pytest.mark.parametrize(
    "asked", [("father", "John"), ("child", "Tom"), ("sibling", "Tom"), ("father", "Ann"), ("advisor", "John")]
)
def test_what_was_not_told(asked: tuple[str, str], ties: Ties) -> None:
    ties.add("father", "Tom", "John")
    assert ties.find(*asked) == []


def test_order_of_telling_each_once(ties: Ties) -> None:
    for child in ("Tom", "Ann", "Tom"):
        ties.add("father", child, "John")
    assert ties.find("child", "John") == ["Tom", "Ann"]


def test_answers_are_copies(ties: Ties) -> None:
    ties.add("father", "Tom", "John")
    ties.find("father", "Tom").clear()
    assert ties.find("father", "Tom") == ["John"]


def test_gender_of_a_relation(ties: Ties) -> None:
    assert [ties.gender(name) for name in ("father", "sister", "parent")] == ["male", "female", ""]


def test_every_shipped_relation_answers_itself_and_its_inverse(vocabulary: Vocabulary) -> None:
    for name, kin in vocabulary.relations.items():
        ties = Ties(vocabulary.relations)
        ties.add(name, "a", "b")
        assert ties.find(name, "a") == ["b"], name
        if kin.inverse:
            assert ties.find(kin.inverse, "b") == ["a"], name
        if kin.symmetric:
            assert ties.find(name, "b") == ["a"], name
