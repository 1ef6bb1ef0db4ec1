"""Learns the weights of kg/extract/ranking.py from marked stories.

    python -m training.ranking --stories DIR > kg/extract/ranking.json

Every pronoun and description of the stories is a choice among the candidates that the resolver would see there, with
all earlier choices made right. A softmax over them and "nobody" is fitted by gradient ascent with an L2 penalty. One
story in five is held back; its accuracy is printed on stderr.
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
from kg.extract.docs import tree
from kg.extract.people import Person
from kg.extract.ranking import Features
from kg.extract.reader import Reader
from kg.vocabulary import load
from training.corpora import marked_reader

PENALTY, STEPS, RATE = 2e-4, 400, 0.05

Record = dict[str, Any]
Choice = tuple[list[Features], int]  # the candidates' features ("nobody" last) and the right one


def stories(folder: Path) -> Iterator[Record]:
    marked = marked_reader(folder)
    for path in sorted(folder.glob("*.txt")):
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
            if (
                spot.mention.type != "Person"
                or spot.mention.kind not in ("pronoun", "description")
                or k in self._people.of
            ):
                continue
            right = by_id.get(gold.get((spot.mention.span.start, spot.mention.span.end), ""))
            candidates = self._candidates(k, spot)
            people = [c.person for c in candidates]
            if candidates and (right is None or right in people):
                features = [self._ranker.features(k, n, c) for n, c in enumerate(candidates)]
                nobody = {f"{self._ranker.kind(spot)} nobody": 1.0}
                out.append(([*features, nobody], people.index(right) if right else len(people)))
            if right is not None:
                self._people.put(k, right)
                self._learn(k)
            elif spot.mention.kind == "description":
                self._people.new(k)
        return out

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
    parsed = tree(reader._nlp(record["text"]), reader._lexicon)
    spots = mentions.find(parsed, record["id"], reader._lexicon)
    matches = tuple(reader._matcher.matches(parsed))
    return Teacher(parsed, spots, reader._lexicon, reader._matcher, matches, {}).taught(record)


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
        kind = "description" if any(k.startswith("description") for k in features[-1]) else "pronoun"
        level = f"{float(probability[best]):.1f}"
        for name in (kind, f"{kind} at {level}"):
            buckets[name, "n"] += 1
            buckets[name, "right"] += best == answer
    names = sorted({name for name, _ in buckets})
    return "\n".join(
        f"{name}: {buckets[name, 'right'] / buckets[name, 'n']:.3f} of {buckets[name, 'n']}" for name in names
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(0)
    reader = Reader(load())
    data = [choices(reader, record) for record in stories(args.stories)]
    train = [c for i, d in enumerate(data) if i % 5 for c in d]
    held = [c for i, d in enumerate(data) if not i % 5 for c in d]
    print(f"{len(train)} choices to learn from, {len(held)} held back", file=sys.stderr)
    print(accuracy(fit(train), held), file=sys.stderr)
    weights = fit(train + held)
    print(
        json.dumps(
            {"source": "training/ranking.py on marked stories", "weights": weights}, indent=0, ensure_ascii=False
        )
    )


if __name__ == "__main__":
    main()
