"""Files of RDF, told apart by suffix, as one graph in memory."""

import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import IO, cast

from pyoxigraph import RdfFormat, Store

from kg.errors import FormatError, SourceError

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

STDIN = Path("-")


def from_files(paths: Iterable[Path]) -> Store:
    """Files of RDF, told apart by suffix (also .gz), as one graph in memory. A folder stands for all such files in it,
    "-" for Turtle or TriG from stdin.

    Raises:
        SourceError: a file is missing. FormatError: its suffix is unknown, or it is not what its suffix says.
    """
    graph = Store()
    for path in _each(paths):
        rdf = RdfFormat.TRIG if path == STDIN else _format(path)
        if rdf is None:
            suffix = PurePath(path.name.removesuffix(".gz")).suffix
            raise FormatError(
                f"{path}: no RDF format has the suffix {suffix!r}",
                hint=f"known: {', '.join(DATA_FORMATS)}, each also with .gz",
            )
        _loaded(graph, path, rdf)
    return graph


def _format(path: Path) -> RdfFormat | None:
    return DATA_FORMATS.get(PurePath(path.name.lower().removesuffix(".gz")).suffix)


def _each(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(one for one in path.rglob("*") if one.is_file() and _format(one))
        if not found:
            hint = f"known: {', '.join(DATA_FORMATS)}, each also with .gz"
            raise SourceError(f"{path}: no RDF in this folder", hint=hint)
        yield from found


def _loaded(graph: Store, path: Path, rdf: RdfFormat) -> None:
    shown = "stdin" if path == STDIN else str(path)
    try:
        _load(graph, path, rdf)
    except SyntaxError as error:
        where = f" line {error.lineno}:" if error.lineno else ""
        raise FormatError(f"{shown}:{where} {error.msg}", hint=f"this is not valid {rdf.name}") from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise SourceError(f"{shown}: {(error.strerror or 'cannot be read').lower()}") from error
    except (OSError, EOFError, ValueError) as error:
        raise FormatError(f"{shown}: {error}", hint=f"this is not valid {rdf.name}") from error


def _load(graph: Store, path: Path, rdf: RdfFormat) -> None:
    if path == STDIN:
        graph.bulk_load(sys.stdin.buffer, format=rdf)
        return
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
