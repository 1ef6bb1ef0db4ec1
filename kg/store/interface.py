"""What a store is, wherever it lies: to be asked, and changed a set of named graphs at a time."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from kg.dataset import Dataset
from kg.settings import Place

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

Triples = Sequence[tuple["NamedNode", "NamedNode", object]]


class Store(Protocol):
    """An opened store. kg.store.embedded and kg.store.remote are the two there are."""

    @property
    def graph(self) -> Dataset:
        """What it holds."""
        ...

    @property
    def base(self) -> str:
        """What its own IRIs begin with."""
        ...

    @property
    def place(self) -> Place:
        """Where it lies; as text, what messages call it."""
        ...

    def replace(self, graphs: "Mapping[NamedNode, Triples]") -> None:
        """Puts these triples in the place of what these graphs hold: in all of them or in none. A graph without triples
        goes.

        Raises:
            StoreFull, StoreError, ServiceError: nothing of the change was kept, or the message says what was.
        """
        ...

    def update(self, sparql: str) -> None:
        """Changes the store by SPARQL Update.

        Raises:
            SyntaxError, QueryError, StoreError, ServiceError: nothing was changed.
        """
        ...


def replacing(graphs: "Mapping[NamedNode, Triples]") -> str:
    """One update that replaces graphs. Terms are escaped by their own str(); the same graphs give the same text."""
    parts = []
    for graph in sorted(graphs, key=str):
        parts.append(f"DROP SILENT GRAPH {graph}")
        if graphs[graph]:
            body = "\n".join(lines(graphs[graph]))
            parts.append(f"INSERT DATA {{ GRAPH {graph} {{\n{body}\n}} }}")
    return " ;\n".join(parts)


def lines(triples: Triples) -> list[str]:
    """Triples as lines of N-Triples, sorted, each once."""
    return sorted({f"{subject} {predicate} {object_} ." for subject, predicate, object_ in triples})
