"""A job as a worker sees it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Store

from kg.errors import KgError, QueryError
from kg.store.embedded import Opened

if TYPE_CHECKING:
    from kg.vocabulary import Vocabulary


class NotFound(KgError):
    """What was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One job. opened: the store. union: whether patterns without GRAPH see all graphs. fields, body: the request's.

    ontology: folders that add to the shipped one.
    """

    opened: Opened
    union: bool
    fields: dict[str, Any]
    body: bytes = b""
    ontology: tuple[Path, ...] = ()

    @property
    def store(self) -> Store:
        return self.opened.graph


def iri(asked: Asked, field: str = "iri") -> NamedNode:
    """The IRI that a field holds.

    Raises:
        QueryError: it holds none.
    """
    try:
        return NamedNode(str(asked.fields[field]))
    except ValueError as error:
        raise QueryError(f"{asked.fields[field]!r} is no IRI") from error


def words(asked: Asked) -> "Vocabulary":
    """The ontology, read once a worker."""
    return words_of(asked.ontology, asked.opened.base)


@cache
def words_of(ontology: tuple[Path, ...], base: str) -> "Vocabulary":
    """The ontology with these folders, in this namespace."""
    from kg import build
    from kg.settings import Settings

    return build.vocabulary(Settings(ontology=ontology), base)
