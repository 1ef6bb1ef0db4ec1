"""A store behind HTTP: SPARQL 1.1 query and update, and the graph store protocol where there is one.

A change replaces whole named graphs. A small one is one update request. A larger one is sent to graphs on the side,
beneath `<base>staging/`, which one small update then moves to their places: if anything fails before, the store is as
it was. Such a graph bears a mark, so that what a killed process has left is found and removed by the next that writes.
"""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.endpoint import KINDS, Endpoint
from kg.endpoint.access import access_from
from kg.errors import KgError, ServiceError, StoreError
from kg.minting import digest
from kg.settings import Address
from kg.store.asking import Asked
from kg.store.interface import Triples, lines, replacing
from kg.store.iris import outside, term
from kg.store.layouts import Addresses, Layout, addresses, by_server, laid_out
from kg.vocabulary.names import DEFAULT_BASE, TERMS

STAGING = "staging/"
STAGED, DOCUMENT = "staged", "Document"
STALE = datetime.timedelta(hours=1)
"""After this time, a staged graph is no longer anybody's who still works."""

LOOK = """SELECT ?type ?union WHERE {{
  {{ SELECT ?g ?type WHERE {{ GRAPH ?g {{ ?g a ?type ; {identifier} ?id }} {which} }} LIMIT 1 }}
  OPTIONAL {{ ?g a ?union }}
}} LIMIT 1"""
"""The class of any document of kg, which tells the namespace; and whether it is seen without GRAPH, too."""


class Remote:
    """A store by its addresses (kg.store.interface)."""

    def __init__(self, place: Address, endpoint: Endpoint, layout: Layout, base: str, *, graphs: bool) -> None:
        self.place, self.base = place, base
        self._endpoint, self._layout, self._has_graphs = endpoint, layout, graphs
        self._tidied = False
        self.graph = Asked(endpoint, (*layout.own, base + STAGING))

    def update(self, sparql: str) -> None:
        """Changes the store; how much of a change a server keeps that fails in the middle is its own affair."""
        self._endpoint.update(sparql)

    def replace(self, graphs: Mapping[NamedNode, Triples]) -> None:
        """Replaces named graphs, all of them or none."""
        self._tidy()
        if not graphs:
            return
        if sum(map(len, graphs.values())) <= self._layout.batch:
            with _unsure():
                self._endpoint.update(replacing(graphs), again=True)
        else:
            self._by_staging(graphs)

    # -------------------------------------------------------------- on the side first
    def _by_staging(self, graphs: Mapping[NamedNode, Triples]) -> None:
        names = sorted((graph for graph in graphs if graphs[graph]), key=str)
        staged = {graph: NamedNode(f"{self.base}{STAGING}{digest(graph.value)}") for graph in names}
        marks = {graph: self._mark(staged[graph]) for graph in names}
        try:
            for graph in names:
                self._upload(staged[graph], [*lines(graphs[graph]), marks[graph]])
            self._swap(graphs, staged, marks)
        except (KgError, KeyboardInterrupt):
            for aside in staged.values():
                with suppress(KgError):  # the first error is the one to tell; what stays is marked
                    self._endpoint.update(f"DROP SILENT GRAPH {aside}", again=True)
            raise

    def _mark(self, staged: NamedNode) -> str:
        now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{staged} {term(self.base, STAGED)} {Literal(now)} ."

    def _upload(self, staged: NamedNode, triples: list[str]) -> None:
        if self._has_graphs:
            self._endpoint.put(staged.value, ("\n".join(triples) + "\n").encode(), "ntriples")
            return
        self._endpoint.update(f"DROP SILENT GRAPH {staged}", again=True)
        waiting = iter(triples)
        while batch := "\n".join(itertools.islice(waiting, self._layout.batch)):
            self._endpoint.update(f"INSERT DATA {{ GRAPH {staged} {{\n{batch}\n}} }}", again=True)

    def _swap(
        self, graphs: Mapping[NamedNode, Triples], staged: Mapping[NamedNode, NamedNode], marks: Mapping[NamedNode, str]
    ) -> None:
        parts = []
        for graph in sorted(graphs, key=str):
            if graph in staged:
                parts.append(f"MOVE GRAPH {staged[graph]} TO GRAPH {graph}")
                parts.append(f"DELETE DATA {{ GRAPH {graph} {{ {marks[graph]} }} }}")
            else:
                parts.append(f"DROP SILENT GRAPH {graph}")
        try:
            # Not again: moving what has been moved already would empty its place.
            self._endpoint.update(" ;\n".join(parts))
        except ServiceError:
            if not self._swapped(staged):
                raise

    def _swapped(self, staged: Mapping[NamedNode, NamedNode]) -> bool:
        """Whether the move was made, though its answer did not come."""
        with _unsure():
            return not any(self.graph.query(f"ASK {{ GRAPH {aside} {{ ?s ?p ?o }} }}") for aside in staged.values())

    def _tidy(self) -> None:
        """Removes what was left on the side by somebody who was killed; once, before the first change."""
        if self._tidied:
            return
        self._tidied = True
        before = (datetime.datetime.now(datetime.UTC) - STALE).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = self.graph.query(f"SELECT ?g ?x ?when WHERE {{ GRAPH ?g {{ ?x {term(self.base, STAGED)} ?when }} }}")
        for row in answer if isinstance(answer, QuerySolutions) else ():
            graph, subject, when = row["g"], row["x"], row["when"]
            if graph == subject and isinstance(when, Literal) and when.value < before:
                self._endpoint.update(f"DROP SILENT GRAPH {graph}", again=True)
            elif graph != subject:  # moved, but its mark was not taken off any more
                mark = f"{subject} {term(self.base, STAGED)} {when}"
                self._endpoint.update(f"DELETE DATA {{ GRAPH {graph} {{ {mark} }} }}", again=True)


