"""Frames and arcs meet: drafts of claims -> claims with one calibrated score.

Each draft is described by named features (which frame, how strong the arc, how sure its people are); a logistic
regression over them gives the probability that the text says it (Platt 1999; Guo et al. 2017, "On calibration of modern
neural networks"). The weights come from marked stories that the network never saw (training/calibration.py).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import exp, log
from pathlib import Path

from kg.extract.claims import Draft
from kg.extract.kin import Ties
from kg.extract.sides import Side, Sides
from kg.model import Claim, Mention, RelationType, Status
from kg.vocabulary import Vocabulary

WEIGHTS = Path(__file__).resolve().parent / "scoring.json"
BASE = 0.86  # how often a frame that the network does not gainsay is right, before anything is known of the people
UNJUDGED = 1.0  # log odds taken from an arc of a relation of which no marked story tells
LEAST = 0.05  # a draft less likely than this is no claim

Key = tuple[str, object, object, int]


class Scorer:
    """Turns drafts into scored claims."""

    def __init__(self, vocabulary: Vocabulary, labels: Iterable[str], weights: Mapping[str, float]) -> None:
        self._vocabulary = vocabulary
        self._weights = weights
        ties = Ties(vocabulary.relations)
        self.seen = {ties.neutral(k)[0] for k in labels if k in vocabulary.relations}
        self._ties = ties

    def claims(self, drafts: Iterable[Draft], sides: Sides) -> Iterator[Claim]:
        for draft in united(drafts, self._ties, sides):
            score = self.score(draft)
            if score >= LEAST:
                yield self._claim(draft, score, sides)

    def score(self, draft: Draft) -> float:
        """The probability in 0..1 that the text says it."""
        plain = BASE * draft.subject.sure * draft.object.sure
        if not self.knows(draft):  # the lack of an arc says nothing then
            return plain
        told = features(draft)
        total = sum(self._weights.get(k, 0.0) * v for k, v in told.items())
        if not draft.frame and f"arc {draft.relation.name}" not in self._weights:
            total -= UNJUDGED
        met = draft.frame and draft.odds is not None
        return max(plain if met else 0.0, 1 / (1 + exp(-total)))

    def knows(self, draft: Draft) -> bool:
        """Whether the network was taught the relation."""
        return self._ties.neutral(draft.relation.name)[0] in self.seen

    def _claim(self, draft: Draft, score: float, sides: Sides) -> Claim:
        assert isinstance(draft.subject.what, Mention)
        return Claim(
            relation=self._gendered(draft).name,
            subject=draft.subject.what,
            object=draft.object.what,
            sentence=sides.sentence(draft.token),
            status=draft.status,
            rule=draft.rule,
            score=round(score, 3),
        )

    def _gendered(self, draft: Draft) -> RelationType:
        """An arc tells the neutral relation; what is known of the person narrows it."""
        gender = draft.object.person.gender if draft.object.person and not draft.frame else ""
        if not gender:
            return draft.relation
        narrower = self._vocabulary.relations.values()
        found = (r for r in narrower if r.gender == gender and r.parents[:1] == (draft.relation.name,))
        return next(found, draft.relation)


def features(draft: Draft) -> dict[str, float]:
    """What speaks for and against a draft of a relation that the network knows."""
    kind = "kin" if draft.relation.family else "other"
    source = f"{kind} {'alone' if draft.odds is None else 'both' if draft.frame else 'arc'}"
    out = {source: 1.0}
    for side, end in (("subject", draft.subject), ("object", draft.object)):
        out[f"{source} {side} doubt"] = log(max(end.sure, 0.01))
        if isinstance(end.what, Mention) and end.what.type == "Person":
            out[f"{kind} {side} {end.what.kind}"] = 1.0
    if draft.frame:
        out[f"{kind} {draft.frame}"] = 1.0
    if draft.odds is not None:
        out[f"{source} odds"] = draft.odds
        out[f"arc {draft.relation.name}"] = 1.0
    out |= {f"{source} {name}": value for name, value in draft.signs}
    return out


# ------------------------------------------------------------------ one draft for what is said once
def united(drafts: Iterable[Draft], ties: Ties, sides: Sides) -> list[Draft]:
    """Drafts of the same people, relation and sentence know of each other: a frame's draft takes the odds of the arc,
    which says no more than it does and goes."""
    groups: dict[Key, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(_key(draft, ties, sides), []).append(draft)
    told = _Told(groups)
    met = ((key, d) for key, group in groups.items() for d in _meet(group) if not told.of_another(key, d))
    return [replace(d, signs=(*d.signs, *told.of(key))) for key, d in met]


class _Told:
    """What a whole document tells of the same two people."""

    def __init__(self, groups: Mapping[Key, Sequence[Draft]]) -> None:
        self._times: Counter[tuple[object, ...]] = Counter()
        self._here: dict[Key, bool] = {}
        self._framed: dict[frozenset[object], set[str]] = {}
        self._taken: dict[tuple[object, object], set[object]] = {}
        for key, group in groups.items():
            name, left, right, _ = key
            self._here[key] = any(d.frame or (d.odds or 0) > 0 for d in group)
            self._times[key[:3]] += self._here[key]
            if any(d.frame for d in group):
                self._taken.setdefault((name, right), set()).add(left)
            if group[0].relation.family and any(d.frame for d in group):
                self._framed.setdefault(frozenset((left, right)), set()).add(name)

    def of(self, key: Key) -> tuple[tuple[str, float], ...]:
        """Features: whether it is told elsewhere, too; whether a frame tells them to be other kin."""
        name, left, right, _ = key
        times = self._times[key[:3]] - self._here[key]
        other = self._framed.get(frozenset((left, right)), set()) - {name}
        return ("told elsewhere", float(times > 0)), ("other kin by frame", float(bool(other)))

    def of_another(self, key: Key, draft: Draft) -> bool:
        """Whether an arc tells a value of somebody of which the grammar tells somebody else."""
        name, left, right, _ = key
        alone = not draft.frame and draft.object.person is None
        return alone and bool(self._taken.get((name, right), set()) - {left})


def _meet(group: list[Draft]) -> Iterator[Draft]:
    framed = [d for d in group if d.frame]
    arcs = [d for d in group if not d.frame]
    best = max(arcs, key=lambda d: d.odds or 0.0, default=None)
    if not framed or best is None:
        yield from group
    else:
        yield from (replace(d, odds=best.odds, signs=best.signs, status=_dated(d.status, best.status)) for d in framed)


def _dated(status: Status, dates: Status) -> Status:
    return replace(status, start=status.start or dates.start, end=status.end or dates.end)


def _key(draft: Draft, ties: Ties, sides: Sides) -> Key:
    name, turned = ties.neutral(draft.relation.name)
    left, right = _who(draft.subject), _who(draft.object)
    if turned or (ties.symmetric(name) and left > right):  # "wife" is not symmetric, "spouse" is
        left, right = right, left
    return name, left, right, sides.tree.sentence_of[draft.token]


def _who(side: Side) -> tuple[int, int]:
    """A person by identity, anything else by its place."""
    return (0, id(side.person)) if side.person else (1, side.token)


def load_weights() -> dict[str, float]:
    """The learned weights that ship with kg."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights
