"""Claims of many sentences -> facts."""

from collections.abc import Iterable

import pytest

from kg.model import DocumentGraph, Entity, Fact, Status, Value
from kg.resolve import resolve
from tests.extract.trees import ontology, relation
from tests.resolve.readings import Story

VOCABULARY = ontology(
    relation("parent", inverse="child"),
    relation("child", inverse="parent"),
    relation("father", parents=("parent",), gender="male"),
    relation("mother", parents=("parent",), gender="female"),
    relation("spouse", symmetric=True),
    relation("birthDate", range_="date"),
    relation("position", range_="Position"),
)
DENIED = Status(polarity="denied")
PLAIN = frozenset({"affirmed", "stated", "current"})


def graph(story: Story, min_score: float = 0.0) -> DocumentGraph:
    return resolve(story.reading(), VOCABULARY, min_score)


def facts(story: Story, min_score: float = 0.0) -> list[str]:
    return [say(f) for f in graph(story, min_score).facts]


def say(fact: Fact) -> str:
    """ "Tom | father | John", with words of status behind."""
    end = fact.object.name if isinstance(fact.object, Entity) else fact.object.value
    status = fact.status
    marked = [word for word in (status.polarity, status.modality, status.phase) if word not in PLAIN]
    return " | ".join([fact.subject.name, fact.relation, end, *marked])


def position(role: str, org: str) -> Value:
    text = ", ".join(filter(None, (role, org)))
    return Value(text=text, value=text, parts=(("role", role), ("org", org)))


# ------------------------------------------------------------------ putting sentences together
def test_sentences_that_say_the_same_are_one_fact(story: Story) -> None:
    first = story.claim(0, "father", 1, score=0.8)
    second = story.claim(0, "father", 1, score=0.5)
    (fact,) = graph(story).facts
    assert fact.evidence == (first, second)
    assert fact.score == pytest.approx(0.9)
    assert fact.rule == ""
    assert not fact.inferred


def test_no_number_of_sentences_makes_it_certain(story: Story) -> None:
    for _ in range(20):
        story.claim(0, "father", 1, score=0.95)
    assert graph(story).facts[0].score == 0.99


@pytest.mark.parametrize("score", [0.0, 0.5, 0.95])
def test_one_sentence_is_as_sure_as_it_is(score: float, story: Story) -> None:
    story.claim(0, "father", 1, score=score)
    assert graph(story).facts[0].score == score


def test_facts_that_are_less_likely_are_left_out(story: Story) -> None:
    story.claim(0, "father", 1, score=0.6)
    story.claim(0, "mother", 2, score=0.4)
    assert facts(story, 0.5) == ["Tom | father | John"]
    assert facts(story, 0.6) == ["Tom | father | John"]
    assert len(facts(story, 0.4)) == 2


def test_two_weak_sentences_may_be_enough(story: Story) -> None:
    story.claim(0, "father", 1, score=0.4)
    story.claim(0, "father", 1, score=0.4)
    assert facts(story, 0.5) == ["Tom | father | John"]


def test_many_hints_are_not_enough(story: Story) -> None:
    for _ in range(10):
        story.claim(0, "father", 1, score=0.3)
    assert facts(story, 0.5) == []


# ------------------------------------------------------------------ status
@pytest.mark.parametrize(
    "status",
    [
        DENIED,
        Status(modality="reported"),
        Status(modality="hedged"),
        Status(modality="hypothetical"),
        Status(phase="former"),
        Status(phase="future"),
    ],
)
def test_what_is_said_otherwise_is_another_fact(status: Status, story: Story) -> None:
    story.claim(0, "father", 1)
    story.claim(0, "father", 1, status=status)
    assert sorted(f.status.plain for f in graph(story).facts) == sorted([True, status.plain])
    assert [len(f.evidence) for f in graph(story).facts] == [1, 1]


MARRIED, DIVORCED = Status(start="1990"), Status(phase="former", end="2003-05")


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        (MARRIED, Status(), [MARRIED]),
        (MARRIED, Status(start="1990-06-03"), [Status(start="1990-06-03")]),
        (MARRIED, Status(start="2005"), [MARRIED, Status(start="2005")]),
        (MARRIED, DIVORCED, [Status(phase="former", start="1990", end="2003-05")]),
        (Status(), DIVORCED, [Status(), DIVORCED]),
        (Status(start="2005"), DIVORCED, [Status(start="2005"), DIVORCED]),
        (MARRIED, Status(polarity="denied"), [MARRIED, Status(polarity="denied")]),
    ],
)
def test_dates_of_several_sentences(first: Status, second: Status, merged: list[Status], story: Story) -> None:
    story.claim(0, "spouse", 2, status=first)
    story.claim(0, "spouse", 2, status=second)
    assert [f.status for f in graph(story).facts] == merged
    assert sum(len(f.evidence) for f in graph(story).facts) == 2


def test_speakers_are_named_together(story: Story) -> None:
    for speaker in ("Eve", "Bob", "Eve", ""):
        story.claim(0, "father", 1, status=Status(modality="reported", according_to=speaker))
    (fact,) = graph(story).facts
    assert fact.status == Status(modality="reported", according_to="Bob; Eve")
    assert len(fact.evidence) == 4


