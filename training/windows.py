"""Documents -> windows of pieces -> padded batches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kg.extract.pieces import Pieces, Window
from training.arcs import LABELS, Arc, Arcs
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
    arcs: Arcs | None = None  # of the words of this window; word 0 is the root


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
    return Item(window, columns, allowed, sentence, within(example.arcs, a, b) if example.arcs else None)


def within(arcs: Arcs, a: int, b: int) -> Arcs:
    """The arcs whose two words lie in a window, counted from its root."""

    def inside(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
        return {(i - a + 1, j - a + 1) for i, j in pairs if a <= i < b and a <= j < b}

    def few_arcs(arcs: set[Arc]) -> set[Arc]:
        return {(k, i - a + 1, j - a + 1) for k, i, j in arcs if a <= i < b and a <= j < b}

    def few(words: list[int]) -> list[int]:
        return [i - a + 1 for i in words if a <= i < b]

    return Arcs(
        arcs.known,
        few_arcs(arcs.positive),
        few_arcs(arcs.open),
        None if arcs.pairs is None else inside(arcs.pairs),
        None if arcs.chain is None else [-1, *arcs.chain[a:b]],
        [0.0, *arcs.weight[a:b]] if arcs.chain is not None else [],
        [(p - a + 1, few(right), few(wrong)) for p, right, wrong in arcs.choices if a <= p < b],
    )


@dataclass
class Batch:
    """Tensors of shape batch x pieces (ids, cases, mask) and batch x (1 + words) (the rest).

    related: the rows of the batch that have relations; gold and counted: rows x labels x words x words. chained: the
    rows that have chains; chain, weight: rows x words. choices: (row, pronoun, right words, wrong words).
    """

    ids: torch.Tensor
    cases: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    columns: dict[str, torch.Tensor]
    allowed: torch.Tensor
    same: torch.Tensor  # batch x child x head: head may be the child's (same sentence, or the root)
    related: list[int]
    gold: torch.Tensor
    counted: torch.Tensor
    chained: list[int]
    chain: torch.Tensor
    weight: torch.Tensor
    choices: list[tuple[int, int, list[int], list[int]]]


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
    arcs_of = {k: i.arcs for k, i in enumerate(items) if i.arcs}
    related = [k for k, arcs in arcs_of.items() if arcs.known]
    gold, counted = relations([arcs_of[k] for k in related], [len(items[k].sentence) for k in related], words)
    chained = [k for k, arcs in arcs_of.items() if arcs.chain is not None]
    chains = [arcs_of[k] for k in chained]
    weight = np.zeros((len(chained), words), dtype=np.float32)
    for k, arcs in enumerate(chains):
        weight[k, : len(arcs.weight)] = arcs.weight
    return Batch(
        related=related,
        gold=gold,
        counted=counted,
        chained=chained,
        chain=padded([arcs.chain or [] for arcs in chains], words, -1),
        weight=torch.from_numpy(weight),
        choices=[(k, *c) for k, arcs in arcs_of.items() for c in arcs.choices],
        ids=ids,
        cases=padded([i.window.cases for i in items], length, 0),
        mask=torch.from_numpy(np.arange(length)[None, :] < np.array([len(i.window.ids) for i in items])[:, None]),
        first=padded([(0, *i.window.first) for i in items], words, 0),
        columns={k: padded([i.columns[k] for i in items], words, IGNORE) for k in items[0].columns},
        allowed=torch.from_numpy(allowed),
        same=same,
    )


def relations(rows: Sequence[Arcs], sizes: Sequence[int], words: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Which arcs hold, and which count; rows x labels x words x words."""
    gold = np.zeros((len(rows), len(LABELS), words, words), dtype=np.float32)
    counted = np.zeros_like(gold)
    for k, (arcs, n) in enumerate(zip(rows, sizes, strict=True)):
        known = sorted(arcs.known)
        if arcs.pairs is None:
            counted[k, known, 1:n, 1:n] = 1
        else:
            for i, j in sorted(arcs.pairs):
                counted[k, known, i, j] = 1
        for label, i, j in sorted(arcs.open):
            counted[k, label, i, j] = 0
        for label, i, j in sorted(arcs.positive):
            gold[k, label, i, j] = counted[k, label, i, j] = 1
    return torch.from_numpy(gold), torch.from_numpy(counted)


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
