"""SPARQL cut into words, as far as needed to tell what is code from what is text, name or comment.

Not a parser: Oxigraph is. It serves to refuse what reaches out of the graph and to find where a query's pattern begins.
Tokens after https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections.abc import Iterator

from kg.errors import QueryError

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<text>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3} | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<word>(?:[\w:%.\-]|\\.)+)
  | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)

# What makes Oxigraph open a connection; it has no switch for it.
OUTSIDE = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
# A less-than sign may look like the start of an IRI: FILTER(?a<?b)SERVICE#> . Only a bracket can end what it compares.
BEHIND_BRACKET = re.compile(r"\).*?\b(?:SERVICE|LOAD)\b", re.IGNORECASE)


def tokens(sparql: str) -> Iterator[re.Match[str]]:
    """The tokens of a query; `lastgroup` is the kind. Comments are left out."""
    return (found for found in TOKEN.finditer(sparql) if found.lastgroup != "comment")


def refuse_outside(sparql: str) -> None:
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
            hint = "ask that service by itself; if it is only a prefix that contains the word, rename it"
            raise QueryError(f"{bad[0].upper()} is refused: a query may not fetch from elsewhere", hint=hint)


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
