"""Trains the English model.  python -m training.train --corpora DIR --minilm DIR --out DIR [--epochs N] [--resume]

Two CPU cores need about a quarter of an hour an epoch. The seed is fixed; a checkpoint is kept after every epoch.
"""

import argparse
import collections
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn

from kg.extract.pieces import Pieces
from training import arcs, corpora, made, scores
from training.corpora import Example
from training.cuts import cut
from training.held import held_back
from training.lemmas import rule_of
from training.network import RELATING, Reader
from training.windows import IGNORE, Batch, Item, Labels, batches, item

SEED = 20261125
LONGEST = 224  # pieces a training window
PER_BATCH = 1600  # padded pieces a step
MADE = 30  # made sentences of each template
# How often each document of a source is read in an epoch, on average; drawn anew each time. "joint" begins where trees
# end and learns all at once on one encoder, which costs the trees a point of LAS and the frames half of what they find;
# so what ships keeps the encoder of "trees" for them, and "relations" goes on from "joint" with a second one.
STAGES: dict[str, dict[str, float]] = {
    "trees": {"gum": 1.0, "ewt": 1.0, "pud": 1.0, "redocred": 0.5, "wnut": 0.5, "stories": 0.5},
    "joint": {
        "gum": 0.5, "ewt": 0.4, "pud": 0.4, "redocred": 0.2, "wnut": 0.5, "wikigold": 0.6,
        "knowledgenet": 1.0, "fewrel": 0.4, "stories": 1.5, "gap": 0.5, "litbank": 0.2,
    },
    "relations": {
        "gum": 0.5, "knowledgenet": 1.0, "fewrel": 0.4, "stories": 1.5, "gap": 1.0, "litbank": 0.3, "made": 1.0,
    },
}  # fmt: skip
WEIGHTS = {"upos": 0.4, "xpos": 0.4, "lemma": 0.4, "start": 0.5, "name": 2.0, "arc": 1.0, "deprel": 1.0}
TIES, ANTECEDENTS, POSITIVE = 1.0, 0.7, 2.0  # weights of the losses; of an arc that holds against one that does not


def pieces_of(minilm: Path) -> Pieces:
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Pieces(lambda word: tokenizer.encode(word, add_special_tokens=False).ids)


def load(folder: Path, own: Path, shares: dict[str, float]) -> list[Example]:
    """The examples of some sources. own: the folder of the project's own marked stories."""
    words = corpora.Words()
    gum = list(corpora.conllu(folder / "syntax/gum.train.conllu"))
    corpora.with_gum_names(gum, folder / "names/gum.train.jsonl")
    arcs.with_ontogum(gum, folder / "coreference/ontogum.train.jsonl")
    parts: dict[str, list[Example]] = {
        "gum": gum,
        "ewt": list(corpora.conllu(folder / "syntax/ewt.train.conllu")),
        "pud": list(corpora.conllu(folder / "syntax/pud.conllu")),
        "redocred": list(corpora.redocred(folder / "relations/redocred.dev.jsonl", words)),
        "knowledgenet": [
            e for n in (1, 2) for e in arcs.knowledgenet(folder / f"relations/knowledgenet.fold{n}.jsonl", words)
        ],
        "fewrel": list(arcs.fewrel(folder / "relations/fewrel.people.jsonl", words)),
        "gap": list(arcs.gap(folder / "coreference/gap.dev.jsonl", words)),
        "litbank": list(arcs.litbank(folder / "coreference/litbank.jsonl", words)),
        "stories": [
            e for f in (folder / "stories", own) for e in arcs.stories(f, folder / "stories", words)
            if not held_back(e.name)
        ],
        "made": list(made.sentences(words, MADE, random.Random(SEED))),
        "wnut": [],
    }  # fmt: skip
    for split in ("train", "dev"):
        path = folder / f"names/wnut17.{split}.jsonl"
        parts["wnut"] += corpora.named(path, words, corpora.WNUT_TYPES, "person", ("TITLE", "NORP", "DATE"))
    path = folder / "names/wikigold.all.jsonl"
    parts["wikigold"] = list(corpora.named(path, words, corpora.CONLL_TYPES, "PER", ("TITLE", "NORP", "DATE")))
    for source, examples in parts.items():
        for e in examples:
            e.source = source
    chosen = [e for source, examples in parts.items() if source in shares for e in examples]
    if "knowledgenet" not in shares:  # trees and names alone
        for e in chosen:
            e.arcs = None
    return corpora.joined(chosen)


