"""The frames of verbs, participles and adjectives, on trees made by hand."""

import pytest

from kg.extract.frames import Matcher
from tests.extract.ties import LEXICON, ties


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(LEXICON)


ACTIVE = """
Louise  -     PROPN - 2 nsubj PERSON
adopted adopt VERB  - 0 root
Dan     -     PROPN - 2 obj PERSON
"""
PASSIVE = """
Dan     -     PROPN -   3 nsubj:pass PERSON
was     be    AUX   VBD 3 aux:pass
adopted adopt VERB  VBN 0 root
by      -     ADP   -   5 case
Louise  -     PROPN -   3 obl:agent PERSON
"""
PARTICIPLE = """
Dan     -     PROPN -   6 nsubj PERSON
,       -     PUNCT -   3 punct
adopted adopt VERB  VBN 1 acl
by      -     ADP   -   5 case
Louise  -     PROPN -   3 obl:agent PERSON
sang    sing  VERB  -   0 root
"""


@pytest.mark.parametrize(
    ("written", "frame"), [(ACTIVE, "active"), (PASSIVE, "agent"), (PARTICIPLE, "agent")], ids=["active", "by", "acl"]
)
def test_a_reversed_verb_in_each_voice(written: str, frame: str, matcher: Matcher) -> None:
    assert ties(written, matcher) == [f"adoptiveParent verb.{frame}: Dan > Louise"]


def test_verb_with_preposition(matcher: Matcher) -> None:
    written = """
    Ann     -     PROPN - 2 nsubj PERSON
    lives   live  VERB  - 0 root
    in      -     ADP   - 4 case
    Leeds   -     PROPN - 2 obl PLACE
    near    -     ADP   - 6 case
    York    -     PROPN - 2 obl PLACE
    """
    assert ties(written, matcher) == ["residence verb.active: Ann > Leeds"]


SETTLED = """
Ann     -     PROPN -   3 nsubj:pass PERSON
was     be    AUX   VBD 3 aux:pass
lived   live  VERB  VBN 0 root
in      -     ADP   -   5 case
Leeds   -     PROPN -   3 obl PLACE
"""
LIVED_IN_BY = """
Leeds   -     PROPN -   3 nsubj:pass PLACE
was     be    AUX   VBD 3 aux:pass
lived   live  VERB  VBN 0 root
in      -     ADP   -   3 compound:prt
by      -     ADP   -   6 case
Ann     -     PROPN -   3 obl:agent PERSON
"""


@pytest.mark.parametrize("written", [SETTLED, LIVED_IN_BY])
def test_a_verb_with_preposition_is_only_read_in_the_active(written: str, matcher: Matcher) -> None:
    assert ties(written, matcher) == []


def test_cue_of_several_words(matcher: Matcher) -> None:
    written = """
    Ann     -     PROPN - 2 nsubj PERSON
    tied    tie   VERB  - 0 root
    the     -     DET   - 4 det
    knot    -     NOUN  - 2 obj
    with    -     ADP   - 6 case
    Tom     -     PROPN - 2 obl PERSON
    """
    assert ties(written, matcher) == ["spouse verb.active: Ann > Tom"]


def test_reciprocal_verb(matcher: Matcher) -> None:
    written = """
    Ann     -     PROPN - 4 nsubj PERSON
    and     -     CCONJ - 3 cc
    Tom     -     PROPN - 1 conj PERSON
    married marry VERB  - 0 root
    """
    assert "spouse verb.reciprocal: Ann Tom" in ties(written, matcher)


MARRIED_TO_OTHERS = """
Ann     -     PROPN - 4 nsubj PERSON
and     -     CCONJ - 3 cc
Eve     -     PROPN - 1 conj PERSON
married marry VERB  - 0 root
Tom     -     PROPN - 4 obj PERSON
and     -     CCONJ - 7 cc
Jim     -     PROPN - 5 conj PERSON
"""


def test_an_object_ends_the_reciprocal_reading(matcher: Matcher) -> None:
    verbs = [found for found in ties(MARRIED_TO_OTHERS, matcher) if found.startswith("spouse verb")]
    assert verbs == ["spouse verb.active: Ann Eve > Tom Jim"]


def test_a_verb_is_no_adjective(matcher: Matcher) -> None:
    assert not any(found.startswith("spouse adjective") for found in ties(MARRIED_TO_OTHERS, matcher))


def test_subject_of_a_controlled_verb(matcher: Matcher) -> None:
    written = """
    Ann     -     PROPN -  2 nsubj PERSON
    went    go    VERB  -  0 root
    to      -     PART  TO 4 mark
    marry   -     VERB  VB 2 xcomp
    Tom     -     PROPN -  4 obj PERSON
    """
    assert ties(written, matcher) == ["spouse verb.active: Ann > Tom"]


# ------------------------------------------------------------------ passives and adjectives
BORN = """
Clara   -     PROPN -   3 nsubj:pass PERSON
was     be    AUX   VBD 3 aux:pass
born    bear  VERB  VBN 0 root
in      -     ADP   -   5 case
1984    -     NUM   -   3 obl DATE
to      -     ADP   -   7 case
Henrik  -     PROPN -   3 obl PERSON
and     -     CCONJ -   9 cc
Judith  -     PROPN -   7 conj PERSON
"""


def test_prepositions_tell_the_relations_of_one_participle_apart(matcher: Matcher) -> None:
    assert ties(BORN, matcher) == [
        "birthDate passive.oblique: Clara > 1984",
        "bornTo passive.oblique: Clara > Henrik Judith",
    ]


def test_date_without_preposition(matcher: Matcher) -> None:
    written = """
    Karl    -     PROPN -   2 nsubj PERSON
    born    bear  VERB  VBN 0 root
    12      -     NUM   -   4 nummod DATE
    May     -     PROPN -   2 obl:unmarked +
    1950    -     NUM   -   4 nmod +
    """
    assert "birthDate passive.bare_date: Karl > May" in ties(written, matcher)


def test_adjective(matcher: Matcher) -> None:
    written = """
    Rosa    -     PROPN - 3 nsubj PERSON
    is      be    AUX   - 3 cop
    married -     ADJ   - 0 root
    to      -     ADP   - 5 case
    Pablo   -     PROPN - 3 obl PERSON
    """
    assert ties(written, matcher) == ["spouse adjective.oblique: Rosa > Pablo"]


def test_reciprocal_adjective(matcher: Matcher) -> None:
    written = """
    Rosa    -     PROPN - 5 nsubj PERSON
    and     -     CCONJ - 3 cc
    Pablo   -     PROPN - 1 conj PERSON
    are     be    AUX   - 5 cop
    married -     ADJ   - 0 root
    """
    assert ties(written, matcher) == ["spouse adjective.reciprocal: Rosa Pablo"]


def test_whom_is_whoever_the_clause_is_about(matcher: Matcher) -> None:
    written = """
    Tom     -     PROPN -   5 nsubj PERSON
    ,       -     PUNCT -   1 punct
    whom    -     PRON  WP  4 obj
    adopted adopt VERB  -   1 acl:relcl
    left    leave VERB  -   0 root
    Ann     -     PROPN -   4 nsubj PERSON
    """
    assert ties(written, matcher) == ["adoptiveParent verb.active: Tom > Ann"]


def test_a_name_at_birth_is_no_parent(matcher: Matcher) -> None:
    written = """
    She     -     PRON  PRP 3 nsubj:pass
    was     be    AUX   VBD 3 aux:pass
    born    bear  VERB  VBN 0 root
    Ann     -     PROPN NNP 3 obj PERSON
    """
    assert ties(written, matcher, "bornTo") == []
