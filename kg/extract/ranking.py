"""Who of the people spoken of is meant: a log-linear ranking with learned weights.

Each candidate of a pronoun or description is described by named features (distance, grammatical role, gender, clause,
quotation, …); the weights come from marked stories (training/ranking.py). A softmax over the candidates and "nobody"
gives the probability of each (Denis & Baldridge 2008, "Specialized models and ranking for coreference resolution").
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Spot, Spots
from kg.extract.paths import subjects
from kg.extract.people import Person
from kg.extract.tree import Tree

WINDOW = 7  # sentences back that a pronoun may reach
FAINT = -6.0  # log probability of an antecedent that the network did not think of
WEIGHTS = Path(__file__).resolve().parent / "ranking.json"

Features = dict[str, float]


@dataclass(slots=True)
class Recent:
    """What the last sentences hold of one person: his spots there (latest first), and whether he only comes later."""

    person: Person
    spots: list[int]
    ahead: bool = False


class Ranker:
    """Describes and ranks candidates in one document."""

    def __init__(self, tree: Tree, spots: Spots, lexicon: Lexicon, weights: Mapping[str, float]) -> None:
        self._tree = tree
        self._spots = spots
        self._weights = weights
        self._first_person = lexicon.first_pronouns
        self._speech = lexicon.words("status", "reported", "verbs")
        self._quoted = _quoted(tree)

    # -------------------------------------------------------------- candidates
    def recent(self, k: int, of: Mapping[int, Person]) -> list[Recent]:
        """The people of the last sentences before spot k, latest first, then those who come later in its sentence."""
        sentence = self._sentence(k)
        found: dict[int, Recent] = {}
        for i in range(k - 1, -1, -1):
            if sentence - self._sentence(i) > WINDOW:
                break
            person = of.get(i)
            if person and not person.groups:
                found.setdefault(id(person), Recent(person, [])).spots.append(i)
        for i in range(k + 1, len(self._spots.all)):
            if self._sentence(i) != sentence:
                break
            person = of.get(i)
            if person and not person.groups and id(person) not in found:
                found[id(person)] = Recent(person, [i], True)
        return list(found.values())

    def _sentence(self, k: int) -> int:
        return self._tree.sentence_of[self._spots.all[k].head]

    # -------------------------------------------------------------- features
    def features(self, k: int, order: int, one: Recent) -> Features:
        """The features of a candidate. order: how many other candidates were mentioned later than he."""
        spot, tree = self._spots.all[k], self._tree
        kind = self.kind(spot)
        last = self._spots.all[one.spots[0]]
        distance = 0 if one.ahead else self._sentence(k) - self._sentence(one.spots[0])
        here = [self._spots.all[i] for i in one.spots if self._sentence(i) == self._sentence(one.spots[0])]
        roles = {self.role(s) for s in here}
        out: Features = {
            f"{kind} distance {min(distance, 4)}": 1.0,
            f"{kind} order {min(order, 3)}": 1.0,
            f"{kind} often": log(1 + len(one.person.spots)),
            f"{kind} lately": log(1 + len(one.spots)),
            f"{kind} last {last.mention.kind}": 1.0,
            f"{kind} gender {self._gender(spot, one.person)}": 1.0,
            f"named {one.person.named}": 1.0,
        }
        if "subject" in roles:
            out[f"{kind} subject {min(distance, 2)}"] = 1.0
        if roles & {"possessor"}:
            out[f"{kind} possessor {min(distance, 2)}"] = 1.0
        if self.role(last) == self.role(spot):
            out[f"{kind} parallel {min(distance, 2)}"] = 1.0
        if one.ahead:
            out[f"{kind} ahead {self.role(last)}"] = 1.0
        if distance == 0 and not one.ahead:
            out[f"{kind} near"] = 1 / (1 + abs(spot.head - last.last) / 5)
            if self._clause_subject(spot, here):
                out[f"{kind} clause subject"] = 1.0
        if self._quoted[spot.head] != self._quoted[last.head]:
            out[f"{kind} across quotes"] = 1.0
        if self._first(last):
            out[f"{kind} last first person"] = 1.0
        if self._quoted[spot.head] and self._speaks(here):
            out[f"{kind} says it"] = 1.0
        if (arc := self._arc(spot, one)) is not None:
            out[f"{kind} arc"] = arc
        if distance and "\n\n" in tree.text[tree.ends[last.last] : tree.starts[spot.first]]:
            out[f"{kind} other paragraph"] = 1.0
        return out

    def _arc(self, spot: Spot, one: Recent | None) -> float | None:
        """The log probability by the network's antecedent arcs that a spot means a candidate (None: nobody), at least
        FAINT; None where the pipeline has no such arcs."""
        line = self._tree.antecedents.get(spot.head)
        if line is None:
            return None
        total = log(1 + sum(exp(s) for s in line.values()))
        if one is None:
            return max(FAINT, -total)
        places = (t for i in one.spots for t in range(self._spots.all[i].first, self._spots.all[i].last + 1))
        best = max((line[t] for t in places if t in line), default=FAINT)
        return max(FAINT, best - total)

    def nobody(self, k: int) -> Features:
        """The features of the choice that none of the candidates is meant."""
        spot = self._spots.all[k]
        kind, arc = self.kind(spot), self._arc(spot, None)
        return {f"{kind} nobody": 1.0} | ({f"{kind} arc nobody": arc} if arc is not None else {})

    def kind(self, spot: Spot) -> str:
        """What is looked for: a description, who says "I", or a subject, a possessor, another pronoun."""
        if spot.mention.kind == "description":
            return "description"
        if self._first(spot):
            return "first person"
        role = self.role(spot)
        return role if role in ("subject", "possessor") else "object"

    def _first(self, spot: Spot) -> bool:
        return spot.mention.kind == "pronoun" and spot.mention.text.lower() in self._first_person

    def role(self, spot: Spot) -> str:
        dep = self._tree.deps[spot.head]
        if dep.startswith("nsubj"):
            return "subject"
        return {"nmod:poss": "possessor", "obj": "object", "iobj": "object"}.get(dep, "other")

    def _gender(self, spot: Spot, person: Person) -> str:
        wanted = spot.mention.gender
        if not wanted:
            return "open"
        if person.gender:
            return "same" if person.gender == wanted else "other"
        if person.guess:
            return "likely" if person.guess == wanted else "unlikely"
        return "unknown"

    def _clause_subject(self, spot: Spot, here: list[Spot]) -> bool:
        """Whether the candidate is the subject of the clause that the pronoun stands in."""
        i = spot.head
        for _ in range(8):
            if self._tree.heads[i] == i:
                break
            i = self._tree.heads[i]
            if self._tree.upos[i] in ("VERB", "AUX") or self._tree.kids(i, "nsubj"):
                break
        owners = {t for s in subjects(self._tree, i) if s != spot.head for t in (s,)}
        return any(s.head in owners for s in here)

    def _speaks(self, here: list[Spot]) -> bool:
        """Whether the candidate is the subject of a verb of speech outside quotation marks."""
        outside = [s for s in here if self.role(s) == "subject" and not self._quoted[s.head]]
        return any(self._tree.lemmas[self._tree.heads[s.head]].lower() in self._speech for s in outside)

    # -------------------------------------------------------------- ranking
    def rank(self, k: int, candidates: list[Recent]) -> list[tuple[float, Person]]:
        """The candidates with their probabilities, best first; what is missing to 1 is "nobody"."""
        scores = [self.score(self.features(k, n, c)) for n, c in enumerate(candidates)]
        shares = softmax([*scores, self.score(self.nobody(k))])
        ranked = [(share, c.person) for share, c in zip(shares, candidates, strict=False)]
        return sorted(ranked, key=lambda x: (-x[0], x[1].spots[0]))

    def score(self, features: Features) -> float:
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items())


def softmax(scores: list[float]) -> list[float]:
    """Scores as shares of 1."""
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    return [x / total for x in powers]


def load_weights() -> dict[str, float]:
    """The learned weights that ship with kg."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights


def _quoted(tree: Tree) -> list[bool]:
    """For each token whether it stands inside double quotation marks; a paragraph's end closes them."""
    out, inside = [], False
    for i, form in enumerate(tree.forms):
        if "\n\n" in form or (i and "\n\n" in tree.text[tree.ends[i - 1] : tree.starts[i]]):
            inside = False
        if form in ("\u201c", "\u201d", '"', "``", "''"):
            inside = form == "\u201c" or (form != "\u201d" and not inside)
            out.append(False)
        else:
            out.append(inside)
    return out
