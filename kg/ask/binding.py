"""Values for the variables of a query, given apart from it, so that no value is ever read as SPARQL.

--bind name="Prince Harry" --bind year=1984 --bind who=person:harry-1f0c --bind site='<https://example.org/>'
"""

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.ask.words import pattern_start
from kg.errors import QueryError
from kg.vocabulary.names import XSD, prefixes

PAIR = re.compile(r"[?$]?(\w+)=(.*)", re.DOTALL)
SHORT = re.compile(r"(\w+):([\w.-]+)")


def bind(sparql: str, pairs: Iterable[str], base: str) -> str:
    """The query with variables set, each as a list of one value before its first pattern.

    Args:
        pairs: "variable=value". A whole number is a number, <…> or a name with a known prefix an IRI, all else text.

    Raises:
        QueryError: a pair without "=", or an IRI that is none.
    """
    clauses = []
    for pair in pairs:
        found = PAIR.fullmatch(pair)
        if not found:
            raise QueryError(f"--bind {pair!r} is not understood", hint='write --bind name="Prince Harry"')
        clauses.append(f" VALUES ?{found[1]} {{ {_node(found[2], base)} }}")
    if not clauses:
        return sparql
    at = pattern_start(sparql)
    # On the same line, so that an error's line number is the query's.
    return sparql[:at] + "".join(clauses) + sparql[at:]


def _node(value: str, base: str) -> NamedNode | Literal:
    if re.fullmatch(r"[+-]?\d+", value):
        return Literal(str(int(value)), datatype=NamedNode(XSD + "integer"))
    short = SHORT.fullmatch(value)
    known = prefixes(base)
    if short and short[1] in known:
        return NamedNode(known[short[1]] + short[2])
    if value.startswith("<") and value.endswith(">"):
        try:
            return NamedNode(value[1:-1])
        except ValueError as error:
            raise QueryError(f"{value} is no IRI: {error}") from error
    return Literal(value)
