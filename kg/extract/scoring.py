"""Frames and arcs meet: drafts of claims -> claims with one calibrated score.

Each draft is described by named features (which frame, how strong the arc, how sure its people are); a logistic
regression over them gives the probability that the text says it (Platt 1999; Guo et al. 2017, "On calibration of modern
neural networks"). The weights come from marked stories that the network never saw (training/calibration.py).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import exp, log
from pathlib import Path

from kg.extract.claims import Draft
from kg.extract.kin import Ties
from kg.extract.sides import Side, Sides
from kg.model import Claim, Mention, RelationType, Status
from kg.vocabulary import Vocabulary

WEIGHTS = Path(__file__).resolve().parent / "scoring.json"
BASE = 0.86  # how often a frame that matched is right on marked stories, before anything is known of the people
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
        if not self.knows(draft):  # the lack of an arc says nothing then
            return BASE * draft.subject.sure * draft.object.sure
        total = sum(self._weights.get(k, 0.0) * v for k, v in features(draft).items())
        return 1 / (1 + exp(-total))

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
    return out


# ------------------------------------------------------------------ one draft for what is said once
def united(drafts: Iterable[Draft], ties: Ties, sides: Sides) -> list[Draft]:
    """Drafts of the same people, relation and sentence know of each other: a frame's draft takes the arc's odds, the
    arc's draft the frame's status; an arc that says no more than a frame's draft goes."""
    groups: dict[Key, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(_key(draft, ties, sides), []).append(draft)
    return [d for group in groups.values() for d in _meet(group)]


def _meet(group: list[Draft]) -> Iterator[Draft]:
    framed = [d for d in group if d.frame]
    arcs = [d for d in group if not d.frame]
    odds = max((d.odds for d in arcs if d.odds is not None), default=None)
    said = next((d.status for d in arcs if not _plainly(d.status)), Status())
    places = set()
    for d in framed:
        places |= {(d.subject.token, d.object.token), (d.object.token, d.subject.token)}
        yield replace(d, odds=odds, status=_dated(said, d.status) if _plainly(d.status) else d.status)
    for d in arcs:
        if (d.subject.token, d.object.token) not in places:
            yield (
                replace(d, frame=framed[0].frame, status=_dated(framed[0].status, d.status), odds=odds) if framed else d
            )


def _plainly(status: Status) -> bool:
    """Whether a status says no more than that it is so, and perhaps since when."""
    return replace(status, start="", end="") == Status()


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
