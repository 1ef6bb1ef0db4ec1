"""Learns what a claim's score means: the weights of kg/extract/scoring.py, from stories that the network never saw.

    python -m training.calibration --stories DIR... > kg/extract/scoring.json

Every draft of a claim is right or wrong by the story's marks: the people are those meant, the relation is told of them
in any way (status is scored on its own), a value is the one told. What the marks call arguable is left out. The
expected calibration error on stderr is of each half of the stories scored with weights from the other half.
"""

import argparse
import collections
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import torch

from kg.extract.claims import Draft
from kg.extract.kin import Ties
from kg.extract.people import Person
from kg.extract.reader import Reader
from kg.extract.scoring import Scorer, features, united
from kg.extract.sides import Sides
from kg.model import Document, Value
from kg.vocabulary import load
from training.arcs import TABLE
from training.corpora import Record
from training.held import held_back
from training.ranking import stories

PENALTY, STEPS, RATE, BINS = 3e-4, 600, 0.05, 10
NAMES = {**TABLE["stories"], **TABLE["literals"], "title": "honorificPrefix"}

# what speaks for a draft (nothing, if the network does not know its relation), whether it is right, the draft
Row = tuple[dict[str, float], bool, Draft]


class Gold:
    """The facts of one marked story, told as drafts are told."""

    def __init__(self, record: Record, ties: Ties) -> None:
        self._ties = ties
        self._marks = [m for m in record["mentions"] if m["id"][0] == "p"]
        self.told = {self._key(f) for f in record["facts"]} | set(self._held_in(record["facts"]))
        self.open = {self._key(f) for f in record["optional"]}
        self.people = set(record["people"])

    def _key(self, fact: Record) -> tuple[str, str, str]:
        name, s, o = NAMES[fact["p"]], fact["s"], fact["o"]
        if fact["p"] in TABLE["stories"]:
            return self._pair(name, s, o)
        if isinstance(o, dict):
            o = o.get("role") or ""
        return name, s, str(o).casefold()

    def _held_in(self, facts: list[Record]) -> Iterator[tuple[str, str, str]]:
        """Who holds a position belongs to the body that it is held in; the marks say so only by the position."""
        for fact in facts:
            if isinstance(fact["o"], dict) and fact["o"].get("org"):
                yield NAMES["member_of"], fact["s"], str(fact["o"]["org"]).casefold()

    def _pair(self, name: str, s: str, o: str) -> tuple[str, str, str]:
        neutral, turned = self._ties.neutral(name)
        left, right = (o, s) if turned else (s, o)
        if self._ties.symmetric(neutral):
            left, right = sorted((left, right))
        return neutral, left, right

    def who(self, person: Person | None, sides: Sides) -> tuple[str, ...]:
        """The marked people whom a person of the reader is; empty for somebody else."""
        if person is None:
            return ()
        if person.groups:
            return tuple(w for p in person.groups for w in (self.who(p, sides) or ("?",)))
        votes: collections.Counter[str] = collections.Counter()
        for k in person.spots:
            span, kind = sides.spots.all[k].mention.span, sides.spots.all[k].mention.kind
            for m in self._marks:
                exact = m["id"].endswith("n") and m["start"] < span.end and span.start < m["end"]
                same = (m["start"], m["end"]) == (span.start, span.end)
                if (kind == "name" and exact) or (kind != "name" and same and "+" not in m["id"]):
                    votes[m["id"].rstrip("n")] += 10 if exact else 1
                    break
        return (max(sorted(votes), key=lambda w: votes[w]),) if votes else ()

    def judge(self, draft: Draft, sides: Sides) -> bool | None:
        """Whether a draft is right; None where the marks leave it open, or where it is of people without a name, of
        whom the reader tells nothing."""
        if not all(_named(side.person) for side in (draft.subject, draft.object)):
            return None
        if draft.subject.person is None:  # what organisations do is not marked
            return None
        subjects = self.who(draft.subject.person, sides)
        if isinstance(draft.object.what, Value):
            keys = [self._told_value(draft, s) for s in subjects]
            found = [k for k in keys if k]
            return None if any(k in self.open for k in found) else bool(found)
        if draft.object.person is None:
            wanted = draft.object.what.text.casefold()
            hits = [f for s in subjects for f in self._alike(draft.relation.name, s, wanted)]
            return None if any(f in self.open for f in hits) else bool(hits)
        objects = self.who(draft.object.person, sides)
        pairs = [(s, o) for s in subjects for o in objects if s != o]
        if draft.subject.what is draft.object.what:
            pairs = pairs[:1]
        keys = [self._pair(draft.relation.name, s, o) for s, o in pairs]
        wider = [self._pair("parent", s, o) for s, o in pairs] if draft.relation.name == "adoptiveParent" else keys
        if keys and all(k in self.told or w in self.told for k, w in zip(keys, wider, strict=True)):
            return True
        return None if keys and all(k in self.open for k in keys) else False

    def _told_value(self, draft: Draft, subject: str) -> tuple[str, str, str] | None:
        what = draft.object.what
        assert isinstance(what, Value)
        value = what.parts[0][1] if what.parts else what.value
        return next(iter(self._alike(draft.relation.name, subject, value.casefold())), None)

    def _alike(self, name: str, subject: str, value: str) -> list[tuple[str, str, str]]:
        neutral = self._ties.neutral(name)[0]
        facts = [f for f in sorted(self.told | self.open) if f[0] == neutral and f[1] == subject]
        return [f for f in facts if _similar(f[2], value)]


