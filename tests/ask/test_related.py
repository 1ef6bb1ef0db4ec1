"""Paths of kin and their English words."""

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.ask.kinship import Kinship, load
from kg.ask.related import related
from kg.ask.ties import SAME
from kg.model import Gender
from kg.vocabulary import load as ontology
from tests.families import GRAPH, iri, ties

CLAN = """
Ann | mother | Eve
Ann | father | Adam
Bob | mother | Eve
Bob | father | Adam
Hal | mother | Eve
Hal | father | Max
Cora | mother | Ann
Dan | father | Bob
Finn | father | Dan
Gus | mother | Cora
Ivy | mother | Gus
Ann | husband | Karl
Karl | mother | Lena
Karl | father | Otto
Otto | wife | Nora
Paul | sibling | Quin
Bob | wife | Rosa
Rosa | brother | Sam
Finn | godparent | Tess
"""


@pytest.fixture(scope="module")
def kinship() -> Kinship:
    return load(ontology())


@pytest.mark.parametrize(
    ("letters", "gender", "term"),
    [
        ("u", "male", "father"),
        ("uuuu", "female", "great-great-grandmother"),
        ("uuudd", "", "first cousin once removed"),
        ("uuuddd", "", "second cousin"),
        ("uuubdd", "", "second cousin once removed"),
        ("uuuubd", "", "first cousin three times removed"),
        ("sh", "male", "half-brother-in-law"),
        ("ut", "female", "step-grandmother"),
        ("td", "male", "stepbrother"),
        ("utd", "male", "step-uncle"),
        ("ds", "female", "daughter-in-law"),
        ("ubs", "female", "aunt by marriage"),
        ("uub", "", "great-aunt or great-uncle"),
        ("a", "male", "adoptive father"),
        ("aa", "male", "grandfather"),
        ("st", "female", "stepmother-in-law"),
        ("pu", "male", "partner’s father"),
        ("", "", "the same person"),
    ],
)
def test_terms(kinship: Kinship, letters: str, gender: Gender, term: str) -> None:
    genders: list[Gender] = [""] * len(letters)
    assert kinship.term(letters, [*genders[1:], gender] if letters else []) == term


def test_a_way_back_is_the_way_from_the_other_end(kinship: Kinship) -> None:
    assert kinship.back("uubd") == "ubdd"
    assert kinship.back("tsgca") == "dtksc"


@pytest.mark.parametrize(
    ("first", "second", "term", "back"),
    [
        ("Ann", "Bob", "brother", "sister"),
        ("Ann", "Hal", "half-sibling", "half-sister"),
        ("Cora", "Dan", "first cousin", "first cousin"),
        ("Ivy", "Finn", "second cousin once removed", "second cousin once removed"),
        ("Gus", "Finn", "second cousin", "second cousin"),
        ("Cora", "Hal", "half-aunt or half-uncle", "half-niece"),
        ("Karl", "Hal", "half-sibling-in-law", "half-brother-in-law"),
        ("Karl", "Nora", "stepmother", "stepson"),
        ("Ann", "Nora", "stepmother-in-law", "stepdaughter-in-law"),
        ("Karl", "Rosa", "sister-in-law", "brother-in-law"),
        ("Paul", "Quin", "sibling", "sibling"),
        ("Dan", "Sam", "father’s brother-in-law", "brother-in-law’s son"),
        ("Finn", "Tess", "godparent", "godchild"),
    ],
)
def test_how_two_are_related(kinship: Kinship, first: str, second: str, term: str, back: str) -> None:
    path = related(ties(CLAN, kinship), [iri(first)], [iri(second)])
    assert path
    assert (path.start.name, path.end.name) == (first, second)
    assert (path.term, path.back) == (term, back)


def test_a_fathers_wife_is_a_stepmother_only_if_the_mother_is_known(kinship: Kinship) -> None:
    path = related(ties("Tom | father | Jim\nJim | wife | Liz", kinship), [iri("Tom")], [iri("Liz")])
    assert path
    assert path.term == "father’s wife"


def test_no_path(kinship: Kinship) -> None:
    assert related(ties(CLAN, kinship), [iri("Ann")], [iri("Paul")]) is None
    assert related(ties("Ann | mother | Eve", kinship), [iri("Ann")], []) is None


def test_one_and_the_same(kinship: Kinship) -> None:
    path = related(ties(CLAN, kinship), [iri("Ann")], [iri("Bob"), iri("Ann")])
    assert path
    assert (path.steps, path.term) == ((), "the same person")


def test_people_of_two_documents_meet_in_one_whom_both_know(kinship: Kinship) -> None:
    text = "Ann | mother | Eve\nEva | mother | Zoe\n"
    graph = ties(text, kinship)
    assert isinstance(graph.graph, Store)
    graph.graph.add(Quad(iri("Eve"), NamedNode(SAME[0]), iri("Eva"), GRAPH))
    path = related(graph, [iri("Ann")], [iri("Zoe")])
    assert path
    assert path.term == "grandmother"