def labels_of(examples: list[Example]) -> Labels:
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for e in examples:
        if e.syntax:
            for k in ("upos", "xpos", "deprel"):
                counts[k].update(getattr(e.syntax, k))
            counts["lemma"].update(rule_of(w, lem) for w, lem in zip(e.words, e.syntax.lemma, strict=True))
    keep = {k: sorted(v for v, n in c.items() if n >= 3) for k, c in counts.items()}
    return Labels(**keep)


def tree_loss(net: Reader, b: Batch) -> torch.Tensor:
    """Of the tags, the names and the dependencies."""
    words = net.words(b.ids, b.cases, b.mask, b.first)

    def cross(scores_: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(scores_.flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum")

    known = (b.columns["upos"] != IGNORE).sum().clamp(min=1)
    total = torch.zeros(())
    for k in ("upos", "xpos", "lemma", "start"):
        total = total + WEIGHTS[k] * cross(net.taggers[k](words), b.columns[k]) / known
    # a set of allowed tags: minus the log of the probability of all of them together
    names = F.log_softmax(net.taggers["name"](words), -1)
    tagged = b.allowed.sum(-1) < b.allowed.shape[-1]
    miss = -torch.logsumexp(names.masked_fill(b.allowed == 0, -1e4), -1)
    total = total + WEIGHTS["name"] * (miss * tagged).sum() / tagged.sum().clamp(min=1)
    if (b.columns["head"] != IGNORE).any():
        places = net.arcs(words).masked_fill(~b.same, -1e4)
        total = total + WEIGHTS["arc"] * cross(places, b.columns["head"]) / known
        labels = net.labels(words, b.columns["head"].clamp(min=0))
        total = total + WEIGHTS["deprel"] * cross(labels, b.columns["deprel"]) / known
    return total


def relation_loss(net: Reader, b: Batch, second: bool = True) -> torch.Tensor:
    """Of the relation arcs and the antecedents, on the second encoder or the first."""
    words = net.words(b.ids, b.cases, b.mask, b.first, second)
    return TIES * tie_loss(net, words, b) + ANTECEDENTS * antecedent_loss(net, words, b)


def joint_loss(net: Reader, b: Batch) -> torch.Tensor:
    """Of all, on the first encoder."""
    return tree_loss(net, b) + relation_loss(net, b, second=False)


Loss = Callable[[Reader, Batch], torch.Tensor]
LOSSES: dict[str, Loss] = {"trees": tree_loss, "joint": joint_loss, "relations": relation_loss}
RATES = {"trees": (2e-4, 1.5e-3), "joint": (1.5e-4, 1.5e-3), "relations": (1e-4, 8e-4)}  # of the encoder; of the heads


def tie_loss(net: Reader, words: torch.Tensor, b: Batch) -> torch.Tensor:
    """Binary cross-entropy over the pairs of words of which something is known."""
    if not b.related:
        return torch.zeros(())
    loss = F.binary_cross_entropy_with_logits(
        net.ties(words[b.related]), b.gold, weight=b.counted, pos_weight=torch.tensor(POSITIVE), reduction="sum"
    )
    return loss / (b.gold.sum() + 8)


def antecedent_loss(net: Reader, words: torch.Tensor, b: Batch) -> torch.Tensor:
    """Minus the log of the probability of all right antecedents together (Lee et al. 2017)."""
    total, count = torch.zeros(()), 0.0
    if not b.chained and not b.choices:
        return total
    n = words.shape[1]
    earlier = torch.ones(n, n, dtype=torch.bool).tril(-1)
    earlier[:, 0] = False
    if b.chained:
        found = net.antecedents(words[b.chained]).masked_fill(~earlier, -1e4)
        found[:, :, 0] = 0.0  # "nobody"
        right = (b.chain[:, :, None] == b.chain[:, None, :]) & (b.chain >= 0)[:, :, None] & earlier
        right[:, :, 0] = ~right.any(-1)
        miss = torch.logsumexp(found, -1) - torch.logsumexp(found.masked_fill(~right, -1e4), -1)
        total, count = total + (miss * b.weight).sum(), count + float(b.weight.sum())
    if b.choices:
        found = net.antecedents(words)
        for row, pronoun, right_words, wrong_words in b.choices:
            good = [i for i in right_words if i < pronoun]
            bad = [i for i in wrong_words if i < pronoun]
            if good:
                line = found[row, pronoun]
                miss = torch.logsumexp(line[good + bad], 0) - torch.logsumexp(line[good], 0)
                total, count = total + 2 * miss, count + 2
    return total / max(1.0, count)


def cut_all(
    examples: list[Example], shares: dict[str, float], rng: random.Random, pieces: Pieces, labels: Labels
) -> list[Item]:
    """The windows of one epoch."""
    index = labels.index()
    drawn = [e for e in examples for _ in range(int(shares[e.source] + rng.random()))]
    return [item(e, a, b, pieces, index) for e in drawn for a, b in cut(e, LONGEST, rng, pieces)]


def blur(batch: Batch, generator: torch.Generator) -> None:
    """Regularisation: a few pieces become [MASK]; a few windows are read as all capitals or all small letters."""
    hidden = (torch.rand(batch.ids.shape, generator=generator) < 0.04) & (batch.ids > 103)
    batch.ids[hidden] = 103
    dice = torch.rand(batch.ids.shape[0], generator=generator)
    batch.cases[(dice < 0.03)[:, None] & (batch.cases > 0) & (batch.cases < 4)] = 2
    batch.cases[((dice >= 0.03) & (dice < 0.05))[:, None] & (batch.cases > 0) & (batch.cases < 4)] = 1


def begun(minilm: Path, sizes: dict[str, int], start: Path | None, second: Path | None) -> Reader:
    """A network on the published encoder, or on what earlier checkpoints learnt. second: on whose layers and heads the
    relations go on (those of "joint" stand on the first set of layers); else they begin as the first set."""
    net = Reader(sizes)
    net.encoder.load(minilm / "model.safetensors")
    if start:
        stored = torch.load(start, map_location="cpu")["net"]
        plain = {k: v for k, v in stored.items() if not k.startswith(("tie", "encoder.second."))}
        net.load_state_dict(plain, strict=False)
    net.encoder.second.load_state_dict(net.encoder.layers.state_dict())
    if second:
        saved = torch.load(second, map_location="cpu")
        stored = {k: v for k, v in saved["net"].items() if k.startswith(("encoder.", *RELATING))}
        if saved["stage"] == "joint":
            layers = {k.removeprefix("encoder.layers."): v for k, v in stored.items() if "encoder.layers." in k}
            stored |= {f"encoder.second.{k}": v for k, v in layers.items()}
        net.load_state_dict({k: v for k, v in stored.items() if k.startswith(RELATING)}, strict=False)
    return net


@dataclass
class Trainer:
    """The network with all that a step needs. state: the checkpoint file, written after every epoch."""

    net: Reader
    stage: str
    loss: Loss
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    sizes: dict[str, int]
    state: Path

    @classmethod
    def new(cls, net: Reader, stage: str, steps: int, sizes: dict[str, int], state: Path) -> "Trainer":
        """steps: how many there will be in all."""
        relating = set(net.relating())
        for p in net.parameters():
            p.requires_grad = stage == "joint" or (p in relating) == (stage != "trees")
        parts: tuple[list[nn.Parameter], list[nn.Parameter]] = ([], [])
        for name, p in net.named_parameters():
            if p.requires_grad:
                parts[not name.startswith("encoder.")].append(p)
        groups = [{"params": part, "lr": rate} for part, rate in zip(parts, RATES[stage], strict=True)]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda s: min(1.0, s / 200) * max(0.01, 1 - s / (steps * 1.02))
        )
        return cls(net, stage, LOSSES[stage], optimizer, schedule, sizes, state)

    def step(self, batch: Batch) -> float:
        """One step of descent; the loss."""
        loss = self.loss(self.net, batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        return float(loss.item())

    def save(self, epoch: int) -> None:
        parts = {k: getattr(self, k).state_dict() for k in ("net", "optimizer", "schedule")}
        torch.save(parts | {"epoch": epoch, "sizes": self.sizes, "stage": self.stage}, self.state)

    def resume(self) -> int:
        """Takes up the checkpoint; the epoch to go on with."""
        saved = torch.load(self.state)
        for k in ("net", "optimizer", "schedule"):
            getattr(self, k).load_state_dict(saved[k])
        return int(saved["epoch"]) + 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=corpora.ROOT / "training/stories", help="our own marked stories")
    parser.add_argument("--start", type=Path, help="the checkpoint to start from (its labels are kept)")
    parser.add_argument("--second", type=Path, help="the checkpoint whose relation arcs to go on from")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--stage", choices=list(STAGES), default="relations")
    parser.add_argument(
        "--without", action="append", default=[], help="a source to leave out (wikigold, for its figure)"
    )
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    pieces = pieces_of(args.minilm)
    shares = {k: v for k, v in STAGES[args.stage].items() if k not in args.without}
    examples = load(args.corpora, args.own, shares)
    labels = labels_of(examples)
    if args.start:
        stored = json.loads((args.start.parent / "labels.json").read_text())
        labels = Labels(**{k: stored[k] for k in vars(labels)})
    (args.out / "labels.json").write_text(json.dumps(vars(labels), ensure_ascii=False, indent=0))
    sizes = {k: len(v) for k, v in vars(labels).items()} | {
        "name": len(corpora.TAGS),
        "start": 2,
        "tie": len(arcs.LABELS),
    }
    per_epoch = sum(1 for _ in batches(cut_all(examples, shares, random.Random(SEED), pieces, labels), PER_BATCH, None))
    net = begun(args.minilm, sizes, args.start, args.second)
    trainer = Trainer.new(net, args.stage, per_epoch * args.epochs, sizes, args.out / "checkpoint.pt")
    held = scores.held_out(args.corpora)
    held_arcs = scores.held_out_arcs(args.corpora, args.own, held_back)
    begin = trainer.resume() if args.resume and trainer.state.exists() else 0
    words = sum(len(e.words) for e in examples)
    print(f"{len(examples)} documents, {words} words, {per_epoch} steps an epoch, {sizes}", flush=True)
    for epoch in range(begin, args.epochs):
        rng, generator = random.Random(SEED + epoch), torch.Generator().manual_seed(SEED + epoch)
        began = time.monotonic()
        running = 0.0
        for step, batch in enumerate(batches(cut_all(examples, shares, rng, pieces, labels), PER_BATCH, rng), 1):
            blur(batch, generator)
            running += trainer.step(batch)
            if step % 50 == 0:
                seconds = time.monotonic() - began
                print(f"epoch {epoch} step {step}/{per_epoch} loss {running / 50:.3f} {seconds:.0f} s", flush=True)
                running = 0.0
        trainer.save(epoch)
        figures = scores.of_network(net, held, pieces, labels) | scores.of_arcs(net, held_arcs, pieces, labels)
        print(epoch, figures, f"{time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
