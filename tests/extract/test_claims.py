"""Matches and mentions -> claims, on trees written by hand: sides, values, genders, status, what a name tells."""

import pytest

from kg.extract import mentions
from kg.extract.chains import Resolver
from kg.extract.claims import FrameReader
from kg.extract.dates import Clock
from kg.extract.frames import Matcher
from kg.extract.periods import Periods
from kg.extract.ranking import load_weights
from kg.extract.scoring import Scorer
from kg.extract.scoring import load_weights as load_scores
from kg.extract.sides import Sides
from kg.extract.status import StatusReader
from kg.model import Claim, Cue
from tests.extract.trees import lexicon, relation, tree

LEXICON = lexicon(
    relation("parent", Cue(frame="noun", words=("parent",))),
    relation("father", Cue(frame="noun", words=("father",), bearer="male"), gender="male", parents=("parent",)),
    relation("spouse", Cue(frame="verb", words=("marry",)), symmetric=True),
    relation("sibling", Cue(frame="noun", words=("twin",)), symmetric=True),
    relation("birthDate", Cue(frame="passive", words=("bear",), prepositions=("in", "on")), range_="date"),
    relation("born", Cue(frame="bracket_first", words=("birth",)), range_="date", family=False),
    relation("died", Cue(frame="bracket_second", words=("death",)), range_="date", family=False),
    relation("office", Cue(frame="role", words=("judge",)), range_="Position", family=False),
    relation("title", Cue(frame="title", words=("title",)), range_="string", family=False),
    relation("age", Cue(frame="age", words=("age",)), range_="number", family=False),
)
MATCHER = Matcher(LEXICON)


def claims(written: str) -> list[Claim]:
    made = tree(written)
    spots = mentions.find(made, "story", LEXICON)
    matches = tuple(MATCHER.matches(made))
    chains = Resolver(made, spots, LEXICON, MATCHER, matches, load_weights()).resolve()
    periods = Periods(made, Clock(LEXICON).read(made, ""), LEXICON, "")
    sides = Sides(made, "story", spots, chains, LEXICON, periods)
    drafts = FrameReader(sides, StatusReader(LEXICON)).of(matches)
    return list(Scorer(LEXICON.vocabulary, (), load_scores()).claims(drafts, sides))


def told(written: str, *relations: str) -> set[tuple[str, str, str]]:
    """Relation, subject and object as the text has them; of these relations alone, if any are named."""
    return {
        (c.relation, c.subject.text, c.object.text) for c in claims(written) if not relations or c.relation in relations
    }


PLAIN = """
{who}   -     PROPN - 5 nsubj PERSON
is      be    AUX   - 5 cop
Tom     -     PROPN - 5 nmod:poss PERSON
's      -     PART  - 3 case
father  -     NOUN  - 0 root
"""


def test_a_predicate_noun_tells_who_is_whose() -> None:
    assert told(PLAIN.format(who="John")) == {("father", "Tom", "John")}


def test_nobodys_father_is_a_woman() -> None:
    written = """
    Dame    -     PROPN - 2 nmod:desc TITLE
    Eve     -     PROPN - 6 nsubj PERSON
    is      be    AUX   - 6 cop
    Tom     -     PROPN - 6 nmod:poss PERSON
    's      -     PART  - 4 case
    father  -     NOUN  - 0 root
    """
    assert told(written, "father") == {("father", "Tom", "Tom's father")}, "somebody unnamed, not Eve"


def test_a_denial_is_a_claim_that_is_denied() -> None:
    (claim,) = claims(
        """
        John    -     PROPN -  6 nsubj PERSON
        is      be    AUX   -  6 cop
        not     -     PART  RB 6 advmod
        Tom     -     PROPN -  6 nmod:poss PERSON
        's      -     PART  -  4 case
        father  -     NOUN  -  0 root
        """
    )
    assert (claim.status.polarity, claim.rule.partition("/")[2]) == ("denied", "father")


