"""Trains the English model.  python -m training.train --corpora DIR --minilm DIR --out DIR [--epochs N] [--resume]

Two CPU cores need about a quarter of an hour an epoch. The seed is fixed; a checkpoint is kept after every epoch.
"""

import argparse
import collections
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from kg.extract.pieces import Pieces
from training import corpora, scores
from training.lemmas import rule_of
from training.network import Reader
from training.windows import IGNORE, Batch, Item, Labels, batches, cut, item

SEED = 20261125
LONGEST = 224  # pieces a training window
PER_BATCH = 1600  # padded pieces a step
SHARE = 0.5  # of the documents without syntax, drawn anew each epoch: names are learned faster than trees
WEIGHTS = {"upos": 0.4, "xpos": 0.4, "lemma": 0.4, "start": 0.5, "name": 2.0, "arc": 1.0, "deprel": 1.0}


def pieces_of(minilm: Path) -> Pieces:
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Pieces(lambda word: tokenizer.encode(word, add_special_tokens=False).ids)


def load(folder: Path, with_wikigold: bool) -> list[corpora.Example]:
    words = corpora.Words()
    gum = list(corpora.conllu(folder / "syntax/gum.train.conllu"))
    corpora.with_gum_names(gum, folder / "names/gum.train.jsonl")
    out = [*gum, *corpora.conllu(folder / "syntax/ewt.train.conllu"), *corpora.conllu(folder / "syntax/pud.conllu")]
    out += corpora.redocred(folder / "relations/redocred.dev.jsonl", words)
    out += corpora.stories(sorted((folder / "stories").glob("*.txt")), words, corpora.marked_reader(folder / "stories"))
    for split in ("train", "dev"):
        path = folder / f"names/wnut17.{split}.jsonl"
        out += corpora.named(path, words, corpora.WNUT_TYPES, "person", ("TITLE", "NORP", "DATE"))
    if with_wikigold:
        path = folder / "names/wikigold.all.jsonl"
        out += corpora.named(path, words, corpora.CONLL_TYPES, "PER", ("TITLE", "NORP", "DATE"))
    return corpora.joined(out)


def labels_of(examples: list[corpora.Example]) -> Labels:
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for e in examples:
        if e.syntax:
            for k in ("upos", "xpos", "deprel"):
                counts[k].update(getattr(e.syntax, k))
            counts["lemma"].update(rule_of(w, lem) for w, lem in zip(e.words, e.syntax.lemma, strict=True))
    keep = {k: sorted(v for v, n in c.items() if n >= 3) for k, c in counts.items()}
    return Labels(**keep)


def loss_of(net: Reader, b: Batch) -> torch.Tensor:
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
        arcs = net.arcs(words).masked_fill(~b.same, -1e4)
        total = total + WEIGHTS["arc"] * cross(arcs, b.columns["head"]) / known
        total = (
            total
            + WEIGHTS["deprel"] * cross(net.labels(words, b.columns["head"].clamp(min=0)), b.columns["deprel"]) / known
        )
    return total


def cut_all(examples: list[corpora.Example], rng: random.Random, pieces: Pieces, labels: Labels) -> list[Item]:
    """The windows of one epoch."""
    index = labels.index()
    drawn = [e for e in examples if e.syntax or rng.random() < SHARE]
    return [item(e, a, b, pieces, index) for e in drawn for a, b in cut(e, LONGEST, rng, pieces)]


def blur(batch: Batch, generator: torch.Generator) -> None:
    """Regularisation: a few pieces become [MASK]; a few windows are read as all capitals or all small letters."""
    hidden = (torch.rand(batch.ids.shape, generator=generator) < 0.04) & (batch.ids > 103)
    batch.ids[hidden] = 103
    dice = torch.rand(batch.ids.shape[0], generator=generator)
    batch.cases[(dice < 0.03)[:, None] & (batch.cases > 0) & (batch.cases < 4)] = 2
    batch.cases[((dice >= 0.03) & (dice < 0.05))[:, None] & (batch.cases > 0) & (batch.cases < 4)] = 1


@dataclass
class Trainer:
    """The network with all that a step needs. state: the checkpoint file, written after every epoch."""

    net: Reader
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    sizes: dict[str, int]
    state: Path

    @classmethod
    def new(cls, minilm: Path, sizes: dict[str, int], steps: int, state: Path) -> "Trainer":
        """A fresh network on the published encoder. steps: how many there will be in all."""
        net = Reader(sizes)
        net.encoder.load(minilm / "model.safetensors")
        groups = [
            {"params": list(net.encoder.parameters()), "lr": 2e-4},
            {"params": [p for n, p in net.named_parameters() if not n.startswith("encoder.")], "lr": 2e-3},
        ]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda s: min(1.0, s / 200) * max(0.01, 1 - s / (steps * 1.02))
        )
        return cls(net, optimizer, schedule, sizes, state)

    def step(self, batch: Batch) -> float:
        """One step of descent; the loss."""
        loss = loss_of(self.net, batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        return float(loss.item())

    def save(self, epoch: int) -> None:
        parts = {k: getattr(self, k).state_dict() for k in ("net", "optimizer", "schedule")}
        torch.save(parts | {"epoch": epoch, "sizes": self.sizes}, self.state)

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
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--with-wikigold", action="store_true")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    pieces = pieces_of(args.minilm)
    examples = load(args.corpora, args.with_wikigold)
    labels = labels_of(examples)
    (args.out / "labels.json").write_text(json.dumps(vars(labels), ensure_ascii=False, indent=0))
    sizes = {k: len(v) for k, v in vars(labels).items()} | {"name": len(corpora.TAGS), "start": 2}
    per_epoch = sum(1 for _ in batches(cut_all(examples, random.Random(SEED), pieces, labels), PER_BATCH, None))
    trainer = Trainer.new(args.minilm, sizes, per_epoch * args.epochs, args.out / "checkpoint.pt")
    held = scores.held_out(args.corpora)
    begin = trainer.resume() if args.resume and trainer.state.exists() else 0
    words = sum(len(e.words) for e in examples)
    print(f"{len(examples)} documents, {words} words, {per_epoch} steps an epoch, {sizes}", flush=True)
    for epoch in range(begin, args.epochs):
        rng, generator = random.Random(SEED + epoch), torch.Generator().manual_seed(SEED + epoch)
        started = time.monotonic()
        running = 0.0
        for step, batch in enumerate(batches(cut_all(examples, rng, pieces, labels), PER_BATCH, rng), 1):
            blur(batch, generator)
            running += trainer.step(batch)
            if step % 50 == 0:
                seconds = time.monotonic() - started
                print(f"epoch {epoch} step {step}/{per_epoch} loss {running / 50:.3f} {seconds:.0f} s", flush=True)
                running = 0.0
        trainer.save(epoch)
        figures = scores.of_network(trainer.net, held, pieces, labels)
        print(epoch, figures, f"{time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
