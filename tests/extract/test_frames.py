"""The frames of nouns: kin, those who are each other's, events, offices, numbers; on trees made by hand."""

import pytest

from kg.extract.frames import Matcher
from tests.extract.ties import LEXICON, ties
from tests.extract.trees import tree


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(LEXICON)


# ------------------------------------------------------------------ nouns
def test_noun_with_possessor_and_apposition(matcher: Matcher) -> None:
    written = """
    Tom     -     PROPN - 3 nmod:poss PERSON
    's      -     PART  - 1 case
    father  -     NOUN  - 6 nsubj
    ,       -     PUNCT - 5 punct
    John    -     PROPN - 3 appos PERSON
    left    leave VERB  - 0 root
    """
    assert ties(written, matcher) == ["father noun.possessor: Tom > father John"]


def test_noun_with_of(matcher: Matcher) -> None:
    written = """
    John    -     PROPN - 4 nsubj PERSON
    is      be    AUX   - 4 cop
    the     -     DET   - 4 det
    father  -     NOUN  - 0 root
    of      -     ADP   - 6 case
    Tom     -     PROPN - 4 nmod PERSON
    and     -     CCONJ - 8 cc
    Ann     -     PROPN - 6 conj PERSON
    """
    assert ties(written, matcher, "father") == ["father noun.of: Tom Ann > father John"]


def test_plural_noun_has_every_bearer(matcher: Matcher) -> None:
    written = """
    Ann     -     PROPN -   2 nsubj PERSON
    has     have  VERB  VBZ 0 root
    two     -     NUM   -   4 nummod
    sons    son   NOUN  NNS 2 obj
    ,       -     PUNCT -   6 punct
    Bob     -     PROPN -   4 appos PERSON
    and     -     CCONJ -   8 cc
    Carl    -     PROPN -   6 conj PERSON
    """
    assert ties(written, matcher) == ["son noun.have: Ann > sons Bob Carl"]


def test_singular_noun_has_one_bearer(matcher: Matcher) -> None:
    written = """
    Ann     -     PROPN -   3 nmod:poss PERSON
    's      -     PART  -   1 case
    son     -     NOUN  -   7 nsubj
    Bob     -     PROPN -   3 appos PERSON
    and     -     CCONJ -   6 cc
    Carl    -     PROPN -   4 conj PERSON
    left    leave VERB  -   0 root
    """
    assert ties(written, matcher) == ["son noun.possessor: Ann > son Bob"]


JOINED = """
Hal     -     PROPN - 5 nsubj PERSON
and     -     CCONJ - 4 cc
wife    -     NOUN  - 4 {dep}
Meg     -     PROPN - 1 conj PERSON
left    leave VERB  - 0 root
"""


@pytest.mark.parametrize("dep", ["nmod:desc", "compound"])
def test_bare_noun_before_a_joined_name(dep: str, matcher: Matcher) -> None:
    (found,) = ties(JOINED.format(dep=dep), matcher, "spouse")
    assert found in ("spouse noun.joined: Hal > Meg", "spouse noun.joined: Hal Meg > Meg"), "Meg is nobody's own wife"


def test_a_joined_noun_is_owned_by_those_before_it(matcher: Matcher) -> None:
    written = """
    Hal     -     PROPN - 7 nsubj PERSON
    and     -     CCONJ - 4 cc
    wife    -     NOUN  - 4 compound
    Meg     -     PROPN - 1 conj PERSON
    and     -     CCONJ - 6 cc
    Jim     -     PROPN - 1 conj PERSON
    left    leave VERB  - 0 root
    """
    assert not any("Jim" in found for found in ties(written, matcher, "spouse"))


def test_bare_noun_before_a_companion(matcher: Matcher) -> None:
    written = """
    Hal     -     PROPN - 2 nsubj PERSON
    came    come  VERB  - 0 root
    with    -     ADP   - 5 case
    wife    -     NOUN  - 5 nmod:desc
    Meg     -     PROPN - 2 obl PERSON
    """
    assert "spouse noun.beside: Hal > Meg" in ties(written, matcher)


def test_a_noun_that_modifies_a_thing_is_no_kin(matcher: Matcher) -> None:
    written = """
    Tom     -     PROPN - 3 nmod:poss PERSON
    's      -     PART  - 1 case
    son     -     NOUN  - 4 compound
    room    -     NOUN  - 0 root
    """
    assert ties(written, matcher) == []


