"""The notation of trees.py, and what a Tree answers."""

import pytest

from tests.extract.trees import at, tree, words

BAKER = """
Tom     -   PROPN -  3 nmod:poss PERSON
’s      's  PART  -  1 case
father  -   NOUN  -  4 nsubj
left    leave VERB - 0 root
(       -   PUNCT -  7 punct
out     -   ADP   -  7 case
Leeds   -   PROPN -  4 obl PLACE
)       -   PUNCT -  7 punct
.       -   PUNCT .  4 punct

Ann     -   PROPN -  3 nsubj PERSON
Hill    -   PROPN -  1 flat +
ran     run VERB  -  0 root
out     -   ADP   -  6 case
of      -   ADP   -  4 fixed
time    -   NOUN  -  3 obl
"""


def test_text_and_offsets_agree() -> None:
    made = tree(BAKER)
    assert made.text == "Tom’s father left (out Leeds). Ann Hill ran out of time"
    assert [made.text[a:b] for a, b in zip(made.starts, made.ends, strict=True)] == made.forms


def test_heads_sentences_and_names() -> None:
    made = tree(BAKER)
    assert made.heads[at(made, "Tom")] == at(made, "father")
    assert made.heads[at(made, "ran")] == at(made, "ran")
    assert made.sentences == [(0, 9), (9, 15)]
    assert made.sentence_of == [0] * 9 + [1] * 6
    assert [(made.quote(n.first, n.last), n.type) for n in made.names] == [
        ("Tom", "PERSON"),
        ("Leeds", "PLACE"),
        ("Ann Hill", "PERSON"),
    ]


def test_sentence_span_is_without_white_space() -> None:
    made = tree(BAKER)
    start, end = made.sentence_span(at(made, "time"))
    assert made.text[start:end] == "Ann Hill ran out of time"


def test_kids_match_subtypes_too() -> None:
    made = tree(BAKER)
    assert list(made.kids(at(made, "father"), "nmod")) == [at(made, "Tom")]
    assert list(made.kids(at(made, "father"), "nmod:poss")) == [at(made, "Tom")]
    assert list(made.kids(at(made, "father"), "nmod:desc")) == []


@pytest.mark.parametrize(("form", "case"), [("Tom", "'s"), ("time", "out of"), ("Leeds", "out"), ("left", "")])
def test_case_is_folded_and_joined(form: str, case: str) -> None:
    made = tree(BAKER)
    assert made.case(at(made, form)) == case


def test_subtree_and_conjuncts() -> None:
    made = tree(BAKER)
    assert [made.forms[i] for i in made.subtree(at(made, "father"))] == ["Tom", "’s", "father"]
    joined = tree("Tom - PROPN - 0 root\nand - CCONJ - 3 cc\nAnn - PROPN - 1 conj\nEve - PROPN - 1 conj")
    assert [joined.forms[i] for i in joined.conjuncts(0)] == ["Tom", "Ann", "Eve"]


def test_names_alone() -> None:
    made = tree(words("John Reed ; Ann"))
    assert [made.quote(n.first, n.last) for n in made.names] == ["John Reed", "Ann"]
