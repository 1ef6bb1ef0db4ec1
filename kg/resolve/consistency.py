"""The family as a whole: of facts that cannot all be true the surest stand, and the others say what they contradict.

Greedy choice by score, which for pairwise conflicts is within a factor of the degree of the most probable consistent
set and in families, where conflicts are few and far between, nearly always that set (Sakai et al. 2003, "A note on
greedy algorithms for the maximum weighted independent set problem"). What contradicts what stands in the ontology:
owl:propertyDisjointWith (nobody is his own father's father) and kg:atMost (one father).
"""

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Entity, Fact, RelationType, Value
from kg.vocabulary import Vocabulary

Tie = tuple[str, str, str]  # relation, subject, object


def consistent(facts: list[Fact], vocabulary: Vocabulary) -> list[Fact]:
    """The facts in their order; those that contradict surer ones carry the reason in `dropped`."""
    kept: dict[Tie, Fact] = {}
    objects: dict[tuple[str, str], list[Fact]] = {}
    reasons: dict[int, str] = {}
    for fact in sorted((f for f in facts if f.plain), key=lambda f: -f.score):
        other = _contradicted(fact, kept, objects, vocabulary)
        if other is not None:
            reasons[id(fact)] = f"contradicts {_told(other, vocabulary)} ({other.score:.2f})"
            continue
        for tie in _implied(fact, vocabulary):
            kept.setdefault(tie, fact)
            objects.setdefault(tie[:2], []).append(fact)
    return [replace(f, dropped=reasons[id(f)]) if id(f) in reasons else f for f in facts]


def _contradicted(
    fact: Fact, kept: dict[Tie, Fact], objects: dict[tuple[str, str], list[Fact]], vocabulary: Vocabulary
) -> Fact | None:
    """The fact among those kept that speaks against a new one."""
    for name, subject, object_ in _implied(fact, vocabulary):
        relation = vocabulary.relations[name]
        for apart in relation.disjoint:
            if (apart, subject, object_) in kept:
                return kept[apart, subject, object_]
        others = [f for f in objects.get((name, subject), ()) if not _agree(f, fact)]
        if relation.at_most and len({_key(f.object) for f in others}) >= relation.at_most:
            return others[0]
    return None


def _implied(fact: Fact, vocabulary: Vocabulary) -> Iterator[Tie]:
    """What the fact says in its own and in all more general relations, in both directions."""
    waiting: list[Tie] = [(fact.relation, fact.subject.id, _key(fact.object))]
    seen: set[Tie] = set()
    while waiting:
        tie = waiting.pop()
        if tie in seen or tie[0] not in vocabulary.relations:
            continue
        seen.add(tie)
        yield tie
        relation: RelationType = vocabulary.relations[tie[0]]
        waiting += [(parent, *tie[1:]) for parent in relation.parents]
        back = tie[0] if relation.symmetric else relation.inverse
        if back and isinstance(fact.object, Entity):
            waiting.append((back, tie[2], tie[1]))


def _key(object_: Entity | Value) -> str:
    return object_.id if isinstance(object_, Entity) else object_.value


def _agree(a: Fact, b: Fact) -> bool:
    """The same object, or a date and the same date told less precisely."""
    left, right = _key(a.object), _key(b.object)
    return left == right or (isinstance(a.object, Value) and (left.startswith(right) or right.startswith(left)))


def _told(fact: Fact, vocabulary: Vocabulary) -> str:
    end = fact.object.name if isinstance(fact.object, Entity) else fact.object.text
    return f"{fact.subject.name} {vocabulary.relations[fact.relation].label} {end}"
