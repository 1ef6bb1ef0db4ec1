"""Who is who in one document: a number, a colour and a name for each person."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import DocumentGraph, Entity, Mention, Reading

GOLDEN = 137.508
"""Degrees between the hues of one person and the next: neighbours differ, however many there are (Vogel 1979, "A better
way to construct the sunflower head")."""
FIRST = 175.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """One person of a document. number: from 1, whom the text speaks of most first. times: mentions.

    named: False for somebody whom the text only describes or points at; name is then its first words for him.
    """

    number: int
    name: str
    aliases: tuple[str, ...]
    named: bool
    times: int

    @property
    def hue(self) -> int:
        """Degrees on the colour wheel, 0..359."""
        return round(FIRST + GOLDEN * (self.number - 1)) % 360


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """all: the people, by number. of: index of a mention -> whom it means, several for a group."""

    all: tuple[Who, ...]
    of: Mapping[int, tuple[Who, ...]]


def cast(graph: DocumentGraph, reading: Reading) -> Cast:
    """The people of a document."""
    known = {mention.span: entity for entity in graph.entities for mention in entity.mentions}
    people = [k for k, chain in enumerate(reading.chains) if reading.mentions[chain[0]].type == "Person"]
    people.sort(key=lambda k: (-len(reading.chains[k]), reading.chains[k][0]))
    by_chain: dict[int, Who] = {}
    for number, k in enumerate(people, 1):
        mentions = [reading.mentions[i] for i in reading.chains[k]]
        by_chain[k] = _who(number, mentions, known.get(mentions[0].span))
    of: dict[int, tuple[Who, ...]] = {i: (who,) for k, who in by_chain.items() for i in reading.chains[k]}
    of |= {i: tuple(by_chain[k] for k in chains if k in by_chain) for i, chains in reading.groups}
    return Cast(all=tuple(by_chain.values()), of=of)


def _who(number: int, mentions: list[Mention], entity: Entity | None) -> Who:
    described = [m for m in mentions if m.kind != "pronoun"] or mentions
    name = entity.name if entity else " ".join(described[0].text.split())
    aliases = entity.aliases if entity else ()
    return Who(number=number, name=name, aliases=aliases, named=bool(entity), times=len(mentions))