def _named(person: Person | None) -> bool:
    return person is None or (all(map(_named, person.groups)) if person.groups else person.named)


def _similar(a: str, b: str) -> bool:
    words = set(a.split()) & set(b.split())
    return bool(a and b) and (a in b or b in a or len(words) / min(len(a.split()), len(b.split())) >= 0.6)


class Drafts:
    """Makes the drafts of stories as the reader does."""

    def __init__(self) -> None:
        self.vocabulary = load()
        self.reader = Reader(self.vocabulary, threads=1)
        self.ties = Ties(self.vocabulary.relations)

    def rows(self, record: Record) -> Iterator[Row]:
        document = Document(id=record["id"], text=record["text"], date=record["date"])
        sides, drafts = self.reader.trees.drafts(document, self.reader.tree(document.text))
        gold = Gold(record, self.ties)
        for draft in united(drafts, self.ties, sides):
            right = gold.judge(draft, sides)
            if right is not None:
                yield (features(draft) if self.reader.trees.scorer.knows(draft) else {}), right, draft

    def scored(self, rows: list[Row], weights: dict[str, float] | None = None) -> list[tuple[float, bool]]:
        """The drafts as the reader scores them, with the weights that ship or others."""
        scorer = self.reader.trees.scorer
        if weights is not None:
            scorer = Scorer(self.vocabulary, scorer.seen, weights)
        return [(scorer.score(draft), right) for _, right, draft in rows]


def fit(rows: list[Row]) -> dict[str, float]:
    rows = [row for row in rows if row[0]]
    if not rows:
        return {}
    names = sorted({k for f, *_ in rows for k in f})
    place = {k: i for i, k in enumerate(names)}
    x = torch.zeros(len(rows), len(names))
    for n, (f, *_) in enumerate(rows):
        for k, v in f.items():
            x[n, place[k]] = v
    y = torch.tensor([float(right) for _, right, _ in rows])
    w = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.Adam([w], lr=RATE)
    for _ in range(STEPS):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y) + PENALTY * w.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {k: round(float(v), 4) for k, v in zip(names, w.detach(), strict=True)}


def reliability(scored: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """By bins of the score: mean score, share right, how many (Guo et al. 2017)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for p, right in scored:
        bins[min(BINS - 1, int(p * BINS))].append((p, right))
    return [(sum(p for p, _ in b) / len(b), sum(r for _, r in b) / len(b), len(b)) for b in bins if b]


def error(name: str, scored: list[tuple[float, bool]]) -> tuple[float, list[tuple[float, float, int]]]:
    """Tells and gives the expected calibration error, and the bins that it is taken over."""
    table = reliability(scored)
    ece = sum(n * abs(p - r) for p, r, n in table) / max(1, len(scored))
    right = sum(r for _, r in scored)
    print(f"{name}: {len(scored)} drafts, {right} right, expected calibration error {ece:.3f}", file=sys.stderr)
    for p, r, n in table:
        print(f"score {p:.2f}  right {r:.2f}  n {n}", file=sys.stderr)
    return ece, table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, nargs="+", required=True, help="the first holds marked.py")
    parser.add_argument("--fresh", type=Path, help="stories of which nothing has been fitted: measure on them, too")
    args = parser.parse_args()
    torch.manual_seed(0)
    maker = Drafts()
    by_story = [list(maker.rows(r)) for r in stories(args.stories) if held_back(r["id"])]
    halves = [[row for d in by_story[k::2] for row in d] for k in (0, 1)]
    scored: list[tuple[float, bool]] = []
    for mine, other in (halves, halves[::-1]):
        scored += maker.scored(other, fit(mine))
    ece, table = error("held back", scored)
    if args.fresh:
        fresh = [r for r in stories([args.fresh], args.stories[0]) if not held_back(r["id"])]
        error("fresh", maker.scored([row for r in fresh for row in maker.rows(r)]))
    weights = fit([row for half in halves for row in half])
    source = "training/calibration.py on the held-back marked stories"
    print(json.dumps({"source": source, "error": round(ece, 4), "bins": table, "weights": weights}, indent=0))


if __name__ == "__main__":
    main()
