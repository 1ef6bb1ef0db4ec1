"""Documents -> windows of pieces -> padded batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kg.extract.pieces import Pieces, Window
from training.corpora import TAG, Example
from training.lemmas import rule_of

IGNORE = -100


@dataclass
class Labels:
    """The label lists of a model; index = class."""

    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    deprel: list[str]

    def index(self) -> dict[str, dict[str, int]]:
        return {k: {v: i for i, v in enumerate(getattr(self, k))} for k in ("upos", "xpos", "lemma", "deprel")}


@dataclass
class Item:
    """One window ready for a batch: the pieces, and per word (root first) what is known; IGNORE where nothing is."""

    window: Window
    columns: dict[str, np.ndarray]
    allowed: np.ndarray  # words x tags, 1 where the name annotation allows the tag
    sentence: np.ndarray  # sentence number a word, -1 where the corpus marks none


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


def item(example: Example, a: int, b: int, pieces: Pieces, index: dict[str, dict[str, int]]) -> Item:
    window, n = pieces.window(example.words[a:b]), b - a + 1
    columns = {k: np.full(n, IGNORE) for k in ("upos", "xpos", "lemma", "start", "head", "deprel")}
    sentence = np.full(n, -1)
    if example.syntax:
        s = example.syntax
        for k in ("upos", "xpos"):
            columns[k][1:] = [index[k].get(v, IGNORE) for v in getattr(s, k)[a:b]]
        rules = [rule_of(w, lem) for w, lem in zip(example.words[a:b], s.lemma[a:b], strict=True)]
        columns["lemma"][1:] = [index["lemma"].get(r, IGNORE) for r in rules]
        heads = [h - a if h else 0 for h in s.head[a:b]]
        fine = [0 <= h < n for h in heads]
        columns["head"][1:] = [h if ok else IGNORE for h, ok in zip(heads, fine, strict=True)]
        labels = [index["deprel"].get(v, IGNORE) for v in s.deprel[a:b]]
        columns["deprel"][1:] = [v if ok else IGNORE for v, ok in zip(labels, fine, strict=True)]
        sentence[1:] = s.sentence[a:b]
        columns["start"][1:] = (np.diff(s.sentence[a:b], prepend=-1) != 0).astype(int)
    allowed = np.ones((n, len(TAG)), dtype=np.float32)
    if example.tags:
        for i, options in enumerate(example.tags[a:b], 1):
            allowed[i] = 0
            allowed[i, [TAG[t] for t in options]] = 1
    return Item(window, columns, allowed, sentence)


@dataclass
class Batch:
    """Tensors of shape batch x pieces (ids, cases, mask) and batch x (1 + words) (the rest)."""

    ids: torch.Tensor
    cases: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    columns: dict[str, torch.Tensor]
    allowed: torch.Tensor
    same: torch.Tensor  # batch x child x head: head may be the child's (same sentence, or the root)


def collate(items: list[Item]) -> Batch:
    length, words = max(len(i.window.ids) for i in items), max(len(i.sentence) for i in items)

    def padded(rows: Sequence[Sequence[int] | np.ndarray], width: int, fill: int) -> torch.Tensor:
        out = np.full((len(rows), width), fill, dtype=np.int64)
        for k, row in enumerate(rows):
            out[k, : len(row)] = row
        return torch.from_numpy(out)

    ids = padded([i.window.ids for i in items], length, 0)
    allowed = np.ones((len(items), words, len(TAG)), dtype=np.float32)
    for k, i in enumerate(items):
        allowed[k, : len(i.allowed)] = i.allowed
    sentence = padded([i.sentence for i in items], words, -2)
    same = sentence[:, :, None] == sentence[:, None, :]
    same[:, :, 0] = True
    return Batch(
        ids=ids,
        cases=padded([i.window.cases for i in items], length, 0),
        mask=torch.from_numpy(np.arange(length)[None, :] < np.array([len(i.window.ids) for i in items])[:, None]),
        first=padded([(0, *i.window.first) for i in items], words, 0),
        columns={k: padded([i.columns[k] for i in items], words, IGNORE) for k in items[0].columns},
        allowed=torch.from_numpy(allowed),
        same=same,
    )


def batches(items: list[Item], pieces: int, rng: random.Random | None) -> Iterator[Batch]:
    """Batches of windows of like length, at most `pieces` padded pieces each; shuffled by rng."""
    noise = {id(i): (rng.random() * 12 if rng else 0.0) for i in items}
    ordered = sorted(items, key=lambda i: len(i.window.ids) + noise[id(i)])
    groups: list[list[Item]] = []
    for i in ordered:
        if not groups or (len(groups[-1]) + 1) * len(i.window.ids) > pieces:
            groups.append([])
        groups[-1].append(i)
    if rng:
        rng.shuffle(groups)
    yield from map(collate, groups)
