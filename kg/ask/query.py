"""Running SPARQL on a store."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.ask.places import Trouble, placed, refuse_outside, syntax_error
from kg.ask.words import names_dataset, tokens
from kg.dataset import Dataset
from kg.errors import QueryError
from kg.vocabulary.names import prefixes

UPDATES = ("INSERT", "DELETE", "DROP", "CLEAR", "CREATE", "COPY", "MOVE", "ADD", "LOAD", "WITH")

Answer = QuerySolutions | QueryBoolean | QueryTriples


def run(graph: Dataset, sparql: str, base: str, extra: Mapping[str, str] | None = None, *, written: str = "") -> Answer:
    """Asks a graph. All graphs together are what a pattern without GRAPH is matched with, unless the query says FROM.

    Args:
        base: the namespace; its prefixes and the usual ones are known unless the query declares them itself.
        extra: further prefixes. written: the query as the user wrote it, if values were put into it since: errors
            show places in that.

    Raises:
        QueryError: it does not parse (with line, column and a caret), or would fetch from elsewhere.
    """
    refuse_outside(sparql)
    known = {**prefixes(base), **(extra or {})}
    union = not names_dataset(sparql)
    try:
        with evaluating():
            return graph.query(sparql, prefixes=known, use_default_graph_as_union=union)
    except SyntaxError as error:
        _refuse_update(written or sparql)
        if written and written != sparql:
            check(written, known)
        raise syntax_error(sparql, str(error), known) from error


def check(sparql: str, known: Mapping[str, str]) -> None:
    """Only parses a query, which must not fetch from elsewhere.

    Raises:
        QueryError: it does not parse.
    """
    refuse_outside(sparql)
    try:
        Store().query(sparql, prefixes=dict(known))
    except SyntaxError as error:
        raise syntax_error(sparql, str(error), known) from error
    except (RuntimeError, ValueError):
        return  # it parses; what it says of an empty graph does not matter


@contextmanager
def evaluating() -> Iterator[None]:
    """What goes wrong while an answer is made or read, as our error: Oxigraph works as its rows are asked for.

    Raises:
        QueryError: say, a function that is not known.
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the system's, of our own output; Oxigraph's have no number
        raise QueryError(f"the query cannot be run: {error}") from error


def _refuse_update(sparql: str) -> None:
    """Says of an update that it is one; called when it does not parse as a query."""
    words = list(tokens(sparql))
    while len(words) > 2 and words[0][0].upper() in ("PREFIX", "BASE"):
        words = words[3 if words[0][0].upper() == "PREFIX" else 2 :]
    if words and words[0][0].upper() in UPDATES:
        hint = "kg query only asks; to change the graph: kg update"
        raise placed(sparql, Trouble(words[0].start(), f"{words[0][0].upper()} is no query", hint))
