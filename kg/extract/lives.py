"""What stands in brackets behind a name: "(21 March 1685, Eisenach – 28 July 1750, Leipzig)", "(b. 1950)"."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.extract.dates import Moment, Moments
from kg.extract.tree import Tree

_DASHES = ("-", "\u2013", "\u2014", "\u2212")
_OPEN, _CLOSE = ("(", "["), (")", "]")
_LONGEST = 40  # tokens in brackets
_OLDEST = 125  # years
_SHORTEST = 18  # "(2001–2009)" behind a name may as well be a term of office


End = tuple[int, int, int]
Signs = tuple[Collection[str], ...]
FRAMES = ("bracket_first", "bracket_second")  # the frames of birth and of death


@dataclass(frozen=True, slots=True)
class Half:
    """One end of a life: tokens first to last. sign: "born" words say 0, "died" words 1, no word None."""

    first: int
    last: int
    sign: int | None
    dashed: bool  # a dash stands before it


def ends(tree: Tree, last: int, moments: Moments, signs: Signs) -> Iterator[End]:
    """Birth and death in the brackets right behind a name that ends at token last.

    Args:
        signs: the words, lower case, that stand before a birth, and before a death.

    Yields:
        0 for the birth or 1 for the death, and the first and the last token that tell of it.
        One date without a word or a dash tells nothing: it may be anything.
    """
    if last + 1 >= len(tree) or tree.forms[last + 1] not in _OPEN:
        return
    end = next((i for i in range(last + 2, min(len(tree), last + _LONGEST)) if tree.forms[i] in _CLOSE), None)
    if end is None:
        return
    halves = list(_halves(tree, last + 2, end - 1, moments, signs))
    for k, half in enumerate(halves):
        date = _date(half, moments)
        which = half.sign
        if which is None and date:
            which = _unsigned(halves, k, date, moments)
        if which is not None:
            yield which, half.first, half.last


def _unsigned(halves: list[Half], k: int, date: Moment, moments: Moments) -> int | None:
    """Whether a date without a word is a birth or a death: by the dash between it and the other date."""
    half = halves[k]
    behind = not half.dashed and k + 1 < len(halves) and halves[k + 1].dashed
    other = halves[k - 1] if half.dashed and k else halves[k + 1] if behind else None
    known = _date(other, moments) if other else None
    if other is None or known is None:
        return None
    which = 1 if half.dashed else 0
    life = _a_life(*((known, date) if which else (date, known)))
    return which if life and other.sign in (None, 1 - which) else None


def _halves(tree: Tree, first: int, last: int, moments: Moments, signs: Signs) -> Iterator[Half]:
    """The stretches between semicolons, dashes and the words for birth and death."""
    begin, dashed = first, False
    sign: int | None = None
    for i in range(first, last + 2):
        word = tree.forms[i].lower() if i <= last else ";"
        dash = word in _DASHES and not _within(i, moments)
        told = next((k for k, words in enumerate(signs) if word in words or word + "." in words), None)
        if i > last or word == ";" or dash or told is not None:
            if begin < i:
                yield Half(begin, i - 1, sign, dashed)
            begin, sign, dashed = i + 1, told, dash


def _within(i: int, moments: Moments) -> bool:
    """Whether a token lies inside a date, as the hyphens of an ISO date do."""
    moment = moments.at.get(i)
    return moment is not None and moment.first < i < moment.last


def _date(half: Half, moments: Moments) -> Moment | None:
    found = [m for m in moments.within(half.first, half.last) if m.value and m.closed]
    return found[0] if len(found) == 1 else None


def _a_life(born: Moment, died: Moment) -> bool:
    years = int(died.value[:4]) - int(born.value[:4])
    bare = len(born.value) == len(died.value) == 4
    return (_SHORTEST if bare else 0) <= years <= _OLDEST
