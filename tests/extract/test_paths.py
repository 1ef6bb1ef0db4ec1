"""The path language of frames.toml, a step kind at a time."""

import pytest

from kg.errors import OntologyError
from kg.extract.frames import Matcher
from kg.extract.lexicon import Lexicon
from kg.extract.paths import antecedent, compile_path, follow, subjects
from kg.extract.tree import Tree
from tests.extract.trees import at, tree
from tests.extract.trees import lexicon as small_lexicon

KEEPER = tree("""
Ann     -      PROPN -  2 nsubj PERSON
kept    keep   VERB  -  0 root
the     -      DET   -  4 det
house   -      NOUN  -  2 obj
of      -      ADP   -  6 case
Tom     -      PROPN -  4 nmod PERSON
and     -      CCONJ -  8 cc
his     -      PRON  PRP$ 9 nmod:poss
dog     -      NOUN  -  6 conj
out     -      ADP   -  12 case
of      -      ADP   -  10 fixed
love    -      NOUN  -  2 obl
last    -      ADJ   -  14 amod
year    -      NOUN  -  2 obl:unmarked
""")

BAKER = tree("""
Ann     -      PROPN -  4 nsubj PERSON
is      be     AUX   -  4 cop
a       -      DET   -  4 det
baker   -      NOUN  -  0 root
""")


def reach(made: Tree, start: str, path: str, *prepositions: str) -> list[str]:
    """The forms that a path leads to from the first word with this form."""

    def subject(i: int) -> list[int]:
        return subjects(made, i)

    found = follow(made, at(made, start), compile_path(path, "a test"), subject, prepositions)
    return [made.forms[i] for i in found]


@pytest.mark.parametrize(
    ("start", "path", "reached"),
    [
        pytest.param("kept", ">obj", ["house"], id="down"),
        pytest.param("kept", ">iobj", [], id="down, nobody there"),
        pytest.param("kept", ">obl", ["love", "year"], id="down, subtypes too"),
        pytest.param("kept", ">obl:unmarked", ["year"], id="down, one subtype"),
        pytest.param("dog", ">nmod:poss", ["his"], id="down to a possessor"),
        pytest.param("house", ">nmod[of]", ["Tom"], id="down by case"),
        pytest.param("house", ">nmod[to|of]", ["Tom"], id="down by one of several cases"),
        pytest.param("house", ">nmod[to]", [], id="down by another case"),
        pytest.param("kept", ">obl[-]", ["year"], id="without case"),
        pytest.param("kept", ">obl{year}", ["year"], id="down to a lemma"),
        pytest.param("house", "<obj", ["kept"], id="up"),
        pytest.param("house", "<nsubj", [], id="up by another relation"),
        pytest.param("year", "<obl", ["kept"], id="up, subtypes too"),
        pytest.param("house", "<obj{keep|have}", ["kept"], id="up to one of several lemmas"),
        pytest.param("house", "<obj{have}", [], id="up to another lemma"),
        pytest.param("Tom", "<nmod[of]", ["house"], id="up by case"),
        pytest.param("Tom", "<nmod[to]", [], id="up by another case"),
        pytest.param("kept", "<root", [], id="nobody is above the root"),
        pytest.param("kept", "$subject", ["Ann"], id="subject"),
        pytest.param("house", "@", ["house"], id="stay"),
        pytest.param("dog", "<conj <nmod <obj $subject", ["Ann"], id="several steps"),
        pytest.param("house", "<nsubj <obj", [], id="a step that fails ends the path"),
    ],
)
def test_step(start: str, path: str, reached: list[str]) -> None:
    assert reach(KEEPER, start, path) == reached


@pytest.mark.parametrize(
    ("start", "path", "reached"),
    [
        ("baker", "=cop", ["baker"]),
        ("Ann", "=cop", []),
        ("Ann", "<nsubj=cop", ["baker"]),
        ("Ann", "<nsubj=aux", []),
        ("baker", "=cop $subject", ["Ann"]),
    ],
)
def test_a_word_may_be_asked_for_a_child(start: str, path: str, reached: list[str]) -> None:
    assert reach(BAKER, start, path) == reached


def test_prepositions_of_the_cue() -> None:
    assert reach(KEEPER, "house", ">nmod[@cue]", "by", "of") == ["Tom"]
    assert reach(KEEPER, "house", ">nmod[@cue]", "by") == []
    assert reach(KEEPER, "kept", ">obl[@cue]", "out of") == ["love"]
    assert reach(KEEPER, "kept", ">obl[@cue]") == [], "a cue without prepositions leads nowhere"


def test_every_word_is_reached_once() -> None:
    both = tree("A - PROPN - 3 nsubj\nB - PROPN - 3 nsubj\nran run VERB - 0 root")
    assert reach(both, "ran", ">nsubj <nsubj") == ["ran"]


