"""Learns the weights of kg/extract/ranking.py from marked stories.

    python -m training.ranking --stories DIR... > kg/extract/ranking.json

Every pronoun and description of the stories is a choice among the candidates that the resolver would see there, with
all earlier choices made right. A softmax over them and "nobody" is fitted by gradient ascent with an L2 penalty. The
weight of the network's arcs is learned on the stories that it never saw; accuracy there, by halves, goes to stderr.
"""

import argparse
import collections
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from kg.extract import mentions
from kg.extract.chains import Resolver
from kg.extract.people import Person
from kg.extract.ranking import Features
from kg.extract.reader import Reader
from kg.vocabulary import load
from training.corpora import marked_reader
from training.held import held_back

PENALTY, STEPS, RATE = 2e-4, 400, 0.05

Record = dict[str, Any]
Choice = tuple[list[Features], int]  # the candidates' features ("nobody" last) and the right one


def stories(folders: list[Path], reader: Path | None = None) -> Iterator[Record]:
    """The marked stories of some folders. reader: the folder of marked.py, the first of them if None."""
    marked = marked_reader(reader or folders[0])
    for path in (p for folder in folders for p in sorted(folder.glob("*.txt"))):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            yield marked.parse(block.strip("\n"))[0]


class Teacher(Resolver):
    """A resolver that writes down each choice and then makes it right."""

    def taught(self, record: Record) -> list[Choice]:
        gold = {(m["start"], m["end"]): m["id"].removesuffix("n") for m in record["mentions"]}
        by_id = self._who_is_who(gold)
        self._identities()
        self._ages()
        self._known_ties()
        out = []
        for k, spot in enumerate(self._spots.all):
            if spot.mention.type != "Person" or k in self._people.of:
                continue
            if spot.mention.kind == "group" and self._may_point(spot):
                out += self._taught_group(k, gold.get((spot.mention.span.start, spot.mention.span.end), ""), by_id)
            if spot.mention.kind not in ("pronoun", "description"):
                continue
            right = by_id.get(gold.get((spot.mention.span.start, spot.mention.span.end), ""))
            candidates = self._candidates(k, spot)
            people = [c.person for c in candidates]
            if candidates and (right is None or right in people):
                features = [self._ranker.features(k, n, c) for n, c in enumerate(candidates)]
                out.append(([*features, self._ranker.nobody(k)], people.index(right) if right else len(people)))
            if right is not None:
                self._people.put(k, right)
                self._learn(k)
            elif spot.mention.kind == "description":
                self._people.new(k)
        return out

    def _taught_group(self, k: int, marked: str, by_id: dict[str, Person]) -> list[Choice]:
        """The choice of who a group is, which is then made right."""
        bands = self._groups.candidates(k)
        wanted = [by_id[i] for i in marked.split("+") if i in by_id]
        if len(wanted) < 2 or len(wanted) < len(marked.split("+")):
            wanted = []
        sets = [set(map(id, b.members)) for b in bands]
        answer = next((n for n, s in enumerate(sets) if wanted and s == set(map(id, wanted))), len(bands))
        features = [self._groups.features(k, b) for b in bands]
        if wanted:
            self._make_group(k, wanted, 1.0)
        return [([*features, self._groups.nobody(k)], answer)] if bands else []

    def _who_is_who(self, gold: dict[tuple[int, int], str]) -> dict[str, Person]:
        votes: dict[str, collections.Counter[int]] = collections.defaultdict(collections.Counter)
        people = {id(p): p for p in self._people.all}
        for k, person in self._people.of.items():
            span = self._spots.all[k].mention.span
            inside = [
                i
                for (a, b), i in gold.items()
                if a < span.end and span.start < b and b - a <= span.end - span.start + 2
            ]
            for i in inside[:1]:
                votes[i][id(person)] += 1
        return {i: people[c.most_common(1)[0][0]] for i, c in votes.items()}


def choices(reader: Reader, record: Record) -> list[Choice]:
    parsed, trees = reader.tree(record["text"]), reader.trees
    spots = mentions.find(parsed, record["id"], trees.lexicon)
    matches = tuple(trees.matcher.matches(parsed))
    return Teacher(parsed, spots, trees.lexicon, trees.matcher, matches, {}).taught(record)


