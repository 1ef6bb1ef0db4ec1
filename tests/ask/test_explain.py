"""Why a graph holds a fact, or does not."""

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Store

from kg.ask.carried import carried, irregular, stands_for
from kg.ask.explain import Explanation, explain
from kg.ask.reasons import End, Reason, Sentence
from kg.infer import closure
from kg.minting import slugged
from kg.model import Claim, Entity, Fact, Mention, Span
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE, load
from tests.made import document, graph

WORDS = load()
KNOWN = irregular(WORDS)
STORY = """\
Tom | father | John
Tom | spouse | Ann
Ann | sibling | Bob
Tom | mother | Eve | denied
Tom | brother | Max | reported
Tom | sister | Ida | hedged
Tom | partner | Zoe | future
Ann | birthDate | =1984-02-03
"""


def store(*facts: Fact) -> Store:
    made = graph(document(STORY, "a.txt"), inferred=False)
    found = Store()
    found.extend(quads(closure(replace(made, facts=(*made.facts, *facts)), WORDS), WORDS))
    return found


def ask(subject: str, relation: str, object_: str, held: Store | None = None) -> Explanation:
    subjects = [f"{DEFAULT_BASE}person/{slugged(subject, 'a.txt')}"]
    return explain(held or store(), DEFAULT_BASE, subjects, WORDS.iri(relation), lambda _node, name: name == object_)


@pytest.mark.parametrize(
    ("fact", "verdict", "holds"),
    [
        ("Tom father John", "stated", True),
        ("Tom parent John", "inferred", True),
        ("John child Tom", "inferred", True),
        ("Ann birthDate 1984-02-03", "stated", True),
        ("Tom mother Eve", "denied", False),
        ("Tom brother Max", "reported", False),
        ("Tom sister Ida", "hedged", False),
        ("Tom partner Zoe", "future", False),
        ("Tom father Bob", "never said", False),
    ],
)
def test_the_verdict(fact: str, verdict: str, holds: bool) -> None:
    subject, relation, object_ = fact.split()
    found = ask(subject, relation, object_)
    assert (found.verdict, found.holds) == (verdict, holds)


def test_a_chain_leads_back_to_sentences_in_its_own_order() -> None:
    (reason,) = ask("Tom", "siblingInLaw", "Bob").reasons
    assert reason.rules == ("chain/spouse sibling",)
    spouse, sibling = reason.premises
    assert (spouse.object.name, sibling.object.name) == ("Ann", "Bob")
    assert [one.text for one in sibling.sentences] == ["Ann | sibling | Bob"]
    assert reason.document == "a.txt"


def test_a_dropped_claim_says_why() -> None:
    made = graph(document(STORY, "a.txt"), inferred=False)
    dropped = replace(made.facts[0], relation="mother", dropped="contradicts Tom father John (0.97)")
    found = ask("Tom", "mother", "John", store(dropped))
    assert found.verdict == "dropped"
    assert found.reasons[0].dropped == "contradicts Tom father John (0.97)"


def test_what_nobody_said_comes_with_what_was_said_instead() -> None:
    told = {(one.relation.rsplit("#")[-1], one.object.name) for one in ask("Tom", "father", "Ann").instead}
    assert ("father", "John") in told
    assert ("spouse", "Ann") in told
    assert ("sister", "Ida") not in told


def test_a_triple_without_a_claim_is_told_with_its_graph() -> None:
    held = store()
    claims = {quad.subject for quad in held.quads_for_pattern(None, NamedNode(WORDS.iri("polarity")), None, None)}
    for quad in list(held):
        if quad.subject in claims:
            held.remove(quad)
    found = ask("Tom", "father", "John", held)
    assert (found.verdict, found.holds) == ("plain", True)
    assert found.held[0].graph.startswith(DEFAULT_BASE + "document/a-txt")


# ------------------------------------------------------------------ the words that carried it
TEXT = "His father, John Reed, gave birth to nothing."


def reason(*rules: str) -> Reason:
    return Reason(iri="x:c", subject=End(iri="x:t", name="Tom Reed"), relation="x:r",
                  object=End(iri="x:j", name="John Reed"), rules=rules)  # fmt: skip


def marked(one: Reason, sentence: Sentence) -> list[tuple[str, str]]:
    return [(sentence.text[start:end], kind) for start, end, kind in carried(one, sentence, KNOWN)]


def test_mentions_and_cue_are_marked_and_pronouns_told() -> None:
    said = Sentence(text=TEXT, document="d", start=7, subject=((0, 3),), object=((12, 21),))
    assert marked(reason("noun.possessor/father"), said) == [
        ("His", "subject"), ("father", "cue"), ("John Reed", "object"),
    ]  # fmt: skip
    assert stands_for(reason(), said) == [("His", "Tom Reed")]


def test_irregular_and_inflected_cues_are_found() -> None:
    said = Sentence(text="She gave birth to twins, married and was wedded.", document="d", start=0)
    assert marked(reason("verb/give birth", "verb/marry", "verb/wed"), said) == [
        ("gave birth", "cue"), ("married", "cue"), ("wedded", "cue"),
    ]  # fmt: skip


def test_without_mentions_the_names_are_looked_for() -> None:
    said = Sentence(text=TEXT, document="d", start=0)
    assert ("John Reed", "object") in marked(reason("noun/father"), said)


def test_the_store_keeps_where_a_sentence_speaks_of_both_sides() -> None:
    (found,) = ask("Tom", "father", "John").reasons
    (said,) = found.sentences
    assert [said.text[a:b] for a, b in (*said.subject, *said.object)] == ["Tom", "John"]


def test_a_symmetric_claim_told_from_its_other_side_keeps_the_sides_apart() -> None:
    made = graph(document("Tom | spouse | Ann", "a.txt"), inferred=False)
    (fact,) = made.facts
    (claim,) = fact.evidence
    assert isinstance(claim, Claim)
    assert isinstance(fact.object, Entity)
    ann = Mention(span=Span(document="a.txt", start=15, end=18), text="Ann", kind="name", name="Ann")
    tom = Mention(span=Span(document="a.txt", start=0, end=3), text="Tom", kind="name", name="Tom")
    swapped = replace(
        fact,
        subject=replace(fact.subject, mentions=(tom,)),
        object=replace(fact.object, mentions=(ann,)),
        evidence=(replace(claim, subject=ann, object=tom),),
    )
    held = Store()
    held.extend(quads(replace(made, facts=(swapped,)), WORDS))
    (said,) = ask("Tom", "spouse", "Ann", held).reasons[0].sentences
    assert (said.subject, said.object) == (((0, 3),), ((15, 18),))
