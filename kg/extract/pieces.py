"""Words -> the integers that the encoder reads.

Training and running share this file, so that a word never looks different to the two.

The encoder's vocabulary is uncased WordPiece (Devlin et al. 2019, "BERT"), so the written case travels beside each
piece as one of five classes. Typographic quotation marks and apostrophes are folded to ASCII first: the treebanks
hold few of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

CLS, SEP, UNKNOWN = 101, 102, 100
CASES = 5
SPECIAL_CASE, LOWER, UPPER, CAPITALISED, MIXED = range(CASES)

_FOLD = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201b": "'", "`": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
     "\u2026": "...", "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200b": None, "\u00a0": " "}
)  # fmt: skip

Tokenize = Callable[[str], Sequence[int]]


def fold(word: str) -> str:
    """The word with typographic quotes, hyphens and invisible characters made plain."""
    return word.translate(_FOLD)


@lru_cache(65_536)
def case_of(word: str) -> int:
    """The case class of a word, 1 to 4 (0 is kept for the two special pieces)."""
    if word.islower():
        return LOWER
    if word.isupper() and len(word) > 1:
        return UPPER
    return CAPITALISED if word[:1].isupper() else MIXED


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words as the encoder takes it.

    ids, cases: one integer a piece, [CLS] and [SEP] included; first: for each word the index of its first piece.
    """

    ids: tuple[int, ...]
    cases: tuple[int, ...]
    first: tuple[int, ...]


class Pieces:
    """Cuts words into WordPieces, remembering the words that it has seen.

    Args:
        tokenize: the pieces of one folded word, without special pieces.
        longest: how many pieces of one word are kept (a 10,000-letter word must not fill a window).
    """

    def __init__(self, tokenize: Tokenize, longest: int = 16, remembered: int = 100_000) -> None:
        self._tokenize = tokenize
        self._longest = longest
        self._remembered = remembered
        self._seen: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word; at least one."""
        known = self._seen.get(word)
        if known is None:
            known = tuple(self._tokenize(fold(word))[: self._longest]) or (UNKNOWN,)
            if len(self._seen) < self._remembered:
                self._seen[word] = known
        return known

    def window(self, words: Sequence[str]) -> Window:
        """All words as one window."""
        ids, cases, first = [CLS], [SPECIAL_CASE], []
        for word in words:
            pieces = self.of(word)
            first.append(len(ids))
            ids += pieces
            cases += (case_of(word),) * len(pieces)
        return Window((*ids, SEP), (*cases, SPECIAL_CASE), tuple(first))
