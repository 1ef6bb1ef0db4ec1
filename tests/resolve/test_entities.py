"""Chains of mentions -> entities: names, aliases, gender, and IRIs made from content."""

import re

import pytest

from kg.model import Entity, Gender, MentionKind
from kg.resolve.entities import entities
from kg.vocabulary import DEFAULT_BASE
from tests.extract.trees import ontology
from tests.resolve.readings import Story

VOCABULARY = ontology()


def only(story: Story) -> Entity:
    (entity,) = entities(story.reading(), VOCABULARY).all
    return entity


def named(*mentions: tuple[str, tuple[str, ...]]) -> Entity:
    """One person of these mentions, each a text with its titles."""
    story = Story()
    story.chain(*(story.mention(text, titles=titles) for text, titles in mentions))
    return only(story)


@pytest.mark.parametrize(
    ("mentions", "name", "aliases"),
    [
        pytest.param([("Ann Hill", ())], "Ann Hill", (), id="one name"),
        pytest.param([("Hill", ()), ("Ann Hill", ()), ("Ann", ())], "Ann Hill", ("Ann", "Hill"), id="the fullest"),
        pytest.param(
            [("ANN HILL", ()), ("ANN HILL", ()), ("Ann Hill", ())], "Ann Hill", ("ANN HILL",), id="not in capitals"
        ),
        pytest.param(
            [("Prince Harry", ("Prince",)), ("Harry", ())], "Prince Harry", ("Harry",), id="one word with its title"
        ),
        pytest.param(
            [("King Charles III", ("King",))], "King Charles III", ("Charles III",), id="a regnal number is no surname"
        ),
        pytest.param(
            [("Dr Ann Hill", ("Dr",)), ("Ann Hill", ())], "Ann Hill", ("Dr Ann Hill",), id="two words without title"
        ),
        pytest.param(
            [("Prince Harry", ("Prince",)), ("Duke Harry", ("Duke",)), ("Prince Harry", ("Prince",))],
            "Prince Harry",
            ("Duke Harry", "Harry"),
            id="the commonest title",
        ),
    ],
)
def test_name_and_aliases(mentions: list[tuple[str, tuple[str, ...]]], name: str, aliases: tuple[str, ...]) -> None:
    found = named(*mentions)
    assert (found.name, found.aliases) == (name, aliases)


# ------------------------------------------------------------------ gender
@pytest.mark.parametrize(
    ("told", "gender"),
    [
        ([], ""),
        ([("pronoun", "female")], "female"),
        ([("pronoun", "male"), ("pronoun", "male"), ("pronoun", "female")], "male"),
        ([("description", "male"), ("pronoun", "female")], "male"),
        ([("description", "male"), ("pronoun", "female"), ("pronoun", "female")], ""),
        ([("name", "female"), ("description", "male")], "female"),
    ],
)
def test_gender_is_voted_by_how_directly_it_is_told(told: list[tuple[MentionKind, Gender]], gender: Gender) -> None:
    story = Story()
    rest = [story.mention("somebody", kind, gender=g) for kind, g in told]
    story.chain(story.mention("Robin Hill"), *rest)
    assert only(story).gender == gender


# ------------------------------------------------------------------ who is an entity
def test_people_who_are_never_named_are_nobody() -> None:
    story = Story()
    story.chain(story.mention("a man", "description"), story.mention("he", "pronoun"))
    assert entities(story.reading(), VOCABULARY).all == ()


def test_mentions_lead_to_their_entities() -> None:
    story = Story()
    ann, tom = story.person("Ann Hill"), story.person("Tom Reed")
    pronoun = story.mention("he", "pronoun")
    story.chains[1] = (tom, pronoun)
    both, lonely = story.group("they", 0, 1), story.mention("a man", "description")
    found = entities(story.reading(), VOCABULARY)
    assert [e.name for e in found.all] == ["Ann Hill", "Tom Reed"]
    assert {k: [e.name for e in v] for k, v in found.by_mention.items()} == {
        ann: ["Ann Hill"],
        tom: ["Tom Reed"],
        pronoun: ["Tom Reed"],
        both: ["Ann Hill", "Tom Reed"],
    }
    assert lonely not in found.by_mention
    assert [m.text for m in found.all[1].mentions] == ["Tom Reed", "he"]


def test_a_group_holds_those_who_are_named() -> None:
    story = Story()
    story.person("Ann Hill")
    story.chain(story.mention("a man", "description"))
    both = story.group("they", 0, 1)
    assert [e.name for e in entities(story.reading(), VOCABULARY).by_mention[both]] == ["Ann Hill"]


@pytest.mark.parametrize(("type_", "several"), [("Person", 2), ("Organisation", 1), ("Place", 1)])
def test_places_of_one_name_are_one_people_are_not(type_: str, several: int) -> None:
    story = Story()
    for _ in range(2):
        story.chain(story.mention("Lincoln", type_=type_))
    found = entities(story.reading(), VOCABULARY)
    assert len(found.all) == several
    assert len({e.id for e in found.all}) == several


def test_a_person_and_a_place_of_one_name_are_two() -> None:
    story = Story()
    story.chain(story.mention("Lincoln"))
    story.chain(story.mention("Lincoln", type_="Place"))
    person, place = entities(story.reading(), VOCABULARY).all
    assert (person.type, place.type) == ("Person", "Place")
    assert person.id != place.id


# ------------------------------------------------------------------ IRIs
def iri(name: str, document: str = "story.txt") -> str:
    story = Story(document)
    story.person(name)
    return only(story).id


@pytest.mark.parametrize(
    ("name", "start"),
    [("Zoë O’Brien", "person/zoe-obrien-"), ("Tom Reed", "person/tom-reed-"), ("李小龙", "person/")],
)
def test_an_iri_can_be_read(name: str, start: str) -> None:
    assert re.fullmatch(re.escape(DEFAULT_BASE + start) + "[0-9a-f]{16}", iri(name))


def test_an_iri_is_made_from_document_and_name() -> None:
    assert iri("Tom Reed") == iri("Tom Reed")
    assert len({iri("Tom Reed"), iri("Tom Reed", "other.txt"), iri("Tom Hill")}) == 3


def test_an_iri_does_not_hang_on_what_else_is_told() -> None:
    story = Story()
    story.person("Ann Hill")
    story.person("Tom Reed", "Tom", gender="male")
    assert entities(story.reading(), VOCABULARY).all[1].id == iri("Tom Reed")


@pytest.mark.parametrize(
    ("type_", "folder"), [("Person", "person"), ("Organisation", "organisation"), ("Place", "place")]
)
def test_each_type_has_its_folder(type_: str, folder: str) -> None:
    story = Story()
    story.chain(story.mention("Halden", type_=type_))
    assert only(story).id.startswith(f"{DEFAULT_BASE}{folder}/halden-")
