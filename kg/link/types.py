"""What the linker works on. Frozen values."""

from dataclasses import dataclass, field

from kg.link.terms import Way
from kg.model import Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom a text speaks of.

    id: an IRI or any other name. names: the fullest first. words: titles, roles, places: what else the text says.
    text: the sentences that speak of them. born, died: years or None. written: year of the text, or None.
    document: people of one are linked together.
    """

    id: str
    names: tuple[str, ...]
    gender: Gender = ""
    words: tuple[str, ...] = ()
    text: str = ""
    born: tuple[int, int] | None = None
    died: tuple[int, int] | None = None
    written: int | None = None
    alive: bool | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What the text says of two people, as the way from one to the other; gender is that of the other, if it tells.

    said: the relation's name, for reasons.
    """

    one: str
    other: str
    way: Way
    gender: Gender = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What Wikidata tells of somebody. kin: (way, id of the other, gender of the other or ""). fame: 0 and up.

    human: False where Wikidata says that it is something else. works: labels of offices, titles and occupations.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    human: bool = True
    gender: Gender = ""
    born: int | None = None
    died: int | None = None
    works: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kin: frozenset[tuple[Way, str, Gender]] = frozenset()
    fame: float = 0.0

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)

    @property
    def relatives(self) -> frozenset[str]:
        return frozenset(other for _, other, _ in self.kin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that may be meant. score: probability in 0..1. reasons: (words, weight), the weightiest first."""

    item: Item
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What became of a person. qid: "" where nothing is linked. nil: probability that no candidate is meant.

    verdict: "linked", "doubtful" (there are candidates, none sure enough), "unknown" (no candidate), or "by hand".
    """

    person: Person
    qid: str
    score: float
    nil: float
    verdict: str
    candidates: tuple[Candidate, ...] = field(default=())
