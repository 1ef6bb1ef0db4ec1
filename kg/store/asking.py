"""A service as a Dataset: what it answers is read with Oxigraph, so that callers meet the same types as on disk."""

import re
from collections.abc import Iterator, Sequence
from typing import IO
from typing import Literal as OneOf

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
    parse_query_results,
)

from kg.endpoint import Endpoint
from kg.errors import KgError, QueryError, ServiceError

Answer = QuerySolutions | QueryBoolean | QueryTriples
Form = OneOf["rows", "boolean", "triples"]
Node = NamedNode | BlankNode | Literal

POSITIONS = ("s", "p", "o", "g")
PAGES = (5000, 1000, 200)
"""Rows in one page, where a server gives only so many; the next where that is still too many."""
GRAPHS_AT_ONCE = 20
FORMS: dict[str, Form] = {"ASK": "boolean", "CONSTRUCT": "triples", "DESCRIBE": "triples"}
FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
ASKED = "__ASK_RETVAL"
"""What Virtuoso may call the one column of its answer to ASK."""


class Asked:
    """What a service holds (kg.dataset).

    Args:
        hidden: how the names of graphs begin that are not the user's.
    """

    def __init__(self, endpoint: Endpoint, hidden: Sequence[str] = ()) -> None:
        self.endpoint = endpoint
        self._hidden = tuple(hidden)

    def query(
        self, query: str, /, *, prefixes: dict[str, str] | None = None, use_default_graph_as_union: bool = False
    ) -> Answer:
        """Answers a query; what a pattern without GRAPH meets is the service's to say, and was looked at when it was
        opened. A text that the service does not take and Oxigraph neither is told as Oxigraph tells it."""
        del use_default_graph_as_union
        form, wrong = _form(query, prefixes or {})
        try:
            return self._answer(_prologue(query, prefixes or {}) + query, form)
        except QueryError as error:
            if wrong is None:
                raise
            raise wrong from error

    def _answer(self, text: str, form: Form) -> Answer:
        if form == "triples":
            with self.endpoint.fetch(text, "triples") as body:
                return _triples(body)
        return _boolean(parse_query_results(self.endpoint.query(text), QueryResultsFormat.JSON), form)

    # -------------------------------------------------------------- by pattern
    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object_: Node | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads of named graphs with these parts. A service's blank nodes have no name to ask for them by."""
        given = (subject, predicate, object_, graph_name)
        if any(isinstance(node, BlankNode | DefaultGraph) for node in given):
            return
        parts = dict(zip(POSITIONS, given, strict=True))
        s, p, o, g = (f"?{name}" if node is None else str(node) for name, node in parts.items())
        for row in self._rows(f"GRAPH {g} {{ {s} {p} {o} }}", [name for name in POSITIONS if parts[name] is None]):
            quad = Quad(*(row.get(name) or node for name, node in parts.items()))  # type: ignore[arg-type]
            if not self._is_hidden(quad.graph_name):
                yield quad

    def __iter__(self) -> Iterator[Quad]:
        """All quads of all named graphs, some graphs at a time."""
        names = [str(row["g"]) for row in self._rows("{ SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } }", ["g"])]
        shown = sorted(name for name in set(names) if not name[1:].startswith(self._hidden))
        for at in range(0, len(shown), GRAPHS_AT_ONCE):
            some = " ".join(shown[at : at + GRAPHS_AT_ONCE])
            for row in self._rows(f"VALUES ?g {{ {some} }} GRAPH ?g {{ ?s ?p ?o }}", POSITIONS):
                yield Quad(row["s"], row["p"], row["o"], row["g"])  # type: ignore[arg-type]

    def _is_hidden(self, graph: object) -> bool:
        return isinstance(graph, NamedNode) and graph.value.startswith(self._hidden)

    def _rows(self, pattern: str, names: Sequence[str]) -> Iterator[dict[str, Node]]:
        """All rows, by pages where the server gives no more at once."""
        shown = " ".join(f"?{name}" for name in names) or "(1 AS ?there)"
        select = f"SELECT {shown} WHERE {{ {pattern} }}"
        try:
            yield from self._page(select, names)
            return
        except ServiceError as error:
            if error.kind != "partial" or not names:
                raise
        # Sorted inside, cut outside: Virtuoso does not sort more than it gives.
        ordered = f"SELECT {shown} WHERE {{ {{ {select} ORDER BY {shown} }} }}"
        offset, size = 0, 0
        while True:
            size, rows = self._next(ordered, names, offset, size)
            yield from rows
            if len(rows) < PAGES[size]:
                return
            offset += len(rows)

    def _next(self, select: str, names: Sequence[str], offset: int, size: int) -> tuple[int, list[dict[str, Node]]]:
        """One page, and the place of its size in PAGES."""
        while True:
            try:
                return size, list(self._page(f"{select} LIMIT {PAGES[size]} OFFSET {offset}", names))
            except ServiceError as error:
                if error.kind != "partial" or size + 1 == len(PAGES):
                    raise
            size += 1

    def _page(self, select: str, names: Sequence[str]) -> Iterator[dict[str, Node]]:
        answer = self._answer(select, "rows")
        assert isinstance(answer, QuerySolutions)
        for row in answer:
            yield {name: node for name in names if (node := row[name]) is not None}


def _prologue(query: str, prefixes: dict[str, str]) -> str:
    """Declarations of the prefixes that a query uses, on its first line, so that the lines of errors stay."""
    used = {name: iri for name, iri in prefixes.items() if re.search(rf"(?<![\w:]){re.escape(name)}:", query)}
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in used.items())


def _form(query: str, prefixes: dict[str, str]) -> tuple[Form, SyntaxError | None]:
    """What a query will be answered with, and what Oxigraph finds wrong with it.

    Oxigraph is asked it of nothing; if it may reach out of the graph, or is not understood, its words tell.
    """
    wrong = None
    if "SERVICE" not in query.upper():
        try:
            return _kind(Store().query(query, prefixes=prefixes)), None
        except SyntaxError as error:
            wrong = error
        except (RuntimeError, ValueError):
            pass
    said = FORM.search(re.sub(r"<[^<>\s]*>|#.*", "", query))
    return FORMS.get(said[1].upper() if said else "", "rows"), wrong


def _kind(answer: Answer) -> Form:
    return (
        "boolean" if isinstance(answer, QueryBoolean) else "rows" if isinstance(answer, QuerySolutions) else "triples"
    )


def _triples(body: IO[bytes]) -> QueryTriples:
    """A graph off the wire, as a query's answer. N-Triples are Turtle, too."""
    graph = Store()
    try:
        graph.load(body, format=RdfFormat.TURTLE)
    except SyntaxError as error:
        raise ServiceError(f"the store's answer is not valid RDF: {error}", kind="truncated") from error
    found = graph.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, QueryTriples)
    return found


def _boolean(answer: QuerySolutions | QueryBoolean, form: Form) -> Answer:
    if form != "boolean" or not isinstance(answer, QuerySolutions):
        return answer
    if answer.variables != [Variable(ASKED)]:
        raise KgError("the store answered an ASK with rows")
    row = next(iter(answer), None)
    true = row is not None and getattr(row[0], "value", "") in ("1", "true")
    return parse_query_results(b'{"head":{},"boolean":%s}' % (b"true" if true else b"false"), QueryResultsFormat.JSON)
