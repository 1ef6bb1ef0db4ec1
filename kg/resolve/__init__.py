"""Readings -> people and facts. Pure Python; the only room that crosses from mentions to entities."""

from kg.model import MIN_SCORE, DocumentGraph, Entity, Fact, Reading
from kg.resolve.consistency import consistent
from kg.resolve.entities import entities
from kg.resolve.facts import facts
from kg.vocabulary import Vocabulary

__all__ = ["resolve"]


def resolve(reading: Reading, vocabulary: Vocabulary, min_score: float = MIN_SCORE) -> DocumentGraph:
    """The entities and facts of one document, sorted; nothing is inferred here.

    Args:
        min_score: facts less likely than this (0..1) are left out.
    """
    known = entities(reading, vocabulary)
    every = facts(reading, known, vocabulary, min_score)
    found = consistent([f for f in every if _named(f)], vocabulary)
    told = {
        end.id: end for fact in found for end in (fact.subject, fact.object) if isinstance(end, Entity) and end.gender
    }
    everyone = tuple(told.get(e.id, e) for e in known.all if e.named)
    unnamed = tuple(f for f in every if not _named(f))
    return DocumentGraph(document=reading.document, entities=everyone, facts=tuple(found), unnamed=unnamed)


def _named(fact: Fact) -> bool:
    return fact.subject.named and not (isinstance(fact.object, Entity) and not fact.object.named)
