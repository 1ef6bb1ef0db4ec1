"""Facts as lines of JSON: where each sentence says them."""

import json

from kg.export.lines import lines
from kg.vocabulary import load
from tests.export.readings import claim, graph, reading

VOCABULARY = load()


def places(relation: str, object_: str) -> list[tuple[str, str]]:
    """The words of both ends in each piece of evidence of one claim about Ann."""
    text = "Ann met Tom in Leeds and, at 30, she said yes when he asked."
    made = reading(text, {"Ann": ["Ann", "she"], "Tom": ["Tom", "he"], "Leeds": ["Leeds"]})
    (line,) = lines([graph(made, [claim(made, relation, "Ann", object_)], VOCABULARY)])
    return [(text[slice(*e["subject"])], text[slice(*e["object"])]) for e in json.loads(line)["evidence"]]


def test_two_people_are_told_by_every_two_mentions_in_the_sentence() -> None:
    found = places("spouse", "Tom")
    assert found == [("Ann", "Tom"), ("Ann", "he"), ("she", "Tom"), ("she", "he")]


def test_a_value_is_told_once() -> None:
    assert places("age", "=30") == [("Ann", "30")]
