"""Chains of mentions -> entities: one name to show, the other forms as aliases, gender by what the mentions tell."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.minting import slugged
from kg.model import Entity, Reading
from kg.naming import called, gender_of
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Known:
    """all: the entities in order of first mention; by_mention: index of a mention -> the entities that it means."""

    all: tuple[Entity, ...]
    by_mention: Mapping[int, tuple[Entity, ...]]


def entities(reading: Reading, vocabulary: Vocabulary) -> Known:
    """The entities of a reading: all that are named, and those at whom nothing but pronouns points.

    People who are only described ("his mother") are left out.
    """
    made: list[Entity] = []
    of_chain: dict[int, Entity] = {}
    same: dict[tuple[str, str], Entity] = {}
    count: Counter[str] = Counter()
    for k, chain in enumerate(reading.chains):
        mentions = [reading.mentions[i] for i in chain]
        named = [m for m in mentions if m.kind == "name"]
        if not named and any(m.kind != "pronoun" for m in mentions):
            continue
        name, aliases = called(named) if named else (mentions[0].text, ())
        kind = mentions[0].type
        entity = same.get((kind, name)) if kind != "Person" and named else None
        if entity is None:
            count[name] += 1
            local = slugged(name, reading.document.id, str(count[name]))
            entity = Entity(id=f"{vocabulary.base}{kind.lower()}/{local}", type=kind, name=name, aliases=aliases,
                            gender=gender_of(mentions), mentions=tuple(mentions), named=bool(named))  # fmt: skip
            made.append(entity)
            if named:
                same[kind, name] = entity
        of_chain[k] = entity
    by_mention: dict[int, tuple[Entity, ...]] = {
        i: (of_chain[k],) for k, chain in enumerate(reading.chains) if k in of_chain for i in chain
    }
    for index, chains in reading.groups:
        by_mention[index] = tuple(of_chain[k] for k in chains if k in of_chain)
    return Known(tuple(made), by_mention)
