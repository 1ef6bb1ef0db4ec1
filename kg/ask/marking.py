"""Which words of a quote carry what it is quoted for: the names of both sides, and the words of the relation."""

import re
from collections.abc import Iterable, Mapping, Sequence

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


def forms(cue: str, irregular: Mapping[str, Iterable[str]]) -> set[str]:
    """The ways in which a lemma of one or more words is written; the first or the last word of several is inflected.

    Args:
        irregular: lemma -> its forms that no rule makes.

    >>> sorted(forms("give birth", {"give": ["gave"]}) & {"gave birth", "giving birth", "gives birth"})
    ['gave birth', 'gives birth', 'giving birth']
    """
    words = cue.split(" ")
    found = {cue}
    for at in {0, len(words) - 1}:
        found |= {" ".join([*words[:at], one, *words[at + 1 :]]) for one in _inflected(words[at], irregular)}
    return found


def _inflected(word: str, irregular: Mapping[str, Iterable[str]]) -> set[str]:
    short = word.removesuffix("e")
    stems = {word, short, word + word[-1:], *({word[:-1] + "i", word[:-1] + "ie"} if word.endswith("y") else ())}
    regular = {stem + ending for stem in stems for ending in (*ENDINGS, "'s", "’s")} - stems
    return {word, *regular, *irregular.get(word, ())}


def phrases(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of these stands in a text as whole words, whatever their case: (start, end), in order and apart."""
    listed = "|".join(sorted(map(re.escape, wanted), key=lambda one: (-len(one), one)))
    return [one.span() for one in re.finditer(rf"(?<!\w)(?:{listed})(?!\w)", text, re.IGNORECASE)] if listed else []


def _places(text: str, pattern: str, kind: str) -> list[Mark]:
    return [(one.start(), one.end(), kind) for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]
