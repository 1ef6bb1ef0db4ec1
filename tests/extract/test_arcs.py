"""Relation arcs of the network become drafts, and meet those of the frames in one score."""

from dataclasses import replace

import pytest

from kg.extract import mentions
from kg.extract.arcs import ArcReader
from kg.extract.chains import Chains
from kg.extract.claims import Draft
from kg.extract.dates import Clock
from kg.extract.frames import Matcher
from kg.extract.lexicon import Lexicon
from kg.extract.people import People
from kg.extract.periods import Periods
from kg.extract.scoring import Scorer
from kg.extract.sides import Sides
from kg.extract.status import StatusReader
from kg.extract.tree import Tie, Tree
from kg.model import Claim, Status
from tests.extract.trees import at, lexicon, relation, tree

WORDS = """
Tom    - PROPN - 2 nsubj PERSON
raised - VERB  - 0 root
Ann    - PROPN - 2 obj   PERSON
in     - ADP   - 5 case
Leeds  - PROPN - 2 obl   PLACE
.      - PUNCT - 2 punct
"""
LEXICON = lexicon(
    relation("child", inverse="parent"),
    relation("parent", inverse="child"),
    relation("father", parents=("parent",), gender="male"),
    relation("spouse", symmetric=True),
    relation("residence", range_="Place", family=False),
)
WEIGHTS = {"kin arc": -1.0, "kin arc odds": 1.0, "other arc": -1.0, "other arc odds": 1.0}
WEIGHTS |= {"arc parent": 0.0, "arc spouse": 0.0, "arc residence": 0.0}
WEIGHTS |= {"kin both": 1.0, "kin both odds": 1.0, "kin alone": 2.0}


def read(*ties: tuple[str, str, str, float], words: Lexicon = LEXICON) -> list[Claim]:
    """The claims of WORDS with some arcs: subject, object, label, odds."""
    plain = tree(WORDS)
    made = replace(plain, ties=tuple(Tie(at(plain, s), at(plain, o), label, odds) for s, o, label, odds in ties))
    sides = sides_of(made, words)
    drafts = list(ArcReader(sides, StatusReader(words), words.vocabulary, Matcher(words)).of())
    return list(Scorer(words.vocabulary, ("parent", "spouse", "residence"), WEIGHTS).claims(drafts, sides))


def sides_of(made: Tree, words: Lexicon) -> Sides:
    spots = mentions.find(made, "d", words)
    people = People(spots, words)
    periods = Periods(made, Clock(words).read(made, ""), words, "")
    return Sides(made, "d", spots, Chains(people, dict.fromkeys(people.of, 1.0)), words, periods)


def said(claims: list[Claim]) -> list[str]:
    return sorted(f"{c.subject.text} {c.relation} {c.object.text} {c.score}" for c in claims)


def test_an_arc_is_a_claim_with_a_calibrated_score() -> None:
    assert said(read(("Ann", "Tom", "parent", 3.0))) == ["Ann parent Tom 0.881"]


def test_the_stronger_of_the_two_arcs_of_a_symmetric_relation_speaks() -> None:
    assert said(read(("Ann", "Tom", "spouse", 1.0), ("Tom", "Ann", "spouse", 3.0))) == ["Tom spouse Ann 0.881"]


def test_an_arc_to_the_wrong_kind_of_thing_is_none() -> None:
    assert said(read(("Ann", "Leeds", "parent", 3.0), ("Ann", "Leeds", "residence", 3.0))) == [
        "Ann residence Leeds 0.881"
    ]


def test_a_label_that_the_ontology_does_not_know_is_left_out() -> None:
    assert read(("Ann", "Tom", "landlord", 5.0)) == []


@pytest.mark.parametrize(
    ("sign", "field", "value"),
    [("former", "phase", "former"), ("denied", "polarity", "denied"), ("reported", "modality", "reported")],
)
def test_the_network_tells_how_it_is_said(sign: str, field: str, value: str) -> None:
    (claim,) = read(("Ann", "Tom", "spouse", 2.0), ("Ann", "Tom", sign, 0.5))
    assert getattr(claim.status, field) == value


def test_a_frame_and_an_arc_that_say_the_same_are_one_claim_and_surer() -> None:
    made = replace(tree(WORDS), ties=())
    sides = sides_of(made, LEXICON)
    ann, tom = (sides.at(at(made, name), "Person") for name in ("Ann", "Tom"))
    assert ann is not None
    assert tom is not None
    vocabulary = LEXICON.vocabulary
    frame = Draft(vocabulary.relations["father"], ann, tom, 1, Status(), "noun/father", "noun")
    arc = Draft(vocabulary.relations["parent"], ann, tom, 1, Status(), "arc/parent", odds=2.0)
    scorer = Scorer(vocabulary, ("parent",), WEIGHTS)
    assert said(list(scorer.claims([frame], sides))) == ["Ann father Tom 0.881"]
    assert said(list(scorer.claims([frame, arc], sides))) == ["Ann father Tom 0.953"]
