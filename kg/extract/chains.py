"""Who is meant: pronouns, descriptions and groups choose among the people named so far.

What the sentence itself says comes first (apposition, copula), then what is known of the family ("his father"),
titles and ages; among those whom gender, binding and kin allow, the ranking (ranking.py) chooses, with a probability.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract import numbers
from kg.extract.frames import Match, Matcher
from kg.extract.groups import Groups
from kg.extract.kin import Ties
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Spot, Spots
from kg.extract.people import People, Person
from kg.extract.ranking import Ranker, Recent
from kg.extract.tree import Tree

PLAIN = 2.0  # log odds of a relation arc that is taken for known while people are looked for
SURE = 0.35  # a choice less likely than this is not made
_WITHIN = frozenset({"nmod", "appos", "flat", "compound", "amod", "case", "det"})


@dataclass(slots=True)
class Chains:
    """Result: the person of each spot, and how sure it is (1.0 for names)."""

    people: People
    sure: dict[int, float]

    def person(self, spot: int) -> Person | None:
        return self.people.of.get(spot)


class Resolver:
    """Resolves the spots of one document."""

    def __init__(
        self,
        tree: Tree,
        spots: Spots,
        lexicon: Lexicon,
        matcher: Matcher,
        matches: Sequence[Match],
        weights: Mapping[str, float],
    ) -> None:
        self._tree = tree
        self._spots = spots
        self._lexicon = lexicon
        self._matcher = matcher
        self._matches = matches
        self._ties = Ties(lexicon.vocabulary.relations)
        self._people = People(spots, lexicon)
        self._ranker = Ranker(tree, spots, lexicon, weights)
        self._sure: dict[int, float] = dict.fromkeys(self._people.of, 1.0)
        self._by_anchor: dict[int, list[Match]] = {}
        for m in matches:
            self._by_anchor.setdefault(m.anchor, []).append(m)
        self._groups = Groups(tree, spots, self._people.of, self._ties, self._by_anchor, self._ranker)

    def resolve(self) -> Chains:
        self._identities()
        self._ages()
        self._known_ties()
        order = sorted(enumerate(self._spots.all), key=lambda x: (x[1].last, -x[1].first))
        for k, spot in order:  # who owns is known before whom he owns: "his" before "his father"
            if k in self._people.of or spot.mention.type != "Person":
                continue
            if spot.mention.kind == "pronoun":
                self._pronoun(k, spot)
            elif spot.mention.kind == "group":
                self._group(k, spot)
            else:
                self._description(k, spot)
            self._learn(k)
        return Chains(self._people, self._sure)

    # -------------------------------------------------------------- what the sentence itself says
    def _identities(self) -> None:
        """Descriptions that stand in apposition to a name, or are its predicate, are that person."""
        for k, spot in enumerate(self._spots.all):
            if spot.mention.kind not in ("description", "pronoun") or k in self._people.of:
                continue
            if spot.points is not None:  # "who": it may stand for somebody who is known only later
                person = self._person_at(spot.points)
                if person:
                    self._choose(k, person, 1.0)
                continue
            for t in self._matcher.same(self._tree, spot.head)[1:]:
                other = self._spots.at.get(t)
                if other is None or other == k or self._denied(spot.head) or not self._identical(spot, other):
                    continue
                person = self._people.of.get(other)
                if person and person.fits(spot.mention.gender):
                    self._people.put(k, person)
                    self._sure[k] = 1.0
                    break

    def _identical(self, spot: Spot, other: int) -> bool:
        """A plural noun is nobody in particular; a possessor inside the phrase is somebody else."""
        o = self._spots.all[other]
        if o.mention.type != "Person" or o.mention.kind != "name":
            return False
        within = spot.first <= o.first and o.last <= spot.last and o.head != spot.head
        return not (within and self._tree.deps[o.head].startswith("nmod:poss"))

    def _denied(self, head: int) -> bool:
        denied = self._lexicon.words("status", "denied", "words")
        around = [head, *self._tree.children[head]]
        return any(self._tree.forms[c].lower() in denied or self._tree.lemmas[c].lower() in denied for c in around[1:])

    def _ages(self) -> None:
        for k, person in list(self._people.of.items()):
            spot = self._spots.all[k]
            told = numbers.age_after(self._tree, spot.last, self._lexicon) if spot.mention.kind == "name" else None
            told = told or numbers.age_of_phrase(self._tree, spot.head)
            if told:
                person.ages.add(told[0])

    def _known_ties(self) -> None:
        """Ties whose two sides are named in the sentence, anywhere in the document."""
        for m in self._matches:
            if not m.relation.family:
                continue
            for a in m.subjects:
                for b in m.objects:
                    s, o = self._person_at(a), self._person_at(b)
                    if s and o and s is not o and s.named and o.named:
                        self._ties.add(m.relation.name, s, o)
                        if m.cue.bearer and not o.gender:
                            o.gender = m.cue.bearer
        for tie in self._tree.ties:
            relation = self._lexicon.vocabulary.relations.get(tie.label)
            if relation and relation.family and tie.odds > PLAIN:
                s, o = self._person_at(tie.subject), self._person_at(tie.object)
                if s and o and s is not o and s.named and o.named:
                    self._ties.add(tie.label, s, o)

    def _person_at(self, token: int) -> Person | None:
        spot = self._spots.at.get(token)
        return self._people.of.get(spot) if spot is not None else None

    def _learn(self, k: int) -> None:
        """Ties that a just resolved possessor completes ("his father Charles", now that "his" is known)."""
        head = self._spots.all[k].head
        noun = self._tree.heads[head]
        for m in self._by_anchor.get(noun, ()):
            if not m.relation.family or head not in m.subjects:
                continue
            owner = self._people.of.get(k)
            for b in m.objects:
                bearer = self._person_at(b)
                if owner and bearer and bearer.named:
                    self._tie(m, owner, bearer)

    def _tie(self, m: Match, owner: Person, bearer: Person) -> None:
        """Remembers a tie; a group has it one by one ("their father" is the father of each)."""
        for one in owner.groups or (owner,):
            if one is not bearer and not bearer.groups:
                self._ties.add(m.relation.name, one, bearer)

    # -------------------------------------------------------------- ranking
    def _candidates(self, k: int, spot: Spot) -> list[Recent]:
        """Who may be meant, latest first."""
        recent = self._ranker.recent(k, self._people.of)
        return [r for r in recent if r.person.fits(spot.mention.gender) and not self._excluded(k, spot, r.person)]

    def _ranked(self, k: int, spot: Spot) -> list[tuple[float, Person]]:
        return self._ranker.rank(k, self._candidates(k, spot))

    def _excluded(self, k: int, spot: Spot, person: Person) -> bool:
        """Binding and kin: nobody is his own father; "him" is not the subject of its clause; "his" is not within
        himself.
        """
        tree = self._tree
        for other in self._nearby(k, person):
            if (
                spot.head != other.head
                and self._dominates(other.head, spot.head)
                and tree.deps[spot.head] == "nmod:poss"
            ):
                return True  # "his father Charles": his is not Charles
            together = tree.heads[spot.head] == tree.heads[other.head] and spot.head != other.head
            reflexive = tree.forms[spot.head].lower() in self._lexicon.reflexive_pronouns
            clause = {"nsubj", "obj", "iobj", "obl", "nsubj:pass"}
            if together and not reflexive and tree.deps[spot.head] in clause and tree.deps[other.head] in clause:
                return True
            if self._conjoined(spot.head, other.head):
                return True
        return self._would_be_own_kin(spot, person)

    def _nearby(self, k: int, person: Person) -> Iterator[Spot]:
        """The person's spots in the sentence of spot k."""
        sentence = self._tree.sentence_of[self._spots.all[k].head]
        for step in (-1, 1):
            i = k + step
            while 0 <= i < len(self._spots.all) and self._tree.sentence_of[self._spots.all[i].head] == sentence:
                if self._people.of.get(i) is person:
                    yield self._spots.all[i]
                i += step

    def _conjoined(self, a: int, b: int) -> bool:
        heads, deps = self._tree.heads, self._tree.deps
        return (deps[a] == "conj" and heads[a] == b) or (deps[b] == "conj" and heads[b] == a)

    def _dominates(self, above: int, below: int) -> bool:
        """Whether a phrase holds another, identities included ("his father Charles" is one phrase)."""
        heads = {above, *self._matcher.same(self._tree, above)}
        i = below
        for _ in range(6):
            if self._tree.deps[i].partition(":")[0] not in _WITHIN:
                return False  # coordination and clauses are no longer the same phrase
            i = self._tree.heads[i]
            if i in heads:
                return True
        return False

    def _would_be_own_kin(self, spot: Spot, person: Person) -> bool:
        noun = self._tree.heads[spot.head]
        for m in (*self._by_anchor.get(noun, ()), *self._by_anchor.get(spot.head, ())):
            if not m.relation.family:
                continue
            sides = (m.subjects, m.objects)
            for mine, others in (sides, sides[::-1]):
                if spot.head in mine and any(self._person_at(t) is person for t in others if t != spot.head):
                    return True
        return False

    def _choose(self, k: int, person: Person, sure: float) -> None:
        self._people.put(k, person)
        self._sure[k] = round(sure, 3)

    # -------------------------------------------------------------- kinds of spots
    def _pronoun(self, k: int, spot: Spot) -> None:
        if spot.points is not None:
            person = self._person_at(spot.points)
            if person:
                self._choose(k, person, self._sure.get(self._spots.at[spot.points], 1.0))
            return
        candidates = self._candidates(k, spot)
        ranked = self._ranker.rank(k, candidates)
        if ranked and ranked[0][0] >= SURE:
            self._choose(k, ranked[0][1], ranked[0][0])
        elif not any(c.person.named for c in candidates) and not ranked:
            self._people.new(k)  # nobody has been spoken of yet: somebody without a name
            self._sure[k] = 1.0

    def _description(self, k: int, spot: Spot) -> None:
        owned = [
            m
            for m in self._by_anchor.get(spot.head, ())
            if m.cue.frame == "noun" and m.relation.family and spot.head in m.objects
        ]
        if owned:
            self._kin_description(k, spot, owned)
        elif spot.mention.titles:
            self._by_title(k, spot)
        elif spot.definite:
            self._definite(k, spot)

    def _kin_description(self, k: int, spot: Spot, owned: Sequence[Match]) -> None:
        """ "his father": whoever is known to be it; else somebody new, unless the owner is the newcomer (below).

        "A daughter" is always somebody new.
        """
        for m in owned if spot.definite else ():
            for owner in (self._person_at(t) for t in m.subjects):
                if owner is None:
                    continue
                known = [
                    p
                    for p in self._ties.find(m.relation.name, owner)
                    if isinstance(p, Person) and p.fits(spot.mention.gender)
                ]
                if len(known) == 1 and self._people.of.get(k) is None:
                    self._people.put(k, known[0])
                    self._sure[k] = 0.9
                    return
        if self._protagonist(k, spot, owned):
            return
        person = self._people.new(k)
        self._sure[k] = 1.0
        for m in owned:
            for owner in (self._person_at(t) for t in m.subjects):
                if owner:
                    self._tie(m, owner, person)

    def _protagonist(self, k: int, spot: Spot, owned: Sequence[Match]) -> bool:
        """ "Meghan Markle's husband is determined …", where Meghan is new to the text: the reader is expected to know
        him, so he is somebody already spoken of. (A newcomer is introduced by way of the known, not the known by way
        of a
        newcomer: Prince 1981 on given and new.)"""
        if self._ranker.role(spot) != "subject":
            return False
        for m in owned:
            for t in m.subjects:
                at = self._spots.at.get(t)
                owner = self._people.of.get(at) if at is not None else None
                if at is None or owner is None or owner.spots[0] != at or not owner.named:
                    continue
                people = [c.person for c in self._candidates(k, spot) if c.person is not owner and c.person.named]
                fit = [p for p in people if not self._ties.find(m.relation.name, p)]
                fit.sort(key=lambda p: (-self._times(p, k), p.spots[0]))
                if fit:  # whom the text is about: spoken of most, or first
                    self._choose(k, fit[0], 0.8)
                    self._ties.add(m.relation.name, owner, fit[0])
                    return True
        return False

    def _times(self, person: Person, k: int) -> int:
        """How often a person was spoken of before spot k."""
        return bisect(person.spots, k)

    def _by_title(self, k: int, spot: Spot) -> None:
        """ "the King": the last person spoken of who bears the title."""
        wanted = {t.lower() for t in spot.mention.titles}
        bearers = [
            p for p in self._people.all if p.fits(spot.mention.gender) and wanted & {t.lower() for t in p.titles}
        ]
        if not bearers:
            person = self._people.new(k)
            self._sure[person.spots[0]] = 1.0
            return
        near = [p for _, p in self._ranked(k, spot) if p in bearers]
        self._choose(k, near[0] if near else bearers[0], 0.9 if len(bearers) == 1 or len(near) == 1 else 0.7)

    def _definite(self, k: int, spot: Spot) -> None:
        """ "the monarch", "the 39-year-old": somebody spoken of who fits; no one else is brought in."""
        lemma = self._tree.lemmas[spot.head].lower()
        royal = {t.lower() for t in self._lexicon.words("words", "royal", lemma)}
        age = numbers.age_of_phrase(self._tree, spot.head)
        ranked = self._ranked(k, spot)
        if royal:
            ranked = [(s, p) for s, p in ranked if royal & {t.lower() for t in p.titles}]
        elif age:
            told = [(s, p) for s, p in ranked if age[0] in p.ages]
            ranked = told or [(s, p) for s, p in ranked if not p.ages]
        same = [(s, p) for s, p in ranked if self._called(p, lemma)]
        if royal or age or same:
            ranked = _renormalised(same or ranked)
        if ranked and ranked[0][0] >= SURE:
            self._choose(k, ranked[0][1], min(0.9, ranked[0][0]))
            if age:
                ranked[0][1].ages.add(age[0])

    def _called(self, person: Person, lemma: str) -> bool:
        """Whether one of the last mentions of a person is a description by the same noun."""
        return any(self._tree.lemmas[self._spots.all[i].head].lower() == lemma for i in person.spots[-12:])

    def _group(self, k: int, spot: Spot) -> None:
        """ "they", "their son", "the couple", "the sisters"."""
        if not self._may_point(spot):
            return
        ranked = self._groups.rank(k)
        if ranked and ranked[0][0] >= SURE:
            self._make_group(k, ranked[0][1], ranked[0][0])

    def _may_point(self, spot: Spot) -> bool:
        """Whether a group may be people spoken of: "the sisters" may, "their sisters", "sisters" and "the sons" are
        others."""
        tree, i = self._tree, spot.head
        if tree.upos[i] != "NOUN":
            return True
        told = (relation for relation, *_ in self._lexicon.cue_words.get(tree.lemmas[i].lower(), ()))
        mutual = all(relation.symmetric for relation in told if relation.family)
        return spot.definite and mutual and not tree.kids(i, "nmod:poss", "nmod")

    def _make_group(self, k: int, members: Sequence[Person], sure: float) -> None:
        self._people.new(k).groups = tuple(sorted(members, key=lambda p: p.spots[0]))
        self._sure[k] = round(sure, 3)


def _renormalised(ranked: list[tuple[float, Person]]) -> list[tuple[float, Person]]:
    """Probabilities among the few that something else has already picked out."""
    total = sum(s for s, _ in ranked)
    return [(s / total, p) for s, p in ranked] if total else []
