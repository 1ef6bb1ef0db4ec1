"""Names apart from titles: "Vice President Kamala Harris" -> titles ("Vice President",), name "Kamala Harris"."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.lexicon import Lexicon
from kg.extract.tree import Tree


@dataclass(frozen=True, slots=True)
class Titled:
    """Tokens of a name with its titles: title runs as (first, last), then the name proper [first, last]."""

    titles: tuple[tuple[int, int], ...]
    first: int
    last: int


def title_at(tree: Tree, i: int, end: int, lexicon: Lexicon) -> int:
    """How many tokens from i (and before end) make a title of the list; 0 if none. A title begins with a capital."""
    if not tree.forms[i][:1].isupper():
        return 0
    words = [tree.forms[j].lower() for j in range(i, min(end, i + lexicon.longest_title))]
    for n in range(len(words), 0, -1):
        if tuple(words[:n]) in lexicon.titles or tuple(w.rstrip(".") for w in words[:n]) in lexicon.titles:
            return n
    return 0


def split(tree: Tree, first: int, last: int, lexicon: Lexicon) -> Titled:
    """A tagged person span [first, last] as titles and name; titles that stand right before the span belong to it."""
    runs: list[tuple[int, int]] = []
    while first < last:
        n = title_at(tree, first, last, lexicon)
        if not n:
            break
        runs.append((first, first + n - 1))
        first += n
    begin = runs[0][0] if runs else first
    while begin:
        n = _title_before(tree, begin, lexicon)
        if not n:
            break
        runs.insert(0, (begin - n, begin - 1))
        begin -= n
    return Titled(tuple(runs), first, last)


def _title_before(tree: Tree, begin: int, lexicon: Lexicon) -> int:
    """How many tokens right before begin make a title (in the same sentence, longest first)."""
    sentence, _ = tree.sentences[tree.sentence_of[begin]]
    for n in range(min(lexicon.longest_title, begin - sentence), 0, -1):
        if title_at(tree, begin - n, begin, lexicon) == n:
            return n
    return 0


@lru_cache(65_536)
def key(text: str) -> str:
    """A name folded for comparison: no accents, no case, no full stops, one kind of apostrophe and hyphen."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("\u2018", "'"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().replace(".", " ").replace("-", " ").split())


def parts(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a name that tell people apart, folded: no suffix, no quoted nickname marks, and of a surname that
    stands alone no particle ("van Beethoven"; a given name like "Van" begins with a capital)."""
    words = [w.strip("\"'“”()") for w in key(text).split()]
    while text[:1].islower() and len(words) > 1 and words[0] in lexicon.words("words", "names", "particles"):
        words = words[1:]
    kept = [w for w in words if w and w not in lexicon.name_suffixes]
    return tuple(kept or words)


def suffix(text: str, lexicon: Lexicon) -> str:
    """The regnal number or generation of a name, folded: "iii", "jr", or ""."""
    words = key(text).split()
    return words[-1] if len(words) > 1 and words[-1] in lexicon.name_suffixes else ""


def compatible(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two full names may be one person's: one's words are among the other's, or initials of them."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2:
        return False
    if not (_same(short[0], long[0]) and _same(short[-1], long[-1])):
        return False
    j = 0
    for word in short:
        while j < len(long) and not _same(word, long[j]):
            j += 1
        if j == len(long):
            return False
        j += 1
    return True


def _same(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))
