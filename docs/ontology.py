"""docs/ontology.md: the relations, classes and questions of the shipped ontology."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ask import questions
from kg.model import Cue, Example, RelationType
from kg.vocabulary import Vocabulary, load

MOST_WORDS = 60  # of a cue; offices have hundreds

INTRODUCTION = """# The ontology

What `kg` can find in a text, and what it knows about it. The files are in `ontology/`; to add a relation of your own,
see the [README](../README.md#your-own-relation).

Each relation has the words that carry it (its *cues*, as lemmas, by the frame that ties them to the two sides), what
follows from it, and example sentences, every one of which is a test.
"""


def page() -> str:
    """The whole page."""
    vocabulary = load()
    parts = (_overview, _files, _classes, _questions)
    return "\n".join([INTRODUCTION, *(line for part in parts for line in part(vocabulary))]) + "\n"


def _overview(vocabulary: Vocabulary) -> Iterator[str]:
    yield "## All relations\n"
    yield "| relation | from | to | |"
    yield "|---|---|---|---|"
    for r in vocabulary.relations.values():
        yield f"| [kg:{r.name}](#kg{r.name.lower()}) | {r.domain} | {r.range} | {r.comment} |"
    yield ""


def _files(vocabulary: Vocabulary) -> Iterator[str]:
    relations = vocabulary.relations.values()
    for file in sorted({r.file for r in relations}):
        yield f"## {Path(file).name}\n"
        for r in relations:
            if r.file == file:
                yield from _relation(r, vocabulary)


def _relation(r: RelationType, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"### kg:{r.name}\n"
    yield f"*{r.label}*: {r.comment}\n"
    axioms = tuple(_axioms(r, vocabulary))
    if axioms:
        yield from (f"- {line}" for line in axioms)
        yield ""
    if r.cues:
        yield from (f"- {_cue(cue)}" for cue in r.cues)
        yield ""
    if r.examples:
        yield from (f"> {line}".rstrip() for example in r.examples for line in _example(example))
        yield ""


def _axioms(r: RelationType, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"from {r.domain} to {r.range}" + (", symmetric" if r.symmetric else "")
    if r.parents:
        yield "implies " + _terms(r.parents)
    if r.gender:
        yield f"follows from {_terms(r.parents)} where the object is {r.gender}"
    if r.inverse:
        yield "inverse of " + _terms([r.inverse])
    for chain in r.chains:
        yield "follows from " + " then ".join(f"kg:{name}" for name in chain)
    if r.disjoint:
        yield "excludes " + _terms(r.disjoint)
    if r.wikidata:
        yield "Wikidata: " + ", ".join(f"[{p}](https://www.wikidata.org/wiki/Property:{p})" for p in r.wikidata)
    aligned = vocabulary.alignments.get(r.name, ())
    if aligned:
        yield "narrows " + ", ".join(f"<{iri}>" for iri in aligned)


def _cue(cue: Cue) -> str:
    facts = [
        f"tells that its bearer is {cue.bearer}" if cue.bearer else "",
        "" if cue.phase == "current" else f"tells that it is {cue.phase}",
        "the other way round" if cue.reversed else "",
        "with " + ", ".join(cue.prepositions) if cue.prepositions else "",
    ]
    said = "; ".join(filter(None, facts))
    words = ", ".join(cue.words[:MOST_WORDS]) + (", …" if len(cue.words) > MOST_WORDS else "")
    return f"{cue.frame}: {words}" + (f" ({said})" if said else "")


def _example(example: Example) -> Iterator[str]:
    yield f"{example.text}<br>"
    yield from (f"gives *{triple.replace('|', '→')}*<br>" for triple in example.gives)
    yield from (f"does not give *{_escaped(triple)}*<br>" for triple in example.gives_not)
    yield ""


def _escaped(triple: str) -> str:
    return triple.replace("|", "→").replace("*", "anything")


def _terms(names: Iterable[str]) -> str:
    return ", ".join(f"[kg:{name}](#kg{name.lower()})" for name in names)


def _classes(vocabulary: Vocabulary) -> Iterator[str]:
    yield "## Classes\n"
    yield "| class | | narrower than |"
    yield "|---|---|---|"
    for c in vocabulary.classes.values():
        above = ", ".join([*(f"kg:{name}" for name in c.parents), *(f"<{iri}>" for iri in c.aligned)])
        yield f"| kg:{c.name} | {c.comment} | {above} |"
    yield ""


def _questions(vocabulary: Vocabulary) -> Iterator[str]:
    yield "## Saved questions\n"
    yield "| question | | |"
    yield "|---|---|---|"
    for q in questions.load(vocabulary.files("questions/*.rq")).values():
        yield f"| {q.name} | {q.title} | `{q.example}` |"
