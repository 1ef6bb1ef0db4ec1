"""Who a noun is said to be: apposition, copula, "became", "served as"."""

import pytest

from kg.extract.frames import Matcher
from tests.extract.ties import LEXICON
from tests.extract.trees import at, tree


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(LEXICON)


APPOSITION = """
his     -     PRON  PRP$ 2 nmod:poss
father  -     NOUN  -    4 nsubj
John    -     PROPN -    2 appos PERSON
left    leave VERB  -    0 root
"""
DESCRIPTION = """
his     -     PRON  PRP$ 2 nmod:poss
father  -     NOUN  -    3 nmod:desc
John    -     PROPN -    4 nsubj PERSON
left    leave VERB  -    0 root
"""
COPULA = """
John    -     PROPN - 4 nsubj PERSON
is      be    AUX   - 4 cop
his     -     PRON  - 4 nmod:poss
father  -     NOUN  - 0 root
"""
TURNED = """
his     -     PRON  - 2 nmod:poss
father  -     NOUN  - 4 nsubj
is      be    AUX   - 4 cop
John    -     PROPN - 0 root PERSON
"""
APART = """
his     -     PRON  - 2 nmod:poss
father  -     NOUN  - 3 nsubj
met     meet  VERB  - 0 root
John    -     PROPN - 3 obj PERSON
"""


@pytest.mark.parametrize("written", [APPOSITION, DESCRIPTION, COPULA, TURNED])
def test_a_noun_is_its_name_and_the_name_the_noun(written: str, matcher: Matcher) -> None:
    made = tree(written)
    john, father = at(made, "John"), at(made, "father")
    assert matcher.same(made, father) == [father, john]
    assert matcher.same(made, john) == [john, father]


def test_an_object_is_somebody_else(matcher: Matcher) -> None:
    made = tree(APART)
    assert matcher.same(made, at(made, "father")) == [at(made, "father")]


@pytest.mark.parametrize(
    ("verb", "lemma", "dep", "case", "same"),
    [
        ("became", "become", "xcomp", "", True),
        ("remained", "remain", "xcomp", "", True),
        ("served", "serve", "obl", "as", True),
        ("hit", "hit", "obj", "", False),
        ("served", "serve", "obl", "for", False),
    ],
)
def test_who_a_noun_is_said_to_be(verb: str, lemma: str, dep: str, case: str, same: bool, matcher: Matcher) -> None:
    made = tree(f"""
    Ann     -     PROPN - 2 nsubj PERSON
    {verb}  {lemma} VERB - 0 root
    {case or "a"} - ADP   - 4 {"case" if case else "det"}
    judge   -     NOUN  - 2 {dep}
    """)
    assert matcher.same(made, 3) == ([3, 0] if same else [3])


def test_two_names_joined_by_flat_are_one_name(matcher: Matcher) -> None:
    made = tree("John - PROPN - 0 root PERSON\nReed - PROPN - 1 flat +")
    assert matcher.same(made, 0) == [0]


def test_identity_is_followed_from_word_to_word(matcher: Matcher) -> None:
    made = tree("""
    novelist -   NOUN  - 5 nsubj
    Ann      -   PROPN - 1 appos PERSON
    was      be  AUX   - 5 cop
    a        -   DET   - 5 det
    daughter -   NOUN  - 0 root
    """)
    assert sorted(matcher.same(made, at(made, "daughter"))) == [0, 1, 4]
