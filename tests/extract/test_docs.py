"""spaCy Docs -> Trees: Universal Dependencies as they are, ClearNLP trees turned into them."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.errors import ModelError
from kg.extract.docs import from_clear
from kg.extract.docs import tree as tree_of
from kg.extract.reader import Reader
from kg.extract.tree import Tree
from kg.model import Cue, Document
from kg.vocabulary import Vocabulary
from tests.extract.trees import at, lexicon, relation, tree

LEXICON = lexicon(
    relation("inLaw", Cue(frame="noun", words=("father-in-law",))),
    relation("child", Cue(frame="noun", words=("child",))),
    relation("parent", Cue(frame="passive", words=("bear",), prepositions=("to",))),
)
VOCAB = spacy.blank("en").vocab


def doc(written: str) -> Doc:
    """A Doc as a spaCy pipeline leaves it, in the notation of trees.py."""
    made = tree(written)
    spaces = [b - a > 0 for a, b in zip(made.ends, [*made.starts[1:], made.ends[-1]], strict=True)]
    deps = ["ROOT" if head == i else dep for i, (head, dep) in enumerate(zip(made.heads, made.deps, strict=True))]
    out = Doc(VOCAB, words=made.forms, spaces=spaces, pos=made.upos, tags=made.xpos, lemmas=made.lemmas,
              heads=made.heads, deps=deps)  # fmt: skip
    out.ents = tuple(Span(out, n.first, n.last + 1, label=n.type) for n in made.names)
    return out


def arcs(made: Tree) -> dict[str, str]:
    """word -> "relation head", for words that occur once."""
    return {
        form: dep if head == i else f"{dep} {made.forms[head]}"
        for i, (form, head, dep) in enumerate(zip(made.forms, made.heads, made.deps, strict=True))
    }


# ------------------------------------------------------------------ Universal Dependencies
PLAIN = """
Ann     -     PROPN -   3 nsubj:pass PERSON
was     be    AUX   VBD 3 aux:pass
born    born  VERB  VBN 0 root
to      -     ADP   -   5 case
Eve     -     PROPN -   3 obl PERSON
in      -     ADP   -   7 case
York    -     PROPN -   3 obl GPE
.       -     PUNCT .   3 punct

He      -     PRON  -   2 nsubj
left    leave VERB  -   0 root
"""


def test_universal_dependencies_are_left_alone() -> None:
    made = tree_of(doc(PLAIN), LEXICON)
    assert arcs(made)["Eve"] == "obl born"
    assert arcs(made)["was"] == "aux:pass born"
    assert made.sentences == [(0, 8), (8, 10)]
    assert made.sentence_of == [0] * 8 + [1] * 2
    assert made.children[at(made, "left")] == [at(made, "He")]
    assert [made.text[a:b] for a, b in zip(made.starts, made.ends, strict=True)] == made.forms


def test_lemmas_of_cue_words_are_the_lexicons_others_the_pipelines() -> None:
    made = tree_of(doc(PLAIN), LEXICON)
    assert made.lemmas[at(made, "born")] == "bear"
    assert made.lemmas[at(made, "left")] == "leave"


def test_name_types_are_ours_and_unknown_ones_fall_away() -> None:
    made = tree_of(doc(PLAIN.replace("He      -     PRON  -   2 nsubj", "He - PRON - 2 nsubj WORK_OF_ART")), LEXICON)
    assert [(made.forms[n.first], n.type) for n in made.names] == [
        ("Ann", "PERSON"),
        ("Eve", "PERSON"),
        ("York", "PLACE"),
    ]


def test_an_empty_doc() -> None:
    assert len(tree_of(Doc(VOCAB), LEXICON)) == 0


# ------------------------------------------------------------------ hyphens
def hyphenated(text: str) -> Doc:
    """A Doc of words and hyphens without spaces between them, all hanging on the last."""
    forms = text.replace("-", " - ").split()
    spaces = [
        form != "-" and (forms[k + 1] if k + 1 < len(forms) else "") not in ("-", "") for k, form in enumerate(forms)
    ]
    last = len(forms) - 1
    return Doc(VOCAB, words=forms, spaces=spaces, pos=["NOUN"] * len(forms), tags=["NN"] * len(forms),
               ents=["O"] * len(forms),
               lemmas=forms, heads=[last] * len(forms), deps=["dep"] * last + ["ROOT"])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("her father-in-law", ["her", "father-in-law"]),
        ("her Father-in-Law left", ["her", "Father-in-Law", "left"]),
        ("the 39-year-old singer", ["the", "39-year-old", "singer"]),
        ("a 2-years-old child", ["a", "2-years-old", "child"]),
        ("a well-known man", ["a", "well", "-", "known", "man"]),
        ("a 39-metre-old singer", ["a", "39", "-", "metre", "-", "old", "singer"]),
    ],
)
def test_hyphenated_cues_and_ages_become_one_word(text: str, forms: list[str]) -> None:
    made = tree_of(hyphenated(text), LEXICON)
    assert made.forms == forms
    assert made.text == text
    assert [made.text[a:b] for a, b in zip(made.starts, made.ends, strict=True)] == forms


def test_a_merged_word_has_the_lemma_of_its_cue() -> None:
    made = tree_of(hyphenated("two father-in-laws"), LEXICON)
    assert made.lemmas[1] == "father-in-law"


# ------------------------------------------------------------------ ClearNLP
PREDICATE = """
John    -     PROPN -   2 nsubj PERSON
is      be    AUX   -   0 ROOT
not     -     PART  RB  2 neg
the     -     DET   -   5 det
father  -     NOUN  -   2 attr
of      -     ADP   -   5 prep
Tom     -     PROPN -   6 pobj PERSON
and     -     CCONJ -   7 cc
Ann     -     PROPN -   7 conj PERSON
.       -     PUNCT .   2 punct
"""
BORN = """
Clara   -     PROPN -   3 nsubjpass PERSON
was     be    AUX   VBD 3 auxpass
born    bear  VERB  VBN 0 ROOT
in      -     ADP   -   3 prep
May     -     PROPN -   4 pobj DATE
by      -     ADP   -   3 agent
Judith  -     PROPN -   6 pobj PERSON
"""
OWNED = """
Tom     -     PROPN -   3 poss PERSON
's      -     PART  -   1 case
father  -     NOUN  -   4 nsubj
gave    give  VERB  -   0 ROOT
Ann     -     PROPN -   4 dative PERSON
a       -     DET   -   7 det
dog     -     NOUN  -   4 dobj
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            PREDICATE,
            {
                "John": "nsubj father",
                "is": "cop father",
                "not": "advmod father",
                "father": "root",
                "of": "case Tom",
                "Tom": "nmod father",
                "Ann": "conj Tom",
                ".": "punct father",
            },
            id="predicate noun and preposition",
        ),
        pytest.param(
            BORN,
            {
                "Clara": "nsubj:pass born",
                "was": "aux:pass born",
                "May": "obl born",
                "in": "case May",
                "Judith": "obl:agent born",
                "by": "case Judith",
            },
            id="passive",
        ),
        pytest.param(
            OWNED,
            {"Tom": "nmod:poss father", "'s": "case Tom", "Ann": "iobj gave", "dog": "obj gave"},
            id="possessor and objects",
        ),
    ],
)
def test_clear_trees_become_universal(written: str, expected: dict[str, str]) -> None:
    found = arcs(tree_of(doc(written), LEXICON))
    assert {word: found[word] for word in expected} == expected


