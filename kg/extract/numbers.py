"""Ages, counts and dates: words of a text -> values in normal form."""

import re
from datetime import date

from kg.extract.lexicon import Lexicon
from kg.extract.tree import Tree

AGED = re.compile(r"(\d{1,3})-?years?-?old$")
OLDEST = 125  # years; nobody is known to have lived longer
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = {m[:n]: k for k, m in enumerate(_MONTHS, 1) for n in (3, len(m))} | {"sept": 9}
_DMY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([A-Za-z]+)\.?,? (\d{4})")
_MDY = re.compile(r"([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MY = re.compile(r"([A-Za-z]+)\.?,? (\d{4})")
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_YEAR = re.compile(r"\b(1\d{3}|20\d{2})\b")


def iso_date(text: str) -> str:
    """An absolute English date as ISO 8601, as precise as it is told: "12 May 1950" -> "1950-05-12", "in 1950" ->
    "1950".

    Returns "" for what is no absolute date ("last year", "Wednesday", "two years").
    """
    flat = " ".join(text.split())
    if m := _ISO.search(flat):
        return _valid(int(m[1]), int(m[2]), int(m[3]))
    if (m := _DMY.search(flat)) and (month := _MONTH.get(m[2].lower())):
        return _valid(int(m[3]), month, int(m[1]))
    if (m := _MDY.search(flat)) and (month := _MONTH.get(m[1].lower())):
        return _valid(int(m[3]), month, int(m[2]))
    if (m := _MY.search(flat)) and (month := _MONTH.get(m[1].lower())):
        return f"{m[2]}-{month:02d}"
    years = _YEAR.findall(flat)
    return years[0] if len(years) == 1 else ""


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def cardinal(word: str, lexicon: Lexicon) -> int | None:
    """ "39" -> 39, "two" -> 2; None for other words."""
    if word.isdecimal() and len(word) <= 3:
        return int(word)
    numbers = lexicon.tables["words"]["age"]["numbers"]
    return numbers.index(word.lower()) if word.lower() in numbers else None


def age_of_word(word: str) -> int | None:
    """ "39" -> 39; None for what is no age in whole years."""
    number = int(word) if word.isdecimal() and len(word) <= 3 else 0
    return number if 0 < number < OLDEST else None


def age_after(tree: Tree, last: int, lexicon: Lexicon) -> tuple[int, int, int] | None:
    """The age in ", 39," or "(39)" or ", aged 39" right after a name that ends at token last: (age, first, last
    token).
    """
    n = len(tree)
    if last + 2 >= n or tree.forms[last + 1] not in (",", "("):
        return None
    i = last + 2
    if tree.forms[i].lower() in lexicon.words("words", "age", "word"):
        i += 1
    if i + 1 >= n or (age := age_of_word(tree.forms[i])) is None:
        return None
    return (age, i, i) if tree.forms[i + 1] in (",", ")", ".", ";") else None


def age_of_phrase(tree: Tree, head: int) -> tuple[int, int, int] | None:
    """The age in "the 39-year-old (singer)" or "a 39 year old singer": (age, first, last token).

    Only what stands on the head itself counts: in "the 90-year-old baker and Ann" the age is not Ann's.
    """
    own = [head, *tree.kids(head, "amod", "compound")]
    for t in own:
        run = [i for i in (tree.subtree(t) if t != head else [t]) if i <= t]
        text = "".join(tree.forms[i].lower() for i in run).replace("\u2013", "-")
        match = AGED.match(text)
        if match and (age := age_of_word(match[1])) is not None:
            return age, run[0], run[-1]
    return None


def life_dates(tree: Tree, last: int) -> list[tuple[int, int]]:
    """The two dates in "(21 March 1685 - 28 July 1750)" right behind a name that ends at token last, as token ranges.

    Returns both or none: one date in brackets may be anything.
    """
    if last + 1 >= len(tree) or tree.forms[last + 1] not in ("(", "["):
        return []
    end = next((i for i in range(last + 2, min(len(tree), last + 22)) if tree.forms[i] in (")", "]")), None)
    if end is None:
        return []
    dashes = [i for i in range(last + 2, end) if tree.forms[i] in ("-", "\u2013", "\u2014", "\u2212")]
    for dash in dashes:
        halves = [(last + 2, dash - 1), (dash + 1, end - 1)]
        if all(a <= b and iso_date(tree.quote(a, b)) for a, b in halves):
            return halves
    return []
