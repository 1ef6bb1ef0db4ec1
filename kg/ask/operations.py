"""A SPARQL Update cut into its operations, as far as needed to tell what each will change.

Not a parser: Oxigraph is, and has taken the text before. https://www.w3.org/TR/sparql11-update/#sec_grammar
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.ask.words import OPEN, SHUT, tokens

Word = re.Match[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation. head: the BASE and PREFIX lines that it is read with. verb: its first word. words: its words in
    capitals up to the first bracket, and those between brackets. blocks: by the word before it ("DATA", "DELETE",
    "INSERT", "WHERE") what stands in brackets. default, named: graphs of USING. of: the graph of WITH. text: all of it.
    """

    head: str
    text: str
    verb: str
    words: tuple[str, ...]
    blocks: dict[str, str]
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    of: str = ""


def operations(update: str) -> list[Operation]:
    """The operations in order."""
    found, head = [], ""
    for words in _split(list(tokens(update))):
        rest = _without_prologue(words)
        if len(rest) < len(words):
            end = rest[0].start() if rest else words[-1].end()
            head += update[words[0].start() : end].strip() + " "
        if rest:
            found.append(_operation(update, rest, head))
    return found


def _split(words: Sequence[Word]) -> Iterator[list[Word]]:
    """At the semicolons outside of all brackets."""
    depth = 0
    part: list[Word] = []
    for word in words:
        depth += (word[0] in OPEN) - (word[0] in SHUT)
        if word[0] == ";" and depth == 0:
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _without_prologue(words: list[Word]) -> list[Word]:
    lengths = {"PREFIX": 3, "BASE": 2}
    while words and words[0][0].upper() in lengths:
        words = words[lengths[words[0][0].upper()] :]
    return words


def _operation(update: str, words: list[Word], head: str) -> Operation:
    blocks: dict[str, str] = {}
    outside: list[str] = []
    at = 0
    while at < len(words):
        if words[at][0] == "{":
            end = _closing(words, at)
            blocks[outside[-1].upper() if outside else ""] = update[words[at].start() : words[end].end()]
            at = end
        else:
            outside.append(words[at][0])
        at += 1
    default, named, of = _graphs(outside)
    return Operation(
        head=head,
        text=head + update[words[0].start() : words[-1].end()],
        verb=next((word.upper() for word in outside if word.upper() in ("INSERT", "DELETE")), outside[0].upper()),
        words=tuple(outside),
        blocks=blocks,
        default=tuple(default),
        named=tuple(named),
        of=of,
    )


def _closing(words: Sequence[Word], opening: int) -> int:
    depth = 0
    for at in range(opening, len(words)):
        depth += (words[at][0] in OPEN) - (words[at][0] in SHUT)
        if depth == 0:
            return at
    return len(words) - 1


def _graphs(words: Sequence[str]) -> tuple[list[str], list[str], str]:
    """The graphs of USING, of USING NAMED, and of WITH."""
    default, named, of = [], [], ""
    for at, word in enumerate(words[:-1]):
        following = words[at + 1]
        if word.upper() == "WITH":
            of = following
        elif word.upper() == "USING" and following.upper() != "NAMED":
            default.append(following)
        elif word.upper() == "NAMED" and at and words[at - 1].upper() == "USING":
            named.append(following)
    return default, named, of
