"""The table of formats. Its keys are the command line's choices; a new format is one row and one writer.

Writers are imported when they are called: the command line reads this table before it knows what it will need.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.errors import FormatError

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.model import DocumentGraph
    from kg.vocabulary import Vocabulary

Quads = Sequence["Quad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a graph.

    suffixes: of the files that hold it. One of the others writes it, each None where another does: quads sorted quads
    of IRIs and literals, given the base of ours; groups the same graph by graph, as they come, where the format
    permits; quad_lines the same as sorted lines of N-Quads; triple_lines the triples of all graphs as sorted lines of
    N-Triples; graphs documents one by one, as they come, for what a store does not keep; readings such documents with
    all that was read of them (DocumentGraph.reading), given the ontology.
    """

    name: str
    suffixes: tuple[str, ...]
    quads: Callable[[Quads, str], bytes] | None = None
    groups: Callable[[Iterable[Quads], str], Iterator[bytes]] | None = None
    quad_lines: Callable[[Iterable[bytes], str], Iterator[bytes]] | None = None
    triple_lines: Callable[[Iterable[bytes], str], Iterator[bytes]] | None = None
    graphs: Callable[[Iterable["DocumentGraph"]], Iterator[str]] | None = None
    readings: Callable[[Iterable["DocumentGraph"], "Vocabulary"], Iterator[str]] | None = None


def _turtle(quads: Quads, base: str) -> bytes:
    from kg.export.turtle import turtle

    return turtle(quads, base).encode()


def _trig(quads: Quads, base: str) -> bytes:
    from kg.export.turtle import trig

    return trig(quads, base).encode()


def _plain(name: str) -> Callable[[Quads, str], bytes]:
    def write(quads: Quads, base: str) -> bytes:
        from kg.export import oxigraph

        return oxigraph.WRITERS[name](quads, base)

    return write


def _jsonld_groups(groups: Iterable[Quads], base: str) -> Iterator[bytes]:
    from kg.export.jsonld import jsonld

    return jsonld(groups, base)


def _turtle_lines(lines: Iterable[bytes], base: str) -> Iterator[bytes]:
    from kg.export.turtle import streamed

    return streamed(lines, base)


def _as_it_is(lines: Iterable[bytes], _base: str) -> Iterator[bytes]:
    return iter(lines)


def _jsonld(quads: Quads, base: str) -> bytes:
    grouped = groupby(quads, key=lambda quad: quad.graph_name)
    return b"".join(_jsonld_groups((list(group) for _, group in grouped), base))


def _lines(graphs: Iterable["DocumentGraph"]) -> Iterator[str]:
    from kg.export.lines import lines

    return lines(graphs)


def _table(graphs: Iterable["DocumentGraph"]) -> Iterator[str]:
    from kg.export.table import table

    return table(graphs)


def _html(graphs: Iterable["DocumentGraph"], vocabulary: "Vocabulary") -> Iterator[str]:
    from kg.export.picture.page import page

    return page(graphs, vocabulary)


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(name="turtle", suffixes=(".ttl",), quads=_turtle, triple_lines=_turtle_lines),
        Format(name="trig", suffixes=(".trig",), quads=_trig),
        Format(name="nquads", suffixes=(".nq",), quads=_plain("nquads"), quad_lines=_as_it_is),
        Format(name="ntriples", suffixes=(".nt",), quads=_plain("ntriples"), triple_lines=_as_it_is),
        Format(name="jsonld", suffixes=(".jsonld",), quads=_jsonld, groups=_jsonld_groups),
        Format(name="rdfxml", suffixes=(".rdf", ".owl", ".xml"), quads=_plain("rdfxml")),
        Format(name="jsonl", suffixes=(".jsonl", ".ndjson"), graphs=_lines),
        Format(name="table", suffixes=(".txt",), graphs=_table),
        Format(name="html", suffixes=(".html", ".htm"), readings=_html),
    )
}

RDF_FORMATS = tuple(name for name, one in FORMATS.items() if one.quads)


def format_for(path: str, names: Iterable[str] = FORMATS) -> Format:
    """The format that a file's suffix tells.

    Args:
        names: the formats that may be meant.

    Raises:
        FormatError: the suffix is none of theirs.
    """
    suffix = PurePath(path).suffix.lower()
    for name in names:
        if suffix in FORMATS[name].suffixes:
            return FORMATS[name]
    known = ", ".join(FORMATS[name].suffixes[0] for name in names)
    raise FormatError(f"{path}: no format has the suffix {suffix!r}", hint=f"use one of {known}, or say -f FORMAT")
