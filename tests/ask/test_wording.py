"""Plain English is taken for the question that it asks."""

from pathlib import Path

import pytest

from kg.ask.questions import Question, load
from kg.ask.wording import check, near, understood
from kg.errors import QueryError
from kg.vocabulary import shipped

SHIPPED = load(sorted(shipped().glob("questions/*.rq")))

ASKED = {
    "who is Harry's father?": "father Harry",
    "Who’s the father of Prince Harry?": "father Prince Harry",
    "James' mother": "mother James",
    "the parents of O'Brien": "parents O'Brien",
    'who are the sons of "King Charles"': "sons King Charles",
    "does Ann have any children?": "children Ann",
    "how many children does Ann have": "children Ann",
    "Who is Harry's brother?": "siblings Harry",
    "who was Charles married to?": "spouse Charles",
    "who was Charles married to before?": "former-spouses Charles",
    "Harry's ex-wife": "former-spouses Harry",
    "who is Harry's mother-in-law?": "in-laws Harry",
    "who is Harry's stepmother?": "step-family Harry",
    "who are Harry's uncles and aunts": "uncles-and-aunts Harry",
    "how are William and Meghan related?": "related William Meghan",
    "How is William related to Meghan Markle?": "related William Meghan Markle",
    "what is William to Meghan": "related William Meghan",
    "when was Karl Lund born?": "life Karl Lund",
    "how old is Karl?": "life Karl",
    "what does Ann Hill do for a living?": "positions Ann Hill",
    "who was the prime minister in 1990?": "who-held prime minister 1990",
    "who is the head of the board": "who-held head of the board",
    "what titles does Harry bear": "titles Harry",
    "who is Prince Harry?": "sources Prince Harry",
    "tell me  about\nHarry.": "sources Harry",
    "whose parents are unknown?": "orphans",
    "who are the descendants of Queen Elizabeth": "descendants Queen Elizabeth",
}


@pytest.mark.parametrize("text", ASKED)
def test_english_is_understood(text: str) -> None:
    best = understood(text, SHIPPED.values())[0]
    assert " ".join([best.question.name, *best.values]) == ASKED[text]


@pytest.mark.parametrize("text", ["", "what colour is the sky?", "father", "Harry"])
def test_what_is_not_understood(text: str) -> None:
    assert understood(text, SHIPPED.values()) == []


def test_what_is_nearest_is_offered() -> None:
    assert "cousins" in [one.name for one in near("name me all cousins that Harry has", SHIPPED.values())]
    assert near("what colour is the sky?", SHIPPED.values()) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_question_can_be_asked_in_english(name: str) -> None:
    assert SHIPPED[name].asks
    check(SHIPPED[name])


@pytest.mark.parametrize("pattern", ["who is {nobody}", "who is he", "who is ({person}", "who is {person"])
def test_patterns_that_do_not_do(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(f"# title: Q?\n# parameters: person\n# asks: {pattern}\nSELECT * {{ ?person ?p ?o }}")
    question: Question = load([path])["q"]
    with pytest.raises(QueryError):
        check(question)
