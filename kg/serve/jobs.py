"""What a worker does for a request. Each job takes the store, the request's fields and body, and writes an answer."""

from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    serialize,
)

from kg.ask.places import syntax_error
from kg.ask.query import Answer
from kg.ask.words import names_dataset
from kg.errors import FormatError, KgError, QueryError
from kg.serve import guard
from kg.serve.asked import Asked, NotFound
from kg.serve.negotiation import DATASETS, ROWS, TRIPLES, choose, content_type
from kg.serve.pages import page
from kg.serve.sink import Sink
from kg.vocabulary.names import prefixes

Graph = NamedNode | DefaultGraph


class NotAcceptable(KgError):
    """The client takes none of the formats that there are."""


class MediaTypeUnknown(KgError):
    """A body in a format that is not known."""


# ------------------------------------------------------------------ SPARQL
def query(asked: Asked, sink: Sink) -> None:
    """Answers a query in the format that the client likes best.

    Raises:
        QueryError, NotAcceptable.
    """
    _write(_run(asked), asked, sink)


def _run(asked: Asked) -> Answer:
    sparql = asked.fields["query"]
    guard.check(sparql)
    default, named = _iris(asked.fields["default"]), _iris(asked.fields["named"])
    chosen = bool(default or named)
    try:
        return asked.store.query(
            sparql,
            base_iri=asked.fields["base_iri"],
            prefixes=prefixes(asked.opened.base),
            use_default_graph_as_union=asked.union and not chosen and not names_dataset(sparql),
            default_graph=[*default] if chosen else None,
            named_graphs=[*named] if chosen else None,
        )
    except SyntaxError as error:
        raise syntax_error(sparql, str(error)) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def _write(answer: Answer, asked: Asked, sink: Sink) -> None:
    offered = TRIPLES if isinstance(answer, QueryTriples) else ROWS
    media = _media(asked.fields["accept"], offered)
    sink.head = {"type": content_type(media)}
    output = cast(IO[bytes], sink)
    if isinstance(answer, QueryTriples):
        serialize(answer, output, format=TRIPLES[media], prefixes=prefixes(asked.opened.base))
    elif isinstance(answer, QuerySolutions):
        answer.serialize(output, format=ROWS[media])
    else:
        _write_boolean(answer, media, sink)


def _write_boolean(answer: QueryBoolean, media: str, sink: Sink) -> None:
    """CSV and TSV have no form for it; the bare word is what other servers say."""
    bare = media in ("text/csv", "text/tab-separated-values")
    sink.write((b"true\n" if answer else b"false\n") if bare else answer.serialize(format=ROWS[media]) or b"")


def update(asked: Asked, sink: Sink) -> None:
    """Changes the graph, in one transaction.

    Raises:
        QueryError: it does not parse or is refused; nothing has changed.
    """
    sparql = asked.fields["update"]
    guard.check(sparql)
    default, named = (list(map(str, _iris(asked.fields[key]))) for key in ("default", "named"))
    sparql = guard.using(sparql, default, named)
    try:
        asked.store.update(sparql, base_iri=asked.fields["base_iri"], prefixes=prefixes(asked.opened.base))
    except SyntaxError as error:
        raise syntax_error(sparql, str(error)) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {error}") from error
    sink.head = {"status": 204}


def _iris(texts: list[str]) -> list[NamedNode]:
    try:
        return [NamedNode(text) for text in texts]
    except ValueError as error:
        raise QueryError(f"a graph's name is no IRI: {error}") from error


def _media(accept: str, offered: dict[str, Any]) -> str:
    media = choose(accept, offered)
    if not media:
        raise NotAcceptable(f"none of the formats of {accept!r} is there", hint=f"there are: {', '.join(offered)}")
    return media


