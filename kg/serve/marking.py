"""Which words of a quote carry what it is quoted for: the names of both sides, and the words of the relation."""

import re
from collections.abc import Iterable, Sequence

NAME, CUE = "name", "cue"
SHORTEST = 3
WORD = re.compile(r"\w+(?:-\w+)*")
ENDINGS = ("", "s", "es", "d", "ed", "ing")

Mark = tuple[int, int, str]


def marks(text: str, names: Sequence[Iterable[str]], cues: Iterable[str]) -> list[Mark]:
    """Places to be marked: (start, end, kind), in order and apart. Of what overlaps the longer one counts.

    Args:
        names: of each side all that it may be called. cues: lemmas; their plain inflections count, too.

    >>> marks("Her father, John Reed, baked.", [["John Reed"]], ["father"])
    [(4, 10, 'cue'), (12, 21, 'name')]
    """
    found: list[Mark] = []
    for name in {name for side in names for name in side}:
        found += _places(text, re.escape(name), NAME)
    found += _parts(text, names, found)
    found += _spoken(text, {cue for cue in cues if len(cue) >= SHORTEST})
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one[0] - one[1], one)):
        if all(mark[1] <= other[0] or mark[0] >= other[1] for other in chosen):
            chosen.append(mark)
    return sorted(chosen)


def _parts(text: str, names: Sequence[Iterable[str]], found: list[Mark]) -> list[Mark]:
    """The first or last word of a name stands for it where the name itself does not stand."""
    parts = {part for side in names for name in side for part in (name.split()[:1] + name.split()[-1:])}
    places = [mark for part in parts if len(part) >= SHORTEST for mark in _places(text, re.escape(part), NAME)]
    return [mark for mark in places if mark[2] == NAME and mark not in found]


def _spoken(text: str, cues: set[str]) -> list[Mark]:
    """The places of cues of up to three words. There may be thousands of cues, so the words are looked up in them."""
    words = [*WORD.finditer(text)]
    found = []
    for at, first in enumerate(words):
        for last in words[at : at + 3]:
            phrase = text[first.start() : last.end()].lower()
            if any(phrase.removesuffix(ending) in cues for ending in ENDINGS):
                found.append((first.start(), last.end(), CUE))
    return found


def _places(text: str, pattern: str, kind: str) -> list[Mark]:
    return [(one.start(), one.end(), kind) for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]
