"""How the servers that people use lay their addresses out. A server is one row; docs/stores.md says what was tried."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

from kg.errors import KgError
from kg.settings import Address

NONE = "-"
KEYS = ("query", "update", "graphs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of server.

    path: what the path of its address looks like; the part that it captures is taken off before the others are put on.
    query, update, graphs: what is put on, for queries, updates and the graph store protocol; "-" where it has none.
    signed: what is put on for queries with a login, where that is another address. server: how its Server header
    begins, in lower case. login: how it wants a user's login. batch: triples in one update. own: how the names of its
    own graphs begin. parameters: sent with each query, so that a pattern without GRAPH meets all graphs together.
    """

    path: str = r"(?!)"
    query: str = ""
    update: str = ""
    graphs: str = NONE
    signed: str = ""
    server: str = NONE
    login: Literal["basic", "digest"] = "basic"
    batch: int = 5000
    own: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)


LAYOUTS: dict[str, Layout] = {
    "kg": Layout(path=r".*?(/(?:sparql)?/?)", query="/sparql", update="/sparql", graphs="/store"),
    "virtuoso": Layout(
        path=r".*?(/(?:sparql(?:-auth)?)?/?)",
        query="/sparql",
        signed="/sparql-auth",
        update="/sparql-auth",
        graphs="/sparql-graph-crud-auth",
        server="virtuoso",
        login="digest",
        batch=50,  # a hundred triples a second by INSERT DATA, 40,000 by the graph store protocol
        own=(
            "http://www.openlinksw.com/",
            "http://www.w3.org/ns/ldp#",
            "http://www.w3.org/2002/07/owl#",
            "http://localuriqaserver/",
            "http://localhost:8890/",
            "urn:rules.skos",
            "urn:activitystreams-owl:map",
            "urn:core:services:sparql",
            "virtrdf-label",
            "b3sonto",
            "b3sifp",
            "facets",
            "dbprdf-label",
        ),
    ),
    "rdf4j": Layout(path=r".*/repositories/[^/]+(/?)", update="/statements", graphs="/rdf-graphs/service"),
    "neptune": Layout(path=r".*(/sparql/?)", query="/sparql", update="/sparql", graphs="/sparql/gsp/"),
    "fuseki": Layout(path=r".*?(/(?:sparql|query|update|data)?/?)", query="/query", update="/update", graphs="/data"),
    "stardog": Layout(
        path=r".*?(/(?:query|update)?/?)",
        query="/query",
        update="/update",
        parameters={
            "default-graph-uri": "tag:stardog:api:context:all",
            "named-graph-uri": "tag:stardog:api:context:named",
        },
    ),
    "oxigraph": Layout(
        path=r".*?(/(?:query|update|store)?/?)",
        query="/query",
        update="/update",
        graphs="/store",
        parameters={"union-default-graph": ""},
    ),
    "qlever": Layout(),
    "plain": Layout(),
}
"""name -> layout. "graphdb" is known as what it is built on; "plain" asks and changes at the very address."""

ALIASES = {"graphdb": "rdf4j"}
TOLD_BY_PATH = {"kg": r"/?", "virtuoso": r".*/sparql-auth/?", "rdf4j": r".*/repositories/[^/]+/?"}
"""Paths that only one of them has; where several share one, the user says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a store is asked and changed. graphs: "" without the graph store protocol. told: whether the user named the
    layout or the addresses."""

    query: str
    update: str
    graphs: str
    layout: Layout
    told: bool


def addresses(address: Address, *, signed: bool = False) -> Addresses:
    """The addresses of a store.

    Args:
        signed: whether a login will be sent.

    Raises:
        KgError: the layout is unknown.
    """
    given = dict(pair.partition("=")[::2] for pair in address.layout.split(",") if "=" in pair)
    name = given.pop("like", "") or ("" if given else address.layout)
    if unknown := sorted(set(given) - set(KEYS)):
        raise KgError(f"--store-as: unknown {unknown[0]!r}", hint="write query=URL,update=URL,graphs=URL,like=LAYOUT")
    layout = _named(name) if name else _by_path(address.url)
    found = laid_out(address.url, layout, signed=signed)
    return replace(found, told=bool(address.layout), **given)  # type: ignore[arg-type]  # KEYS only


def laid_out(url: str, layout: Layout, *, signed: bool) -> Addresses:
    """The addresses that a layout makes of one."""
    matched = re.fullmatch(layout.path, urlsplit(url).path)
    root = url[: len(url) - len(matched[1])] if matched and matched[1] else url.rstrip("/")
    query = layout.signed if signed and layout.signed else layout.query
    graphs = "" if layout.graphs == NONE else root + layout.graphs
    plain = not (query or layout.update or graphs)
    return Addresses(
        query=url if plain else root + query,
        update=url if plain else root + layout.update,
        graphs=graphs,
        layout=layout,
        told=True,
    )


def _named(name: str) -> Layout:
    found = LAYOUTS.get(ALIASES.get(name, name))
    if found is None:
        raise KgError(f"--store-as: no layout is called {name!r}", hint=f"known: {', '.join([*LAYOUTS, *ALIASES])}")
    return found


def _by_path(url: str) -> Layout:
    path = urlsplit(url).path
    found = (name for name, pattern in TOLD_BY_PATH.items() if re.fullmatch(pattern, path))
    return LAYOUTS[next(found, "plain")]


def by_server(server: str) -> Layout | None:
    """The layout of a server that says what it is."""
    return next((one for one in LAYOUTS.values() if server.lower().startswith(one.server)), None)
