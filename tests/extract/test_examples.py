"""Every example of the ontology is read, and gives what it says it gives and nothing that it says it does not."""

import pytest

from kg.extract.reader import Reader
from kg.infer import closure
from kg.model import Document, DocumentGraph, Entity, Example
from kg.resolve import resolve
from kg.vocabulary import Vocabulary, load

EXAMPLES = [(name, example) for name, relation in load().relations.items() for example in relation.examples]
KNOWN_WRONG = {
    "Ray Flynn spoke at Harvard University.",  # the network takes most people beside a university for its students
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


@pytest.fixture(scope="module")
def reader(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary)


def triples(graph: DocumentGraph) -> set[tuple[str, str, str]]:
    """All triples that the text asserts, under each name that subject and object go by."""
    out = set()
    for fact in graph.facts:
        if fact.status.polarity == "denied" or fact.status.modality == "hypothetical":
            continue
        objects = names(fact.object) if isinstance(fact.object, Entity) else {fact.object.value}
        out |= {(s, fact.relation, o) for s in names(fact.subject) for o in objects}
    return out


def names(entity: Entity) -> set[str]:
    return {entity.name, *entity.aliases}


def holds(pattern: str, found: set[tuple[str, str, str]]) -> bool:
    wanted = [part.strip() for part in pattern.split("|")]
    return any(all(w in ("*", x) for w, x in zip(wanted, triple, strict=True)) for triple in found)


def read(text: str, reader: Reader, vocabulary: Vocabulary) -> set[tuple[str, str, str]]:
    graph = resolve(reader.read(Document(id="example", text=text)), vocabulary)
    return triples(closure(graph, vocabulary))


@pytest.mark.parametrize(("relation", "example"), EXAMPLES, ids=[f"{n}: {e.text}" for n, e in EXAMPLES])
def test_example(
    relation: str, example: Example, reader: Reader, vocabulary: Vocabulary, request: pytest.FixtureRequest
) -> None:
    if example.text in KNOWN_WRONG:
        request.applymarker(pytest.mark.xfail(reason="known to be read wrong", strict=True))
    found = read(example.text, reader, vocabulary)
    for pattern in example.gives:
        assert holds(pattern, found), f"missing {pattern!r} among {sorted(found)}"
    for pattern in example.gives_not:
        assert not holds(pattern, found), f"wrongly {pattern!r} among {sorted(found)}"
