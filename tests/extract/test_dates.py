"""Dates as English writes them, and what they are on the day on which a text is written."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.dates import Clock, born_between, bounds
from tests.extract.trees import lexicon, tree

LEXICON = lexicon()
CLOCK = Clock(LEXICON)
MONTHS = LEXICON.tables["time"]["months"]["names"]
THURSDAY = "2024-02-08"


# ------------------------------------------------------------------ dates that say their year
@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 May 1950", "1950-05-12"),
        ("12th of May, 1950", "1950-05-12"),
        ("the 1st of September 1999", "1999-09-01"),
        ("Thursday, May 12, 1950", "1950-05-12"),
        ("Sept. 3, 1999", "1999-09-03"),
        ("on 3 Feb. 2001", "2001-02-03"),
        ("12\nMay  1950", "1950-05-12"),
        ("on 1950-05-12", "1950-05-12"),
        ("13.9.1926", "1926-09-13"),
        ("May 1950", "1950-05"),
        ("in Dec 2003", "2003-12"),
        ("in 1950", "1950"),
        ("the summer of 1950", "1950"),
        ("29 February 2000", "2000-02-29"),
    ],
)
def test_dates_as_precise_as_they_are_told(text: str, iso: str) -> None:
    assert CLOCK.iso(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "last year", "Wednesday", "two years", "May", "30 February 2000", "1950-13-01", "the 1950s", "1950 to 1960",
     "1950-60", "39", "3000", "Room 12345", "£1950", "1,950"],
)  # fmt: skip
def test_what_is_no_date_by_itself(text: str) -> None:
    assert CLOCK.iso(text) == ""


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_in_both_orders(day: date) -> None:
    name = MONTHS[day.month - 1].capitalize()
    assert CLOCK.iso(f"{day.day} {name} {day.year}") == day.isoformat()
    assert CLOCK.iso(f"{name} {day.day}, {day.year}") == day.isoformat()


# ------------------------------------------------------------------ dates that hang on the day of writing
def told(verb: str, when: str, written: str = THURSDAY) -> list[str]:
    """The dates in a clause of a verb ("died VBD") and these words."""
    form, xpos = verb.split()
    rows = [f"{form} - VERB {xpos} 0 root", *(f"{word} - NOUN - 1 obl" for word in when.split())]
    return [m.value for m in CLOCK.read(tree("\n".join(rows)), written).all]


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ("on Wednesday", "2024-02-07"),
        ("on Thursday", "2024-02-08"),
        ("last Thursday", "2024-02-01"),
        ("yesterday", "2024-02-07"),
        ("on 9 July", "2023-07-09"),
        ("on January 9", "2024-01-09"),
        ("in May", "2023-05"),
        ("last February", "2023-02"),
        ("last month", "2024-01"),
        ("earlier this year", "2024"),
        ("three years ago", "2021"),
        ("a year ago", "2023"),
        ("two months ago", "2023-12"),
        ("in May 1950", "1950-05"),
    ],
)
def test_what_is_past(when: str, value: str) -> None:
    assert told("died VBD", when) == [value]


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ("on Saturday", "2024-02-10"),
        ("tomorrow", "2024-02-09"),
        ("in May", "2024-05"),
        ("in January", "2025-01"),
        ("on 9 July", "2024-07-09"),
        ("next year", "2025"),
        ("next month", "2024-03"),
    ],
)
def test_what_is_to_come(when: str, value: str) -> None:
    assert told("marries VBZ", when) == [value]


@pytest.mark.parametrize(
    "when",
    ["on Good Friday", "the Sunday Times", "every Monday", "almost ten years ago", "last week", "in march",
     "two years"],
)  # fmt: skip
def test_what_tells_no_date(when: str) -> None:
    assert told("died VBD", when) == []


def test_what_people_take_in_two_ways_stays_open() -> None:
    assert told("marries VBZ", "next Friday") == [""]
    assert told("died VBD", "last day") == [""]


@pytest.mark.parametrize("written", ["", "2024", "2024-02"])
def test_without_a_day_of_writing_such_dates_stay_open(written: str) -> None:
    assert told("died VBD", "on Wednesday", written) == [""]
    assert told("died VBD", "in May", written) == [""]


SENTENCES = """
In     - ADP   - 2 case
{year} - NUM   - 3 obl
sailed - VERB  - 0 root

Died   - VERB  - 0 root
in     - ADP   - 3 case
May    - PROPN - 1 obl
"""


def test_in_a_story_of_another_year_the_year_of_a_month_is_not_told() -> None:
    assert [m.value for m in CLOCK.read(tree(SENTENCES.format(year=1953)), THURSDAY).all] == ["1953", ""]
    assert [m.value for m in CLOCK.read(tree(SENTENCES.format(year=2023)), THURSDAY).all] == ["2023", "2023-05"]


def test_a_stretch_of_years_written_short_is_two_dates() -> None:
    assert told("reigned VBD", "1979 – 90") == ["1979", "1990"]
    assert told("reigned VBD", "1979 – 50") == ["1979"]


def test_a_number_that_counts_is_no_year() -> None:
    made = tree("in - ADP - 3 case\n1500 - NUM - 3 nummod\nhomes home NOUN NNS 0 root")
    assert CLOCK.read(made, THURSDAY).all == []


# ------------------------------------------------------------------ ages
@pytest.mark.parametrize(
    ("age", "at", "first", "last"),
    [
        (39, "2024-02-08", "1984-02-09", "1985-02-08"),
        (39, "2024-02-29", "1984-03-01", "1985-02-28"),
        (0, "2024-02-08", "2023-02-09", "2024-02-08"),
        (82, "1999-06", "1916-06-02", "1917-06-30"),
        (82, "1999", "1916-01-02", "1917-12-31"),
    ],
)
def test_an_age_tells_two_days_between_which_one_was_born(age: int, at: str, first: str, last: str) -> None:
    assert [d.isoformat() for d in born_between(age, at)] == [first, last]


@settings(deadline=None)
@given(st.integers(0, 120), st.dates(min_value=date(1200, 1, 1)))
def test_whoever_was_born_between_is_so_old(age: int, day: date) -> None:
    first, last = born_between(age, day.isoformat())
    for born in (first, last):
        assert day.year - born.year - ((day.month, day.day) < (born.month, born.day)) == age
    assert timedelta(364) <= last - first <= timedelta(366)


def test_bounds_of_what_is_no_date() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        bounds("")