def test_each_twin_stands_with_each() -> None:
    written = """
    The     -     DET   -   2 det
    twins   twin  NOUN  NNS 8 nsubj
    Ann     -     PROPN -   2 appos PERSON
    ,       -     PUNCT -   5 punct
    Eve     -     PROPN -   3 conj PERSON
    and     -     CCONJ -   7 cc
    Tom     -     PROPN -   3 conj PERSON
    left    leave VERB  -   0 root
    """
    assert told(written) == {("sibling", "Ann", "Eve"), ("sibling", "Ann", "Tom"), ("sibling", "Eve", "Tom")}


def test_nobody_marries_himself() -> None:
    assert told("Tom - PROPN - 2 nsubj PERSON\nmarried marry VERB - 0 root\nTom - PROPN - 2 obj PERSON") == set()


# ------------------------------------------------------------------ values
BORN = """
Ann     -     PROPN -   3 nsubj:pass PERSON
was     be    AUX   VBD 3 aux:pass
born    bear  VERB  VBN 0 root
in      -     ADP   -   6 case
May     -     PROPN -   6 compound {tag}
1950    -     NUM   -   3 obl {more}
"""


@pytest.mark.parametrize(("tag", "more"), [("DATE", "+"), ("", "")], ids=["tagged", "untagged"])
def test_a_date_is_a_value_with_its_place(tag: str, more: str) -> None:
    (claim,) = claims(BORN.format(tag=tag, more=more))
    assert getattr(claim.object, "value", "") == "1950-05"
    assert claim.object.span is not None
    assert claim.object.span.end == claim.sentence.end


def test_what_is_no_date_is_no_birth_date() -> None:
    assert told(BORN.format(tag="DATE", more="+").replace("1950", "Street")) == set()


def test_an_office_is_told_with_its_words_and_body() -> None:
    (claim,) = claims(
        """
        Ann     -     PROPN -  4 nsubj PERSON
        is      be    AUX   -  4 cop
        senior  -     ADJ   -  4 amod
        judge   -     NOUN  -  0 root
        of      -     ADP   -  6 case
        Kent    -     PROPN -  4 nmod PLACE
        """
    )
    assert dict(getattr(claim.object, "parts", ())) == {"role": "senior judge", "org": "Kent"}


# ------------------------------------------------------------------ what a name itself tells
def test_titles_and_ages_stand_at_names() -> None:
    written = """
    Dr      -     PROPN - 2 nmod:desc TITLE
    Ann     -     PROPN - 6 nsubj PERSON
    ,       -     PUNCT - 4 punct
    39      -     NUM   - 2 appos
    ,       -     PUNCT - 4 punct
    left    leave VERB  - 0 root
    """
    assert told(written, "title", "age") == {("title", "Dr Ann", "Dr"), ("age", "Dr Ann", "39")}


def test_a_bare_number_as_predicate_is_an_age() -> None:
    written = "Ann - PROPN - 3 nsubj PERSON\nis be AUX - 3 cop\n{} - NUM - 0 root"
    assert told(written.format("52")) == {("age", "Ann", "52")}
    assert told(written.format("520")) == set()


def test_two_dates_in_brackets_are_birth_and_death() -> None:
    written = """
    Ann     -     PROPN - 7 nsubj PERSON
    (       -     PUNCT - 3 punct
    1685    -     NUM   - 1 dep
    -       -     PUNCT - 5 punct
    1750    -     NUM   - 3 dep
    )       -     PUNCT - 3 punct
    sang    sing  VERB  - 0 root
    """
    assert told(written, "born", "died") == {("born", "Ann", "1685"), ("died", "Ann", "1750")}


def test_the_score_of_a_claim_falls_with_a_doubtful_side() -> None:
    met = "Mary - PROPN - 2 nsubj PERSON\nmet meet VERB - 0 root\nJohn - PROPN - 2 obj PERSON\n. - PUNCT - 2 punct"
    sure, doubtful = (
        PLAIN.format(who="John"),
        PLAIN.format(who="He").replace("PROPN - 5 nsubj PERSON", "PRON - 5 nsubj"),
    )
    (first,) = claims(sure)
    (second,) = (c for c in claims(f"{met}\n\n{doubtful}") if c.object.text == "He")
    assert first.score > second.score > 0