# ------------------------------------------------------------------ mutual
@pytest.mark.parametrize("poss", [False, True])
def test_nouns_of_a_symmetric_relation_stand_for_both_sides(poss: bool, matcher: Matcher) -> None:
    first = "Tom's - PROPN - 2 nmod:poss PERSON" if poss else "The - DET - 2 det"
    written = f"""
    {first}
    twins   twin  NOUN  NNS 6 nsubj
    Ann     -     PROPN -   2 appos PERSON
    and     -     CCONJ -   5 cc
    Eve     -     PROPN -   3 conj PERSON
    left    leave VERB  -   0 root
    """
    mutual = "sibling mutual.each_other: twins Ann Eve"
    assert (mutual in ties(written, matcher)) is not poss, "Tom's twins are his, not merely each other's"


COUPLE = """
the     -     DET   - 3 det
married -     ADJ   - 3 amod
couple  -     NOUN  - 7 nsubj
Ann     -     PROPN - 3 appos PERSON
and     -     CCONJ - 6 cc
Tom     -     PROPN - 4 conj PERSON
left    leave VERB  - 0 root
"""


def test_cue_of_two_words_is_itself_no_member(matcher: Matcher) -> None:
    (found,) = ties(COUPLE, matcher, "spouse")
    assert found.startswith("spouse mutual.each_other: couple Ann")
    assert "married" not in found


def test_a_couple_are_two(matcher: Matcher) -> None:
    assert ties(COUPLE, matcher, "spouse") == ["spouse mutual.each_other: couple Ann Tom"]


def test_mutual_needs_a_symmetric_relation(matcher: Matcher) -> None:
    written = """
    The     -     DET   -   2 det
    fathers father NOUN NNS 4 nsubj
    Ann     -     PROPN -   2 appos PERSON
    left    leave VERB  -   0 root
    """
    assert ties(written, matcher) == []


@pytest.mark.parametrize(("form", "tag", "found"), [("sister", "NN", False), ("sisters", "NNS", True)])
def test_one_sister_is_not_two(form: str, tag: str, found: bool, matcher: Matcher) -> None:
    written = f"""
    Eve      -    PROPN -     4 nsubj PERSON
    ,        -    PUNCT -     3 punct
    {form}   sister NOUN {tag} 1 appos
    left     leave VERB -     0 root
    Ann      -    PROPN -     1 conj PERSON
    """
    assert bool(ties(written, matcher, "sibling")) == found


# ------------------------------------------------------------------ events
def test_event_between_its_owner_and_another(matcher: Matcher) -> None:
    written = """
    Bruno    -     PROPN - 3 nmod:poss PERSON
    's       -     PART  - 1 case
    marriage -     NOUN  - 6 nsubj
    to       -     ADP   - 5 case
    Lotte    -     PROPN - 3 nmod PERSON
    lasted   last  VERB  - 0 root
    """
    assert ties(written, matcher) == ["spouse event.between: Bruno > Lotte"]


def test_event_of_both(matcher: Matcher) -> None:
    written = """
    the      -     DET   - 2 det
    wedding  -     NOUN  - 0 root
    of       -     ADP   - 4 case
    Tom      -     PROPN - 2 nmod PERSON
    and      -     CCONJ - 6 cc
    Ann      -     PROPN - 4 conj PERSON
    """
    assert "spouse event.of_both: Tom Ann" in ties(written, matcher)


# ------------------------------------------------------------------ offices and numbers
def test_role_with_its_organisation(matcher: Matcher) -> None:
    made = tree("""
    Ann     -     PROPN - 4 nsubj PERSON
    is      be    AUX   - 4 cop
    the     -     DET   - 4 det
    judge   -     NOUN  - 0 root
    of      -     ADP   - 6 case
    Leeds   -     PROPN - 4 nmod PLACE
    """)
    (found,) = matcher.matches(made)
    assert [made.forms[t] for t in found.subjects] == ["judge", "Ann"]
    assert [made.forms[t] for t in found.others["organisation"]] == ["Leeds"]


def test_number_of_a_noun(matcher: Matcher) -> None:
    written = """
    Mark    -     PROPN    -   2 nsubj PERSON
    has     have  VERB     VBZ 0 root
    three   -     NUM      -   4 nummod
    children child NOUN    NNS 2 obj
    """
    assert ties(written, matcher, "howMany") == ["howMany number.have: Mark > three"]


def test_counted_noun(matcher: Matcher) -> None:
    written = """
    Mark    -     PROPN - 0 root PERSON
    ,       -     PUNCT - 4 punct
    a       -     DET   - 4 det
    father  -     NOUN  - 1 appos
    of      -     ADP   - 6 case
    two     -     NUM   - 4 nmod
    """
    assert ties(written, matcher, "countOf") == ["countOf counted.bearer: father Mark > two"]
