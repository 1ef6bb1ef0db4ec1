"""The people of one document: names joined into persons.

Names first (Bontcheva et al. 2002, "Shallow methods for named entity coreference resolution"): full names that agree
are one person; a single word joins the person whose first or last name it is, the last one spoken of if there are
several.
"""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract import names
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Spot, Spots
from kg.model import Gender


@dataclass(slots=True, eq=False)
class Person:
    """One person under construction. spots: in text order; guess: the gender that the first name suggests, if no more
    is known; numbered: regnal numbers and generations ("iii", "jr") that the names carry."""

    spots: list[int] = field(default_factory=list)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    gender: Gender = ""
    guess: Gender = ""
    numbered: str = ""
    ages: set[int] = field(default_factory=set)
    groups: tuple["Person", ...] = ()

    @property
    def named(self) -> bool:
        return bool(self.forms)

    def fits(self, gender: Gender) -> bool:
        """Whether the person may have this gender."""
        return not gender or not self.gender or gender == self.gender


class People:
    """Which person each spot of a document belongs to."""

    def __init__(self, spots: Spots, lexicon: Lexicon) -> None:
        self.spots = spots
        self.lexicon = lexicon
        self.of: dict[int, Person] = {}
        self.all: list[Person] = []
        self._join_names()

    # -------------------------------------------------------------- building
    def new(self, spot: int) -> Person:
        person = Person()
        self.all.append(person)
        self.put(spot, person)
        return person

    def put(self, spot: int, person: Person) -> None:
        """Adds a spot to a person, with what the spot tells."""
        s = self.spots.all[spot]
        self.of[spot] = person
        at = bisect(person.spots, spot)
        if not at or person.spots[at - 1] != spot:
            person.spots.insert(at, spot)
        person.titles.update(s.mention.titles)
        guess = person.guess
        if s.mention.gender and not person.gender and (s.mention.kind != "pronoun" or guess in ("", s.mention.gender)):
            person.gender = s.mention.gender
        if s.mention.kind == "name":
            person.forms.add(names.parts(s.mention.name, self.lexicon))
            person.numbered = person.numbered or names.suffix(s.mention.name, self.lexicon)
            person.guess = person.guess or self.guess(s)

    def guess(self, spot: Spot) -> Gender:
        """The gender that the first name mostly has."""
        words = names.key(spot.mention.name).split()
        return self.lexicon.given_names.get(words[0], "") if words else ""

    # -------------------------------------------------------------- names
    def _join_names(self) -> None:
        named = [k for k, s in enumerate(self.spots.all) if s.mention.kind == "name" and s.mention.type == "Person"]
        full = [k for k in named if len(names.parts(self.spots.all[k].mention.name, self.lexicon)) > 1]
        for k in full:
            match = self._full(k)
            if match:
                self.put(k, match)
            else:
                self.new(k)
        for k in named:
            if k not in self.of:
                self._single(k)
        self.all.sort(key=lambda p: p.spots[0])

    def _full(self, k: int) -> Person | None:
        spot = self.spots.all[k]
        parts = names.parts(spot.mention.name, self.lexicon)
        for person in self.all:
            agrees = any(parts == f or names.compatible(parts, f) for f in person.forms)
            if agrees and self._may_join(person, spot):
                return person
        return None

    def _may_join(self, person: Person, spot: Spot) -> bool:
        number = names.suffix(spot.mention.name, self.lexicon)
        clash = number and person.numbered and number != person.numbered
        unlikely = spot.mention.gender and not person.gender and person.guess not in ("", spot.mention.gender)
        return person.fits(spot.mention.gender) and not clash and not unlikely

    def _single(self, k: int) -> None:
        """A one-word name: the person whose first or last name it is."""
        spot = self.spots.all[k]
        word = names.parts(spot.mention.name, self.lexicon)[0]
        family = bool(spot.mention.titles)
        candidates = [p for p in self.all if any(word in (f[0], f[-1]) for f in p.forms) and self._may_join(p, spot)]
        if family and len(candidates) > 1:
            candidates = [p for p in candidates if any(f[-1] == word for f in p.forms)] or candidates
        wanted = spot.mention.gender
        if wanted and len(candidates) > 1:  # "Mr Wrona" is rather Tomasz than Halina, whose gender no word tells
            candidates = [p for p in candidates if wanted in (p.gender, p.guess)] or candidates
        if not candidates:
            self.new(k)
            return
        self.put(k, self._latest(candidates, k, (word,)))

    def _latest(self, candidates: Iterable[Person], k: int, form: tuple[str, ...]) -> Person:
        """Of several: last called by just this form before k, else last named before k, else first named."""

        def rank(p: Person) -> tuple[int, int, int]:
            before = [i for i in p.spots if i < k]
            by_form = [i for i in before if names.parts(self.spots.all[i].mention.name, self.lexicon) == form]
            return (by_form[-1] if by_form else -1, before[-1] if before else -1, -p.spots[0])

        return max(candidates, key=rank)
