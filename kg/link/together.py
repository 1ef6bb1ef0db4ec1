"""All people of a document at once: which items, as a family, are meant.

A factor graph: every person is a variable whose states are the candidates and "nobody" (NIL); what speaks for a
candidate alone is its own factor, what speaks for two that the text ties is a factor of both. Sum-product belief
propagation gives each state its probability: exact where the ties form a tree (Pearl 1988), and good enough in the
loops of families after a few rounds.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.link.names import GRADES, NameWords, bare, telling
from kg.link.signals import Family, Weights, alone, family, known, length, together
from kg.link.types import Item, Person, Tie

ROUNDS = 8
STATES = 40
"""Candidates of a person that are weighed with others', the best by themselves; on top come those tied to others."""
MORE = 40
"""How many of the latter at most."""


@dataclass(frozen=True, slots=True)
class State:
    """A candidate of a person. family: None is nobody. alone: log weight without the others."""

    family: Family | None
    signals: Mapping[str, float]
    alone: float

    @property
    def item(self) -> Item | None:
        return self.family.item if self.family else None


def states(
    person: Person, items: Sequence[Item], tied: frozenset[str], kinds: NameWords, weights: Weights
) -> list[State]:
    """Nobody, and the candidates that a name fits, the best first.

    Args:
        tied: Q numbers that must be weighed even if they are not among the best by themselves.
    """
    found = []
    for item in items:
        signals = alone(person, item, kinds) if item.human else {}
        if signals and not any(name.startswith("name.none") for name in signals):
            found.append(State(family(item, kinds), signals, weights.sum(signals)))
    found = _only(found, weights)
    found.sort(key=lambda state: (-state.alone, state.item.id if state.item else ""))
    more = [one for one in found[STATES:] if one.item and one.item.id in tied]
    kept = found[:STATES] + more[:MORE]
    nobody = _nobody(person, kinds)
    return [State(None, nobody, weights.sum(nobody)), *kept]


def _only(found: list[State], weights: Weights) -> list[State]:
    """Marks the one whose name fits best, where nobody else's fits as well."""

    def rank(state: State) -> int:
        return min((GRADES.index(name.split(".")[1]) for name in state.signals if name.count(".") == 2), default=9)

    best = min(map(rank, found), default=9)
    if best > 1 or sum(rank(state) == best for state in found) != 1:
        return found
    only = weights.signals.get("name.only", 0.0)
    return [
        State(one.family, {**one.signals, "name.only": 1.0}, one.alone + only) if rank(one) == best else one
        for one in found
    ]


def _nobody(person: Person, kinds: NameWords) -> dict[str, float]:
    longest = max((bare(name, kinds) for name in person.names), key=lambda form: len(telling(form, kinds)), default=())
    return {"nobody": 1.0} | {f"nobody.{long}": 1.0 for long in [length(longest, kinds)] if long != "many"}


def factor(tie: Tie, one: State, other: State) -> dict[str, float]:
    """The signals of two states that a tie joins."""
    if one.family is None and other.family is None:
        return {"nobody.both": 1.0}
    if one.family is None or other.family is None:
        taken = (other.item and known(tie, other.item, back=True)) or (one.item and known(tie, one.item))
        return {"nobody.tied": 1.0, "nobody.taken": 1.0} if taken else {"nobody.tied": 1.0}
    return together(tie, one.family, other.family)


def marginals(people: Mapping[str, Sequence[State]], ties: Sequence[Tie], weights: Weights) -> dict[str, list[float]]:
    """The probability of each state of each person.

    Args:
        people: id -> states. ties: between two ids of these.
    """
    tables = [(tie.one, tie.other, _table(tie, people[tie.one], people[tie.other], weights)) for tie in ties]
    messages: dict[tuple[int, bool], list[float]] = {}
    at: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for k, (one, other, _) in enumerate(tables):
        at[other].append((k, True))  # a message forward arrives at the other end
        at[one].append((k, False))
    for _ in range(ROUNDS if tables else 0):
        before = dict(messages)
        for k, (one, other, table) in enumerate(tables):
            into_one = _belief(people[one], at[one], before, but=(k, False))
            into_other = _belief(people[other], at[other], before, but=(k, True))
            messages[k, True] = _passed(into_one, table)
            messages[k, False] = _passed(into_other, list(zip(*table, strict=True)))
        if _still(before, messages):
            break
    return {who: _shares(_belief(these, at[who], messages)) for who, these in people.items()}


def _table(tie: Tie, one: Sequence[State], other: Sequence[State], weights: Weights) -> list[tuple[float, ...]]:
    return [tuple(weights.sum(factor(tie, a, b)) for b in other) for a in one]


def _belief(
    these: Sequence[State],
    arriving: Sequence[tuple[int, bool]],
    messages: Mapping[tuple[int, bool], Sequence[float]],
    but: tuple[int, bool] | None = None,
) -> list[float]:
    """The log weights of a person's states with all messages but the one that came over a certain tie."""
    total = [state.alone for state in these]
    for key in arriving:
        if key != but and key in messages:
            total = [a + b for a, b in zip(total, messages[key], strict=True)]
    return total


def _passed(weights: Sequence[float], table: Sequence[Sequence[float]]) -> list[float]:
    columns = range(len(table[0]))
    sums = [_log_sum([w + row[k] for w, row in zip(weights, table, strict=True)]) for k in columns]
    top = max(sums)
    return [one - top for one in sums]


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(one - top) for one in values))


def _shares(weights: Sequence[float]) -> list[float]:
    total = _log_sum(weights)
    return [math.exp(one - total) for one in weights]


def _still(before: Mapping[tuple[int, bool], list[float]], after: Mapping[tuple[int, bool], list[float]]) -> bool:
    return before.keys() == after.keys() and all(
        abs(a - b) < 1e-4 for key in after for a, b in zip(before[key], after[key], strict=True)
    )
