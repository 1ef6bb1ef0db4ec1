"""All that a store holds, in the order of every export."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions

from kg.store.interface import Store
from kg.store.opening import translated
from kg.store.quads import sort_key

NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


def by_graph(store: Store) -> Iterator[list[Quad]]:
    """All quads, sorted, graph by graph in the order of their names. Of a store on disk one graph is in memory at a
    time; a service is asked for many graphs at once.
    """
    with translated(store.place):
        if not isinstance(store.place, Path):
            for _, group in groupby(sorted(store.graph, key=sort_key), key=lambda quad: quad.graph_name):
                yield list(group)
            return
        answer = store.graph.query(NAMES)
        named = [row["g"] for row in answer] if isinstance(answer, QuerySolutions) else []
        for name in sorted([DefaultGraph(), *named], key=str):
            if isinstance(name, NamedNode | DefaultGraph):
                quads = sorted(store.graph.quads_for_pattern(None, None, None, name), key=sort_key)
                yield from [quads] if quads else []
