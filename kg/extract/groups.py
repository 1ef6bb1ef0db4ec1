"""Who "they", "their", "the couple", "the sisters" are: a log-linear ranking of the people lately spoken of together.

Candidates are people joined by "and", groups spoken of before, all twos of the people lately spoken of, and the couples
and siblings told of anywhere before. Each is described by named features (how near, how joined, what kin they are known
to be, what the word is that stands for them); the weights are learned with those of ranking.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.extract.frames import Match
from kg.extract.kin import Ties
from kg.extract.mentions import Spot, Spots
from kg.extract.people import Person
from kg.extract.ranking import Features, Ranker, softmax
from kg.extract.tree import Tree

BACK = 3  # sentences back that a group may reach
LATEST = 6  # people of whom all twos are candidates
TOLD = 8  # couples and siblings from anywhere before, the latest told

Members = tuple[Person, ...]


@dataclass(slots=True)
class Band:
    """People who may be meant together. sentences: since the earlier and the later was last spoken of; joined, before:
    sentences since they were joined by "and", and since they were last a group, None for never."""

    members: Members
    sentences: tuple[int, int]
    order: tuple[int, int] = (LATEST, LATEST)
    joined: int | None = None
    before: int | None = None


class Groups:
    """Ranks the groups of one document. of: the person of each spot, as far as it is known."""

    def __init__(
        self,
        tree: Tree,
        spots: Spots,
        of: Mapping[int, Person],
        ties: Ties,
        by_anchor: Mapping[int, Sequence[Match]],
        ranker: Ranker,
    ) -> None:
        self._tree = tree
        self._spots = spots
        self._of = of
        self._ties = ties
        self._by_anchor = by_anchor
        self._ranker = ranker

    # -------------------------------------------------------------- candidates
    def candidates(self, k: int) -> list[Band]:
        """Latest first."""
        here = self._sentence(k)
        last: dict[int, tuple[Person, int]] = {}
        bands: dict[frozenset[int], Band] = {}
        for i in range(k - 1, -1, -1):
            apart = here - self._sentence(i)
            if apart > BACK:
                break
            person = self._of.get(i)
            if person is None or self._spots.all[i].last >= self._spots.all[k].first:  # "their son" is none of them
                continue
            if person.groups:
                band = self._band(bands, person.groups, apart)
                band.before = apart if band.before is None else band.before
                continue
            last.setdefault(id(person), (person, apart))
            joined = self._joined(i)
            if len(joined) > 1:
                band = self._band(bands, joined, apart)
                band.joined = apart if band.joined is None else band.joined
        recent = list(last.values())[:LATEST]
        for (m, (a, near)), (n, (b, far)) in combinations(enumerate(recent), 2):
            band = self._band(bands, (a, b), near)
            band.sentences, band.order = (far, near), (m, n)
        for pair in self._ties.pairs[: -TOLD - 1 : -1]:
            known = [p for p in pair if isinstance(p, Person) and p.spots[0] < k]
            if len(known) == 2:
                self._band(bands, known, BACK + 1)
        return list(bands.values())

    def _band(self, bands: dict[frozenset[int], Band], members: Sequence[Person], apart: int) -> Band:
        people = tuple(sorted(members, key=lambda p: p.spots[0]))
        return bands.setdefault(frozenset(map(id, people)), Band(people, (apart, apart)))

    def _sentence(self, k: int) -> int:
        return self._tree.sentence_of[self._spots.all[k].head]

    def _joined(self, k: int) -> Members:
        """The people joined by "and" to the one of a spot, if all are known."""
        tokens = self._tree.conjuncts(self._spots.all[k].head)
        places = [self._spots.at.get(t) for t in tokens]
        people = [self._of.get(i) if i is not None else None for i in places]
        known = [p for p in people if p is not None and not p.groups]
        return tuple(known) if len(known) == len(people) == len(set(map(id, known))) else ()

    # -------------------------------------------------------------- features
    def features(self, k: int, band: Band) -> Features:
        spot = self._spots.all[k]
        kind = f"group {self._kind(spot)}"
        far, near = band.sentences
        ties, told = self._known(band), self._told(spot)
        out: Features = {
            f"{kind} near {near} far {far}": 1.0,
            f"{kind} order {min(band.order[0], 3)} {min(band.order[1], 4)}": 1.0,
            f"{kind} size {min(len(band.members), 3)}": 1.0,
            f"{kind} joined {band.joined}": 1.0,
            f"{kind} before {band.before}": 1.0,
            f"group named {sum(p.named for p in band.members[:2])}": 1.0,
            f"group genders {self._genders(band)}": 1.0,
        }
        for tie in ties or ["none"]:
            out[f"group tie {tie}"] = 1.0
            for word in told:
                out[f"group tie {tie} for {word}"] = 1.0
        return out

    def nobody(self, k: int) -> Features:
        spot = self._spots.all[k]
        return {f"group {self._kind(spot)} nobody": 1.0} | {
            f"group nobody for {word}": 1.0 for word in self._told(spot)
        }

    def _kind(self, spot: Spot) -> str:
        if self._tree.upos[spot.head] == "NOUN":
            return "noun"
        role = self._ranker.role(spot)
        return role if role in ("subject", "possessor") else "object"

    def _told(self, spot: Spot) -> list[str]:
        """What the group is said to be, to have or to do, as relations: "their son", "they married", "the sisters"."""
        around = (spot.head, self._tree.heads[spot.head])
        return sorted({m.relation.name for t in around for m in self._by_anchor.get(t, ()) if m.relation.family})

    def _known(self, band: Band) -> list[str]:
        """The kin that two people are known to be."""
        if len(band.members) != 2:
            return []
        a, b = band.members
        return self._ties.between(a, b)

    def _genders(self, band: Band) -> str:
        told = sorted({p.gender or p.guess or "unknown" for p in band.members})
        return " ".join(told)

    # -------------------------------------------------------------- ranking
    def rank(self, k: int) -> list[tuple[float, Members]]:
        """The candidates with their probabilities, best first; what is missing to 1 is "nobody in particular"."""
        bands = self.candidates(k)
        shares = softmax(
            [self._ranker.score(self.features(k, b)) for b in bands] + [self._ranker.score(self.nobody(k))]
        )
        found = [(share, b.members) for share, b in zip(shares, bands, strict=False)]
        return sorted(found, key=lambda x: -x[0])