def test_a_predicate_noun_takes_the_place_of_its_verb_below_the_root() -> None:
    heads, deps = from_clear(
        [1, 1, 4, 4, 1, 4],  # Ann said | he is … (is: 4) | baker
        ["nsubj", "ROOT", "mark", "nsubj", "ccomp", "attr"],
        ["PROPN", "VERB", "SCONJ", "PRON", "AUX", "NOUN"],
    )
    assert (heads[5], deps[5]) == (1, "ccomp")
    assert (heads[4], deps[4]) == (5, "cop")
    assert heads[3] == 5


def test_the_given_lists_are_not_changed() -> None:
    heads, deps = [1, 1, 1], ["nsubj", "ROOT", "attr"]
    from_clear(heads, deps, ["PROPN", "AUX", "NOUN"])
    assert (heads, deps) == ([1, 1, 1], ["nsubj", "ROOT", "attr"])


def test_a_clear_tree_gives_the_same_claim(vocabulary: Vocabulary, reader: Reader) -> None:
    words = reader.trees.lexicon
    made = tree_of(doc(PREDICATE.replace("not     -     PART  RB  2 neg", "indeed - ADV RB 2 advmod")), words)
    document = Document(id="made", text=made.text)
    claims = reader.read_tree(document, made).claims
    told = {
        (c.relation, c.subject.text, c.object.text, c.status.polarity) for c in claims if c.object.text == "John"
    }  # the object is named by its name, not by "father"
    assert told == {("father", "Tom", "John", "affirmed"), ("father", "Ann", "John", "affirmed")}
    assert vocabulary.relations["father"].range == "Person"


NEPHEW = """
A       -    DET   DT  2 det
nephew  -    NOUN  NN  7 nsubj
of      -    ADP   IN  4 case
Ann     -    PROPN NNP 2 nmod PERSON
,       -    PUNCT ,   6 punct
Tom     -    PROPN NNP 4 conj PERSON
left    leave VERB VBD 0 root
"""


def test_a_name_joined_without_and_is_an_apposition() -> None:
    assert arcs(tree_of(doc(NEPHEW), LEXICON))["Tom"] == "appos nephew"
    joined = NEPHEW.replace(",       -    PUNCT ,   6 punct", "and     -    CCONJ CC  6 cc")
    assert arcs(tree_of(doc(joined), LEXICON))["Tom"] == "conj Ann"


@pytest.mark.parametrize(("owner", "relation"), [("her", "appos nephew"), ("some", "vocative brought")])
def test_a_name_right_after_somebodys_noun_is_not_called(owner: str, relation: str) -> None:
    written = f"""
She     -     PRON  PRP  2 nsubj
brought bring VERB  VBD  0 root
{owner} -     PRON  PRP$ 4 {"nmod:poss" if owner == "her" else "det"}
nephew  -     NOUN  NN   2 obj
,       -     PUNCT ,    6 punct
Tom     -     PROPN NNP  2 vocative PERSON
"""
    assert arcs(tree_of(doc(written), LEXICON))["Tom"] == relation


# ------------------------------------------------------------------ pipelines that do not fit
def test_a_pipeline_without_parser_is_refused() -> None:
    with pytest.raises(ModelError, match="no parser") as told:
        tree_of(spacy.blank("en")("Tom met Ann."), LEXICON)
    assert told.value.hint


def test_a_pipeline_that_is_not_there_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        Reader(vocabulary, model="no_such_pipeline")


def test_a_pipeline_without_names_is_refused() -> None:
    nameless = Doc(VOCAB, words=["Tom", "left"], pos=["PROPN", "VERB"], tags=["NNP", "VBD"], heads=[1, 1],
                   deps=["nsubj", "ROOT"])  # fmt: skip
    with pytest.raises(ModelError):
        tree_of(nameless, LEXICON)
