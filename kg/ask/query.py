"""Running SPARQL on a store or on files of RDF."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import IO, cast

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from kg.ask.words import refuse_outside
from kg.errors import FormatError, QueryError, SourceError
from kg.vocabulary.names import prefixes

DATA_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".n3": RdfFormat.N3,
}

PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
KEYWORD = re.compile(r'"[^"]+"|\b[A-Z]{2,}\b')
RARE = ('"{|"', '"~"', '"<<"', '"<<("')
"""What Oxigraph would also take, but hardly anybody means."""
MOST_EXPECTED = 6
UPDATES = re.compile(r"\b(INSERT|DELETE|DROP|CLEAR|CREATE|COPY|MOVE|ADD)\b", re.IGNORECASE)

Answer = QuerySolutions | QueryBoolean | QueryTriples


def run(graph: Store, sparql: str, base: str) -> Answer:
    """Asks a graph. All named graphs together are what a pattern without GRAPH is matched with.

    Args:
        base: the namespace; its prefixes and the usual ones are known unless the query declares them itself.

    Raises:
        QueryError: it does not parse (with line, column and a caret), or would fetch from elsewhere.
    """
    refuse_outside(sparql)
    try:
        return graph.query(sparql, prefixes=prefixes(base), use_default_graph_as_union=True)
    except SyntaxError as error:
        raise syntax_error(sparql, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def syntax_error(sparql: str, message: str) -> QueryError:
    """Oxigraph's message as line, column, the line itself and a caret under the place."""
    found = PLACE.match(message)
    if not found:
        return QueryError(f"the query is not valid SPARQL: {message}")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = sparql.split("\n")
    if line > len(lines):  # Oxigraph counts the end of the text as a line of its own
        line, column = len(lines), len(lines[-1]) + 1
    shown = lines[line - 1].replace("\t", " ").rstrip("\r")
    hint = _hint(sparql, expected, shown)
    caret = " " * (column - 1) + "^"
    return QueryError(f"SPARQL syntax error on line {line}, column {column}\n  {shown}\n  {caret}", hint=hint)


def _hint(sparql: str, expected: str, line: str) -> str:
    if UPDATES.match(sparql.strip()):
        return "kg query only asks: SELECT, ASK, CONSTRUCT, DESCRIBE"
    if "Prefix not found" in expected:
        unknown = [name for name in re.findall(r"(?<![\w:])([A-Za-z][\w-]*):", line) if name not in prefixes("x:/")]
        return f"unknown prefix {unknown[0]}: — declare it with PREFIX" if unknown else "a prefix is not declared"
    found = dict.fromkeys(KEYWORD.findall(re.sub(r"\[[^\]]*\]", "", expected)))
    words = [word for word in found if word not in RARE]
    if len(words) > MOST_EXPECTED:
        return ""
    return f"expected {', '.join(words[:-1])}{' or ' if words[1:] else ''}{words[-1]}" if words else ""


# ------------------------------------------------------------------ files
def from_files(paths: Iterable[Path]) -> Store:
    """Files of RDF, told apart by suffix (also .gz), as one graph in memory.

    Raises:
        SourceError: a file is missing. FormatError: its suffix is unknown, or it is not what its suffix says.
    """
    graph = Store()
    for path in paths:
        name = PurePath(path.name.removesuffix(".gz"))
        rdf = DATA_FORMATS.get(name.suffix.lower())
        if rdf is None:
            raise FormatError(
                f"{path}: no RDF format has the suffix {name.suffix!r}",
                hint=f"known: {', '.join(DATA_FORMATS)}, each also with .gz",
            )
        try:
            _load(graph, path, rdf)
        except SyntaxError as error:
            where = f" line {error.lineno}:" if error.lineno else ""
            raise FormatError(f"{path}:{where} {error.msg}", hint=f"the file is not valid {rdf.name}") from error
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise SourceError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
        except (OSError, EOFError, ValueError) as error:
            raise FormatError(f"{path}: {error}", hint=f"the file is not valid {rdf.name}") from error
    return graph


def _load(graph: Store, path: Path, rdf: RdfFormat) -> None:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as opened:
        file = cast(IO[bytes], opened)
        if rdf == RdfFormat.RDF_XML:
            # Entities let a few bytes grow without end, and no RDF needs a document type.
            data = file.read()
            if b"<!DOCTYPE" in data[:4096].upper():
                raise ValueError("a document type (<!DOCTYPE) is refused")
            graph.load(data, format=rdf, base_iri=path.resolve().as_uri())
        else:
            graph.bulk_load(file, format=rdf, base_iri=path.resolve().as_uri())
