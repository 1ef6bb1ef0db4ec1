"""A graph opened from Python: kg.open("kg.store")."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from kg.ask.query import run
from kg.errors import FormatError
from kg.export import FORMATS, format_for
from kg.export.formats import RDF_FORMATS
from kg.settings import place
from kg.store.interface import Store
from kg.store.opening import open_read_only
from kg.store.quads import sort_key

if TYPE_CHECKING:
    import rdflib


class Graph:
    """A store as it was when it was opened; to be asked and exported."""

    def __init__(self, opened: Store) -> None:
        self._opened = opened

    def query(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Asks in SPARQL; the usual prefixes are known.

        Raises:
            QueryError: it does not parse, or would fetch from elsewhere.
        """
        return run(self._opened.graph, sparql, self._opened.base)

    def export(self, format: str = "turtle") -> bytes:  # noqa: A002 (what every RDF library calls it)
        """The whole graph as bytes, the same for the same graph.

        Raises:
            FormatError: the format is unknown, or holds single facts and not a graph.
        """
        found = FORMATS.get(format)
        if found is None or found.quads is None:
            raise FormatError(f"no graph can be written as {format!r}", hint=f"known: {', '.join(RDF_FORMATS)}")
        return found.quads(sorted(self._opened.graph, key=sort_key), self._opened.base)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the graph to a file, in the format of its suffix."""
        Path(path).write_bytes(self.export(format_for(str(path), RDF_FORMATS).name))

    def to_rdflib(self) -> "rdflib.Dataset":
        """The graph as an rdflib Dataset, one named graph for each of ours."""
        import rdflib

        dataset = rdflib.Dataset()
        dataset.parse(data=self.export("nquads"), format="nquads")
        return dataset


def open_graph(path: str | PathLike[str], namespace: str = "") -> Graph:
    """Opens a store that `kg add` made: a folder, or one behind an address (https://…).

    Raises:
        StoreMissing, StoreError: there is none, or the folder is none.
    """
    return Graph(open_read_only(place({"store": str(path)}), namespace))
