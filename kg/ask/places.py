"""What is wrong with a SPARQL text, and where: line, column, the line itself with a caret under the place.

Oxigraph's parser tells the farthest place that it reached and what it would have taken there. Where that says little
(a bracket too many, a name without its prefix, a function that is none) a look at the words says more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.ask.words import OPEN, SHUT, tokens
from kg.errors import QueryError

PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
KEYWORD = re.compile(r'"[^"]+"|\b[A-Z]{2,}\b')
RARE = ('"{|"', '"~"', '"<<"', '"<<("', "LATERAL")
"""What Oxigraph would also take, but hardly anybody means."""
MOST_EXPECTED = 6
WIDEST = 100
"""Characters of a line that are shown around the place."""

# fmt: off
BEFORE_BRACKET = frozenset((
    "SELECT", "WHERE", "FILTER", "BIND", "VALUES", "IN", "NOT", "EXISTS", "UNION", "OPTIONAL", "MINUS",
    "GRAPH", "SERVICE", "AS", "BY", "HAVING", "ASC", "DESC", "UNDEF", "INTO", "CONSTRUCT", "DATA", "DELETE",
    "INSERT", "WITH", "USING", "DISTINCT", "REDUCED", "FROM", "NAMED", "ORDER", "GROUP", "LIMIT", "OFFSET",
    "SEPARATOR", "A",
))
FUNCTIONS = (
    "ABS", "AVG", "BNODE", "BOUND", "CEIL", "COALESCE", "CONCAT", "CONTAINS", "COUNT", "DATATYPE", "DAY",
    "ENCODE_FOR_URI", "FLOOR", "GROUP_CONCAT", "HOURS", "IF", "IRI", "ISBLANK", "ISIRI", "ISLITERAL",
    "ISNUMERIC", "ISTRIPLE", "ISURI", "LANG", "LANGDIR", "LANGMATCHES", "LCASE", "MAX", "MD5", "MIN",
    "MINUTES", "MONTH", "NOW", "OBJECT", "PREDICATE", "RAND", "REGEX", "REPLACE", "ROUND", "SAMETERM",
    "SAMPLE", "SECONDS", "SHA1", "SHA256", "SHA384", "SHA512", "STR", "STRAFTER", "STRBEFORE", "STRDT",
    "STRENDS", "STRLANG", "STRLANGDIR", "STRLEN", "STRSTARTS", "STRUUID", "SUBJECT", "SUBSTR", "SUM",
    "TIMEZONE", "TRIPLE", "TZ", "UCASE", "URI", "UUID", "YEAR", "HASLANG", "HASLANGDIR", "ADJUST",
)
# fmt: on
"""SPARQL 1.2's, https://www.w3.org/TR/sparql12-query/#rBuiltInCall, and what Oxigraph adds."""


