"""How a sentence says it: denied, reported, hedged, supposed, over or to come; and what is merely presupposed."""

import pytest

from kg.extract.status import StatusReader, phrase, predicate_of
from kg.model import Phase, Status
from tests.extract.trees import at, lexicon, tree

READER = StatusReader(lexicon())


def status(written: str, cue: str = "father", phase: Phase = "current") -> Status:
    """The status of a claim whose cue word is the first token with this form."""
    made = tree(written)
    return READER.read(made, at(made, cue), phase)


# "John <…> is <…> Tom's father": slots for the words that make a difference
PREDICATE = """
John    -     PROPN - 6 nsubj PERSON
is      be    AUX   - 6 cop
{word}  -     {upos} - 6 {dep}
Tom     -     PROPN - 6 nmod:poss PERSON
's      -     PART  - 4 case
father  -     NOUN  - 0 root
{end}   -     PUNCT . 6 punct
"""


def predicate(word: str, upos: str, dep: str, end: str = ".") -> Status:
    return status(PREDICATE.format(word=word, upos=upos, dep=dep, end=end))


@pytest.mark.parametrize(
    ("word", "upos", "dep", "expected"),
    [
        ("indeed", "ADV", "advmod", Status()),
        ("not", "ADV", "advmod", Status(polarity="denied")),
        ("n't", "ADV", "advmod", Status(polarity="denied")),
        ("n’t", "ADV", "advmod", Status(polarity="denied")),
        ("never", "ADV", "advmod", Status(polarity="denied")),
        ("reportedly", "ADV", "advmod", Status(modality="reported")),
        ("perhaps", "ADV", "advmod", Status(modality="hedged")),
        ("may", "AUX", "aux", Status(modality="hedged")),
        ("would", "AUX", "aux", Status(modality="hypothetical")),
        ("will", "AUX", "aux", Status(phase="future")),
        ("formerly", "ADV", "advmod", Status(phase="former")),
        ("if", "SCONJ", "mark", Status(modality="hypothetical")),
        ("whether", "SCONJ", "mark", Status(modality="hypothetical")),
        ("no", "DET", "det", Status(polarity="denied")),
        ("former", "ADJ", "amod", Status(phase="former")),
        ("alleged", "ADJ", "amod", Status(modality="reported")),
        ("possible", "ADJ", "amod", Status(modality="hedged")),
        ("fictional", "ADJ", "amod", Status(modality="hypothetical")),
        ("future", "ADJ", "amod", Status(phase="future")),
        ("old", "ADJ", "amod", Status()),
    ],
)
def test_one_word_on_the_predicate(word: str, upos: str, dep: str, expected: Status) -> None:
    assert predicate(word, upos, dep) == expected


def test_a_question_supposes() -> None:
    assert predicate("indeed", "ADV", "advmod", end="?").modality == "hypothetical"


def test_a_comparison_supposes() -> None:
    assert predicate("like", "ADP", "case").modality == "hypothetical"


def test_the_weaker_word_wins() -> None:
    written = PREDICATE.format(word="reportedly", upos="ADV", dep="advmod", end=".")
    assert status(written + "may - AUX - 6 aux").modality == "reported"
    assert status(written + "would - AUX - 6 aux").modality == "hypothetical"


def test_what_the_cue_word_itself_tells() -> None:
    written = PREDICATE.format(word="indeed", upos="ADV", dep="advmod", end=".")
    assert status(written, phase="former") == Status(phase="former")


# ------------------------------------------------------------------ whose word it is
ACCORDING = """
According -     VERB  VBG 3 case
to        -     ADP   -   1 fixed
Ann       -     PROPN -   9 obl PERSON
Lund      -     PROPN -   3 flat +
,         -     PUNCT -   3 punct
John      -     PROPN -   9 nsubj PERSON
is        be    AUX   -   9 cop
Tom's     -     PROPN -   9 nmod:poss PERSON
father    -     NOUN  -   0 root
"""

ABOVE = """
Ann       -     PROPN -   3 nsubj PERSON
Lund      -     PROPN -   1 flat +
{verb}    {lemma} VERB -  0 root
that      -     SCONJ -   8 mark
John      -     PROPN -   8 nsubj PERSON
is        be    AUX   -   8 cop
Tom's     -     PROPN -   8 nmod:poss PERSON
father    -     NOUN  -   3 {dep}
"""


def test_according_to() -> None:
    assert status(ACCORDING) == Status(modality="reported", according_to="Ann Lund")


@pytest.mark.parametrize(
    ("verb", "lemma", "expected"),
    [
        ("said", "say", Status(modality="reported", according_to="Ann Lund")),
        ("claims", "claim", Status(modality="reported", according_to="Ann Lund")),
        ("denied", "deny", Status(polarity="denied", according_to="Ann Lund")),
        ("seems", "seem", Status(modality="hedged")),
        ("hopes", "hope", Status(modality="hypothetical")),
        ("knows", "know", Status()),
    ],
)
def test_the_verb_above(verb: str, lemma: str, expected: Status) -> None:
    assert status(ABOVE.format(verb=verb, lemma=lemma, dep="ccomp")) == expected


