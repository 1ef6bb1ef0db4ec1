"""What a relation is stands in ontology/: no relation, no title and no cue word is written in Python under kg/."""

import tomllib

from kg.vocabulary import Vocabulary, load, shipped
from tests.test_architecture import files, place, strings

# Strings that mean something else here than the word of the ontology that is spelt alike.
OTHER_MEANINGS = {
    "age": "a frame class",
    "agent": "the dependency label of a passive's by-phrase",
    "born": "a field of an item of Wikidata",
    "date": "a field of documents and a kind of literal",
    "died": "a field of an item of Wikidata",
    "flat": "the dependency label inside names",
    "gender": "a property of every person node, not read from cue words",
    "general": "how kg.infer names the axiom of more general relations",
    "head": "an output of the network",
    "kin": "a table of words.toml",
    "model": "a setting and a field",
    "position": "the kind of node that a value with parts becomes",
    "relation": "a field of claims and facts",
    "related": "a command",
    "relative": "a kind of pronoun",
    "serve": "a command",
    "start": "a field of spans and of periods",
    "subject": "a field of claims",
    "title": "a field of documents",
    "work": "a field of an item of Wikidata",
}


def words_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Every word that must not be in Python -> what it is."""
    cues = {w: f"cue word of kg:{r.name}" for r in vocabulary.relations.values() for c in r.cues for w in c.words}
    table = tomllib.loads((shipped() / "titles.toml").read_text(encoding="utf-8"))
    titles = {w: "title" for kind, row in table.items() if kind != "before" for column in row.values() for w in column}
    return cues | titles | dict.fromkeys(vocabulary.relations, "relation")


def test_no_relation_title_or_cue_word_is_named_in_python() -> None:
    words = words_of(load())
    assert len(words) > 500
    wrong = [
        f"{place(path, node.lineno)}: {node.value!r} is a {words[node.value]}"
        for path in files("kg")
        for node in strings(path)
        if isinstance(node.value, str) and node.value in words and node.value not in OTHER_MEANINGS
    ]
    assert not wrong


def test_every_exception_is_still_needed() -> None:
    words = words_of(load())
    assert {word for word in OTHER_MEANINGS if word not in words} <= {"head", "title"}
