"""kg explain, from the command line."""

import json

from tests.cli.conftest import Kg


def test_a_fact_with_its_words_marked(filled: Kg) -> None:
    ran = filled("explain", "harry", "father", "charles iii")
    assert ran.code == 0
    assert "The graph holds this: a text says so." in ran.out
    assert "“[Prince Harry] | *father* | [King Charles III]”" in ran.out


def test_relations_go_by_label_and_objects_may_be_left_out(filled: Kg) -> None:
    assert "chief executive" in filled("explain", "Zoë O'Brien", "position").out
    assert "1984-02-03" in filled("explain", "zoe o'brien", "Birth Date").out
    assert "did you mean spouse?" in filled("explain", "harry", "spuse").err


def test_what_does_not_hold_is_code_1_and_says_why(filled: Kg) -> None:
    denied = filled("explain", "Harry", "sibling", "Zoë O'Brien")
    assert (denied.code, "a text denies it" in denied.out) == (1, True)
    never = filled("explain", "Harry", "sibling", "Trevor")
    assert (never.code, "it was never said" in never.out) == (1, True)
    assert "Prince Harry · sibling · Zoë O'Brien (denied)" in never.out


def test_json_has_the_places_of_the_marks(filled: Kg) -> None:
    found = json.loads(filled("explain", "harry", "father", "-f", "json").out)
    (claim,) = found["claims"]
    (sentence,) = claim["sentences"]
    assert (found["verdict"], claim["verdict"], claim["confidence"]) == ("stated", "stated", 0.97)
    assert [sentence["text"][m["start"] : m["end"]] for m in sentence["marks"]] == [
        "Prince Harry", "father", "King Charles III",
    ]  # fmt: skip
