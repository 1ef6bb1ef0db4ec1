"""All that a store holds, in the order of every export."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, serialize
from pyoxigraph import Store as Database

from kg.sorting import Sorter
from kg.store.interface import Store
from kg.store.opening import translated
from kg.store.quads import sort_key

NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"

Graph = NamedNode | DefaultGraph
Fill = Callable[[Sorter], object]
"""Writes the triples of a graph as lines of N-Triples."""


def by_graph(store: Store) -> Iterator[list[Quad]]:
    """All quads, sorted, graph by graph in the order of their names. Of a store on disk one graph is in memory at a
    time; a service is asked for many graphs at once.
    """
    with translated(store.place):
        if not isinstance(store.place, Path):
            for _, group in groupby(sorted(store.graph, key=sort_key), key=lambda quad: quad.graph_name):
                yield list(group)
            return
        for name in _names(store):
            quads = sorted(store.graph.quads_for_pattern(None, None, None, name), key=sort_key)
            yield from [quads] if quads else []


def quad_lines(store: Store) -> Iterator[bytes]:
    """The same as lines of N-Quads. Of a graph of any size only a part is in memory; Oxigraph writes the lines, which
    are sorted as text."""
    with translated(store.place):
        for name, fill in _graphs(store):
            behind = f"{name} .\n".encode() if isinstance(name, NamedNode) else b".\n"
            with Sorter() as sorter:
                fill(sorter)
                yield from (line[:-1] + behind for line in sorter)


def triple_lines(store: Store) -> Iterator[bytes]:
    """The triples of all graphs together, each once, as lines of N-Triples in their order."""
    with translated(store.place), Sorter() as sorter:
        for _, fill in _graphs(store):
            fill(sorter)
        yield from (line + b"\n" for line in sorter)


def _graphs(store: Store) -> Iterator[tuple[Graph, Fill]]:
    if isinstance(store.graph, Database):
        for name in _names(store):
            yield name, _dumped(store.graph, name)
        return
    for quads in by_graph(store):
        of = quads[0].graph_name
        if isinstance(of, Graph):
            yield of, _written(quads)


def _dumped(graph: Database, name: Graph) -> Fill:
    return lambda sorter: graph.dump(sorter.file, format=RdfFormat.N_TRIPLES, from_graph=name)


def _written(quads: list[Quad]) -> Fill:
    return lambda sorter: serialize((quad.triple for quad in quads), sorter.file, format=RdfFormat.N_TRIPLES)


def _names(store: Store) -> list[Graph]:
    answer = store.graph.query(NAMES)
    named = [row["g"] for row in answer] if isinstance(answer, QuerySolutions) else []
    return [name for name in sorted([DefaultGraph(), *named], key=str) if isinstance(name, Graph)]
