"""Words -> pieces: what the encoder sees, whatever quotation marks and letters a text uses."""

import pytest

from kg.extract.pieces import (
    CAPITALISED,
    CLS,
    LOWER,
    MIXED,
    SEP,
    SPECIAL_CASE,
    UNKNOWN,
    UPPER,
    Pieces,
    case_of,
    fold,
)


def letters(word: str) -> list[int]:
    """A tokenizer of the simplest kind: a piece a letter."""
    return [ord(c) for c in word]


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Tom’s", "Tom's"),
        ("O‘Brien", "O'Brien"),
        ("`", "'"),
        ("“yes”", '"yes"'),
        ("„so“", '"so"'),
        ("well…", "well..."),
        ("son‑in‐law", "son-in-law"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("Zoë", "Zoë"),
    ],
)
def test_typographic_marks_are_made_plain(word: str, plain: str) -> None:
    assert fold(word) == plain


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("father", LOWER),
        ("Father", CAPITALISED),
        ("I", CAPITALISED),
        ("HRH", UPPER),
        ("McDonald", CAPITALISED),
        ("iPhone", MIXED),
        ("1984", MIXED),
        ("’", MIXED),
    ],
)
def test_written_case(word: str, case: int) -> None:
    assert case_of(word) == case


def test_a_window_has_both_ends_and_says_where_words_begin() -> None:
    window = Pieces(letters).window(["Tom", "is"])
    assert window.ids == (CLS, *letters("Tom"), *letters("is"), SEP)
    assert window.first == (1, 4)
    assert window.cases == (SPECIAL_CASE, CAPITALISED, CAPITALISED, CAPITALISED, LOWER, LOWER, SPECIAL_CASE)


def test_an_empty_window() -> None:
    window = Pieces(letters).window([])
    assert (window.ids, window.first) == ((CLS, SEP), ())


def test_every_word_has_a_piece() -> None:
    assert Pieces(letters).of("\u200b") == (UNKNOWN,)


def test_a_very_long_word_does_not_fill_the_window() -> None:
    assert Pieces(letters, longest=16).of("a" * 10_000) == (ord("a"),) * 16


def test_words_are_cut_once() -> None:
    asked: list[str] = []

    def tokenize(word: str) -> list[int]:
        asked.append(word)
        return letters(word)

    pieces = Pieces(tokenize)
    pieces.window(["Tom", "saw", "Tom"])
    pieces.window(["Tom"])
    assert asked == ["Tom", "saw"]


def test_memory_of_words_is_bounded_and_changes_nothing() -> None:
    pieces = Pieces(letters, remembered=1)
    assert [pieces.of(w) for w in ("a", "b", "a", "b")] == [(97,), (98,), (97,), (98,)]
    assert len(pieces._seen) == 1
