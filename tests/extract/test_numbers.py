"""Ages and counts, as English writes them."""

from dataclasses import replace

import pytest

from kg.extract import numbers
from kg.model import Cue
from tests.extract.trees import at, lexicon, relation, tree

LEXICON = lexicon(
    relation(
        "howMany",
        Cue(frame="number", words=("child",)),
        Cue(frame="number_part", words=("son", "daughter")),
        Cue(frame="completed", words=("mother-of",)),
        range_="number",
    )
)


# ------------------------------------------------------------------ counts
@pytest.mark.parametrize(
    ("word", "number"), [("39", 39), ("two", 2), ("Twelve", 12), ("zero", 0), ("several", None), ("1234", None),
     ("forty", 40), ("forty-three", 43), ("forty-eleven", None), ("mother-of-three", 3), ("man-of-three", None)],
)  # fmt: skip
def test_cardinal(word: str, number: int | None) -> None:
    assert numbers.cardinal(word, LEXICON) == number


@pytest.mark.parametrize("word", ["²", "①"])
def test_footnote_marks_are_no_numbers(word: str) -> None:
    assert numbers.cardinal(word, LEXICON) is None


PARTS = """
Ann       -    PROPN -  2 nsubj
has       have VERB  -  0 root
{one}     -    DET   -  4 {dep}
{son}     -    NOUN  -  2 obj
and       -    CCONJ -  7 cc
{two}     -    NUM   -  7 nummod
{others}  -    NOUN  -  4 conj
"""


@pytest.mark.parametrize(
    ("one", "dep", "son", "two", "others", "number"),
    [
        ("a", "det", "son", "two", "daughter", 3),
        ("three", "nummod", "son", "five", "daughter", 8),
        ("no", "det", "son", "five", "daughter", 5),
        ("a", "det", "son", "two", "dog", None),
        ("the", "det", "son", "two", "daughter", None),
    ],
)
def test_parts_make_up_a_whole_where_all_are_counted(
    one: str, dep: str, son: str, two: str, others: str, number: int | None
) -> None:
    made = tree(PARTS.format(one=one, dep=dep, son=son, two=two, others=others))
    assert numbers.count(made, at(made, one), LEXICON) == number


@pytest.mark.parametrize(
    ("word", "dep", "noun", "number"),
    [
        ("three", "nummod", "child", 3),
        ("no", "det", "child", 0),
        ("only", "amod", "child", 1),
        ("a", "det", "child", None),
        ("four", "nummod", "son", 4),
        ("a", "det", "son", None),
        ("young", "amod", "child", None),
    ],
)
def test_what_a_word_counts(word: str, dep: str, noun: str, number: int | None) -> None:
    assert numbers.count(tree(f"{word} - NUM - 2 {dep}\n{noun} - NOUN - 0 root"), 0, LEXICON) == number


def test_a_number_that_hyphens_cut_is_one() -> None:
    made = tree("forty - NUM - 3 dep\n- - PUNCT - 3 punct\nthree - NUM - 0 root")
    assert [numbers.spelled(made, t) for t in (0, 2)] == [(0, 0), (2, 2)]  # "forty - three" are two words
    joined = replace(made, text="forty-three", starts=[0, 5, 6], ends=[5, 6, 11])
    assert [numbers.spelled(joined, t) for t in (0, 2)] == [(0, 2), (0, 2)]
    assert numbers.cardinal(joined.quote(0, 2), LEXICON) == 43


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


DIED = """
Ann  -   PROPN - 2 nsubj PERSON
died die VERB  - 0 root
at   -   ADP   - 5 case
the  -   DET   - 5 det
age  -   NOUN  - 2 obl
of   -   ADP   - 7 case
{n}  -   NUM   - 5 nmod
"""


def test_age_when_something_happened() -> None:
    made = tree(DIED.format(n=82))
    assert numbers.age_of_verb(made, at(made, "82"), LEXICON) == at(made, "died")
    assert numbers.age_of_verb(tree("She - PRON - 2 nsubj\nwon - VERB - 0 root\n82 - NUM - 2 obj"), 2, LEXICON) is None
