"""What can be asked: a set of named graphs, whether in Oxigraph on this machine or behind HTTP."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples


class Dataset(Protocol):
    """pyoxigraph's Store is one; kg.store.remote has another. Their answers are of the same types."""

    def query(
        self, query: str, /, *, prefixes: dict[str, str] | None = None, use_default_graph_as_union: bool = False
    ) -> "QuerySolutions | QueryBoolean | QueryTriples":
        """Answers a query of SPARQL 1.1.

        Args:
            prefixes: those that it need not declare.
            use_default_graph_as_union: whether a pattern without GRAPH meets all graphs together.

        Raises:
            SyntaxError, KgError: it cannot be asked.
        """
        ...

    def quads_for_pattern(
        self,
        subject: "NamedNode | BlankNode | None",
        predicate: "NamedNode | None",
        object_: "NamedNode | BlankNode | Literal | None",
        graph_name: "NamedNode | BlankNode | DefaultGraph | None" = None,
        /,
    ) -> "Iterator[Quad]":
        """The quads with these parts; None stands for any."""
        ...

    def __iter__(self) -> "Iterator[Quad]":
        """All quads, in no order."""
        ...