# ------------------------------------------------------------------ graphs
def read_graph(asked: Asked, sink: Sink) -> None:
    """Writes one graph, or all of them.

    Raises:
        NotFound: there is no such graph. NotAcceptable.
    """
    graph = _graph(asked)
    if graph is None:
        media = _media(asked.fields["accept"], DATASETS)
    else:
        _must_exist(asked.store, graph)
        media = _media(asked.fields["accept"], TRIPLES)
    sink.head = {"type": content_type(media)}
    known = prefixes(asked.opened.base)
    asked.store.dump(cast(IO[bytes], sink), format=TRIPLES[media], from_graph=graph, prefixes=known)


def replace_graph(asked: Asked, sink: Sink) -> None:
    """Puts a graph in the place of what was there, in one transaction."""
    _put(asked, sink, replace=True)


def add_to_graph(asked: Asked, sink: Sink) -> None:
    """Adds triples to a graph, in one transaction."""
    _put(asked, sink, replace=False)


def _put(asked: Asked, sink: Sink, *, replace: bool) -> None:
    graph = _graph(asked)
    quads = list(_parsed(asked, graph))
    there = graph is not None and _exists(asked.store, graph)
    drop = ("DROP SILENT ALL" if graph is None else f"CLEAR SILENT {_target(graph)}") if replace else ""
    create = f"CREATE SILENT {_target(graph)}" if isinstance(graph, NamedNode) else ""
    data = "\n".join(_lines(quads))
    operations = [drop, create, f"INSERT DATA {{\n{data}\n}}"]
    # One update is one transaction; terms are escaped by their own str().
    asked.store.update(" ;\n".join(filter(None, operations)))
    sink.head = {"status": 204 if there or graph is None else 201}


def _lines(quads: list[Quad]) -> Iterator[str]:
    for quad in quads:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        yield triple if isinstance(quad.graph_name, DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"


def delete_graph(asked: Asked, sink: Sink) -> None:
    """Removes a graph, or all.

    Raises:
        NotFound: there is none.
    """
    graph = _graph(asked)
    if graph is not None:
        _must_exist(asked.store, graph)
    asked.store.update(f"DROP {_target(graph)}" if graph is not None else "DROP ALL")
    sink.head = {"status": 204}


def _parsed(asked: Asked, graph: Graph | None) -> Iterator[Quad]:
    media = asked.fields["media"]
    offered = DATASETS if graph is None else TRIPLES
    if media not in offered:
        raise MediaTypeUnknown(f"{media or 'no media type'}: not a known format", hint=f"known: {', '.join(offered)}")
    rdf = offered[media]
    if rdf == RdfFormat.RDF_XML and b"<!DOCTYPE" in asked.body[:4096].upper():
        raise FormatError("a document type (<!DOCTYPE) is refused")
    try:
        for quad in parse(asked.body, format=rdf, base_iri=asked.fields["base_iri"] or None):
            if graph is not None and quad.graph_name != DefaultGraph():
                raise FormatError("the body holds named graphs", hint="send it to the store itself, without ?graph=")
            yield Quad(quad.subject, quad.predicate, quad.object, graph) if graph is not None else quad
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        raise FormatError(f"{where}{error.msg}", hint=f"the body is not valid {rdf.name}") from error
    except (ValueError, OSError) as error:
        raise FormatError(f"the body is not valid {rdf.name}: {error}") from error


def _graph(asked: Asked) -> Graph | None:
    """The graph that is meant; None means all."""
    name = asked.fields["graph"]
    if name is None:
        return None
    return _iris([name])[0] if name else DefaultGraph()


def _exists(store: Store, graph: Graph) -> bool:
    return isinstance(graph, DefaultGraph) or store.contains_named_graph(graph)


def _must_exist(store: Store, graph: Graph) -> None:
    if not _exists(store, graph):
        raise NotFound(f"there is no graph {graph}")


def _target(graph: Graph | None) -> str:
    return "DEFAULT" if isinstance(graph, DefaultGraph) else f"GRAPH {graph}"


Job = Callable[[Asked, Sink], None]

READS: dict[str, Job] = {
    "query": query,
    "read_graph": read_graph,
    "page": page,
}
WRITES: dict[str, Job] = {
    "update": update,
    "replace_graph": replace_graph,
    "add_to_graph": add_to_graph,
    "delete_graph": delete_graph,
}
