"""What families are made of: people, the ties between them, and paths through them. Frozen values; no RDF.

Asking fills them from a graph, exporting draws them, serving does both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as a picture shows him. born, died: ISO 8601 dates as exact as known, or ""."""

    iri: str
    name: str
    gender: Gender = ""
    born: str = ""
    died: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The other one of a couple. married: else they are partners. ended: whether a text says that it is over."""

    iri: str
    married: bool = True
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """People around one of them, by IRI.

    people: everybody who is shown. parents, children, partners: of each, those who are known, eldest or first first;
    an IRI that is not in `people` is known but not shown. cut: those of whom more is known than was gathered.
    """

    root: str
    people: Mapping[str, Person]
    parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partners: Mapping[str, tuple[Partner, ...]] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence that tells of a tie. document: its id. marks: (start, end) of words in the text to be marked."""

    text: str
    document: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path: `person` is the `term` of the one before. relation: the IRI that the graph has.

    inverse: the graph has it from `person` to the one before. letters: see ontology/kinship.toml.
    """

    person: Person
    term: str
    relation: str
    letters: str
    inverse: bool = False
    ended: bool = False
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KinPath:
    """How two people are related. term: what the last one is to the first; back: what the first is to the last."""

    start: Person
    steps: tuple[Step, ...]
    term: str
    back: str

    @property
    def end(self) -> Person:
        return self.steps[-1].person if self.steps else self.start
