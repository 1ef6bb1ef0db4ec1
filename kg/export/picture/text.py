"""A sentence as HTML: a <span> for each word, a <mark> for each place where somebody is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from kg.export.picture.people import Cast, Who
from kg.model import Mention, Reading, Word

KINDS = {"name": "name", "description": "description", "pronoun": "pronoun", "group": "group"}
STRIPE = 6
"""Pixels of each colour in the stripes of a group."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention on the words first to last (both inclusive, counted from the first of the sentence)."""

    first: int
    last: int
    opening: str


def sentence(text: str, words: Sequence[Word], marks: Iterable[Mark]) -> str:
    """The words with their marks, well nested: a mark that would cross another ends where that one does."""
    waiting = sorted(marks, key=lambda m: (m.first, -m.last))
    out: list[str] = []
    ends: list[int] = []
    for i, word in enumerate(words):
        while waiting and waiting[0].first == i:
            mark = waiting.pop(0)
            ends.append(min([mark.last, *ends]))
            out.append(mark.opening)
        out.append(f"<span>{escape(text[word.start : word.end], quote=False)}</span>")
        while ends and ends[-1] == i:
            ends.pop()
            out.append("</mark>")
        if i + 1 < len(words):
            out.append(escape(text[word.end : words[i + 1].start], quote=False))
    return "".join(out)


def opening(reading: Reading, index: int, cast: Cast) -> str:
    """The start tag of a mention: its colours, whom it means, and how sure that is."""
    mention = reading.mentions[index]
    people = cast.of.get(index, ())
    known = reading.sure[index] if index < len(reading.sure) else 1.0
    said = escape(_meant(mention, people, known))
    if mention.type != "Person":
        return f'<mark class="body" title="{said}">'
    numbers = " ".join(str(who.number) for who in people)
    if not people:
        return f'<mark class="nobody" title="{said}">'
    kind = KINDS[mention.kind]
    return f'<mark class="{kind}" data-p="{numbers}" style="{colours(people)}" title="{said}">'


def colours(people: Sequence[Who]) -> str:
    """The style of a mention: one colour, or the stripes of a group."""
    if len(people) == 1:
        return f"--h:{people[0].hue}"
    stops = (f"oklch(var(--l) var(--c) {who.hue}) {k * STRIPE}px {(k + 1) * STRIPE}px" for k, who in enumerate(people))
    return f"--h:{people[0].hue};background:repeating-linear-gradient(135deg,{','.join(stops)})"


def _meant(mention: Mention, people: Sequence[Who], sure: float) -> str:
    if mention.type != "Person":
        return mention.type.lower()
    if not people:
        return f"{mention.kind}: nobody in particular, or it is not clear who"
    names = " and ".join(who.name if who.named else f"somebody called “{who.name}”" for who in people)
    return f"{names} · {mention.kind}" + (f" · {sure:.0%} sure" if mention.kind != "name" else "")
