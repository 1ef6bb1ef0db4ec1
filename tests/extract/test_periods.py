"""When a claim holds: what dates say of the words on which they hang."""

import pytest

from kg.extract.dates import Clock
from kg.extract.periods import Periods
from kg.model import Status
from tests.extract.trees import at, lexicon, relation, tree

LEXICON = lexicon()
CLOCK = Clock(LEXICON)


MARRIAGE, OFFICE = relation("spouse"), relation("position", range_="Position")


def held(written: str, anchor: str, office: bool = False, on: str = "2024-02-08") -> str:
    """Start, end and phase of what the anchor says: "1990..2003 former"."""
    made = tree(written)
    i = at(made, anchor)
    status = Periods(made, CLOCK.read(made, on), LEXICON, on).of(OFFICE if office else MARRIAGE, i, i, Status())
    return f"{status.start}..{status.end} {status.phase}"


def verb(form: str, lemma: str, *words: str, xpos: str = "VBD") -> str:
    """A verb and what hangs on it."""
    rows = [f"{form} {lemma} VERB {xpos} 0 root"]
    for k, word in enumerate(words, 2):
        number = word.isdecimal()
        rows.append(f"{word} - {'NUM' if number else 'ADP'} - {1 if number else k + 1} {'obl' if number else 'case'}")
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("form", "lemma", "words", "period"),
    [
        ("married", "marry", ("in", "1990"), "1990.. current"),
        ("divorced", "divorce", ("in", "2003"), "..2003 former"),
        ("lived", "live", ("in", "1990"), ".. current"),
        ("lived", "live", ("since", "1990"), "1990.. current"),
        ("lived", "live", ("until", "2003"), "..2003 former"),
        ("lived", "live", ("from", "1990", "to", "2003"), "1990..2003 former"),
        ("lived", "live", ("from", "1990", "until", "2003"), "1990..2003 former"),
        ("lived", "live", ("between", "1990", "and", "2003"), "1990..2003 former"),
        ("lived", "live", ("from", "the", "early", "1990"), "1990.. current"),
        ("married", "marry", ("before", "1990"), ".. current"),
        ("lives", "live", ("until", "2027"), "..2027 current"),
        ("married", "marry", ("in", "2027"), "2027.. future"),
    ],
)
def test_dates_of_a_verb(form: str, lemma: str, words: tuple[str, ...], period: str) -> None:
    assert held(verb(form, lemma, *words), form) == period


def test_a_day_of_the_week_is_a_date_too() -> None:
    assert held("They - PRON - 2 nsubj\nmarried marry VERB - 0 root\non - ADP - 4 case\nSaturday - PROPN - 2 obl",
                "married") == "2024-02-03.. current"  # fmt: skip


def test_the_day_of_writing_is_no_start() -> None:
    assert held("They - PRON - 2 nsubj\nmarried marry VERB - 0 root", "married") == ".. current"


def test_without_a_day_of_writing_what_ended_is_over() -> None:
    assert held(verb("lived", "live", "until", "2003"), "lived", on="") == "..2003 former"


OFFICE_GIVEN = """
Ann     -       PROPN -   3 nsubj PERSON
was     be      AUX   -   3 aux
{verb}  {lemma} VERB  VBN 0 root
as      -       ADP   -   5 case
mayor   -       NOUN  -   3 {dep}
in      -       ADP   -   7 case
2003    -       NUM   -   3 obl
"""


@pytest.mark.parametrize(
    ("form", "lemma", "dep", "period"),
    [
        ("elected", "elect", "xcomp", "2003.. current"),
        ("appointed", "appoint", "obj", "2003.. current"),
        ("sacked", "sack", "obl", "..2003 former"),
        ("seen", "see", "obj", ".. current"),
        ("serving", "serve", "obl", ".. current"),
    ],
)
def test_verbs_give_and_take_an_office(form: str, lemma: str, dep: str, period: str) -> None:
    assert held(OFFICE_GIVEN.format(verb=form, lemma=lemma, dep=dep), "mayor", office=True) == period


def test_the_verb_of_a_sentence_dates_no_kin_in_it() -> None:
    assert held(OFFICE_GIVEN.format(verb="married", lemma="marry", dep="obj"), "mayor") == ".. current"


TERM = """
Ann       - PROPN - 0 root PERSON
,         - PUNCT - 1 punct
president - NOUN  - 1 appos
(         - PUNCT - 5 punct
2001      - NUM   - 1 nmod
–         - PUNCT - 7 punct
2009      - NUM   - 5 nmod
)         - PUNCT - 5 punct
"""


def test_a_term_in_brackets_belongs_to_the_office_before_it() -> None:
    assert held(TERM, "president", office=True) == "2001..2009 former"


def test_brackets_behind_a_name_are_not_the_dates_of_a_marriage() -> None:
    made = "Tom - PROPN - 6 nsubj PERSON\n( - PUNCT - 3 punct\n1887 - NUM - 6 obl\n– - PUNCT - 5 punct\n"
    made += "1958 - NUM - 6 obl\nmarried marry VERB - 0 root\n) - PUNCT - 3 punct"
    assert held(made, "married") == ".. current"


def test_brackets_behind_the_name_that_carries_a_claim_are_a_life() -> None:
    made = tree(TERM.replace("Ann       - PROPN - 0 root PERSON", "Ann       - PROPN - 0 root")
                    .replace("president - NOUN  - 1 appos", "president - PROPN - 1 appos PERSON"))  # fmt: skip
    i = at(made, "president")
    assert Periods(made, CLOCK.read(made, ""), LEXICON, "").of(MARRIAGE, i, i, Status()) == Status()


def test_a_date_of_another_clause_is_not_the_claims() -> None:
    other = "Tom - PROPN - 2 nsubj\nmarried marry VERB - 0 root\nAnn - PROPN - 2 obj\nborn bear VERB VBN 3 acl\n"
    assert held(other + "in - ADP - 6 case\n1950 - NUM - 4 obl", "married") == ".. current"


def test_nobody_is_a_brother_since_then() -> None:
    made = tree(verb("married", "marry", "in", "1990"))
    periods = Periods(made, CLOCK.read(made, ""), LEXICON, "")
    assert periods.of(relation("sibling"), 0, 0, Status()) == Status()
    assert periods.of(MARRIAGE, 0, 0, Status()) == Status(start="1990")


def test_whoever_is_married_or_succeeded_has_no_office_since_then() -> None:
    for lemma in ("marry", "succeed"):
        assert held(OFFICE_GIVEN.format(verb="did", lemma=lemma, dep="obj"), "mayor", office=True) == ".. current"


def test_what_is_denied_has_no_dates() -> None:
    made = tree(verb("married", "marry", "in", "1990"))
    denied = Status(polarity="denied")
    assert Periods(made, CLOCK.read(made, ""), LEXICON, "").of(MARRIAGE, 0, 0, denied) == denied
