"""Scores of the network on held-back data, with gold tokens and gold sentences (training's own progress report).

LAS and UAS as in the CoNLL 2018 shared task: all words, punctuation included, label subtypes ignored.
"""

import collections
from collections.abc import Callable
from pathlib import Path

import torch

from kg.extract.pieces import Pieces
from training import arcs, corpora
from training.cuts import cut
from training.network import Reader
from training.windows import IGNORE, Batch, Labels, batches, item

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


# ------------------------------------------------------------------ relations and antecedents
def held_out_arcs(folder: Path, own: Path, held_back: Callable[[str], bool]) -> dict[str, list[corpora.Example]]:
    words = corpora.Words()
    told = [e for f in (folder / "stories", own) for e in arcs.stories(f, folder / "stories", words)]
    return {
        "fold3": list(arcs.knowledgenet(folder / "relations/knowledgenet.fold3.jsonl", words)),
        "stories": [e for e in told if held_back(e.name)],
        "gap": list(arcs.gap(folder / "coreference/gap.val.jsonl", words)),
    }


def of_arcs(
    net: Reader, examples: dict[str, list[corpora.Example]], pieces: Pieces, labels: Labels
) -> dict[str, float]:
    """Arc F1 at even odds: all relations, kin alone; the share of GAP's pronouns whose better name is right."""
    net.eval()
    n: Counts = collections.Counter()
    index = labels.index()
    kin = [arcs.LABEL[k] for k in arcs.KIN]
    relations = [arcs.LABEL[k] for k in arcs.RELATIONS]
    with torch.no_grad():
        for name, group in examples.items():
            items = [item(e, a, b, pieces, index) for e in group for a, b in cut(e, 224, None, pieces)]
            for b in batches(items, 4000, None):
                words = net.words(b.ids, b.cases, b.mask, b.first, second=True)
                if b.related:
                    mine = (net.ties(words[b.related]) > 0) & (b.counted > 0)
                    for key, some in (("all", relations), ("kin", kin)):
                        gold = b.gold[:, some] > 0
                        n[f"{name} {key} hit"] += int((mine[:, some] & gold).sum())
                        n[f"{name} {key} gold"] += int(gold.sum())
                        n[f"{name} {key} mine"] += int(mine[:, some].sum())
                found = net.antecedents(words) if b.choices or b.chained else None
                for row, pronoun, right, wrong in b.choices:
                    good, bad = ([i for i in some if i < pronoun] for some in (right, wrong))
                    if found is not None and good:
                        n["gap"] += 1
                        n["gap right"] += not bad or bool(
                            found[row, pronoun][good].max() > found[row, pronoun][bad].max()
                        )
                if b.chained and found is not None:
                    _count_links(n, found[b.chained], b)
    net.train()
    out = {"gap": round(n["gap right"] / max(1, n["gap"]), 3), "links": round(n["link right"] / max(1, n["links"]), 3)}
    for key in sorted(k.removesuffix(" hit") for k in n if k.endswith(" hit")):
        out[key] = round(2 * n[f"{key} hit"] / max(1, n[f"{key} gold"] + n[f"{key} mine"]), 3)
    return out


def _count_links(n: Counts, found: torch.Tensor, b: Batch) -> None:
    """Words that have an antecedent: whether the best scored of the words that stand for somebody is of their chain."""
    size = found.shape[1]
    earlier = torch.ones(size, size, dtype=torch.bool).tril(-1)
    for line, chain, weight in zip(found, b.chain, b.weight, strict=True):
        for i in (weight == 1.0).nonzero()[:, 0].tolist():
            here = earlier[i] & (chain >= 0)
            if (here & (chain == chain[i])).any():
                n["links"] += 1
                best = int(line[i].masked_fill(~here, -1e4).argmax())
                n["link right"] += bool(chain[best] == chain[i])
