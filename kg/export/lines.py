"""JSON lines, one fact that was read a line, for other programs; what is inferred can be inferred again.

Offsets are code points into the document's text, half-open.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kg.model import Claim, Document, DocumentGraph, Entity, Fact, Mention, Span, Value

Record = dict[str, object]
Place = tuple[int, int] | None  # start, end


def lines(graphs: Iterable[DocumentGraph]) -> Iterator[str]:
    """A line for each fact that a document's sentences say and nothing surer contradicts, as soon as it is read."""
    for graph in graphs:
        for fact in (f for f in (*graph.facts, *graph.unnamed) if not f.inferred and not f.dropped):
            yield json.dumps(record(graph.document, fact), ensure_ascii=False) + "\n"


def record(document: Document, fact: Fact) -> Record:
    """A fact as what its line says."""
    status = fact.status
    said: Record = {
        "document": document.id,
        "subject": _entity(fact.subject),
        "relation": fact.relation,
        "object": _entity(fact.object) if isinstance(fact.object, Entity) else _value(fact.object),
        "polarity": status.polarity,
        "modality": status.modality,
        "phase": status.phase,
        "according_to": status.according_to or None,
        "score": round(fact.score, 4),
        "evidence": [place for claim in claims(fact) for place in _evidence(fact, claim)],
    }
    dates = {"start": status.start, "end": status.end}
    said |= {name: date for name, date in dates.items() if date}
    return said | {"inferred": True, "rule": fact.rule} if fact.inferred else said


def claims(fact: Fact) -> list[Claim]:
    """The sentences that a fact rests on, in the order of the text; an inferred one rests on those of its premises."""
    found: dict[Claim, None] = {}
    waiting: list[Claim | Fact] = [fact]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Claim):
            found[one] = None
        elif id(one) not in seen:
            seen.add(id(one))
            waiting += one.evidence
    return sorted(found, key=lambda claim: (claim.sentence, claim.subject.span, claim.rule))


def _entity(entity: Entity) -> Record:
    return {"id": entity.id, "name": entity.name, "aliases": list(entity.aliases)}


def _value(value: Value) -> Record:
    return {"value": dict(value.parts) if value.parts else value.value, "text": value.text}


def _evidence(fact: Fact, claim: Claim) -> list[Record]:
    """Where a sentence says the fact: the two mentions that carry it; of two people then every other two that stand for
    them there, as corpora of relations between mentions count them (KnowledgeNet; Mesquita et al. 2019)."""
    found = (_place(fact.subject, fact, claim), _place(fact.object, fact, claim))
    pairs = [found, *_others(fact, claim)] if not fact.inferred else [found]
    where = {"start": claim.sentence.start, "end": claim.sentence.end}
    return [where | {"subject": s, "object": o, "rule": claim.rule} for s, o in dict.fromkeys(pairs)]


def _others(fact: Fact, claim: Claim) -> list[tuple[Place, Place]]:
    """The other names and pronouns of both people in the claim's sentence, two by two."""
    if not isinstance(fact.object, Entity) or {fact.subject.type, fact.object.type} != {"Person"}:
        return []
    if claim.subject.span == claim.object.span:  # a couple is each other's
        return []
    subjects, objects = (_within(end, claim.sentence) for end in (fact.subject, fact.object))
    return [(_span(s.span), _span(o.span)) for s in subjects for o in objects if s.span != o.span]


def _within(entity: Entity, sentence: Span) -> list[Mention]:
    """The entity's names and pronouns in a sentence; mentions are sorted."""
    first = bisect_left(entity.mentions, sentence.start, key=lambda m: m.span.start)
    last = bisect_left(entity.mentions, sentence.end, key=lambda m: m.span.start)
    return [m for m in entity.mentions[first:last] if m.kind in ("name", "pronoun")]


def _place(end: Entity | Value, fact: Fact, claim: Claim) -> Place:
    """Where the sentence speaks of one end of the fact; None where it does not, as a premise need not."""
    if not fact.inferred:
        found: Mention | Value = claim.subject if end is fact.subject else claim.object
        return _span(found.span)
    for mention in (claim.subject, claim.object):
        if isinstance(end, Entity) and mention in end.mentions:
            return _span(mention.span)
    return None


def _span(span: Span | None) -> Place:
    return (span.start, span.end) if span else None
