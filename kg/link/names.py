"""Names as words: folded, without titles, and how well one fits another."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.naming import without_titles

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "'": "", "’": ""}
)
"""Letters that Unicode does not take apart, as English writes them."""
WORD = re.compile(r"[^\W_]+")
NUMERAL = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})|\d+(st|nd|rd|th)?")
SMALL = frozenset(("of", "the", "and", "de", "von", "van", "der", "la", "le", "di", "da", "del", "du", "den", "zu"))
"""Words inside names that tell nobody apart."""


@lru_cache(maxsize=1 << 17)
def folded(text: str) -> str:
    """A name as lower-case words without accents and marks: "Émile  St. John-Smith" -> "emile st john smith"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(WORD.findall(bare.casefold().translate(LETTERS)))


def words_before_names(paths: Iterable[Path]) -> frozenset[str]:
    """All titles of titles.toml files, folded."""
    found = set()
    for path in paths:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        found |= {folded(title) for table in tables.values() for words in table.values() for title in words}
    return frozenset(found | {"the"})


def bare(name: str, titles: frozenset[str], longest: int = 3) -> tuple[str, ...]:
    """The words of a name without titles in front, as long as something remains: "King Louis XI" -> louis xi."""
    return tuple(without_titles(folded(name).split(), titles, longest))


def numerals(words: Iterable[str]) -> frozenset[str]:
    """Regnal and other numbers among the words; a lone "v" or "i" counts, as names hold few other letters."""
    return frozenset(word for word in words if NUMERAL.fullmatch(word))


def telling(words: Iterable[str], titles: frozenset[str]) -> frozenset[str]:
    """The words that tell one person from another: no titles, no "of"."""
    return frozenset(word for word in words if word not in SMALL and word not in titles)


def grade(form: tuple[str, ...], name: tuple[str, ...], titles: frozenset[str]) -> str:
    """How the words of a form in a text fit a name in Wikidata, as one of GRADES, best first.

    "same", "within" (the text leaves words out), "beyond" (the text has more), "ends" (first and last word agree),
    "part" (some word agrees), or "" (none does). A different regnal number is none.
    """
    if form == name:
        return "same"
    here, there = telling(form, titles) or frozenset(form), telling(name, titles) or frozenset(name)
    shared = here & there
    if not shared or (numerals(form) and numerals(name) and numerals(form) != numerals(name)):
        return ""
    if here == there:
        return "same" if sorted(form) == sorted(name) else "within"
    if here < there:
        return "within"
    if there < here:
        return "beyond" if len(there) > 1 else "part"
    both_ends = form[0] == name[0] and form[-1] == name[-1]
    return "ends" if both_ends and len(form) > 1 and len(name) > 1 else "part"


GRADES = ("same", "within", "beyond", "ends", "part")
