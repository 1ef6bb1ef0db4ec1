"""The family around one person, gathered from a graph generation by generation."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import QueryBoolean

from kg.ask.query import run
from kg.ask.ties import SAME, Ties
from kg.family import Family, Partner, Person

PARENTS, CHILDREN, COUPLES = "ua", "d", "sp"
IN_A_TREE = PARENTS + CHILDREN + COUPLES
MOST = 2000
"""People in one tree."""


@dataclass(slots=True)
class _Gathered:
    """What was found so far, by the IRI that stands for all of one person's. one_of: an IRI -> the one for all."""

    parents: dict[str, set[str]] = field(default_factory=dict)
    children: dict[str, set[str]] = field(default_factory=dict)
    married: dict[str, set[str]] = field(default_factory=dict)
    partners: dict[str, set[str]] = field(default_factory=dict)
    one_of: dict[str, str] = field(default_factory=dict)
    all_of: dict[str, set[str]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def note(self, table: dict[str, set[str]], person: str, other: str) -> None:
        if person != other:
            table.setdefault(person, set()).add(other)

    def names(self, person: str) -> set[str]:
        """All IRIs of somebody."""
        return self.all_of.get(person, {person})

    def one(self, iri: str) -> str:
        return self.one_of.get(iri, iri)


def family(ties: Ties, root: str, *, up: int = 0, down: int = 0, most: int = MOST) -> Family:
    """The ancestors of a person over `up` generations and the descendants over `down`, with those they married.

    Args:
        most: how many people at most; a whole generation is left out rather than cut through.
    """
    found = _Gathered()
    merged = _has_same(ties)
    start = _merge(ties, found, [root], merged)
    found.shown |= start
    for table, generations in ((found.children, down), (found.parents, up)):
        frontier = start
        for generation in range(generations + 1):
            _ask(ties, found, frontier, merged)
            if table is found.children:
                found.shown.update(*(found.married.get(one, ()) for one in frontier))
                found.shown.update(*(found.partners.get(one, ()) for one in frontier))
            following = set().union(*(table.get(one, ()) for one in frontier)) - found.shown
            if generation == generations or not following or len(found.shown) + len(following) > most:
                break
            found.shown |= following
            frontier = following
    return _family(ties, found, next(iter(start)))


def everybody(ties: Ties, people: Iterable[str]) -> Family:
    """All these people as one family, with the ties between them; root is "" and nobody is left out."""
    found = _Gathered()
    start = _merge(ties, found, people, _has_same(ties))
    found.shown |= start
    _ask(ties, found, start, merged=False)
    return _family(ties, found, "")


def _has_same(ties: Ties) -> bool:
    """Whether the graph says of any two IRIs that they are one person."""
    return any(
        isinstance(answer := run(ties.graph, f"ASK {{ ?a <{iri}> ?b }}", ties.base), QueryBoolean) and bool(answer)
        for iri in SAME
    )


def _merge(ties: Ties, found: _Gathered, iris: Iterable[str], merged: bool) -> set[str]:
    """The people behind these IRIs; all IRIs of one person become one."""
    new = {iri for iri in iris if iri not in found.one_of}
    if merged:
        reached, waiting = {iri: iri for iri in sorted(new)}, set(new)
        for _ in range(2):  # to the hub of skos:exactMatch and back
            ends = [(tie.person, tie.other) for tie in ties.same(waiting)]
            waiting = {b for _, b in ends} - set(reached)
            for a, b in ends:
                _union(reached, a, b)
        for iri in list(reached):
            first = _root(reached, iri)
            found.one_of[iri] = first
            found.all_of.setdefault(first, set()).add(iri)
    return {found.one(iri) for iri in iris}


def _root(reached: dict[str, str], iri: str) -> str:
    while reached.get(iri, iri) != iri:
        iri = reached[iri]
    return iri


def _union(reached: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(reached, one), _root(reached, other)))
    reached.setdefault(first, first)
    reached[second] = first


def _ask(ties: Ties, found: _Gathered, people: Collection[str], merged: bool) -> None:
    """Notes all parents, children and partners of these people."""
    asked = set(people) - found.asked
    found.asked |= asked
    told = ties.of(set().union(*(found.names(one) for one in asked)), IN_A_TREE)
    _merge(ties, found, [tie.other for tie in told], merged)
    tables = {"u": found.parents, "a": found.parents, "d": found.children, "s": found.married, "p": found.partners}
    mirrored = {"u": found.children, "a": found.children, "d": found.parents}
    for tie in told:
        one, other = found.one(tie.person), found.one(tie.other)
        found.note(tables[tie.letters], one, other)
        found.note(mirrored.get(tie.letters, tables[tie.letters]), other, one)


# ------------------------------------------------------------------ in order
def _family(ties: Ties, found: _Gathered, root: str) -> Family:
    people = _people(ties, found)
    ended = {(found.one(a), found.one(b)) for a, b in ties.ended(set().union(*map(found.names, found.shown)))}

    def age(iri: str) -> tuple[bool, str, str, str]:
        person = people.get(iri) or Person(iri=iri, name=iri)
        return not person.born, person.born, person.name, iri

    def eldest(one: str, other: str) -> tuple[bool, str, str, str]:
        """Couples in the order of their children."""
        shared = found.children.get(one, set()) & found.children.get(other, set())
        return min(map(age, shared), default=(True, "", "", "")) if shared else (True, "~", *age(other)[2:])

    def partners(one: str) -> tuple[Partner, ...]:
        married = found.married.get(one, set())
        both = {other for other in married | found.partners.get(one, set()) if other in found.shown}
        ordered = sorted(both, key=lambda other: (eldest(one, other), age(other)))
        return tuple(Partner(iri=o, married=o in married, ended=(one, o) in ended) for o in ordered)

    def parents(one: str) -> tuple[str, ...]:
        def rank(iri: str) -> tuple[int, tuple[bool, str, str, str]]:
            return {"male": 0, "": 1, "female": 2}[people[iri].gender if iri in people else ""], age(iri)

        return tuple(sorted(found.parents.get(one, set()), key=rank))

    shown = sorted(found.shown)
    cut = {one for one in shown if (found.children.get(one, set()) | found.parents.get(one, set())) - found.shown}
    return Family(
        root=root,
        people={iri: people.get(iri, Person(iri=iri, name=iri)) for iri in shown},
        parents={one: parents(one) for one in shown if one in found.parents},
        children={one: tuple(sorted(found.children[one], key=age)) for one in shown if one in found.children},
        partners={one: partners(one) for one in shown if one in found.married or one in found.partners},
        cut=frozenset(cut),
    )


def _people(ties: Ties, found: _Gathered) -> Mapping[str, Person]:
    """Who they are; of one with several IRIs, all that any of them says."""
    told = ties.people(set().union(*map(found.names, found.shown)))
    people: dict[str, Person] = {}
    for iri in sorted(told):
        one, new = found.one(iri), told[iri]
        old = people.get(one, new)
        people[one] = Person(
            iri=one,
            name=old.name,
            gender=old.gender or new.gender,
            born=max(old.born, new.born, key=len),
            died=max(old.died, new.died, key=len),
        )
    return people
