"""Ages as births: on which day somebody is so old, and when not to say."""

import pytest

from kg.extract.births import Births
from kg.extract.dates import Clock
from kg.extract.periods import Periods
from kg.model import Claim, Cue, Mention, Span, Status, Value
from tests.extract.trees import at, lexicon, relation, tree

LEXICON = lexicon(
    relation("age", Cue(frame="age", words=("aged",)), range_="number"),
    relation("from", Cue(frame="age_earliest", words=("aged",)), range_="date"),
    relation("until", Cue(frame="age_latest", words=("aged",)), range_="date"),
)
CLOCK = Clock(LEXICON)
PLAIN = Status()


def born(written: str, age: str, on: str = "2024-02-08", status: Status = PLAIN) -> list[str]:
    """The claims beside that of an age, as "relation value"."""
    made = tree(written)
    i = at(made, age)
    place = Span(document="d", start=made.starts[i], end=made.ends[i])
    who = Mention(span=Span(document="d", start=0, end=3), text="Ann", kind="name", name="Ann")
    claim = Claim(relation="age", subject=who, object=Value(text=age, value=age, span=place), sentence=place,
                  status=status, rule="age/name", score=0.9)  # fmt: skip
    births = Births(made, Periods(made, CLOCK.read(made, on), LEXICON, on), LEXICON)
    first, *others = births.beside([claim])
    assert first is claim
    assert all(c.score == claim.score and c.subject is who for c in others)
    return [f"{c.relation} {c.object.value}" for c in others if isinstance(c.object, Value)]


BEHIND = """
Ann - PROPN - 4 nsubj PERSON
,   - PUNCT - 3 punct
39  - NUM   - 1 nmod
{verb} - VERB {xpos} 0 root
in  - ADP   - 6 case
{year} - NUM - 4 obl
"""


def test_an_age_behind_a_name_is_that_of_the_day_of_writing() -> None:
    assert born(BEHIND.format(verb="won", xpos="VBD", year=2024), "39") == ["from 1984-02-09", "until 1985-02-08"]


def test_in_a_story_of_another_year_an_age_tells_no_birth() -> None:
    assert born(BEHIND.format(verb="won", xpos="VBD", year=1953), "39") == []


@pytest.mark.parametrize("on", ["", "yesterday"])
def test_without_a_date_an_age_tells_no_birth(on: str) -> None:
    assert born("Ann - PROPN - 0 root PERSON\n39 - NUM - 1 nmod", "39", on=on) == []


def test_an_age_that_is_denied_or_reported_tells_no_birth() -> None:
    written = "Ann - PROPN - 0 root PERSON\n39 - NUM - 1 nmod"
    assert born(written, "39", status=Status(polarity="denied")) == []
    assert born(written, "39", status=Status(modality="reported")) == []
    assert len(born(written, "39", status=PLAIN)) == 2


@pytest.mark.parametrize(("xpos", "count"), [("VBZ", 2), ("VBD", 0)])
def test_the_tense_tells_whether_it_is_so_now(xpos: str, count: int) -> None:
    assert len(born(f"Ann - PROPN - 3 nsubj PERSON\nis be AUX {xpos} 3 cop\n39 - NUM - 0 root", "39")) == count


DIED = """
Ann  -   PROPN -   3 nsubj PERSON
has  -   AUX   {has} 3 aux
died die VERB  -   0 root
on   -   ADP   -   5 case
{day} -  NUM   -   3 obl
June -   PROPN -   5 nmod
1999 -   NUM   -   5 nmod
aged -   ADJ   -   3 advcl
82   -   NUM   -   8 obl
"""


def test_an_age_at_death_counts_from_the_day_of_death() -> None:
    assert born(DIED.format(has="VBZ", day=3), "82") == ["from 1916-06-04", "until 1917-06-03"]


def test_an_age_at_a_death_without_a_date_counts_from_the_day_of_writing_only_if_it_is_news() -> None:
    died = "Ann - PROPN - {v} nsubj PERSON\n{has}died die VERB {x} 0 root\naged - ADJ - {v} advcl\n82 - NUM - {a} obl"
    assert len(born(died.format(v=3, has="has - AUX VBZ 3 aux\n", x="VBN", a=4), "82")) == 2
    assert born(died.format(v=2, has="", x="VBD", a=3), "82") == []
