"""Values for the variables of a query, given apart from it, so that no value is ever read as SPARQL.

--bind name="Prince Harry" --bind year=1984 --bind who=person:harry-1f0c --bind site='<https://example.org/>'
--bind born='"1984-09-15"^^xsd:date' --bind label='"Harry"@en'
"""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from kg.ask.words import form, pattern_start, tokens
from kg.errors import QueryError
from kg.vocabulary.names import XSD, prefixes

PAIR = re.compile(r"[?$]?(\w+)=(.*)", re.DOTALL)
SHORT = re.compile(r"(\w+):([\w.-]+)")
TYPED = re.compile(r'"(?P<text>.*)"(?:\^\^(?P<type>\S+)|@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*))', re.DOTALL)
PREFIX = re.compile(r"(?P<name>[A-Za-z][\w-]*|):?[= ]\s*<?(?P<iri>[^<>\s]+)>?")


def bind(sparql: str, pairs: Iterable[str], base: str, extra: Mapping[str, str] | None = None) -> str:
    """The query with variables set, each as a list of one value before its first pattern.

    Args:
        pairs: "variable=value". A whole number is a number, <…> or a name with a known prefix an IRI, "…"^^xsd:date or
            "…"@en a literal of that type or language, all else text. extra: further prefixes.

    Raises:
        QueryError: a pair without "=", or an IRI that is none.
    """
    known = {**prefixes(base), **(extra or {})}
    clauses = []
    for pair in pairs:
        found = PAIR.fullmatch(pair)
        if not found:
            raise QueryError(f"--bind {pair!r} is not understood", hint='write --bind name="Prince Harry"')
        clauses.append(f" VALUES ?{found[1]} {{ {_node(found[2], known)} }}")
    if not clauses:
        return sparql
    if form(sparql) == "DESCRIBE" and not any(found[0] == "{" for found in tokens(sparql)):
        end = list(tokens(sparql))[-1].end()
        return f"{sparql[:end]} WHERE {{{''.join(clauses)} }}{sparql[end:]}"
    at = pattern_start(sparql)
    # On the same line, so that an error's line number is the query's.
    return sparql[:at] + "".join(clauses) + sparql[at:]


def declared(pairs: Iterable[str]) -> dict[str, str]:
    """The prefixes of --prefix: "ex=https://example.org/", also "ex: <https://example.org/>".

    Raises:
        QueryError: one is not understood.
    """
    found = {}
    for pair in pairs:
        match = PREFIX.fullmatch(pair.strip())
        if not match:
            raise QueryError(f"--prefix {pair!r} is not understood", hint="write --prefix ex=https://example.org/")
        found[match["name"]] = _iri(match["iri"]).value
    return found


def _node(value: str, known: Mapping[str, str]) -> NamedNode | Literal:
    if re.fullmatch(r"[+-]?\d+", value):
        return Literal(str(int(value)), datatype=NamedNode(XSD + "integer"))
    typed = TYPED.fullmatch(value)
    if typed and typed["language"]:
        return Literal(typed["text"], language=typed["language"])
    if typed:
        kind = _named(typed["type"], known)
        if kind is None:
            raise QueryError(f"{typed['type']} is no datatype", hint="write, say, ^^xsd:date")
        return Literal(typed["text"], datatype=kind)
    return _named(value, known) or Literal(value)


def _named(value: str, known: Mapping[str, str]) -> NamedNode | None:
    """The IRI that a value is, in brackets or with a known prefix; None if it is none."""
    short = SHORT.fullmatch(value)
    if short and short[1] in known:
        return NamedNode(known[short[1]] + short[2])
    return _iri(value[1:-1]) if value.startswith("<") and value.endswith(">") else None


def _iri(value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as error:
        raise QueryError(f"<{value}> is no IRI: {error}") from error