@pytest.mark.parametrize("bad", [">", "<", ">obj[of", "<obj{", ">Obj", ">obj =", "$object", "@@", ">obj=", "^conj"])
def test_a_bad_path_names_the_frame_and_the_step(bad: str) -> None:
    with pytest.raises(OntologyError) as told:
        compile_path(f">nsubj {bad}", "frames.toml, frame possessor")
    assert "frames.toml, frame possessor" in told.value.message
    assert repr(bad.split()[-1]) in told.value.message
    assert told.value.hint


@pytest.mark.parametrize("bad", ["obj", "nmod[of]", "[of]"])
def test_a_step_without_direction_is_refused(bad: str) -> None:
    with pytest.raises(OntologyError):
        compile_path(bad, "frames.toml, frame possessor")


def with_frames(row: dict[str, object]) -> Lexicon:
    shipped = small_lexicon()
    return Lexicon({**shipped.tables, "frames": {"frame": [row]}}, shipped.vocabulary)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"name": "odd", "class": "noun", "subject": [">"], "object": ["@"]}, "frame odd: '>' is no step"),
        ({"name": "odd", "class": "noun", "subject": ["@"], "without": ["<"]}, "frame odd: '<' is no step"),
        ({"name": "odd", "subject": ["@"]}, "frame odd: a frame needs a name and a class"),
        ({"class": "noun", "subject": ["@"]}, "a frame needs a name and a class"),
        ({"name": "odd", "class": "noun", "object": ["@"]}, "frame odd: neither subject nor members"),
    ],
)
def test_a_broken_frame_is_named(row: dict[str, object], told: str) -> None:
    with pytest.raises(OntologyError) as error:
        Matcher(with_frames(row))
    assert told in error.value.message


# ------------------------------------------------------------------ subjects
SHARED = tree("""
He      -     PRON  - 2 nsubj
studied study VERB  - 0 root
and     -     CCONJ - 4 cc
went    go    VERB  - 2 conj
on      -     ADP   - 4 compound:prt
to      -     PART  TO 7 mark
marry   -     VERB  VB 4 xcomp
Ann     -     PROPN - 7 obj PERSON
""")
RELATIVE = tree("""
Tom     -     PROPN - 0 root PERSON
,       -     PUNCT - 4 punct
who     -     PRON  WP 4 nsubj
married marry VERB  - 1 acl:relcl
Ann     -     PROPN - 4 obj PERSON
,       -     PUNCT - 7 punct
born    bear  VERB  VBN 1 acl
here    -     ADV   - 7 advmod
""")
SAID = tree("""
Eve     -     PROPN - 2 nsubj PERSON
said    say   VERB  - 0 root
Tom     -     PROPN - 4 nsubj PERSON
left    leave VERB  - 2 ccomp
quickly -     ADV   - 4 advmod
raining rain  VERB  VBD 2 ccomp
""")


@pytest.mark.parametrize(
    ("made", "verb", "subject"),
    [
        pytest.param(SHARED, "studied", ["He"], id="its own"),
        pytest.param(SHARED, "went", ["He"], id="shared by coordination"),
        pytest.param(SHARED, "marry", ["He"], id="controlled, through coordination"),
        pytest.param(RELATIVE, "married", ["Tom"], id="of a relative clause"),
        pytest.param(RELATIVE, "born", ["Tom"], id="of a participle"),
        pytest.param(SAID, "left", ["Tom"], id="of what is said"),
        pytest.param(SAID, "raining", [], id="a finite clause does not borrow the speaker"),
    ],
)
def test_grammatical_subject(made: Tree, verb: str, subject: list[str]) -> None:
    assert [made.forms[i] for i in subjects(made, at(made, verb))] == subject


def test_antecedent() -> None:
    assert antecedent(RELATIVE, at(RELATIVE, "who")) == at(RELATIVE, "Tom")
    assert antecedent(RELATIVE, at(RELATIVE, "Ann")) == at(RELATIVE, "Ann")
    question = tree("Who - PRON WP 2 nsubj\nleft leave VERB - 0 root\n? - PUNCT . 2 punct")
    assert antecedent(question, 0) == 0


def test_antecedent_where_the_clause_hangs_elsewhere() -> None:
    made = tree("""
    Tom   -     PROPN -   6 nsubj PERSON
    Reed  -     PROPN -   1 flat +
    ,     -     PUNCT -   5 punct
    whose -     PRON  WP$ 5 nmod:poss
    sons  -     NOUN  NNS 6 ccomp
    left  leave VERB  -   0 root
    """)
    assert antecedent(made, at(made, "whose")) == at(made, "Tom")
