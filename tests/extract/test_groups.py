"""Who "they" are: the people lately spoken of together, chosen by weights over named features."""

from kg.extract import mentions
from kg.extract.chains import Resolver
from kg.extract.frames import Matcher
from kg.extract.groups import BACK, Band, Groups
from tests.extract.ties import LEXICON
from tests.extract.trees import tree

MARRIED = """
Ann     -     PROPN - 2 nsubj PERSON
married marry VERB  - 0 root
Tom     -     PROPN - 2 obj PERSON
.       -     PUNCT - 2 punct
"""
EVE = """
Eve     -     PROPN - 2 nsubj PERSON
came    come  VERB  - 0 root
.       -     PUNCT - 2 punct
"""
THEIR = """
Their   -     PRON PRP$ 2 nmod:poss
son     -     NOUN  NN  3 nsubj
left    leave VERB  -   0 root
"""


class Case:
    """The last spot of a text that is a group, and what may be chosen for it."""

    def __init__(self, written: str, weights: dict[str, float]) -> None:
        made = tree(written)
        self.spots = mentions.find(made, "d", LEXICON)
        matcher = Matcher(LEXICON)
        self.resolver = Resolver(made, self.spots, LEXICON, matcher, tuple(matcher.matches(made)), weights)
        self.resolver.resolve()
        self.groups: Groups = self.resolver._groups
        self.k = next(k for k, s in enumerate(self.spots.all) if s.mention.text.lower() == "their")

    def names(self, members: tuple[object, ...]) -> str:
        chosen = {id(p) for p in members}
        return " ".join(s.mention.text for k, s in enumerate(self.spots.all)
                        if s.mention.kind == "name" and id(self.resolver._people.of[k]) in chosen)  # fmt: skip

    def bands(self) -> dict[str, Band]:
        return {self.names(b.members): b for b in self.groups.candidates(self.k)}


def test_candidates_are_all_twos_of_the_people_lately_spoken_of() -> None:
    bands = Case(f"{MARRIED}\n{EVE}\n{THEIR}", {}).bands()
    assert sorted(bands) == ["Ann Eve", "Ann Tom", "Tom Eve"]
    assert (bands["Ann Tom"].sentences, bands["Tom Eve"].sentences) == ((2, 2), (2, 1))


def test_of_those_far_back_only_couples_are_candidates() -> None:
    rain = "\nIt - PRON - 2 nsubj\nrained rain VERB - 0 root\n" * BACK
    assert sorted(Case(f"{MARRIED}\n{EVE}{rain}\n{THEIR}", {}).bands()) == ["Ann Tom"]
    met = MARRIED.replace("married marry", "met meet")
    assert Case(f"{met}{rain}\n{THEIR}", {}).bands() == {}


def test_the_features_tell_what_kin_they_are_and_of_what_word() -> None:
    case = Case(f"{MARRIED}\n{EVE}\n{THEIR}", {})
    bands = case.bands()
    couple, others = (case.groups.features(case.k, bands[name]) for name in ("Ann Tom", "Tom Eve"))
    assert {"group tie spouse", "group tie spouse for son"} <= couple.keys()
    assert "group tie none" in others


def test_the_weights_choose_the_couple() -> None:
    case = Case(f"{MARRIED}\n{EVE}\n{THEIR}", {"group tie spouse for son": 5.0})
    best = case.groups.rank(case.k)[0]
    assert case.names(best[1]) == "Ann Tom"
    assert 0.9 < best[0] < 1
    group = case.resolver._people.of[case.k]
    assert case.names(group.groups) == "Ann Tom"
