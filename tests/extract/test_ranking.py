"""Who may be meant, how a candidate is described, and how probable each is."""

import pytest

from kg.extract import mentions
from kg.extract.people import People
from kg.extract.ranking import WINDOW, Features, Ranker, Recent, load_weights
from tests.extract.ties import LEXICON
from tests.extract.trees import tree

ANN_SAW_EVE = "Ann - PROPN - 2 nsubj PERSON\nsaw see VERB - 0 root\nEve - PROPN - 2 obj PERSON\n. - PUNCT - 2 punct"
SHE_LEFT = "She - PRON - 2 nsubj\nleft leave VERB - 0 root\n. - PUNCT - 2 punct"
IT_RAINED = "it - PRON - 2 expl\nrained rain VERB - 0 root\n. - PUNCT - 2 punct"


class Case:
    """A text with its people named, and the place of the last pronoun."""

    def __init__(self, written: str, pronoun: str = "She", weights: dict[str, float] | None = None) -> None:
        made = tree(written)
        self.spots = mentions.find(made, "story", LEXICON)
        self.people = People(self.spots, LEXICON)
        self.ranker = Ranker(made, self.spots, LEXICON, load_weights() if weights is None else weights)
        self.k = [k for k, s in enumerate(self.spots.all) if s.mention.text == pronoun][-1]

    def recent(self) -> list[Recent]:
        return self.ranker.recent(self.k, self.people.of)

    def name(self, one: Recent) -> str:
        return self.spots.all[one.person.spots[0]].mention.name

    def features(self, name: str) -> Features:
        order, one = next((n, r) for n, r in enumerate(self.recent()) if self.name(r) == name)
        return self.ranker.features(self.k, order, one)


def test_the_latest_comes_first() -> None:
    case = Case(f"{ANN_SAW_EVE}\n\n{SHE_LEFT}")
    assert [case.name(r) for r in case.recent()] == ["Eve", "Ann"]


@pytest.mark.parametrize(("between", "reached"), [(WINDOW - 1, True), (WINDOW, False)])
def test_a_pronoun_reaches_so_far_and_no_farther(between: int, reached: bool) -> None:
    case = Case("\n\n".join([ANN_SAW_EVE, *[IT_RAINED] * between, SHE_LEFT]))
    assert bool(case.recent()) is reached


def test_who_comes_later_in_the_sentence_is_ahead() -> None:
    case = Case("She - PRON - 2 nsubj\nsaw see VERB - 0 root\nEve - PROPN - 2 obj PERSON")
    (eve,) = case.recent()
    assert eve.ahead
    assert case.features("Eve")["subject ahead object"] == 1.0


def test_roles_and_distances_are_told() -> None:
    case = Case(f"{ANN_SAW_EVE}\n\n{SHE_LEFT}")
    ann, eve = case.features("Ann"), case.features("Eve")
    assert ann["subject distance 1"] == eve["subject distance 1"] == 1.0
    assert "subject subject 1" in ann
    assert "subject parallel 1" in ann
    assert not {"subject subject 1", "subject parallel 1"} & set(eve)
    assert ("subject order 1" in ann, "subject order 0" in eve) == (True, True)


def test_the_speaker_of_a_quotation_is_told() -> None:
    written = """
    "       -     PUNCT - 3 punct
    She     -     PRON  - 3 nsubj
    left    leave VERB  - 6 ccomp
    "       -     PUNCT - 3 punct
    Ann     -     PROPN - 6 nsubj PERSON
    said    say   VERB  - 0 root
    """
    assert "subject says it" in Case(written).features("Ann")
    assert "subject says it" not in Case(written.replace('"', ",")).features("Ann")


def test_probabilities_leave_room_for_nobody() -> None:
    case = Case(f"{ANN_SAW_EVE}\n\n{SHE_LEFT}")
    ranked = case.ranker.rank(case.k, case.recent())
    assert [p for p, _ in ranked] == sorted((p for p, _ in ranked), reverse=True)
    assert 0 < sum(p for p, _ in ranked) < 1
    assert case.ranker.rank(case.k, []) == []


def test_the_weights_decide() -> None:
    case = Case(f"{ANN_SAW_EVE}\n\n{SHE_LEFT}", weights={"subject subject 1": 9.0})
    (best, person), *_ = case.ranker.rank(case.k, case.recent())
    assert best > 0.9
    assert case.spots.all[person.spots[0]].mention.name == "Ann"
    even = Case(f"{ANN_SAW_EVE}\n\n{SHE_LEFT}", weights={})
    assert [round(p, 3) for p, _ in even.ranker.rank(even.k, even.recent())] == [0.333, 0.333]
