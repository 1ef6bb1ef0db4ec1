"""Scores of the network on held-back data, with gold tokens and gold sentences (training's own progress report).

LAS and UAS as in the CoNLL 2018 shared task: all words, punctuation included, label subtypes ignored.
"""

import collections
from pathlib import Path

import torch

from kg.extract.pieces import Pieces
from training import corpora
from training.network import Reader
from training.windows import IGNORE, Batch, Labels, batches, cut, item

Counts = collections.Counter[str]


def held_out(folder: Path) -> list[corpora.Example]:
    dev = list(corpora.conllu(folder / "syntax/gum.dev.conllu"))
    corpora.with_gum_names(dev, folder / "names/gum.dev.jsonl")
    wikigold = folder / "names/wikigold.all.jsonl"
    sample = corpora.named(wikigold, corpora.Words(), corpora.CONLL_TYPES, "PER", ("TITLE", "NORP", "DATE"))
    return dev + corpora.joined(list(sample))


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    out: set[tuple[int, int, str]] = set()
    start: int | None = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag != "I-" + tags[start][2:]:
            out.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = i
    return out


def of_network(net: Reader, examples: list[corpora.Example], pieces: Pieces, labels: Labels) -> dict[str, float]:
    """Shares of words (uas to start) and F1 of the names by corpus and kind."""
    net.eval()
    n: Counts = collections.Counter()
    index = labels.index()
    plain = torch.tensor(
        [sorted({v.split(":")[0] for v in labels.deprel}).index(v.split(":")[0]) for v in labels.deprel]
    )
    with torch.no_grad():
        for e in examples:
            items = [item(e, a, b, pieces, index) for a, b in cut(e, 224, None, pieces)]
            for b in batches(items, 4000, None):
                words = net.words(b.ids, b.cases, b.mask, b.first)
                _count_syntax(n, net, words, b, plain)
                _count_names(n, net, words, b, "gum" if e.syntax else "wikigold")
    net.train()
    out = {k: round(n[k] / max(1, n["words"]), 4) for k in ("uas", "las", "las+", "upos", "xpos", "lemma", "start")}
    for key in sorted(k.removesuffix(" hit") for k in n if k.endswith(" hit")):
        out[key] = round(2 * n[f"{key} hit"] / max(1, n[f"{key} gold"] + n[f"{key} mine"]), 3)
    return out


def _count_syntax(n: Counts, net: Reader, words: torch.Tensor, b: Batch, plain: torch.Tensor) -> None:
    """plain: label class -> the class of its label without subtype."""
    known = b.columns["head"] != IGNORE
    if not known.any():
        return
    heads = net.arcs(words).masked_fill(~b.same, -1e4).argmax(-1)
    found = net.labels(words, heads).argmax(-1)
    right = (heads == b.columns["head"]) & known
    n["words"] += int(known.sum())
    n["uas"] += int(right.sum())
    n["las"] += int((right & (plain[found] == plain[b.columns["deprel"].clamp(min=0)])).sum())
    n["las+"] += int((right & (found == b.columns["deprel"])).sum())
    for k in ("upos", "xpos", "lemma", "start"):
        n[k] += int(((net.taggers[k](words).argmax(-1) == b.columns[k]) & known).sum())


def _count_names(n: Counts, net: Reader, words: torch.Tensor, b: Batch, where: str) -> None:
    best = net.taggers["name"](words).argmax(-1)
    for row, allowed in zip(best, b.allowed, strict=True):
        size = int((allowed.sum(-1) < allowed.shape[-1]).sum())
        if not size:
            continue
        gold = spans([corpora.TAGS[int(a.argmax())] if a.sum() == 1 else "O" for a in allowed[1 : size + 1]])
        mine = spans([corpora.TAGS[int(t)] for t in row[1 : size + 1]])
        for kind in ("PERSON", "ORG", "PLACE", "DATE"):
            g, m = {s for s in gold if s[2] == kind}, {s for s in mine if s[2] == kind}
            for key, value in (("hit", len(g & m)), ("gold", len(g)), ("mine", len(m))):
                n[f"{where} {kind} {key}"] += value
