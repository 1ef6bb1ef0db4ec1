"""Names as words: folded, without titles, and how well one fits another."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.naming import without_titles

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "'": "", "’": ""}
)
"""Letters that Unicode does not take apart, as English writes them."""
WORD = re.compile(r"[^\W_]+")
NUMERAL = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})|\d+(st|nd|rd|th)?")
TAIL = re.compile(r"[,(]")
"""Behind it stands what somebody is, not how they are called: "Otto I, Holy Roman Emperor"."""
LETTERS_A_SLIP = 4
"""Letters of a word for each that may be written otherwise: one in "Tutankhamun", two in "Palaiologos"."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """What words of names tell, all folded.

    titles: what stands before names. small: what tells nobody apart. younger, older: of two of one name. plain: what
    texts and descriptions of anybody have in common. places: (country or word for its people, country).
    """

    titles: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    younger: frozenset[str] = frozenset()
    older: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    places: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1 << 17)
def folded(text: str) -> str:
    """A name as lower-case words without accents and marks: "Émile  St. John-Smith" -> "emile st john smith"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(WORD.findall(bare.casefold().translate(LETTERS)))


def name_words(titles: Iterable[Path], words: Iterable[Path], demonyms: Iterable[Path]) -> NameWords:
    """The words of titles.toml, words.toml and demonyms.toml files.

    Raises:
        tomllib.TOMLDecodeError: a file does not parse.
    """
    before = {"the"}
    for path in titles:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        before |= {folded(title) for table in tables.values() for ones in table.values() for title in ones}
    told: dict[str, set[str]] = {"small": set(), "younger": set(), "older": set(), "plain": set()}
    for path in words:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("linking", {})
        for kind, found in told.items():
            found |= set(table.get(kind, ()))
    places: dict[str, str] = {}
    for path in demonyms:
        for country, people in tomllib.loads(path.read_text(encoding="utf-8"))["demonyms"].items():
            forms = (country, *people, *(f"{word}s" for word in people))
            places |= {folded(form): folded(country) for form in forms}
    return NameWords(
        frozenset(before),
        places=tuple(sorted(places.items())),
        **{kind: frozenset(found) for kind, found in told.items()},
    )


@lru_cache(maxsize=1 << 17)
def bare(name: str, kinds: NameWords, longest: int = 3) -> tuple[str, ...]:
    """The words of a name without titles in front, as long as something remains: "King Louis XI" -> louis xi."""
    return tuple(without_titles(folded(name).split(), kinds.titles, longest))


@lru_cache(maxsize=1 << 17)
def head(name: str, kinds: NameWords) -> tuple[str, ...]:
    """The same without what stands behind a comma or in brackets; () where there is no such thing."""
    parts = TAIL.split(name, maxsplit=1)
    return bare(parts[0], kinds) if len(parts) > 1 and folded(parts[0]) else ()


def numerals(words: Iterable[str]) -> frozenset[str]:
    """Regnal and other numbers among the words; a lone "v" or "i" counts, as names hold few other letters."""
    return frozenset(word for word in words if NUMERAL.fullmatch(word))


def telling(words: Iterable[str], kinds: NameWords) -> frozenset[str]:
    """The words that tell one person from another: no titles, no "of"."""
    return frozenset(word for word in words if word not in kinds.small and word not in kinds.titles)


@lru_cache(maxsize=1 << 17)
def grade(form: tuple[str, ...], name: tuple[str, ...], kinds: NameWords) -> str:
    """How the words of a form in a text fit a name in Wikidata, as one of GRADES, best first.

    "same", "within" (the text leaves words out), "beyond" (the text has more), "spelt" (within, but for letters),
    "ends" (first and last word agree), "part" (some word agrees), or "" (none does). A different regnal number is none.
    """
    if form == name:
        return "same"
    here, there = telling(form, kinds) or frozenset(form), telling(name, kinds) or frozenset(name)
    if numerals(form) and numerals(name) and numerals(form) != numerals(name):
        return ""
    shared = here & there
    if here == there:
        return "same" if sorted(form) == sorted(name) else "within"
    if here < there:
        return "within"
    if shared and there < here:
        return "beyond" if len(there) > 1 else "part"
    if all(any(alike(word, other) for other in there) for word in here):
        return "spelt"
    if not shared:
        return ""
    both_ends = form[0] == name[0] and form[-1] == name[-1]
    return "ends" if both_ends and len(form) > 1 and len(name) > 1 else "part"


GRADES = ("same", "within", "beyond", "spelt", "ends", "part")


@lru_cache(maxsize=1 << 17)
def alike(one: str, other: str) -> bool:
    """Whether two words may be one, spelt in two ways: as many letters differ as their length allows, not the first."""
    if one == other:
        return True
    most = min(len(one), len(other)) // LETTERS_A_SLIP
    if one[0] != other[0] or not most or abs(len(one) - len(other)) > most:
        return False
    if len(set(one) ^ set(other)) > 2 * most:  # far quicker to tell
        return False
    row = list(range(len(other) + 1))  # edit distance (Wagner and Fischer 1974)
    for k, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], k
        for j, against in enumerate(other, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != against))
    return row[-1] <= most
