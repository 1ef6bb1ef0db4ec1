"""What a loaded ontology is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model import RelationType
from kg.vocabulary.names import TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTerm:
    """A class of the ontology. parents: local names of our own classes; aligned: IRIs of other people's."""

    name: str
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The ontology, checked and sorted by name.

    relations, classes: by local name. alignments: relation -> IRIs of other vocabularies' properties that it narrows.
    frames: the frame classes that a cue may name -> what each means. prefixes: known in every query.
    base: what all our IRIs begin with. folders: the shipped ontology first, then the user's.
    """

    relations: Mapping[str, RelationType]
    classes: Mapping[str, ClassTerm]
    alignments: Mapping[str, tuple[str, ...]]
    frames: Mapping[str, str]
    prefixes: Mapping[str, str]
    base: str
    folders: tuple[Path, ...]

    def iri(self, name: str) -> str:
        """The IRI of a term by its local name, known or not."""
        known = self.relations.get(name) or self.classes.get(name)
        return known.iri if known else self.base + TERMS + name

    def relation_of(self, iri: str) -> RelationType | None:
        """The relation with this IRI, or None."""
        found = self.relations.get(iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1])
        return found if found and found.iri == iri else None

    def files(self, pattern: str) -> Iterator[Path]:
        """The files that match a pattern ("questions/*.rq", "titles.toml"), folder by folder, sorted in each."""
        for folder in self.folders:
            yield from sorted(folder.glob(pattern))
