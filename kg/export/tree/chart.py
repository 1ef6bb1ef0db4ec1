"""A family as a hierarchy: each person once, with partners, and what hangs on each couple.

People whose parents are cousins would stand in two places; the second time a branch only points back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.family import Family, Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The nodes that hang on a person and one partner; partner is "" where the other one is not known."""

    partner: str
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One place in a chart. again: this person stands elsewhere, with all that follows. more: more is known."""

    person: str
    partners: tuple[Partner, ...] = ()
    branches: tuple[Branch, ...] = ()
    again: bool = False
    more: bool = False

    def walk(self, depth: int = 0) -> Iterator[tuple["Node", int]]:
        """This node and all below it, with their depths; parents before children."""
        yield self, depth
        for branch in self.branches:
            for node in branch.nodes:
                yield from node.walk(depth + 1)


def descendants(family: Family) -> Node:
    """The root, its children by each partner, their children and so on."""
    return _down(family, family.root, set())


def ancestors(family: Family) -> Node:
    """The root, its parents, theirs and so on."""
    return _up(family, family.root, set())


def _down(family: Family, person: str, seen: set[str]) -> Node:
    if person in seen:
        return Node(person=person, again=True)
    seen.add(person)
    partners = family.partners.get(person, ())
    children = [one for one in family.children.get(person, ()) if one in family.people]
    by_partner: dict[str, list[str]] = {one.iri: [] for one in partners}
    for child in children:
        others = [one for one in family.parents.get(child, ()) if one != person]
        known = next((one for one in others if one in by_partner), "")
        by_partner.setdefault(known, []).append(child)
    branches = [(one, group) for one, group in by_partner.items() if group]
    hidden = any(one not in family.people for one in family.children.get(person, ()))
    return Node(
        person=person,
        partners=partners,
        branches=tuple(
            Branch(partner=one, nodes=tuple(_down(family, child, seen) for child in group)) for one, group in branches
        ),
        more=hidden,
    )


def _up(family: Family, person: str, seen: set[str]) -> Node:
    if person in seen:
        return Node(person=person, again=True)
    seen.add(person)
    known = family.parents.get(person, ())
    parents: Sequence[str] = [one for one in known if one in family.people]
    nodes = tuple(_up(family, one, seen) for one in parents)
    return Node(
        person=person,
        branches=(Branch(partner="", nodes=nodes),) if nodes else (),
        more=len(parents) < len(known),
    )
