"""All that is known of one person."""

import pytest
from pyoxigraph import NamedNode, Store

from kg.ask.counts import counts
from kg.ask.person import Known, Said, known, most_specific
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE, load
from tests.made import graph

MADE = graph()


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(quads(MADE, load()))
    return made


def person(store: Store, name: str) -> Known:
    (iri,) = (entity.id for entity in MADE.entities if entity.name == name)
    return known(store, NamedNode(iri), DEFAULT_BASE)


def test_names_and_claims(store: Store) -> None:
    harry = person(store, "Prince Harry")
    assert (harry.name, harry.aliases, harry.gender, harry.document) == (
        "Prince Harry",
        ("Harry",),
        "male",
        "story.txt",
    )
    said = {one.relation.rsplit("#")[-1]: one for one in harry.said}
    assert said["father"].object == "King Charles III"
    assert said["father"].quotes == ("Prince Harry | father | King Charles III",)
    assert said["father"].how == ()
    assert said["sibling"].how == ("denied",)
    assert said["parent"].how == ("inferred",)
    assert said["parent"].quotes == said["father"].quotes, "an inference is quoted by what it follows from"
    assert said["honorificPrefix"].object == "Prince"


def test_a_former_spouse_and_a_position(store: Store) -> None:
    assert [one.how for one in person(store, "Meghan Markle").said] == [("former",)]
    assert {one.object for one in person(store, "Zoë O'Brien").said} >= {
        "1984-02-03",
        'chief executive, Halden "Foods" \\ Sons',
    }


def test_what_a_narrower_relation_says_is_left_out() -> None:
    def said(relation: str, *how: str) -> Said:
        return Said(relation=relation, object="John", iri="x", how=how, quotes=())

    above = {"father": frozenset({"parent"})}
    assert most_specific([said("father"), said("parent", "inferred")], above) == [said("father")]
    denied = [said("father", "denied"), said("parent", "inferred")]
    assert most_specific(denied, above) == denied


def test_counts(store: Store) -> None:
    found = dict(counts(store, DEFAULT_BASE))
    assert found["documents"] == 1
    assert found["people"] == 5
    assert found["of the claims inferred"] == 1
    assert found["spouse"] == 2
