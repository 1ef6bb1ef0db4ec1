"""What speaks for or against a relation arc besides its odds: the cue words near it, how far it reaches, and what the
other arcs of the same words and the same people say."""

from collections.abc import Mapping
from math import log

from kg.extract.frames import Matcher
from kg.extract.kin import Ties
from kg.extract.sides import Sides

Labels = Mapping[str, float]
Pairs = Mapping[tuple[int, int], Labels]


class Signs:
    """The signs of the arcs of one document. pairs: (subject's word, object's word) -> label -> log odds."""

    def __init__(self, sides: Sides, matcher: Matcher, ties: Ties, pairs: Pairs) -> None:
        self._tree = sides.tree
        self._matcher = matcher
        self._ties = ties
        self._pairs = pairs
        self._cues: dict[int, set[str]] = {}  # word -> the relations that it tells
        for _, _, head, relation, _, _ in matcher.cues(sides.tree):
            self._cues.setdefault(head, set()).add(ties.neutral(relation.name)[0])
        self._by_sentence: dict[int, dict[int, set[str]]] = {}
        for token, told in self._cues.items():
            self._by_sentence.setdefault(sides.tree.sentence_of[token], {})[token] = told
        self._best: dict[tuple[str, int, str], float] = {}
        for (s, o), labels in pairs.items():
            for label, odds in labels.items():
                for key in ((label, s, "subject"), (label, o, "object")):
                    self._best[key] = max(odds, self._best.get(key, odds))

    def of(self, name: str, s: int, o: int, odds: float) -> dict[str, float]:
        """Features of the relation's arc between two words, by name."""
        tree = self._tree
        apart = abs(tree.sentence_of[s] - tree.sentence_of[o])
        here = self._pairs[s, o]
        out = {
            f"sentences {min(apart, 2)}": 1.0,
            "distance": log(1 + abs(s - o)),
            f"cue {self._cue(name, s, o)}": 1.0,
            "rival arc": max([0.0, *(other - odds for label, other in here.items() if self._rivals(name, label))]),
        }
        for side, token in (("subject", s), ("object", o)):
            out[f"better {side}"] = self._best[name, token, side] - odds
        return out

    def _rivals(self, name: str, label: str) -> bool:
        return label != name and label in self._ties.relations

    def _cue(self, name: str, s: int, o: int) -> str:
        """Where a word for the relation stands; "rival" if one of its people is told by a word for other kin."""
        relations, wanted = self._ties.relations, self._ties.neutral(name)[0]
        on = [self._cues[t] for side in (s, o) for t in self._matcher.same(self._tree, side) if t in self._cues]
        if any(wanted in told for told in on):
            return "on"
        if relations[wanted].family and any(relations[other].family for told in on for other in told):
            return "rival"
        first, last = min(s, o), max(s, o)
        sentences = range(self._tree.sentence_of[first], self._tree.sentence_of[last] + 1)
        near = {t for k in sentences for t, told in self._by_sentence.get(k, {}).items() if wanted in told}
        if any(first <= t <= last for t in near):
            return "between"
        return "beside" if near else "none"
