"""Where a tree names, describes or points at somebody."""

from dataclasses import replace

import pytest

from kg.extract import mentions
from kg.extract.mentions import Spots
from kg.extract.tree import Tie
from kg.model import Cue, Mention
from tests.extract.trees import at, lexicon, relation, tree, words

LEXICON = lexicon(
    relation("father", Cue(frame="noun", words=("father",), bearer="male")),
    relation("position", Cue(frame="role", words=("judge",)), range_="Position"),
)


def found(written: str) -> Spots:
    return mentions.find(tree(written), "made", LEXICON)


def only(written: str) -> Mention:
    (spot,) = found(written).all
    return spot.mention


# ------------------------------------------------------------------ names
def test_a_name_with_its_titles() -> None:
    mention = only(words("HRH Prince Harry"))
    assert (mention.text, mention.name, mention.titles) == ("HRH Prince Harry", "Harry", ("HRH", "Prince"))
    assert (mention.kind, mention.type, mention.gender) == ("name", "Person", "male")


@pytest.mark.parametrize(("kind", "type_"), [("ORG", "Organisation"), ("PLACE", "Place")])
def test_organisations_and_places(kind: str, type_: str) -> None:
    mention = only(words("Halden Foods", kind))
    assert (mention.type, mention.name) == (type_, "Halden Foods")


@pytest.mark.parametrize("kind", ["DATE", "NORP"])
def test_dates_and_peoples_are_nobody(kind: str) -> None:
    assert found(words("Monday", kind)).all == []


def test_a_name_ends_before_its_possessive() -> None:
    assert only("Ann - PROPN - 0 root PERSON\n's - PART - 1 case +").text == "Ann"


def test_a_name_needs_a_letter() -> None:
    assert found("39 - NUM - 0 root PERSON").all == []


def test_every_token_of_a_name_leads_to_it() -> None:
    spots = found(words("Ann Hill ; Tom Reed"))
    assert spots.at == {0: 0, 1: 0, 3: 1, 4: 1}


# ------------------------------------------------------------------ titles alone
def test_a_title_alone_describes_somebody() -> None:
    spots = found("The - DET - 2 det\nQueen - PROPN - 3 nsubj TITLE\nleft leave VERB - 0 root")
    (spot,) = spots.all
    assert (spot.mention.text, spot.mention.titles, spot.mention.gender) == ("The Queen", ("Queen",), "female")
    assert spot.mention.kind == "description"


def test_a_title_before_a_name_belongs_to_it() -> None:
    mention = only("Prince - PROPN - 2 nmod:desc TITLE\nHarry - PROPN - 0 root PERSON")
    assert (mention.name, mention.titles) == ("Harry", ("Prince",))


def test_a_name_tagged_as_a_title_is_a_name() -> None:
    mention = only("Prince - PROPN - 2 nmod:desc TITLE\nWilliam - PROPN - 0 root +")
    assert (mention.name, mention.titles) == ("William", ("Prince",))


@pytest.mark.parametrize(
    ("word", "name", "titles"), [("Siri", "Siri Lind", ()), ("Prince", "Lind", ("Prince",)), ("Woman", "Lind", ())]
)
def test_a_first_name_tagged_as_a_title_belongs_to_its_name(word: str, name: str, titles: tuple[str, ...]) -> None:
    spots = found(f"{word} - PROPN - 2 flat TITLE\nLind - PROPN - 0 root PERSON")
    named = next(s.mention for s in spots.all if s.mention.kind == "name")
    assert (named.name, named.titles) == (name, titles)


# ------------------------------------------------------------------ pronouns, descriptions, groups
@pytest.mark.parametrize(
    ("row", "kind", "gender"),
    [
        ("He - PRON - 0 root", "pronoun", "male"),
        ("her - PRON PRP$ 0 root", "pronoun", "female"),
        ("I - PRON - 0 root", "pronoun", ""),
        ("Sussexes - PROPN NNPS 0 root PERSON", "group", ""),
        ("They - PRON - 0 root", "group", ""),
        ("father - NOUN - 0 root", "description", "male"),
        ("judge - NOUN - 0 root", "description", ""),
        ("judges judge NOUN NNS 0 root", "group", ""),
        ("couple - NOUN - 0 root", "group", ""),
        ("woman - NOUN - 0 root", "description", "female"),
        ("39-year-old - NOUN - 0 root", "description", ""),
    ],
)
def test_words_that_point_at_people(row: str, kind: str, gender: str) -> None:
    mention = only(row)
    assert (mention.kind, mention.gender, mention.name) == (kind, gender, "")


@pytest.mark.parametrize("row", ["it - PRON - 0 root", "table - NOUN - 0 root", "Her - PROPN - 0 root"])
def test_words_that_do_not(row: str) -> None:
    assert found(row).all == []


@pytest.mark.parametrize(
    ("left", "text", "definite"),
    [
        ("the - DET - 3 det", "the old judge", True),
        ("a - DET - 3 det", "a old judge", False),
        ("his - PRON PRP$ 3 nmod:poss", "his old judge", True),
        ("with - ADP - 3 case", "old judge", False),
    ],
)
def test_a_description_is_its_phrase(left: str, text: str, definite: bool) -> None:
    made = tree(f"{left}\nold - ADJ - 3 amod\njudge - NOUN - 0 root")
    spots = mentions.find(made, "made", LEXICON)
    judge = spots.all[spots.at[at(made, "judge")]]
    assert (judge.mention.text, judge.definite) == (text, definite)


@pytest.mark.parametrize(("odds", "texts"), [(2.0, ["the stranger", "Ann"]), (-0.5, ["Ann"])])
def test_a_noun_that_an_arc_takes_for_a_person_describes_one(odds: float, texts: list[str]) -> None:
    plain = tree("the - DET - 2 det\nstranger - NOUN - 3 nsubj\nmet meet VERB - 0 root\nAnn - PROPN - 3 obj PERSON")
    made = replace(plain, ties=(Tie(at(plain, "stranger"), at(plain, "Ann"), "father", odds),))
    assert [s.mention.text for s in mentions.find(made, "made", LEXICON).all] == texts


def test_spots_stand_in_text_order_the_wider_first() -> None:
    spots = found("""
    his     -     PRON  PRP$ 2 nmod:poss
    father  -     NOUN  -    3 nsubj
    met     meet  VERB  -    0 root
    Ann     -     PROPN -    3 obj PERSON
    """)
    assert [s.mention.text for s in spots.all] == ["his father", "his", "Ann"]
    assert spots.at == {0: 1, 1: 0, 3: 2}
