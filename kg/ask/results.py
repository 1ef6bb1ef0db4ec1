"""Answers -> text: for people on a terminal, for programs in a pipe, and in the formats that are asked for by name."""

import json
from collections.abc import Callable, Sequence
from typing import IO

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from kg.ask.nodes import labelled
from kg.ask.query import Answer
from kg.dataset import Dataset
from kg.errors import FormatError
from kg.vocabulary.names import TERMS, XSD

Rows = tuple[list[str], list[list[object]]]


Writer = Callable[[Answer, IO[bytes]], None]
"""Writes an answer as its rows come."""


def _standard(form: QueryResultsFormat) -> Writer:
    def write(answer: Answer, output: IO[bytes]) -> None:
        if isinstance(answer, QueryTriples):
            raise FormatError(f"{form.name} holds no triples", hint=f"use one of -f {', '.join(GRAPHS)}")
        if isinstance(answer, QueryBoolean) and form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV):
            output.write(b"true\n" if answer else b"false\n")
            return
        answer.serialize(output, format=form)
        if form in (QueryResultsFormat.JSON, QueryResultsFormat.XML):
            output.write(b"\n")

    return write


def _triples(form: RdfFormat) -> Writer:
    def write(answer: Answer, output: IO[bytes]) -> None:
        if not isinstance(answer, QueryTriples):
            raise FormatError(f"{form.name} holds triples, not rows", hint="use CONSTRUCT, or -f csv, tsv, json, xml")
        serialize(sorted(set(answer), key=str), output, format=form)
        if form in (RdfFormat.RDF_XML, RdfFormat.JSON_LD):
            output.write(b"\n")

    return write


def _ndjson(answer: Answer, output: IO[bytes]) -> None:
    """One JSON object a row; the values are those of SPARQL's JSON, without their types."""
    if isinstance(answer, QueryBoolean):
        output.write(b'{"boolean": true}\n' if answer else b'{"boolean": false}\n')
        return
    if not isinstance(answer, QuerySolutions):
        raise FormatError("ndjson holds rows, not triples", hint=f"use SELECT, or one of -f {', '.join(GRAPHS)}")
    names = [variable.value for variable in answer.variables]
    for row in answer:
        said = {name: _bare(row[name]) for name in names if row[name] is not None}
        output.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")


def _bare(node: object) -> object:
    if isinstance(node, Literal) and node.datatype.value == XSD + "integer":
        return int(node.value)
    return node.value if isinstance(node, Literal | NamedNode) else str(node)


def _markdown(answer: Answer, output: IO[bytes]) -> None:
    """A table of Markdown (GitHub's), with IRIs in full."""
    if isinstance(answer, QueryBoolean):
        output.write(b"true\n" if answer else b"false\n")
        return
    names, rows = rows_of(answer)
    output.write(f"| {' | '.join(names)} |\n|{' --- |' * len(names)}\n".encode())
    for row in rows:
        texts = (" ".join(str("" if node is None else _bare(node)).split()) for node in row)
        cells = (text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)
        output.write(f"| {' | '.join(cells)} |\n".encode())


GRAPHS: dict[str, RdfFormat] = {
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
"""Formats of RDF by name, for the triples of a CONSTRUCT or DESCRIBE."""

RESULTS: dict[str, Writer] = {
    "csv": _standard(QueryResultsFormat.CSV),
    "tsv": _standard(QueryResultsFormat.TSV),
    "json": _standard(QueryResultsFormat.JSON),
    "xml": _standard(QueryResultsFormat.XML),
    "ndjson": _ndjson,
    "markdown": _markdown,
    **{name: _triples(form) for name, form in GRAPHS.items()},
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


def labels_of(graph: Dataset, rows: Sequence[Sequence[object]], base: str) -> dict[str, str]:
    """The labels of the IRIs in these rows; terms of an ontology are left out, as their names say enough."""
    wanted = {node for row in rows for node in row if isinstance(node, NamedNode)}
    return labelled(graph, [node.value for node in wanted if not node.value.startswith(base + TERMS)], base)
