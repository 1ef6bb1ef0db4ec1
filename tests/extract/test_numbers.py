"""Ages, counts and dates, as English writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import numbers
from tests.extract.trees import at, lexicon, tree

LEXICON = lexicon()


# ------------------------------------------------------------------ dates
@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 May 1950", "1950-05-12"),
        ("12th of May, 1950", "1950-05-12"),
        ("the 1st of September 1999", "1999-09-01"),
        ("May 12, 1950", "1950-05-12"),
        ("Sept. 3, 1999", "1999-09-03"),
        ("on 3 Feb. 2001", "2001-02-03"),
        ("12\nMay  1950", "1950-05-12"),
        ("1950-05-12", "1950-05-12"),
        ("May 1950", "1950-05"),
        ("in Dec 2003", "2003-12"),
        ("in 1950", "1950"),
        ("the summer of 1950", "1950"),
        ("29 February 2000", "2000-02-29"),
    ],
)
def test_dates_as_precise_as_they_are_told(text: str, iso: str) -> None:
    assert numbers.iso_date(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "last year", "Wednesday", "two years", "May", "30 February 2000", "1950-13-01", "the 1950s", "1950 to 1960",
     "39", "3000", "Room 12345"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert numbers.iso_date(text) == ""


def test_an_iso_date_behind_a_preposition() -> None:
    assert numbers.iso_date("on 1950-05-12") == "1950-05-12"


@given(st.dates())
def test_every_day_in_both_orders(day: date) -> None:
    iso = day.isoformat()
    year, month, number = iso.split("-")
    name = numbers._MONTHS[int(month) - 1].capitalize()
    assert numbers.iso_date(f"{int(number)} {name} {year}") == iso
    assert numbers.iso_date(f"{name} {int(number)}, {year}") == iso


# ------------------------------------------------------------------ counts
@pytest.mark.parametrize(
    ("word", "number"), [("39", 39), ("two", 2), ("Twelve", 12), ("zero", 0), ("several", None), ("1234", None)]
)
def test_cardinal(word: str, number: int | None) -> None:
    assert numbers.cardinal(word, LEXICON) == number


@pytest.mark.parametrize("word", ["²", "①"])
def test_footnote_marks_are_no_numbers(word: str) -> None:
    assert numbers.cardinal(word, LEXICON) is None


# ------------------------------------------------------------------ ages
def after(*forms: str) -> int | None:
    """The age behind a name, in "Ann" and these words."""
    made = tree("\n".join(["Ann - PROPN - 0 root PERSON", *(f"{form} - NUM - 1 dep" for form in forms)]))
    found = numbers.age_after(made, 0, LEXICON)
    if found:
        assert made.quote(found[1], found[2]) == str(found[0])
    return found[0] if found else None


@pytest.mark.parametrize(
    ("forms", "age"),
    [
        ([",", "39", ","], 39),
        ([",", "39", "."], 39),
        (["(", "39", ")"], 39),
        ([",", "aged", "39", ","], 39),
        ([",", "aged", "39", "years"], None),
        ([",", "39", "of", "them"], None),
        ([",", "0", ","], None),
        ([",", "124", ","], 124),
        ([",", "125", ","], None),
        ([",", "1984", ","], None),
        (["39", ","], None),
        ([","], None),
        ([",", "39"], None),
        ([], None),
    ],
)
def test_age_behind_a_name(forms: list[str], age: int | None) -> None:
    assert after(*forms) == age


def test_a_footnote_mark_behind_a_name_is_no_age() -> None:
    assert after(",", "²", ",") is None


def phrase(*forms: str, head: str) -> int | None:
    last = len(forms)  # the noun; "old" hangs on it, what stands before "old" on "old"
    old = next((k for k, form in enumerate(forms, 1) if form.endswith("old") and k < last), 0)
    rows = []
    for k, form in enumerate(forms, 1):
        if form in ("the", "a", "an"):
            rows.append(f"{form} - DET - {last} det")
        elif k == last:
            rows.append(f"{form} - NOUN - 0 root")
        elif k == old or not old:
            rows.append(f"{form} - ADJ - {last} amod")
        else:
            rows.append(f"{form} - NOUN - {old} nummod")
    made = tree("\n".join(rows))
    found = numbers.age_of_phrase(made, at(made, head))
    if found:
        assert made.quote(found[1], found[2]).startswith(str(found[0]))
        assert made.quote(found[1], found[2]).endswith("old")
    return found[0] if found else None


@pytest.mark.parametrize(
    ("forms", "age"),
    [
        (["the", "39-year-old", "singer"], 39),
        (["the", "39", "-", "year", "-", "old", "singer"], 39),
        (["the", "39", "–", "year", "–", "old", "singer"], 39),
        (["the", "39", "year", "old", "singer"], 39),
        (["a", "two-year-old", "singer"], None),
        (["an", "old", "singer"], None),
        (["39", "singer"], None),
    ],
)
def test_age_within_a_phrase(forms: list[str], age: int | None) -> None:
    assert phrase(*forms, head="singer") == age


def test_age_as_the_head_of_its_phrase() -> None:
    assert phrase("the", "39-year-old", head="39-year-old") == 39


def test_age_in_the_sentence_before_is_another_phrase() -> None:
    made = tree("the - DET - 2 det\n39-year-old - NOUN - 0 root\n\nAnn - PROPN - 0 root PERSON")
    assert numbers.age_of_phrase(made, at(made, "Ann")) is None


def test_age_of_another_in_the_same_sentence() -> None:
    made = tree("""
    The         -     DET   - 2 det
    39-year-old -     NOUN  - 3 nsubj
    thanked     thank VERB  - 0 root
    Ann         -     PROPN - 3 obj PERSON
    """)
    assert numbers.age_of_phrase(made, at(made, "Ann")) is None


# ------------------------------------------------------------------ lives in brackets
def life(*forms: str) -> list[str]:
    """The dates behind a name, as quoted."""
    made = tree("\n".join(["Bach - PROPN - 0 root PERSON", *(f"{form} - NUM - 1 dep" for form in forms)]))
    return [made.quote(a, b) for a, b in numbers.life_dates(made, 0)]


@pytest.mark.parametrize("dash", ["-", "–", "—", "−"])
def test_a_life_in_brackets(dash: str) -> None:
    assert life("(", "21", "March", "1685", dash, "28", "July", "1750", ")") == ["21 March 1685", "28 July 1750"]
    assert life("[", "1685", dash, "1750", "]") == ["1685", "1750"]


def test_a_dash_within_a_date_is_no_life() -> None:
    assert life("(", "born", "-", "again", "1685", "–", "1750", ")") == ["born - again 1685", "1750"]


@pytest.mark.parametrize(
    "forms",
    [
        ["(", "1685", ")"],
        ["(", "1685", "-", ")"],
        ["(", "-", "1750", ")"],
        ["(", "left", "-", "right", ")"],
        ["(", "1685", "-", "1750"],
        ["1685", "-", "1750"],
        ["("],
        [],
    ],
)
def test_one_date_in_brackets_may_be_anything(forms: list[str]) -> None:
    assert life(*forms) == []