def test_denial_of_saying_supposes() -> None:
    written = ABOVE.format(verb="said", lemma="say", dep="ccomp") + "never - ADV - 3 advmod"
    assert status(written).modality == "hypothetical"
    assert status(written).polarity == "affirmed"


def test_what_nobody_says_is_only_supposed() -> None:
    nobody = ABOVE.replace("Ann       -     PROPN -   3 nsubj PERSON", "Nobody - PRON NN 3 nsubj")
    nobody = nobody.replace("Lund      -     PROPN -   1 flat +", "ever - ADV - 3 advmod")
    assert status(nobody.format(verb="said", lemma="say", dep="ccomp")) == Status(modality="hypothetical")


def test_no_longer() -> None:
    written = """
    John    -     PROPN -   5 nsubj PERSON
    is      be    AUX   -   5 cop
    no      -     ADV   -   4 advmod
    longer  -     ADV   RBR 5 advmod
    married -     ADJ   -   0 root
    """
    assert status(written, "married") == Status(phase="former")


def test_a_rumour_that() -> None:
    written = """
    the     -     DET   -  2 det
    rumour  -     NOUN  -  9 nsubj
    that    -     SCONJ -  7 mark
    John    -     PROPN -  7 nsubj PERSON
    is      be    AUX   -  7 cop
    Tom's   -     PROPN -  7 nmod:poss PERSON
    father  -     NOUN  -  2 acl
    is      be    AUX   -  9 cop
    old     -     ADJ   -  0 root
    """
    assert status(written).modality == "reported"


WISH = """
Tom     -     PROPN -   2 nsubj PERSON
{verb}  {lemma} VERB -  0 root
to      -     PART  TO  4 mark
marry   -     VERB  VB  2 xcomp
Ann     -     PROPN -   4 obj PERSON
"""


@pytest.mark.parametrize(("verb", "lemma"), [("wants", "want"), ("plans", "plan"), ("refused", "refuse")])
def test_what_is_only_wanted(verb: str, lemma: str) -> None:
    assert status(WISH.format(verb=verb, lemma=lemma), "marry").modality == "hypothetical"


def test_what_was_done() -> None:
    assert status(WISH.format(verb="came", lemma="come"), "marry") == Status()


def test_doubt_reaches_through_coordination() -> None:
    written = """
    Ann     -     PROPN - 2 nsubj PERSON
    said    say   VERB  - 0 root
    Tom     -     PROPN - 4 nsubj PERSON
    left    leave VERB  - 2 ccomp
    and     -     CCONJ - 6 cc
    married marry VERB  - 4 conj
    Eve     -     PROPN - 6 obj PERSON
    """
    assert status(written, "married") == Status(modality="reported", according_to="Ann")


# ------------------------------------------------------------------ presupposed
PRESUPPOSED = """
A       -     DET   -   2 det
source  -     NOUN  -   3 nsubj
said    say   VERB  -   0 root
Tom     -     PROPN -   6 nmod:poss PERSON
's      -     PART  -   4 case
father  -     NOUN  -   10 nsubj
,       -     PUNCT -   8 punct
John    -     PROPN -   6 appos PERSON
{aux}
angry   -     ADJ   -   3 ccomp
"""


@pytest.mark.parametrize("aux", ["was be AUX VBD 10 cop", "may - AUX MD 10 aux", "not - ADV RB 10 advmod"])
def test_a_noun_phrase_takes_its_relation_for_granted(aux: str) -> None:
    assert status(PRESUPPOSED.format(aux=aux)) == Status()


def test_but_not_what_stands_on_the_noun() -> None:
    written = PRESUPPOSED.format(aux="alleged - ADJ - 6 amod")
    assert status(written) == Status(modality="reported")


def test_possession_of_a_noun_is_asserted() -> None:
    written = """
    Tom     -     PROPN -   4 nsubj PERSON
    does    do    AUX   -   4 aux
    n't     not   PART  RB  4 advmod
    have    -     VERB  VB  0 root
    a       -     DET   -   6 det
    son     -     NOUN  -   4 obj
    """
    assert status(written, "son") == Status(polarity="denied")


@pytest.mark.parametrize(
    ("dep", "head_upos", "predicate"),
    [("xcomp", "VERB", "became"), ("obj", "VERB", "became"), ("nsubj", "VERB", None), ("obl", "VERB", None)],
)
def test_predicate_of(dep: str, head_upos: str, predicate: str | None) -> None:
    made = tree(f"became become {head_upos} VBD 0 root\nfather - NOUN - 1 {dep}")
    found = predicate_of(made, 1)
    assert (made.forms[found] if found is not None else None) == predicate


def test_a_phrase_is_quoted_without_its_clauses() -> None:
    made = tree("""
    to      -     ADP   - 4 case
    a       -     DET   - 4 det
    close   -     ADJ   - 4 amod
    friend  -     NOUN  - 0 root
    who     -     PRON  WP 6 nsubj
    knew    know  VERB  - 4 acl:relcl
    """)
    assert phrase(made, at(made, "friend")) == "a close friend"
