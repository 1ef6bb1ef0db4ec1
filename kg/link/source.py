"""What can be asked of Wikidata, wherever it is: a service, a mirror, or a slice on disk.

All questions are portable SPARQL 1.1 with the items in VALUES, some hundred at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

Row = Mapping[str, str]
"""A row of an answer: variable -> the value of the term; what is unbound is not there."""

Tells = Mapping[str, Sequence[str]]

MOVED, MISSING = "moved", "missing"
"""What may be told of an item beside the rest: the Q number that it was merged into, and that there is none."""
BATCH = 250
"""Items, or names, of a question."""


class Source(Protocol):
    """Where Wikidata is asked."""

    name: str
    """For people to read: a host, or a file."""

    def tells(self, qids: Sequence[str]) -> Mapping[str, Tells]:
        """What it tells of each item: "label", "alias", "description", "kind", "gender", "born", "died", "work",
        "country", "fame" -> texts or Q numbers, and "kin" -> "way Q-number gender". Of one that was merged into another
        only MOVED, of one that there is not only MISSING, where that is known. Unknown ones may be left out."""

    def statements(self, query: str, qids: Sequence[str]) -> Sequence[Row]:
        """The answer to a SELECT about these items, their statements, and the statements of others about them."""

    def named(self, names: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """For each group of name forms of one person, the best first: Q numbers of items that may bear one of them."""

    def dump(self, qids: Sequence[str]) -> Sequence[str]:
        """All that it holds of these items, as lines of N-Triples: the stuff of a slice."""

    def related(self, one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Pairs of Q numbers of people tied by kin, of whom one may bear one name and the other the other."""


def batches(values: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Sorted, each once, so many at a time."""
    waiting = sorted(set(values))
    for start in range(0, len(waiting), size):
        yield waiting[start : start + size]
