"""Asking a SPARQL service elsewhere: the query goes there as it is, and the answer is one like the store's."""

from collections.abc import Mapping
from typing import IO

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store, parse_query_results

from kg.ask.query import Answer, check, evaluating
from kg.ask.words import form, tokens, with_prefixes
from kg.endpoint.sparql import Endpoint
from kg.errors import QueryError, ServiceError

ACCEPTED = {"SELECT": "json", "ASK": "json", "CONSTRUCT": "ntriples", "DESCRIBE": "ntriples"}
"""Form of a query -> the format in which its answer is fetched."""


def ask(service: Endpoint, sparql: str, known: Mapping[str, str], *, written: str = "") -> Answer:
    """Asks a service; the known prefixes that the query uses are declared for it.

    Args:
        written: the query as the user wrote it, if values were put into it since.

    Raises:
        QueryError: the service does not take the query. ServiceError: it does not answer as it must.
    """
    accept = ACCEPTED.get(form(sparql))
    if accept is None:
        raise QueryError("this is no query", hint="write SELECT, ASK, CONSTRUCT or DESCRIBE")
    try:
        body = service.fetch(with_prefixes(sparql, known), accept)
    except QueryError:
        _check(written or sparql, known)
        raise
    return _rows(body) if accept == "json" else _triples(body)


def _check(sparql: str, known: Mapping[str, str]) -> None:
    """Shows the place of a plain syntax error, which services tell in their own ways. A query that calls further
    services is not tried here."""
    if not any("SERVICE" in found[0].upper() for found in tokens(sparql)):
        check(sparql, known)


def _rows(body: IO[bytes]) -> Answer:
    try:
        with body:
            return parse_query_results(body.read(), format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError) as error:
        raise ServiceError(f"the answer is no SPARQL result: {error}", hint="is this a SPARQL endpoint?") from error


def _triples(body: IO[bytes]) -> Answer:
    """All triples of the answer; a graph of their own hands them out as Oxigraph's own answers do."""
    graph = Store()
    try:
        with body:
            graph.bulk_load(body, format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError, OSError) as error:
        raise ServiceError(f"the answer is no RDF: {error}", hint="is this a SPARQL endpoint?") from error
    with evaluating():
        answer = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(answer, QueryTriples)
    return answer
