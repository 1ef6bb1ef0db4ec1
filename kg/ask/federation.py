"""SERVICE on purpose: each block is asked of its service by us, and its answer takes the block's place as VALUES.

Oxigraph would open the connection itself, without limits, tries or checks, to wherever a query points; so it never
sees the word. A block is asked for no more than what the patterns before it can use: their values of the variables
that both share go along, some hundred at a time. (SPARQL 1.1 Federated Query, 2.4, "interplay of SERVICE and VALUES".)
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from kg.ask.places import Trouble, placed
from kg.ask.query import Answer, check
from kg.ask.words import OPEN, SHUT, dataset_clauses, prologue, tokens, with_prefixes
from kg.errors import QueryError, ServiceError

BATCH = 100
"""Rows of values that go along with one request."""
MOST = 10_000
"""Rows of values that one SERVICE block may be asked about."""

Word = re.Match[str]
Local = Callable[[str], Answer]
Remote = Callable[[str, str], Answer]
"""Given an address and a query, asks that service."""


@dataclass(frozen=True, slots=True)
class Block:
    """One SERVICE block. start, end: its place in the query. inside: its pattern. before: what stands before it in its
    group, without filters, and, of an OPTIONAL group, before that."""

    start: int
    end: int
    silent: bool
    url: str
    inside: str
    before: str


def answered(query: str, allowed: Sequence[str], known: Mapping[str, str], local: Local, remote: Remote) -> str:
    """The query with every SERVICE block answered.

    Args:
        allowed: the addresses that may be asked. known: prefixes that need no declaration. local: asks our own graph.

    Raises:
        QueryError: a block names another service, or is not understood. ServiceError: a service did not answer.
    """
    check(_unserved(query), known)  # before anybody is asked
    while block := _first(query, allowed):
        rows = _rows(block, query, known, local, remote)
        query = query[: block.start] + rows + query[block.end :]
    return query


def _unserved(query: str) -> str:
    """The query with plain groups for its SERVICE blocks, every word in its place."""
    words = list(tokens(query))
    for place, word in enumerate(words):
        if word.lastgroup == "word" and word[0].upper() == "SERVICE":
            group = next((one for one in words[place : place + 4] if one[0] == "{"), None)
            if group:
                query = query[: word.start()] + " " * (group.start() - word.start()) + query[group.start() :]
    return query


# ------------------------------------------------------------------ asking
def _rows(block: Block, query: str, known: Mapping[str, str], local: Local, remote: Remote) -> str:
    head = prologue(query)
    names: list[str] = []
    rows: list[list[object]] = []
    try:
        for values in _values(block, query, head, local):
            text = with_prefixes(f"{head}SELECT * WHERE {{ {values} {block.inside} }}", known)
            answer = remote(block.url, text)
            assert isinstance(answer, QuerySolutions)
            names = [variable.value for variable in answer.variables]
            rows += [[row[at] for at in range(len(names))] for row in answer]
    except ServiceError:
        if block.silent:
            return "{ }"
        raise
    return _as_values(names, rows)


def _values(block: Block, query: str, head: str, local: Local) -> Iterator[str]:
    """The VALUES clauses to send along, one a request; "" if nothing is known before the block."""
    shared = sorted(_variables(block.before) & _variables(block.inside))
    if not shared:
        yield ""
        return
    columns = " ".join(f"?{name}" for name in shared)
    clauses = dataset_clauses(query)
    answer = local(f"{head}SELECT DISTINCT {columns} {clauses} WHERE {{ {block.before} }} LIMIT {MOST + 1}")
    assert isinstance(answer, QuerySolutions)
    rows: list[list[object]] = [[row[name] for name in shared] for row in answer]
    if len(rows) > MOST:
        hint = "let patterns before it choose fewer"
        raise QueryError(f"SERVICE <{block.url}> would be asked about more than {MOST:,} things", hint=hint)
    # What may be unbound, or is a blank node, can be anything over there.
    kept = [at for at in range(len(shared)) if all(isinstance(row[at], NamedNode | Literal) for row in rows)]
    if not kept:
        yield ""
        return
    chosen = list(dict.fromkeys(tuple(row[at] for at in kept) for row in rows))
    for start in range(0, len(chosen), BATCH):
        yield _as_values([shared[at] for at in kept], chosen[start : start + BATCH])


def _as_values(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not names:
        return "{ }" if rows else "FILTER(false)"
    lines = " ".join(f"({' '.join(map(_term, row))})" for row in rows)
    return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {lines} }}"


def _term(node: object) -> str:
    if node is None:
        return "UNDEF"
    return f"<urn:bnode:{node.value}>" if isinstance(node, BlankNode) else str(node)


def _variables(text: str) -> set[str]:
    return {found[0][1:] for found in tokens(text) if found.lastgroup == "variable"}


# ------------------------------------------------------------------ finding
def _first(query: str, allowed: Sequence[str]) -> Block | None:
    words = list(tokens(query))
    for place, word in enumerate(words):
        if word.lastgroup == "word" and word[0].upper() == "SERVICE":
            return _block(query, words, place, allowed)
    return None


def _block(query: str, words: Sequence[Word], place: int, allowed: Sequence[str]) -> Block:
    at = place + 1
    silent = at < len(words) and words[at][0].upper() == "SILENT"
    at += silent
    if at + 1 >= len(words) or words[at].lastgroup != "iri" or words[at + 1][0] != "{":
        hint = "write SERVICE <https://…> { … }"
        raise placed(query, Trouble(words[place].start(), "SERVICE needs an address", hint))
    url = words[at][0][1:-1]
    if url not in allowed:
        hint = f"allow it with: --allow-service {url}"
        raise placed(query, Trouble(words[at].start(), f"SERVICE <{url}> is refused", hint))
    end = _closing(words, at + 1)
    if end is None:
        raise placed(query, Trouble(words[at + 1].start(), "this { is never closed"))
    inside = query[words[at + 1].end() : words[end].start()]
    nested = next((one for one in words[at + 2 : end] if one.lastgroup == "word" and one[0].upper() == "SERVICE"), None)
    if nested:
        raise placed(query, Trouble(nested.start(), "a SERVICE inside another is refused"))
    return Block(words[place].start(), words[end].end(), silent, url, inside, _before(query, words, place))


def _closing(words: Sequence[Word], opening: int) -> int | None:
    depth = 0
    for at in range(opening, len(words)):
        depth += (words[at][0] in OPEN) - (words[at][0] in SHUT)
        if depth == 0:
            return at
    return None


def _before(query: str, words: Sequence[Word], place: int) -> str:
    """What a block is joined with: the patterns before it in its group; for the first of an OPTIONAL group, also those
    before the OPTIONAL."""
    opening = _opening(words, place)
    if opening is None or (opening > 1 and words[opening - 2][0].upper() == "GRAPH"):
        return ""  # of one graph, not of all
    own = _patterns(query, words, opening + 1, place)
    if opening and words[opening - 1][0].upper() == "OPTIONAL":
        outer = _opening(words, opening - 1)
        above = _patterns(query, words, outer + 1, opening - 1) if outer is not None else ""
        return f"{above} {own}"
    return own


def _opening(words: Sequence[Word], place: int) -> int | None:
    """The bracket of the group that a word stands in; None if that is no plain group of patterns."""
    depth = 0
    for at in range(place - 1, -1, -1):
        depth += (words[at][0] in SHUT) - (words[at][0] in OPEN)
        if depth < 0:
            return at if words[at][0] == "{" else None
    return None


def _patterns(query: str, words: Sequence[Word], start: int, end: int) -> str:
    """The text from one word to another without the filters of that level: they may speak of what comes later."""
    pieces, at, begun = [], start, start
    while at < end:
        word = words[at][0]
        if word.upper() == "FILTER":
            pieces.append(query[words[begun].start() : words[at].start()])
            while at < end and words[at][0] not in OPEN:
                at += 1
            at = begun = (_closing(words, at) or end) + 1 if at < end else end
            continue
        if word in OPEN:
            at = _closing(words, at) or end
        at += 1
    if begun < end:
        pieces.append(query[words[begun].start() : words[end].start()])
    return " ".join(pieces)
