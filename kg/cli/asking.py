"""What `kg query` asks, and how it prints the answer; of a command line as of the prompt."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import settings_from
from kg.errors import FormatError
from kg.settings import Settings
from kg.vocabulary.names import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.ask.query import Answer
    from kg.dataset import Dataset
    from kg.endpoint.sparql import Endpoint

# The keys of kg.ask.results.RESULTS and what this file adds; a test holds them together. Naming them here keeps
# Oxigraph out of `kg query --help`.
FORMATS = (
    *("table", "csv", "tsv", "json", "xml", "ndjson", "markdown"),
    *("turtle", "trig", "nquads", "ntriples", "rdfxml", "jsonld"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom to ask, and how.

    graph: the store or the files; None where a service is asked. service: the SPARQL service. base: the namespace.
    extra: prefixes of --prefix. bind: values for variables. most: solutions. services: what SERVICE may ask, by
    address. name: of the format, or None for the natural one.
    """

    graph: "Dataset | None" = None
    service: "Endpoint | None" = None
    base: str
    extra: Mapping[str, str] = field(default_factory=dict)
    bind: tuple[str, ...] = ()
    most: int | None = None
    services: "Mapping[str, Endpoint]" = field(default_factory=dict)
    name: str | None = None

    @property
    def known(self) -> dict[str, str]:
        """The prefixes that a query need not declare."""
        from kg.vocabulary.names import prefixes

        return {**prefixes(self.base), **self.extra}


def asked_of(flags: Mapping[str, Any]) -> Asked:
    """The flags of `kg query`, with the store, the files or the service opened.

    Raises:
        KgError: one of them cannot be, or a flag is not understood.
    """
    if flags["data"] and flags["endpoint"]:
        raise click.UsageError("give --data or --endpoint, not both")
    settings = settings_from(**flags)
    url, seconds = flags["endpoint"], flags["time_out"]
    graph, base = (None, settings.namespace) if url else _opened(settings, flags["data"])
    return Asked(
        graph=graph,
        service=service(url, settings, seconds) if url else None,
        base=base or DEFAULT_BASE,
        extra=_declared(flags["prefix"]),
        bind=flags["bind"],
        most=flags["limit"],
        services={one: service(one, settings, seconds) for one in flags["allow_service"]},
        name=flags["name"],
    )


def _opened(settings: Settings, data: tuple[str, ...]) -> "tuple[Dataset, str]":
    """The files as one graph, else the store; and the namespace."""
    if data:
        from kg.ask.files import from_files

        return from_files(map(Path, data)), settings.namespace
    from kg.store.opening import open_read_only

    store = open_read_only(settings.store, settings.namespace)
    return store.graph, store.base


def service(url: str, settings: Settings, time_out: float | None = None) -> "Endpoint":
    """A SPARQL service, with the login that the environment gives."""
    from kg.endpoint.access import Patience, access_from
    from kg.endpoint.sparql import Endpoint

    patience = Patience(deadline=time_out) if time_out else Patience()
    return Endpoint(url, access=access_from(user_agent=settings.user_agent), patience=patience)


def final(asked: Asked, sparql: str) -> str:
    """The query with its values and its limit."""
    from kg.ask.words import limited

    if asked.bind:
        from kg.ask.binding import bind

        sparql = bind(sparql, asked.bind, asked.base, asked.extra)
    return limited(sparql, asked.most) if asked.most is not None else sparql


def _declared(pairs: tuple[str, ...]) -> dict[str, str]:
    if not pairs:
        return {}
    from kg.ask.binding import declared

    return declared(pairs)


def answer(asked: Asked, sparql: str) -> "Answer":
    """Puts a query.

    Raises:
        QueryError: it is none. ServiceError: a service did not answer.
    """
    text = final(asked, sparql)
    if asked.service:
        from kg.ask.remote import ask

        return ask(asked.service, text, asked.known, written=sparql)
    from kg.ask.places import refuse_outside
    from kg.ask.query import run

    assert asked.graph is not None
    if not asked.services:
        refuse_outside(sparql, "ask it by itself with --endpoint URL, or let SERVICE ask it with --allow-service URL")
        return run(asked.graph, text, asked.base, asked.extra, written=sparql)
    return run(asked.graph, _federated(asked, asked.graph, text), asked.base, asked.extra)


def _federated(asked: Asked, graph: "Dataset", sparql: str) -> str:
    """The query with its SERVICE blocks answered."""
    from kg.ask.federation import answered
    from kg.ask.query import run
    from kg.ask.remote import ask

    return answered(
        sparql,
        tuple(asked.services),
        asked.known,
        local=lambda part: run(graph, part, asked.base, asked.extra),
        remote=lambda url, part: ask(asked.services[url], part, asked.known),
    )


def explained(asked: Asked, sparql: str) -> list[str]:
    """What a query asks, line by line.

    Raises:
        QueryError: it does not parse.
    """
    from kg.ask.explaining import explained
    from kg.ask.plain import shortener
    from kg.ask.query import check

    if not asked.service and not asked.services:
        check(sparql, asked.known)  # errors show their place
    return explained(final(asked, sparql), asked.known, asked.graph, shortener(asked.base, asked.extra))


def show(asked: Asked, found: "Answer") -> bool:
    """Prints an answer in the form asked for, or in its natural one.

    Returns:
        False only for an ASK that says no.
    """
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.ask.query import evaluating
    from kg.ask.results import GRAPHS, RESULTS, quads_of, rows_of
    from kg.cli.tables import print_rows

    with evaluating():
        if asked.name in RESULTS:
            RESULTS[asked.name](found, sys.stdout.buffer)
        elif isinstance(found, QueryBoolean):
            click.echo("true" if found else "false")
        elif isinstance(found, QuerySolutions):
            if asked.name == "turtle":
                raise FormatError("turtle holds triples, not rows", hint="use CONSTRUCT, or -f csv, tsv, json, xml")
            table = True if asked.name == "table" else None
            print_rows(asked.graph, rows_of(found), asked.base, table=table, extra=asked.extra)
        elif asked.name == "table":
            hint = f"use SELECT, or -f turtle, {', '.join(GRAPHS)}"
            raise FormatError("a table holds rows, not triples", hint=hint)
        else:
            from kg.export.turtle import turtle

            sys.stdout.buffer.write(turtle(quads_of(found), asked.base).encode())
        sys.stdout.buffer.flush()
    return not isinstance(found, QueryBoolean) or bool(found)