# ------------------------------------------------------------------ whom it is about
def test_nobody_is_his_own_kin(story: Story) -> None:
    story.chains = [(0, 1), (2,)]
    story.claim(0, "father", 1)
    assert facts(story) == []


def test_claims_of_the_unnamed_are_left_out(story: Story) -> None:
    man = story.mention("a man", "description")
    story.chain(man)
    story.claim(0, "father", man)
    story.claim(man, "father", 1)
    assert facts(story) == []


def test_a_pronoun_speaks_of_its_person(story: Story) -> None:
    he = story.mention("he", "pronoun")
    story.chains[0] = (0, he)
    story.claim(he, "father", 1)
    assert facts(story) == ["Tom | father | John"]


@pytest.mark.parametrize("turned", [False, True])
def test_symmetric_pairs_are_told_once(turned: bool, story: Story) -> None:
    story.claim(0, "spouse", 1)
    story.claim(*((1, "spouse", 0) if turned else (0, "spouse", 1)))
    (fact,) = graph(story).facts
    assert say(fact) == "Tom | spouse | John"
    assert len(fact.evidence) == 2


def test_other_pairs_keep_their_direction(story: Story) -> None:
    story.claim(1, "father", 0)
    story.claim(0, "father", 1)
    assert facts(story) == ["Tom | father | John", "John | father | Tom"]


# ------------------------------------------------------------------ groups
def test_a_group_as_subject_stands_for_each(story: Story) -> None:
    they = story.group("they", 0, 1)
    story.claim(they, "mother", 2)
    assert facts(story) == ["Tom | mother | Ann", "John | mother | Ann"]


def test_a_group_as_object_stands_for_each(story: Story) -> None:
    them = story.group("them", 0, 1)
    story.claim(2, "child", them)
    assert facts(story) == ["Ann | child | Tom", "Ann | child | John"]


def test_a_group_that_is_its_own_other_side(story: Story) -> None:
    they = story.group("they", 0, 2)
    story.claim(they, "spouse", they)
    assert facts(story) == ["Tom | spouse | Ann"]
    assert len(graph(story).facts[0].evidence) == 1


def test_a_member_of_a_group_is_not_his_own(story: Story) -> None:
    they = story.group("they", 0, 1)
    story.claim(0, "spouse", they)
    assert facts(story) == ["Tom | spouse | John"]


def test_a_value_of_a_group_is_each_members(story: Story) -> None:
    they = story.group("they", 0, 1)
    story.claim(they, "birthDate", Value(text="1950", value="1950"))
    assert facts(story) == ["Tom | birthDate | 1950", "John | birthDate | 1950"]


# ------------------------------------------------------------------ values
def test_values_are_the_same_by_their_normal_form(story: Story) -> None:
    story.claim(0, "birthDate", Value(text="12 May 1950", value="1950-05-12"))
    story.claim(0, "birthDate", Value(text="May 12, 1950", value="1950-05-12"))
    story.claim(0, "birthDate", Value(text="1950", value="1950"))
    assert facts(story) == ["Tom | birthDate | 1950", "Tom | birthDate | 1950-05-12"]


def test_offices_are_the_same_in_any_case_but_not_elsewhere(story: Story) -> None:
    for role, org in (("Judge", "Leeds"), ("judge", "Leeds"), ("judge", "York"), ("judge", "")):
        story.claim(0, "position", position(role, org))
    assert [len(f.evidence) for f in graph(story).facts] == [1, 2, 1]


# ------------------------------------------------------------------ gender
def genders(entities: Iterable[Entity]) -> dict[str, str]:
    return {e.name: e.gender for e in entities}


def test_relations_tell_the_gender_of_their_objects(story: Story) -> None:
    story.claim(0, "father", 1)
    story.claim(0, "mother", 2)
    story.claim(1, "parent", 2)
    made = graph(story)
    assert genders(made.entities) == {"Tom": "", "John": "male", "Ann": "female"}
    assert {f.object for f in made.facts} <= set(made.entities), "facts and entities speak of the same people"
    assert {f.subject for f in made.facts} <= set(made.entities)


def test_relations_that_disagree_tell_nothing(story: Story) -> None:
    story.claim(0, "father", 1)
    story.claim(2, "mother", 1)
    assert genders(graph(story).entities)["John"] == ""


def test_what_is_denied_tells_nothing(story: Story) -> None:
    story.claim(0, "father", 1, status=DENIED)
    assert genders(graph(story).entities)["John"] == ""


def test_what_mentions_tell_comes_first() -> None:
    story = Story()
    tom, ann = story.person("Tom"), story.person("Ann", gender="female")
    story.claim(tom, "father", ann)
    assert genders(graph(story).entities)["Ann"] == "female"


# ------------------------------------------------------------------ order
def test_facts_stand_in_order_of_first_mention(story: Story) -> None:
    story.claim(2, "spouse", 1)
    story.claim(0, "mother", 2)
    story.claim(0, "father", 1, status=DENIED)
    story.claim(0, "father", 1)
    story.claim(0, "birthDate", Value(text="1950", value="1950"))
    assert facts(story) == [
        "Tom | birthDate | 1950",
        "Tom | father | John",
        "Tom | father | John | denied",
        "Tom | mother | Ann",
        "John | spouse | Ann",
    ]


def test_nothing_said_nothing_known() -> None:
    made = graph(Story())
    assert (made.entities, made.facts) == ((), ())
