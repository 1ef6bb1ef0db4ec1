"""What a query or an update from somebody else must not do, and which graphs it is asked of.

Works on the words of kg.ask.words; whether it is SPARQL at all is Oxigraph's to say.
"""

import re
from collections.abc import Sequence

from kg.ask.places import refuse_outside
from kg.ask.words import OPEN, SHUT, tokens
from kg.errors import QueryError

DEEPEST = 200
"""Brackets in brackets. Oxigraph's parser recurses, and overruns its stack somewhere above a thousand."""

Word = re.Match[str]


def check(sparql: str) -> None:
    """Refuses what would reach out of the graph or break the parser.

    Raises:
        QueryError: SERVICE, LOAD, a graph read from a file, or brackets nested too deeply.
    """
    depth, previous = 0, ""
    for found in tokens(sparql):
        text = found[0]
        if text in OPEN:
            depth += 1
        elif text in SHUT:
            depth -= 1
        if depth > DEEPEST:
            raise QueryError(f"brackets are nested more than {DEEPEST} deep", hint="write it flatter")
        reads = previous in ("FROM", "NAMED", "USING") and text.lower().startswith("<file:")
        if reads:
            raise QueryError(f"{text} is refused: a query may not read files", hint="name a graph of this store")
        previous = text.upper()
    refuse_outside(sparql)


def using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update with the protocol's using-graph-uri and using-named-graph-uri written into it.

    SPARQL 1.1 Protocol, 2.2.3: they take the place of USING; an update that has USING or WITH itself is an error.

    Args:
        default, named: serialised IRIs, "<…>".

    Raises:
        QueryError: the update names its graphs itself.
    """
    if not default and not named:
        return update
    clause = "".join(f" USING {iri}" for iri in default) + "".join(f" USING NAMED {iri}" for iri in named) + " "
    parts, done, words = [], 0, list(tokens(update))
    for place, depth in _top_level(words):
        word = words[place][0].upper()
        if word in ("USING", "WITH"):
            hint = "leave out either the clause or the parameter"
            raise QueryError(f"{word} and using-graph-uri do not go together", hint=hint)
        if word == "WHERE" and depth == 0:
            start = words[place].start()
            pattern = _short_form(words, place, update)
            parts += [update[done:start], pattern, clause]
            done = start
    return "".join([*parts, update[done:]])


def _top_level(words: Sequence[Word]) -> list[tuple[int, int]]:
    """The places of the words outside of all brackets."""
    depth, found = 0, []
    for place, word in enumerate(words):
        depth -= word[0] in SHUT
        if depth == 0 and word.lastgroup == "word":
            found.append((place, depth))
        depth += word[0] in OPEN
    return found


def _short_form(words: Sequence[Word], where: int, update: str) -> str:
    """DELETE WHERE { P } has no place for USING: it means DELETE { P } WHERE { P }. Gives the first { P }, else ""."""
    if not where or words[where - 1][0].upper() != "DELETE":
        return ""
    depth = 0
    for word in words[where + 1 :]:
        depth += (word[0] in OPEN) - (word[0] in SHUT)
        if depth == 0:
            return update[words[where + 1].start() : word.end()]
    return ""
