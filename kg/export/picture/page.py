"""Documents as one HTML page that needs nothing beside itself: no other file, no network, and no script to be read.

Each sentence is laid out on its own. Its claims are list items; a script draws them as arcs over the words (in the
manner of displaCy, https://demos.explosion.ai/displacy), and the dependency tree when somebody unfolds it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path

from kg.export.picture import text
from kg.export.picture.claims import Fate, Teller, fates, inside, manners
from kg.export.picture.people import Cast, Who, cast
from kg.model import Claim, DocumentGraph, Reading, Word
from kg.vocabulary import Vocabulary

SCRIPTS = ("arcs.js", "pointing.js")
LONG = 300
"""Sentences from which on a document is drawn only where somebody looks."""


def page(graphs: Iterable[DocumentGraph], vocabulary: Vocabulary) -> Iterator[str]:
    """The page, piece by piece: each document as soon as it is read.

    Args:
        graphs: with their readings, and the words in them.
    """
    waiting = iter(graphs)
    first = next(waiting, None)
    title = (first.document.title or first.document.id) if first else "nothing read"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="kg">\n<title>{escape(title)} · kg</title>\n'
        f"<style>\n{_asset('page.css')}</style>\n</head>\n<body>\n{_asset('top.html')}<main>\n"
    )
    for number, graph in enumerate(chain([first] if first else [], waiting), 1):
        yield from _document(graph, vocabulary, f"d{number}")
    scripts = "".join(_asset(name) for name in SCRIPTS)
    yield f"</main>\n<script>\n(() => {{\n{scripts}}})();\n</script>\n</body>\n</html>\n"


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


# ------------------------------------------------------------------ one document
def _document(graph: DocumentGraph, vocabulary: Vocabulary, name: str) -> Iterator[str]:
    document = graph.document
    reading = graph.reading or Reading(document=document)
    found = cast(graph, reading)
    known = fates(graph, reading, found)
    place = {mention.span: i for i, mention in enumerate(reading.mentions)}
    teller = Teller(reading=reading, cast=found, vocabulary=vocabulary, fates=known, place=place)
    about = [document.date, *([document.origin] if document.origin != document.id else [])]
    counts = _counts(found, reading, known)
    yield (
        f'<article id="{name}"{" class=long" if len(reading.sentences) > LONG else ""}>\n'
        f"<header><h1>{escape(document.title or document.id)}</h1>\n"
        f'<p class="quiet">{" · ".join(escape(part) for part in (*about, counts) if part)}</p></header>\n'
        '<div class="columns">\n<div class="text">\n'
    )
    yield from _sentences(teller, name)
    yield f"</div>\n{_people(found)}</div>\n</article>\n"


def _counts(found: Cast, reading: Reading, known: Mapping[Claim, Fate]) -> str:
    """ "7 people · 21 claims: 16 plain, 3 reported, 2 denied · 4 dropped"."""
    if not reading.words:
        return "nothing to read"
    strong = [claim for claim in reading.claims if not known[claim].weak]
    kept = [claim for claim in strong if known[claim].kept]
    told = Counter(word for claim in kept for word in manners(claim.status) or ["plain"])
    how = ", ".join(f"{count} {word}" for word, count in sorted(told.items(), key=lambda x: (x[0] != "plain", x[0])))
    parts = [
        _count(len(found.all), "person", "people"),
        _count(len(kept), "claim", "claims") + (f": {how}" if how else ""),
    ]
    others = ((len(strong) - len(kept), "dropped"), (len(reading.claims) - len(strong), "weak"))
    return " · ".join(parts + [f"{count} {word}" for count, word in others if count])


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _people(found: Cast) -> str:
    """Who is who, most spoken of first."""
    if not found.all:
        return ""
    rows = "".join(f"<li>{_person(who)}</li>\n" for who in found.all)
    return f'<aside aria-label="Who is who"><h2>Who is who</h2>\n<ol>\n{rows}</ol></aside>\n'


def _person(who: Who) -> str:
    name = escape(who.name) if who.named else f"<i>“{escape(who.name)}”</i>"
    aliases = f"<small>{escape(', '.join(who.aliases))}</small>" if who.aliases else ""
    times = f'<small class="times" title="how often the text speaks of this person">{who.times}</small>'
    return (
        f'<button type="button" data-p="{who.number}" aria-pressed="false" style="--h:{who.hue}">'
        f'<span class="number">{who.number}</span><span>{name}{aliases}</span>{times}</button>'
    )


# ------------------------------------------------------------------ sentences
def _sentences(teller: Teller, name: str) -> Iterator[str]:
    """Sentence by sentence; a blank line of the text begins a new paragraph."""
    reading = teller.reading
    claims = _by_sentence(reading, [claim.sentence.start for claim in reading.claims])
    mentions = _by_sentence(reading, [mention.span.start for mention in reading.mentions])
    for number, (a, b) in enumerate(reading.sentences):
        before = reading.document.text[reading.words[a - 1].end if a else 0 : reading.words[a].start]
        words = [replace(word, head=word.head - a) for word in reading.words[a:b]]
        said = [reading.claims[i] for i in claims[number]]
        first = " first" if number and "\n" in before.replace("\n", "", 1) else ""
        yield (
            f'<section class="sentence{first}" id="{name}s{number + 1}">\n<p class="words">'
            f"{text.sentence(reading.document.text, words, _marks(teller, mentions[number], words))}</p>\n"
            f"{_said(teller, said, words)}{_tree(words)}</section>\n"
        )


def _by_sentence(reading: Reading, places: Sequence[int]) -> list[list[int]]:
    """For each sentence the indices of the places (code points) that lie in it, in their order."""
    starts = [reading.words[a].start for a, _ in reading.sentences]
    found: list[list[int]] = [[] for _ in starts]
    for i, place in enumerate(places if starts else ()):
        found[max(0, bisect_right(starts, place) - 1)].append(i)
    return found


def _marks(teller: Teller, mentions: Iterable[int], words: Sequence[Word]) -> Iterator[text.Mark]:
    for i in mentions:
        found = inside(teller.reading.mentions[i].span, words)
        if found:
            yield text.Mark(*found, text.opening(teller.reading, i, teller.cast))


def _said(teller: Teller, claims: Sequence[Claim], words: Sequence[Word]) -> str:
    if not claims:
        return ""
    items = "\n".join(teller.item(claim, words) for claim in claims)
    strong = sum(not teller.fates[claim].weak for claim in claims)
    head = _count(strong, "claim", "claims") if strong else "weak"
    return f'<details class="said"><summary>{head}</summary>\n<ol>\n{items}\n</ol></details>\n'


def _tree(words: Sequence[Word]) -> str:
    """The dependency tree, to be drawn when it is unfolded."""
    heads = " ".join("0" if word.head == i else str(word.head + 1) for i, word in enumerate(words))
    labels = escape(" ".join(word.relation or "dep" for word in words))
    tags = escape(" ".join(word.tag or "X" for word in words))
    return (
        f'<details class="tree" data-heads="{heads}" data-labels="{labels}" data-tags="{tags}">'
        "<summary>tree</summary></details>\n"
    )
