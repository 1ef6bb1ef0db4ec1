"""The closure of one document's facts under the ontology, each inferred fact with its premises.

Axioms: rdfs:subPropertyOf, owl:inverseOf, owl:SymmetricProperty, owl:propertyChainAxiom (OWL 2 RL, table 9), and
kg:ofGender: a parent who is male is a father. Only affirmed, stated facts are premises; what is denied or merely
reported proves nothing.
"""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import DocumentGraph, Entity, Fact, RelationType, Status
from kg.vocabulary import Vocabulary

ROUNDS = 6  # of composition; kin terms of more steps than this have no name

Key = tuple[str, str, str]


def closure(graph: DocumentGraph, vocabulary: Vocabulary) -> DocumentGraph:
    """The graph with all that follows. Facts that were read come first, inferred ones after them, sorted."""
    known: dict[Key, Fact] = {}
    by_subject: dict[tuple[str, str], list[Fact]] = {}
    waiting: list[Fact] = []

    def learn(fact: Fact) -> None:
        if not isinstance(fact.object, Entity) or fact.subject.id == fact.object.id:
            return
        key = (fact.subject.id, fact.relation, fact.object.id)
        if key not in known:
            known[key] = fact
            by_subject.setdefault((fact.subject.id, fact.relation), []).append(fact)
            waiting.append(fact)

    for fact in sorted((f for f in graph.facts if f.plain), key=lambda f: -f.score):
        learn(fact)
    for _ in range(ROUNDS):
        batch, waiting[:] = list(waiting), []
        for fact in batch:
            for new in _single(fact, vocabulary):
                learn(new)
        for new in list(_chained(known, by_subject, vocabulary)):
            learn(new)
        if not waiting:
            break
    inferred = sorted((f for f in known.values() if f.inferred), key=_order)
    return replace(graph, facts=(*graph.facts, *inferred))


def _order(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject.id, fact.relation, fact.object.id if isinstance(fact.object, Entity) else "")


def _single(fact: Fact, vocabulary: Vocabulary) -> Iterator[Fact]:
    """What follows from one fact alone."""
    relation = vocabulary.relations[fact.relation]
    if not isinstance(fact.object, Entity):
        return
    for parent in relation.parents:
        if parent in vocabulary.relations:
            yield _follows(fact.subject, parent, fact.object, f"general/{relation.name}", fact)
    if relation.symmetric:
        yield _follows(fact.object, relation.name, fact.subject, "symmetric", fact)
    if relation.inverse:
        yield _follows(fact.object, relation.inverse, fact.subject, f"inverse/{relation.name}", fact)
    for narrow in _narrower(relation, vocabulary):
        if fact.object.gender and narrow.gender == fact.object.gender:
            yield _follows(fact.subject, narrow.name, fact.object, f"gender/{relation.name}", fact)


def _narrower(relation: RelationType, vocabulary: Vocabulary) -> Iterator[RelationType]:
    for other in vocabulary.relations.values():
        if other.gender and other.parents and other.parents[0] == relation.name:
            yield other


def _chained(
    known: dict[Key, Fact], by_subject: dict[tuple[str, str], list[Fact]], vocabulary: Vocabulary
) -> Iterator[Fact]:
    """What follows from chains of two or more facts (spouse o parent -> parent-in-law)."""
    for relation in vocabulary.relations.values():
        for chain in relation.chains:
            for first in [f for (_, r, _), f in known.items() if r == chain[0]]:
                yield from _walk(relation.name, chain, (first,), by_subject)


def _walk(
    name: str, chain: tuple[str, ...], path: tuple[Fact, ...], by_subject: dict[tuple[str, str], list[Fact]]
) -> Iterator[Fact]:
    last = path[-1].object
    assert isinstance(last, Entity)
    if len(path) == len(chain):
        yield _follows(path[0].subject, name, last, "chain/" + " ".join(chain), *path)
        return
    for step in by_subject.get((last.id, chain[len(path)]), ()):
        yield from _walk(name, chain, (*path, step), by_subject)


def _follows(subject: Entity, relation: str, object_: Entity, rule: str, *premises: Fact) -> Fact:
    ended = any(p.status.phase == "former" for p in premises)
    score = 1.0
    for p in premises:
        score *= p.score
    return Fact(
        subject=subject,
        relation=relation,
        object=object_,
        status=Status(phase="former" if ended else "current"),
        score=round(score, 3),
        evidence=premises,
        rule=rule,
    )
