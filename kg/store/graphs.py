"""Named graphs that are no document's: replaced whole, in one transaction."""

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, Quad

from kg.store.embedded import Opened, translated

Triples = Sequence[tuple[NamedNode, NamedNode, object]]


def replace(opened: Opened, graphs: Mapping[NamedNode, Triples]) -> None:
    """Replaces these graphs by these triples; all of them or none. A graph without triples goes.

    Raises:
        StoreFull, StoreError: nothing of the change was kept.
    """
    parts = []
    for graph, triples in sorted(graphs.items(), key=lambda one: one[0].value):
        parts.append(f"DROP SILENT GRAPH {graph}")
        if triples:
            lines = "\n".join(sorted({f"{s} {p} {o} ." for s, p, o in triples}))
            parts.append(f"INSERT DATA {{ GRAPH {graph} {{\n{lines}\n}} }}")
    if parts:
        with translated(opened.folder):
            opened.graph.update(" ;\n".join(parts))


def holding(opened: Opened, graph: NamedNode) -> list[Quad]:
    """The quads of one graph."""
    return list(opened.graph.quads_for_pattern(None, None, None, graph))
