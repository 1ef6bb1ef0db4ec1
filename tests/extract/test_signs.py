"""What speaks for or against an arc besides its odds: cue words, distance, other arcs."""

from collections.abc import Mapping

import pytest

from kg.extract.frames import Matcher
from kg.extract.kin import Ties
from kg.extract.signs import Signs
from tests.extract.test_arcs import sides_of
from tests.extract.ties import LEXICON
from tests.extract.trees import at, tree

TEXT = """
Ann     -     PROPN - 2 nsubj PERSON
met     meet  VERB  - 0 root
her     -     PRON PRP$ 4 nmod:poss
son     -     NOUN  NN 2 obj
Tom     -     PROPN - 4 appos PERSON
and     -     CCONJ - 7 cc
Eve     -     PROPN - 4 conj PERSON
.       -     PUNCT - 2 punct

Bob     -     PROPN - 2 nsubj PERSON
left    leave VERB  - 0 root
"""
MADE = tree(TEXT)


def signs(label: str, s: str, o: str, arcs: Mapping[tuple[str, str], Mapping[str, float]]) -> dict[str, float]:
    pairs = {(at(MADE, a), at(MADE, b)): labels for (a, b), labels in arcs.items()}
    made = Signs(sides_of(MADE, LEXICON), Matcher(LEXICON), Ties(LEXICON.vocabulary.relations), pairs)
    return made.of(label, at(MADE, s), at(MADE, o), arcs[s, o][label])


@pytest.mark.parametrize(
    ("label", "s", "o", "where"),
    [
        ("child", "Ann", "Tom", "on"),
        ("child", "Ann", "Eve", "between"),
        ("child", "Tom", "Bob", "on"),
        ("sibling", "Ann", "Tom", "rival"),
        ("sibling", "Ann", "Eve", "none"),
    ],
)
def test_where_the_word_for_the_relation_stands(label: str, s: str, o: str, where: str) -> None:
    assert f"cue {where}" in signs(label, s, o, {(s, o): {label: 1.0}})


def test_how_far_the_arc_reaches() -> None:
    near = signs("spouse", "Ann", "Tom", {("Ann", "Tom"): {"spouse": 1.0}})
    far = signs("spouse", "Ann", "Bob", {("Ann", "Bob"): {"spouse": 1.0}})
    assert "sentences 0" in near
    assert "sentences 1" in far
    assert near["distance"] < far["distance"]


def test_better_arcs_speak_against_it() -> None:
    arcs = {("Ann", "Tom"): {"spouse": 1.0, "sibling": 3.0}, ("Ann", "Eve"): {"spouse": 2.5}}
    told = signs("spouse", "Ann", "Tom", arcs)
    assert told["rival arc"] == 2.0
    assert (told["better subject"], told["better object"]) == (1.5, 0.0)
