"""Documents -> ranges of words that fit a window, at the ends of sentences."""

import random
from collections.abc import Iterator

from kg.extract.pieces import Pieces
from training.corpora import Example


def cut(example: Example, longest: int, rng: random.Random | None, pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Word ranges of at most `longest` pieces, at sentence ends where the corpus marks them.

    rng: varies the length between a quarter and the whole of `longest`, so that each epoch cuts anew.
    """
    sizes = [len(pieces.of(w)) for w in example.words]
    ends = set(range(1, len(sizes) + 1))
    if example.syntax:
        s = example.syntax.sentence
        ends = {i + 1 for i in range(len(s)) if i + 1 == len(s) or s[i + 1] != s[i]}
    start = 0
    while start < len(sizes):
        limit = longest if rng is None else rng.randint(longest // 4, longest)
        total, stop, best = 0, start, start
        while stop < len(sizes) and total + sizes[stop] <= longest - 2:
            total += sizes[stop]
            stop += 1
            if stop in ends and (total <= limit or best == start):
                best = stop
            if total > limit and best > start:
                break
        if best == start:  # one sentence longer than a window
            best = stop
        yield start, best
        start = best