# What makes Oxigraph open a connection; it has no switch for it.
OUTSIDE = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
# A less-than sign may look like the start of an IRI: FILTER(?a<?b)SERVICE#> . Only a bracket can end what it compares.
BEHIND_BRACKET = re.compile(r"\).*?\b(?:SERVICE|LOAD)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trouble:
    """at: offset into the text. what: is wrong. hint: what to do."""

    at: int
    what: str
    hint: str = ""


def syntax_error(sparql: str, message: str, known: Mapping[str, str] | None = None) -> QueryError:
    """Oxigraph's message as an error that shows the place.

    Args:
        known: prefixes that need no declaration.
    """
    found = PLACE.match(message)
    if not found:
        return QueryError(f"the query is not valid SPARQL: {message}")
    expected = found[3]
    trouble = next(_seen(sparql, expected, known or {}), None)
    if trouble is None:
        at = _offset(sparql, int(found[1]), int(found[2]))
        trouble = Trouble(at, "SPARQL syntax error", _expected(expected))
    return placed(sparql, trouble)


def placed(sparql: str, trouble: Trouble) -> QueryError:
    """An error with its place: "what on line 2, column 15", the line, and a caret under the column."""
    before = sparql[: trouble.at]
    line, start = before.count("\n") + 1, before.rfind("\n") + 1
    column = trouble.at - start
    shown = sparql[start:].split("\n", 1)[0].replace("\t", " ").rstrip("\r")
    cut = max(0, column - WIDEST // 2) if len(shown) > WIDEST else 0
    window = ("…" if cut else "") + shown[cut : cut + WIDEST] + ("…" if len(shown) > cut + WIDEST else "")
    caret = " " * (_width(shown[cut:column]) + bool(cut)) + "^"
    return QueryError(f"{trouble.what} on line {line}, column {column + 1}\n  {window}\n  {caret}", hint=trouble.hint)


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: two for the wide letters of East Asia, none for combining marks."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _offset(sparql: str, line: int, column: int) -> int:
    lines = sparql.split("\n")
    if line > len(lines):  # Oxigraph counts the end of the text as a line of its own
        return len(sparql)
    return min(len(sparql), sum(len(one) + 1 for one in lines[: line - 1]) + column - 1)


ELSEWHERE = "ask that service by itself; if it is only a prefix that contains the word, rename it"


def refuse_outside(sparql: str, hint: str = ELSEWHERE) -> None:
    """Refuses a query that would fetch from elsewhere.

    A keyword may stand against the name behind it (SERVICEex:a, SERVICE:a), so what is before a colon counts, too.

    Raises:
        QueryError: it uses SERVICE or LOAD.
    """
    for found in tokens(sparql):
        text = found[0]
        if found.lastgroup == "word":
            bad = OUTSIDE.search(text.split(":", 1)[0])
        else:
            bad = BEHIND_BRACKET.search(text) if found.lastgroup == "iri" else None
        if bad:
            hint = f"a query may not fetch from elsewhere; {hint}"
            raise placed(sparql, Trouble(found.start(), f"{bad[0].upper()} is refused", hint))


# ------------------------------------------------------------------ what the words show
def _seen(sparql: str, expected: str, known: Mapping[str, str]) -> Iterator[Trouble]:
    """What a look at the words finds, the likeliest first."""
    yield from _prefix(sparql, known)
    for found in tokens(sparql):
        if found.lastgroup == "mark" and found[0] in "\"'":
            yield Trouble(found.start(), "this text has no end", f"expected {found[0]}")
    yield from _brackets(sparql)
    if "IRI parsing failed" in expected:
        yield from _iri(sparql)
    if "variable that is unbound" in expected:
        yield from _ungrouped(sparql)
    if "SELECT * is not authorized" in expected:
        star = sparql.find("*")
        yield Trouble(max(0, star), "SELECT * does not go with GROUP BY", "name the grouped variables and aggregates")
    yield from _functions(sparql)


def _near(word: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # only where something is wrong

    return get_close_matches(word, sorted(known), 2, 0.7)


def _prefix(sparql: str, known: Mapping[str, str]) -> Iterator[Trouble]:
    declared, previous = set(known), ""
    for found in tokens(sparql):
        name, colon, _ = found[0].partition(":")
        if found.lastgroup == "word" and colon:
            if previous == "PREFIX":
                declared.add(name)
            elif name not in declared and name != "_":
                near = _near(name, declared)
                meant = f"did you mean {near[0]}: ? " if near else ""
                hint = f"{meant}declare it with PREFIX {name}: <…> or --prefix {name}=…"
                yield Trouble(found.start(), f"unknown prefix {name}:", hint)
        previous = found[0].upper()


def _brackets(sparql: str) -> Iterator[Trouble]:
    waiting: list[re.Match[str]] = []
    for found in tokens(sparql):
        text = found[0]
        if text in OPEN:
            waiting.append(found)
        elif text in SHUT:
            if not waiting:
                yield Trouble(found.start(), f"SPARQL syntax error: this {text} closes nothing")
                return
            if OPEN.index(waiting[-1][0]) != SHUT.index(text):
                opener = waiting[-1]
                line = sparql[: opener.start()].count("\n") + 1
                hint = f'the {opener[0]} of line {line} is still open: expected "{SHUT[OPEN.index(opener[0])]}"'
                yield Trouble(found.start(), f"SPARQL syntax error: {text} in the wrong place", hint)
                return
            waiting.pop()
    if waiting:
        wanted = SHUT[OPEN.index(waiting[-1][0])]
        line = sparql[: waiting[-1].start()].count("\n") + 1
        hint = f'expected "{wanted}": the {waiting[-1][0]} of line {line} is never closed'
        yield Trouble(len(sparql), "SPARQL syntax error at the end", hint)


def _iri(sparql: str) -> Iterator[Trouble]:
    for found in tokens(sparql):
        opening = found.lastgroup == "mark" and found[0] == "<"
        if opening and re.match(r"<[^>\n]*[a-z][^>\n]*>", sparql[found.start() :]):
            yield Trouble(found.start(), "this is no IRI", 'an IRI has no spaces and none of < > " { } | ^ `')
        elif found.lastgroup == "iri" and not re.match(r"<[A-Za-z][\w+.-]*:", found[0]):
            hint = "write it in full, as <https://…>, or declare a BASE"
            yield Trouble(found.start(), f"{found[0]} is a relative IRI", hint)


def _ungrouped(sparql: str) -> Iterator[Trouble]:
    """A variable that is selected beside an aggregate, but not grouped by."""
    words = list(tokens(sparql))
    grouped: set[str] = set()
    for place, found in enumerate(words):
        if found[0].upper() == "GROUP":
            grouped |= {one[0][1:] for one in words[place:] if one.lastgroup == "variable"}
    depth = 0
    for found in words:
        if found[0] == "{":
            return
        depth += (found[0] in OPEN) - (found[0] in SHUT)
        if depth == 0 and found.lastgroup == "variable" and found[0][1:] not in grouped:
            hint = f"add GROUP BY {found[0]}, or select an aggregate of it: (SAMPLE({found[0]}) AS …)"
            yield Trouble(found.start(), f"{found[0]} is neither grouped nor aggregated", hint)


def _functions(sparql: str) -> Iterator[Trouble]:
    words = list(tokens(sparql))
    for found, following in pairwise(words):
        name = found[0].upper()
        called = found.lastgroup == "word" and following[0] == "(" and re.fullmatch(r"[A-Z]\w*", name)
        if called and name not in BEFORE_BRACKET and name not in FUNCTIONS:
            near = _near(name, FUNCTIONS)
            hint = f"did you mean {' or '.join(near)}?" if near else "SPARQL's own functions have no prefix"
            yield Trouble(found.start(), f"{found[0]} is no function of SPARQL", hint)


def _expected(expected: str) -> str:
    found = dict.fromkeys(KEYWORD.findall(re.sub(r"\[[^\]]*\]", "", expected)))
    words = [word for word in found if word not in RARE]
    if len(words) > MOST_EXPECTED:
        return ""
    return f"expected {', '.join(words[:-1])}{' or ' if words[1:] else ''}{words[-1]}" if words else ""