def fit(data: list[Choice]) -> dict[str, float]:
    names = sorted({name for features, _ in data for f in features for name in f})
    place = {name: i for i, name in enumerate(names)}
    rows, columns, values, group, right = [], [], [], [], []
    n = 0
    for g, (features, answer) in enumerate(data):
        right.append(n + answer)
        for f in features:
            for name, value in f.items():
                rows.append(n)
                columns.append(place[name])
                values.append(value)
            group.append(g)
            n += 1
    matrix = torch.sparse_coo_tensor(torch.tensor([rows, columns]), torch.tensor(values), (n, len(names))).coalesce()
    weights = torch.zeros(len(names), requires_grad=True)
    groups, answers = torch.tensor(group), torch.tensor(right)
    optimizer = torch.optim.Adam([weights], lr=RATE)
    for _ in range(STEPS):
        scores = torch.sparse.mm(matrix, weights[:, None])[:, 0]
        total = torch.zeros(len(data)).index_add(0, groups, scores.exp()).log()
        loss = (total - scores[answers]).mean() + PENALTY * weights.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {name: round(float(w), 4) for name, w in zip(names, weights.detach(), strict=True) if abs(w) > 0.005}


def accuracy(weights: dict[str, float], data: list[Choice]) -> str:
    buckets: collections.Counter[tuple[str, str]] = collections.Counter()
    for features, answer in data:
        scores = torch.tensor([sum(weights.get(k, 0.0) * v for k, v in f.items()) for f in features])
        probability = torch.softmax(scores, 0)
        best = int(probability.argmax())
        kind = next(iter(features[-1])).split()[0]
        kind = kind if kind in ("description", "group", "first") else "pronoun"
        level = f"{float(probability[best]):.1f}"
        for name in (kind, f"{kind} at {level}"):
            buckets[name, "n"] += 1
            buckets[name, "right"] += best == answer
    names = sorted({name for name, _ in buckets})
    return "\n".join(
        f"{name}: {buckets[name, 'right'] / buckets[name, 'n']:.3f} of {buckets[name, 'n']}" for name in names
    )


def without_arcs(data: list[Choice]) -> list[Choice]:
    return [([{k: v for k, v in f.items() if " arc" not in k} for f in features], answer) for features, answer in data]


def mixed(base: dict[str, float], data: list[Choice]) -> list[Choice]:
    """Each candidate told by its score of the base ranking and by its arc alone."""
    return [
        (
            [
                {"base": sum(base.get(k, 0.0) * v for k, v in f.items())} | {k: v for k, v in f.items() if " arc" in k}
                for f in features
            ],
            answer,
        )
        for features, answer in data
    ]


def joined(base: dict[str, float], mix: dict[str, float]) -> dict[str, float]:
    """One set of weights: the base ranking's, scaled, and those of the arcs."""
    scale = mix.get("base", 1.0)
    return {k: round(scale * v, 4) for k, v in base.items()} | {k: v for k, v in mix.items() if k != "base"}


def learned(network_saw: list[list[Choice]], held: list[list[Choice]]) -> dict[str, float]:
    """The base ranking from stories that the network was trained on (there its arcs are too good to be true), the
    weight of its arcs from those that it never saw."""
    base = fit(without_arcs([c for d in network_saw for c in d]))
    return joined(base, fit(mixed(base, [c for d in held for c in d])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, nargs="+", required=True, help="the first holds marked.py")
    args = parser.parse_args()
    torch.manual_seed(0)
    reader = Reader(load(), threads=1)
    saw: list[list[Choice]] = []
    held: list[list[Choice]] = []
    for record in stories(args.stories):
        (held if held_back(record["id"]) else saw).append(choices(reader, record))
    halves = [held[::2], held[1::2]]
    print(f"{sum(map(len, saw))} choices for the base, {sum(map(len, held))} held back", file=sys.stderr)
    for mine, other in (halves, halves[::-1]):
        print(accuracy(learned(saw, mine), [c for d in other for c in d]), file=sys.stderr)
    print(
        json.dumps(
            {"source": "training/ranking.py on marked stories", "weights": learned(saw, held)},
            indent=0, ensure_ascii=False,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
