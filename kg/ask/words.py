"""SPARQL cut into words, as far as needed to tell what is code from what is text, name or comment.

Not a parser: Oxigraph is. It serves to refuse what reaches out of the graph and to find where a query's pattern begins.
Tokens after https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections.abc import Iterator, Mapping

from kg.errors import QueryError

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<text>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3} | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<word>(?:[\w:%.\-]|\\.)+)
  | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
OPEN, SHUT = "({[", ")}]"


def tokens(sparql: str) -> Iterator[re.Match[str]]:
    """The tokens of a query; `lastgroup` is the kind. Comments are left out."""
    return (found for found in TOKEN.finditer(sparql) if found.lastgroup != "comment")


def names_dataset(query: str) -> bool:
    """Whether a query says FROM, which then decides what its patterns see."""
    return bool(dataset_clauses(query))


def dataset_clauses(query: str) -> str:
    """What a query says with FROM and FROM NAMED, as it is written there; "" if nothing.

    FROM may stand against the name behind it (FROMex:g).
    """
    depth, kept, taking, template = 0, [], False, False
    for found in tokens(query):
        text, word = found[0], found[0].upper()
        if text == "{" and not template:
            break
        depth += (text in OPEN) - (text in SHUT)
        begins = found.lastgroup == "word" and word.startswith("FROM") and depth == 0
        if taking or begins:
            kept.append(text)
            taking = word in ("FROM", "NAMED")
        template = word == "CONSTRUCT" or (template and depth > 0)
    return " ".join(kept)


def form(query: str) -> str:
    """Which of FORMS a query is, or "" if it is none."""
    words = (found[0].upper() for found in tokens(query) if found.lastgroup == "word")
    return next((word for word in words if word in FORMS), "")


def prologue(query: str) -> str:
    """What stands before the query's form: its BASE and PREFIX lines."""
    return next((query[: one.start()] for one in tokens(query) if one[0].upper() in FORMS), "")


def limited(query: str, most: int) -> str:
    """The query with at most so many solutions; a smaller LIMIT of its own stays. ASK has no use for it."""
    if form(query) in ("ASK", ""):
        return query
    depth, words = 0, list(tokens(query))
    for place, found in enumerate(words):
        depth += (found[0] in OPEN) - (found[0] in SHUT)
        if depth or found.lastgroup != "word":
            continue
        number = words[place + 1] if place + 1 < len(words) else None
        if found[0].upper() == "LIMIT" and number and number[0].isdigit():
            return query[: number.start()] + str(min(int(number[0]), most)) + query[number.end() :]
        if found[0].upper() == "VALUES":
            return f"{query[: found.start()]}LIMIT {most} {query[found.start() :]}"
    end = words[-1].end()
    return f"{query[:end]} LIMIT {most}{query[end:]}"


def with_prefixes(query: str, known: Mapping[str, str]) -> str:
    """The query with a declaration of every known prefix that it uses and does not declare, on its first line."""
    declared, used, previous = set(), {}, ""
    for found in tokens(query):
        name, colon, _ = found[0].partition(":")
        if found.lastgroup == "word" and colon:
            if previous == "PREFIX":
                declared.add(name)
            elif name in known:
                used[name] = known[name]
        previous = found[0].upper()
    lines = [f"PREFIX {name}: <{used[name]}> " for name in sorted(used) if name not in declared]
    return "".join(lines) + query


def pattern_start(sparql: str) -> int:
    """The offset behind the "{" that opens the query's first graph pattern; a CONSTRUCT's template is not it.

    Raises:
        QueryError: there is none.
    """
    previous = ""
    template = False
    for found in tokens(sparql):
        word = found[0].upper()
        if word == "{" and (previous == "WHERE" or not template):
            return found.end()
        template = template or word == "CONSTRUCT"
        previous = word
    raise QueryError("this query has no graph pattern", hint="write SELECT … WHERE { … }")
