"""Answers -> text: for people on a terminal, for programs in a pipe, and in the formats that are asked for by name."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.ask.query import Answer
from kg.errors import FormatError
from kg.vocabulary.names import RDFS, TERMS, XSD, prefixes

LABEL = NamedNode(RDFS + "label")
Rows = tuple[list[str], list[list[object]]]


def _standard(form: QueryResultsFormat) -> Callable[[Answer], Iterator[bytes]]:
    def write(answer: Answer) -> Iterator[bytes]:
        if isinstance(answer, QueryTriples):
            raise FormatError(f"{form.name} holds no triples", hint="use -f turtle or -f ntriples")
        if isinstance(answer, QueryBoolean) and form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV):
            yield b"true\n" if answer else b"false\n"
            return
        written = cast(bytes, answer.serialize(format=form))
        yield written if written.endswith(b"\n") else written + b"\n"

    return write


def _triples(form: RdfFormat) -> Callable[[Answer], Iterator[bytes]]:
    def write(answer: Answer) -> Iterator[bytes]:
        if not isinstance(answer, QueryTriples):
            raise FormatError(f"{form.name} holds triples, not rows", hint="use CONSTRUCT, or -f csv, tsv, json, xml")
        triples = sorted(set(answer), key=str)
        yield serialize(triples, format=form) or b""

    return write


def _ndjson(answer: Answer) -> Iterator[bytes]:
    """One JSON object a row, as the rows come; the values are those of SPARQL's JSON, without their types."""
    if isinstance(answer, QueryBoolean):
        yield b'{"boolean": true}\n' if answer else b'{"boolean": false}\n'
        return
    if not isinstance(answer, QuerySolutions):
        raise FormatError("ndjson holds rows, not triples", hint="use SELECT, or -f turtle, ntriples")
    names = [variable.value for variable in answer.variables]
    for row in answer:
        said = {name: _bare(row[name]) for name in names if row[name] is not None}
        yield json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _bare(node: object) -> object:
    if isinstance(node, Literal) and node.datatype.value == XSD + "integer":
        return int(node.value)
    return node.value if isinstance(node, Literal | NamedNode) else str(node)


def _markdown(answer: Answer) -> Iterator[bytes]:
    """A table of Markdown (GitHub's), with IRIs in full."""
    names, rows = rows_of(answer)
    yield f"| {' | '.join(names)} |\n|{' --- |' * len(names)}\n".encode()
    for row in rows:
        cells = (" ".join(str("" if node is None else _bare(node)).split()).replace("|", "\\|") for node in row)
        yield f"| {' | '.join(cells)} |\n".encode()


RESULTS: dict[str, Callable[[Answer], Iterator[bytes]]] = {
    "csv": _standard(QueryResultsFormat.CSV),
    "tsv": _standard(QueryResultsFormat.TSV),
    "json": _standard(QueryResultsFormat.JSON),
    "xml": _standard(QueryResultsFormat.XML),
    "ndjson": _ndjson,
    "markdown": _markdown,
    "ntriples": _triples(RdfFormat.N_TRIPLES),
    "rdfxml": _triples(RdfFormat.RDF_XML),
}
"""Formats for programs, by name; "turtle" and "table" need prefixes and labels and are made by the caller."""


def quads_of(answer: QueryTriples) -> list[Quad]:
    """The triples of a CONSTRUCT or DESCRIBE, sorted, as quads of the default graph."""
    return [Quad(t.subject, t.predicate, t.object) for t in sorted(set(answer), key=str)]


def rows_of(answer: Answer) -> Rows:
    """The names of the columns, and the rows with None for what is unbound.

    Raises:
        FormatError: the answer is no SELECT's.
    """
    if not isinstance(answer, QuerySolutions):
        raise FormatError("this answer has no rows", hint="use SELECT")
    names = [variable.value for variable in answer.variables]
    return names, [[row[column] for column in range(len(names))] for row in answer]


def plain_rows(rows: Rows, base: str) -> Iterator[str]:
    """Tab-separated values to read or cut: IRIs shortened by prefixes, texts bare. Not the W3C's TSV, which quotes."""
    shorten = shortener(base)
    names, found = rows
    yield "\t".join(names) + "\n"
    for row in found:
        yield "\t".join(" ".join(cell(node, shorten).split()) for node in row) + "\n"


def shortener(base: str) -> Callable[[str], str]:
    """Turns an IRI into prefix:name where a prefix is known."""
    spaces = sorted(prefixes(base).items(), key=lambda item: -len(item[1]))

    def shorten(iri: str) -> str:
        for prefix, space in spaces:
            if iri.startswith(space) and len(iri) > len(space):
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    return shorten


def cell(node: object, shorten: Callable[[str], str], labels: Mapping[str, str] | None = None) -> str:
    """One value for people: an IRI by its label if there is one, a literal bare, nothing for what is unbound."""
    if node is None:
        return ""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, NamedNode):
        label = (labels or {}).get(node.value, "")
        return f"{label}\n{shorten(node.value)}" if label else shorten(node.value)
    return str(node) if isinstance(node, BlankNode) else " ".join(str(node).split())


def labels_of(graph: Store, rows: Sequence[Sequence[object]], base: str) -> dict[str, str]:
    """The labels of the IRIs in these rows; terms of an ontology are left out, as their names say enough."""
    wanted = {node for row in rows for node in row if isinstance(node, NamedNode)}
    found: dict[str, str] = {}
    for node in wanted:
        if not node.value.startswith(base + TERMS):
            texts = sorted(_texts(graph, node))
            found |= {node.value: texts[0]} if texts else {}
    return found


def _texts(graph: Store, node: NamedNode) -> Iterable[str]:
    return (q.object.value for q in graph.quads_for_pattern(node, LABEL, None, None) if isinstance(q.object, Literal))
