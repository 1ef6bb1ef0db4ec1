"""What follows from a document's facts, rule by rule, and what does not."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.infer import closure
from kg.model import Claim, Document, DocumentGraph, Entity, Fact, Gender, Mention, Span, Status, Value
from kg.vocabulary import Vocabulary, load
from tests.extract.trees import ontology, relation

SMALL = ontology(
    relation("relative", symmetric=True),
    relation("parent", inverse="child", parents=("relative",)),
    relation("child", inverse="parent", parents=("relative",)),
    relation("father", parents=("parent",), gender="male"),
    relation("mother", parents=("parent",), gender="female"),
    relation("daughter", parents=("child",), gender="female"),
    relation("sibling", symmetric=True, chains=(("parent", "child"),)),
    relation("grandparent", chains=(("parent", "parent"),)),
    relation("parentInLaw", chains=(("spouse", "parent"),)),
    relation("cousin", symmetric=True, chains=(("parent", "sibling", "child"),)),
    relation("spouse", symmetric=True),
    relation("employer", range_="Organisation", family=False),
    relation("birthDate", range_="date", family=False),
)


# ------------------------------------------------------------------ graphs by hand
def entity(name: str) -> Entity:
    """ "John:male" is John, a man."""
    bare, _, gender = name.partition(":")
    told: dict[str, Gender] = {"male": "male", "female": "female"}
    return Entity(id=f"person/{bare}", type="Person", name=bare, gender=told.get(gender, ""))


def fact(line: str, status: Status | None = None, score: float = 0.9) -> Fact:
    """A fact that was read: "Tom father John:male"."""
    subject, relation_, object_ = line.split()
    span = Span(document="made", start=0, end=1)
    mention = Mention(span=span, text="x", kind="name", name="x")
    claim = Claim(
        relation=relation_, subject=mention, object=mention, sentence=span, rule="made", score=score,
        status=status or Status(),
    )  # fmt: skip
    return Fact(
        subject=entity(subject), relation=relation_, object=entity(object_), status=claim.status, score=score,
        evidence=(claim,),
    )  # fmt: skip


def graph(*facts: Fact) -> DocumentGraph:
    return DocumentGraph(document=Document(id="made", text="x"), facts=facts)


def inferred(*facts: Fact, vocabulary: Vocabulary = SMALL) -> dict[str, Fact]:
    """ "Tom parent John" -> the inferred fact."""
    return {say(f): f for f in closure(graph(*facts), vocabulary).facts if f.inferred}


def say(one: Fact) -> str:
    assert isinstance(one.object, Entity)
    return f"{one.subject.name} {one.relation} {one.object.name}"


# ------------------------------------------------------------------ rules
@pytest.mark.parametrize(
    ("told", "follows", "rule"),
    [
        ("Tom father John", "Tom parent John", "general/father"),
        ("Tom parent John", "John child Tom", "inverse/parent"),
        ("Tom child Ann", "Ann parent Tom", "inverse/child"),
        ("Tom spouse Ann", "Ann spouse Tom", "symmetric"),
        ("Tom parent John:male", "Tom father John", "gender/parent"),
        ("Tom parent Ann:female", "Tom mother Ann", "gender/parent"),
        ("Ann:female parent John", "John daughter Ann", "gender/child"),
    ],
)
def test_one_fact_gives_another(told: str, follows: str, rule: str) -> None:
    premise = fact(told)
    found = inferred(premise)[follows]
    assert found.rule == rule
    assert found.status == Status()
    assert found.score == premise.score
    assert set(leaves(found)) == {premise}


def test_a_general_relation_is_reached_through_all_between() -> None:
    assert {"Tom parent John", "Tom relative John", "John relative Tom", "John child Tom"} <= set(
        inferred(fact("Tom father John"))
    )


def test_without_gender_there_is_no_gendered_relation() -> None:
    assert not {"Tom father John", "Tom mother John"} & set(inferred(fact("Tom parent John")))


def test_nobody_has_a_male_mother() -> None:
    assert "Tom mother John" not in inferred(fact("Tom parent John:male"))


def test_nothing_is_read_and_inferred_at_once() -> None:
    found = inferred(fact("Tom parent John:male"), fact("Tom father John:male"))
    assert "Tom parent John" not in found
    assert "Tom father John" not in found


@pytest.mark.parametrize(
    ("told", "follows"),
    [
        (["Tom parent John", "John parent Eve"], "Tom grandparent Eve"),
        (["Tom father John", "John mother Eve"], "Tom grandparent Eve"),
        (["Tom spouse Ann", "Ann father Bob"], "Tom parentInLaw Bob"),
        (["Ann spouse Tom", "Ann father Bob"], "Tom parentInLaw Bob"),
        (["Tom father John", "Ann father John"], "Tom sibling Ann"),
        (["John child Tom", "John child Ann"], "Ann sibling Tom"),
        (["Tom parent John", "John sibling Eve", "Ann parent Eve"], "Tom cousin Ann"),
    ],
)
def test_chains(told: list[str], follows: str) -> None:
    assert follows in inferred(*map(fact, told))


def test_a_chain_that_is_broken_gives_nothing() -> None:
    assert not any("grandparent" in line for line in inferred(fact("Tom parent John"), fact("Eve parent Ann")))


@pytest.mark.parametrize("told", [["Tom parent John"], ["Tom father John", "Tom mother Ann"], ["Tom spouse Ann"]])
def test_nobody_is_his_own_relative(told: list[str]) -> None:
    assert not [f for f in inferred(*map(fact, told)).values() if f.subject == f.object]


# ------------------------------------------------------------------ what proves nothing
@pytest.mark.parametrize(
    "status",
    [
        Status(polarity="denied"),
        Status(modality="reported"),
        Status(modality="hedged"),
        Status(modality="hypothetical"),
        Status(phase="future"),
    ],
)
def test_what_is_not_plainly_said_proves_nothing(status: Status) -> None:
    premises = (fact("Tom father John:male", status), fact("John father Bob"))
    assert not [line for line in inferred(*premises) if "Tom" in line]
    assert closure(graph(premises[0]), SMALL).facts == premises[:1], "but it stays"


def test_what_is_over_gives_what_is_over() -> None:
    found = inferred(fact("Tom spouse Ann", Status(phase="former")), fact("Ann father Bob"))
    assert found["Ann spouse Tom"].status.phase == "former"
    assert found["Tom parentInLaw Bob"].status.phase == "former"
    assert found["Bob child Ann"].status.phase == "current"


def test_values_follow_from_nothing() -> None:
    dated = replace(fact("Tom birthDate John"), object=Value(text="1950", value="1950"))
    assert closure(graph(dated), SMALL).facts == (dated,)


# ------------------------------------------------------------------ evidence
def leaves(one: Fact) -> Iterator[Fact]:
    """The facts that were read, on which a fact rests in the end."""
    for premise in one.evidence:
        if isinstance(premise, Fact):
            yield from leaves(premise) if premise.inferred else (premise,)


def test_evidence_is_the_premises_in_the_order_of_the_chain() -> None:
    first, second = fact("Tom parent John"), fact("John parent Eve", score=0.5)
    found = inferred(first, second)["Tom grandparent Eve"]
    assert found.evidence == (first, second)
    assert found.rule == "chain/parent parent"
    assert found.score == pytest.approx(0.45)


def test_everything_inferred_rests_on_what_was_read() -> None:
    premises = [fact("Tom father John:male"), fact("Ann:female mother Eve"), fact("John spouse Eve")]
    for found in inferred(*premises).values():
        assert set(leaves(found)) <= set(premises), say(found)
        assert list(leaves(found))


def test_the_surer_of_two_premises_is_the_evidence() -> None:
    weak, sure = fact("John child Tom", score=0.6), fact("Tom father John", score=0.9)
    assert inferred(weak, sure)["Tom parent John"].evidence == (sure,)


def test_facts_that_were_read_come_first_as_they_were() -> None:
    premises = (fact("Tom father John"), fact("Ann father Bob", Status(polarity="denied")))
    found = closure(graph(*premises), SMALL).facts
    assert found[:2] == premises
    assert all(f.inferred for f in found[2:])
    assert [say(f) for f in found[2:]] == sorted(say(f) for f in found[2:])


def test_the_order_of_what_was_read_does_not_matter() -> None:
    premises = [fact("Tom father John:male"), fact("John mother Eve:female"), fact("Tom sibling Ann:female")]
    ways = {tuple(sorted(inferred(*order))) for order in permutations(premises)}
    assert len(ways) == 1


# ------------------------------------------------------------------ families
@cache
def shipped() -> Vocabulary:
    return load()


def test_a_family_by_the_shipped_ontology() -> None:
    told = ["Harry father Charles:male", "William father Charles:male", "Harry spouse Meghan:female",
            "George father William:male"]  # fmt: skip
    found = set(inferred(*map(fact, told), vocabulary=shipped()))
    assert {
        "Charles child Harry",
        "Harry sibling William",
        "Harry wife Meghan",
        "Meghan spouse Harry",
        "Meghan parentInLaw Charles",
        "Charles childInLaw Meghan",
        "Meghan siblingInLaw William",
        "George grandparent Charles",
        "George uncleOrAunt Harry",
        "Harry nieceOrNephew George",
    } <= found
    assert not {"Meghan parent Charles", "Harry sibling Harry", "George sibling Harry"} & found


@pytest.mark.parametrize("told", ["Tom father John", "Tom spouse Ann"])
def test_closing_twice_adds_no_new_triple(told: str) -> None:
    once = closure(graph(fact(told), fact("John mother Eve:female")), shipped())
    again = closure(once, shipped())
    assert {say(f) for f in again.facts} == {say(f) for f in once.facts}


NAMES = st.sampled_from("ABCDEF")
RELATIONS = st.sampled_from(["father", "mother", "child", "sibling", "spouse", "grandparent", "uncleOrAunt", "cousin"])


@given(st.lists(st.tuples(NAMES, RELATIONS, NAMES), max_size=6))
@settings(deadline=None, max_examples=25)
def test_any_family_however_odd_is_closed_without_loops(lines: list[tuple[str, str, str]]) -> None:
    vocabulary = shipped()
    told = [fact(" ".join(line)) for line in lines if line[0] != line[2]]
    for one in inferred(*told, vocabulary=vocabulary).values():
        assert one.subject.id != (one.object.id if isinstance(one.object, Entity) else "")
        kin = vocabulary.relations[one.relation]
        assert {kin.domain, kin.range} == {"Person"}


@pytest.mark.timeout(20)
def test_a_big_family_is_closed_in_time() -> None:
    line = [fact(f"P{a} father P{b}") for a, b in pairwise(range(40))]
    brood = [fact(f"C{k} father P0") for k in range(25)]
    found = set(inferred(*line, *brood, vocabulary=shipped()))
    assert "P0 grandparent P2" in found
    assert "C3 sibling C24" in found
    assert "C3 sibling C3" not in found