# ------------------------------------------------------------------ connecting
def connect(place: Address, base: str = "") -> Remote:
    """Looks at a store, in one request or two.

    Args:
        base: the namespace that was asked for, or "" for that of the documents there.

    Raises:
        ServiceError: it does not answer. StoreError: its patterns without GRAPH do not meet what kg has written.
    """
    found, endpoint = _endpoint(place, addresses(place).layout)
    own, union = _look(endpoint, base)
    program = None if found.told else by_server(endpoint.server)
    if program and program is not found.layout:  # the first answer says what it is
        found, endpoint = _endpoint(place, program, changed=True)
    if not union:
        hint = "let its default graph be the union of all graphs (docs/stores.md says how)"
        raise StoreError(f"{place}: a pattern without GRAPH does not meet this store's named graphs", hint=hint)
    return Remote(place, endpoint, found.layout, own or base or DEFAULT_BASE, graphs=bool(found.graphs))


def _endpoint(place: Address, layout: Layout, *, changed: bool = False) -> tuple[Addresses, Endpoint]:
    host = urlsplit(place.url).hostname or ""
    access = access_from(user_agent=place.user_agent, host=host, usual=layout.login)
    signed = access.login != "none"
    found = laid_out(place.url, layout, signed=signed) if changed else addresses(place, signed=signed)
    parameters = found.layout.parameters
    return found, Endpoint(found.query, update=found.update, graphs=found.graphs, access=access, parameters=parameters)


def _look(endpoint: Endpoint, base: str) -> tuple[str, bool]:
    """The namespace of the documents there, or "", and whether they are seen without GRAPH."""
    known = f"VALUES ?type {{ {term(base, DOCUMENT)} }}" if base else ""
    which = known or f'FILTER(STRENDS(STR(?type), "{TERMS}{DOCUMENT}"))'
    answer = Asked(endpoint).query(LOOK.format(identifier=outside("dcterms", "identifier"), which=which))
    row = next(iter(answer), None) if isinstance(answer, QuerySolutions) else None
    if row is None:
        return "", True
    kind = row["type"]
    own = kind.value.removesuffix(TERMS + DOCUMENT) if isinstance(kind, NamedNode) else ""
    return own, row["union"] is not None


@contextmanager
def _unsure() -> Iterator[None]:
    """Says of a change whose answer did not come that it may have been made."""
    try:
        yield
    except ServiceError as error:
        if KINDS[error.kind].unsent if error.kind in KINDS else False:
            raise
        hint = "it may or may not have made the last change; run the same again, which changes nothing twice"
        raise ServiceError(error.message, hint=hint, kind=error.kind) from error
