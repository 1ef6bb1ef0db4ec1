"""What speaks for and against: signals of a candidate by itself, and of two candidates whom the text ties.

A signal is a name and a strength; its weight stands in weights.toml, learned from data. The words for people stand
there too. Sources of the list: the research note in the design of `kg link`; see docs/wikidata.md.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.link.names import GRADES, bare, folded, grade, numerals, telling
from kg.link.terms import BACK
from kg.link.types import Item, Person, Tie
from kg.model import Gender

Signals = Mapping[str, float]

MOST_SHARED = 3
"""Shared words that count."""

YOUNGEST, OLDEST = 12, 75
"""Years between a parent's birth and a child's."""
PEERS = {"level": 40, "beside": 45}
"""Years at most between the births of brothers and sisters, and of couples."""
LONGEST_LIFE = 105


@dataclass(frozen=True, slots=True)
class Weights:
    """signals: name -> weight. words: name -> (what speaks for it, what against it), for people to read.

    margin: probability from which a link is made where kin in Wikidata speaks for it, which is one of `kin`; alone:
    that without kin, higher, since names of people whom Wikidata does not know are often those of others.
    """

    signals: Mapping[str, float]
    words: Mapping[str, tuple[str, str]]
    margin: float
    alone: float
    kin: frozenset[str]

    def sum(self, signals: Signals) -> float:
        return sum(self.signals.get(name, 0.0) * strength for name, strength in signals.items())


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The learned weights that come with kg."""
    table = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
    words = {name: (said[0], said[-1]) for name, said in table["words"].items()}
    return Weights(table["signals"], words, table["margin"], table["alone"], frozenset(table["kin"]))


# ------------------------------------------------------------------ by itself
@lru_cache(maxsize=1 << 14)
def _words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


def alone(person: Person, item: Item, titles: frozenset[str]) -> dict[str, float]:
    """What speaks for an item whoever else is meant; {} when no name fits at all."""
    forms = [form for form in dict.fromkeys(bare(name, titles) for name in person.names) if form]
    if not forms:
        return {}
    best, on_label = _name(forms[0], item, titles)
    long = "many" if len(telling(forms[0], titles)) > 1 else "one"
    found = {f"name.{best or 'none'}.{long}": 1.0}
    if on_label and best:
        found["name.label"] = 1.0
    if best in GRADES[:2] and numerals(forms[0]):
        found["name.regnal"] = 1.0
    if _titled(person, item, titles):
        found["name.titled"] = 1.0
    found["fame"] = math.log1p(item.fame)
    if long == "one":
        found["fame.one"] = found["fame"]
    also = sum(1 for form in forms[1:] if _name(form, item, titles)[0] in GRADES[:2])
    if also and best:
        found["name.also"] = float(min(also, 2))
    if person.gender and item.gender:
        found["gender" if person.gender == item.gender else "gender.clash"] = 1.0
    found |= _lives(person, item)
    shared = _said(person.words) & (_said(item.works) | _words(item.description) | _said(item.names[:1]))
    if shared:
        found["words"] = float(min(len(shared), MOST_SHARED))
    if not item.human:
        found["no.human"] = 1.0
    return found


def _name(form: tuple[str, ...], item: Item, titles: frozenset[str]) -> tuple[str, bool]:
    """The best grade that the form has with one of the item's names, and whether that is the label."""
    grades = {name: grade(form, bare(name, titles), titles) for name in item.names if name}
    for best in GRADES:
        if best in grades.values():
            return best, grades.get(item.label) == best
    return "", False


def _titled(person: Person, item: Item, titles: frozenset[str]) -> bool:
    """Whether some form with its title is in a name of the item: "Prince William" in "Prince William, Duke of …"."""
    here = [folded(name).split() for name in person.names if len(bare(name, titles)) < len(folded(name).split())]
    there = [folded(name).split() for name in item.names]
    return any(form == name[: len(form)] for form in here for name in there)


def _said(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _words(text) if len(word) > 2)


def _lives(person: Person, item: Item) -> dict[str, float]:
    found: dict[str, float] = {}
    for told, known in ((person.born, item.born), (person.died, item.died)):
        if told and known is not None:
            fits = told[0] - 1 <= known <= told[1] + 1
            found["dates" if fits else "dates.clash"] = 1.0
    if person.written is not None:
        gone = item.died if item.died is not None else None
        if item.born is not None and item.born > person.written:
            found["dates.clash"] = 1.0
        if person.alive and (gone is not None and gone < person.written):
            found["alive.clash"] = 1.0
        if person.alive and gone is None and item.born is not None and item.born < person.written - LONGEST_LIFE:
            found["alive.clash"] = 1.0
    return found


# ------------------------------------------------------------------ two together
@dataclass(frozen=True, slots=True)
class Family:
    """What of an item the comparison of two needs, made once for each."""

    item: Item
    ways: Mapping[str, frozenset[tuple[str, Gender]]]
    kin: frozenset[str]
    surname: str
    told: frozenset[str]
    first: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=1 << 15)
def family(item: Item) -> Family:
    words = folded(item.label.partition(",")[0]).split()
    ways: dict[str, frozenset[tuple[str, Gender]]] = {}
    for way, other, gender in item.kin:
        ways[way] = ways.get(way, frozenset()) | {(other, gender)}
    return Family(
        item=item,
        ways=ways,
        kin=frozenset(other for _, other, _ in item.kin),
        surname=words[-1] if len(words) > 1 and "of" not in words else "",
        told=_words(item.description),
        first=frozenset(words[:1]),
        places=frozenset(item.countries),
    )


def together(tie: Tie, one: Family, other: Family) -> dict[str, float]:
    """What speaks for two items as the two ends of what the text says."""
    if one.item.id == other.item.id:
        return {"self": 1.0}
    found: dict[str, float] = {}
    held = {end for end, _ in one.ways.get(tie.way, ())}
    if other.item.id in held:
        found["kin"] = 1.0
    elif other.item.id in one.kin:
        found["kin.other"] = 1.0
    else:
        if _full(tie, one) or _full(Tie(one="", other="", way=BACK[tie.way]), other):
            found["kin.full"] = 1.0
        if one.kin & other.kin:
            found["kin.near"] = 1.0
    if one.surname and one.surname == other.surname:
        found["surname"] = 1.0
    for here, there in ((one, other), (other, one)):
        if there.first & here.told and (there.surname in here.told or not there.surname):
            found["told"] = 1.0
    if one.places & other.places:
        found["country"] = 1.0
    elif one.places and other.places:
        found["country.clash"] = 1.0
    if tie.gender and other.item.gender:
        found["gender" if tie.gender == other.item.gender else "gender.clash"] = 1.0
    found |= _ages(tie, one.item, other.item)
    return found


def known(tie: Tie, item: Item, *, back: bool = False) -> bool:
    """Whether Wikidata knows kin of this item in the place of the tie's other end, or of its one end, read back."""
    way = BACK[tie.way] if back else tie.way
    gender = "" if back else tie.gender
    return any(w == way and (not gender or g in ("", gender)) for w, _, g in item.kin)


def _full(tie: Tie, one: Family) -> bool:
    """Whether Wikidata knows somebody else in this place: a person has one father and one mother."""
    if tie.way != "up":
        return False
    known = one.ways.get("up", frozenset())
    if tie.gender:
        return any(gender == tie.gender for _, gender in known)
    return len({gender for _, gender in known if gender}) == 2


def _ages(tie: Tie, one: Item, other: Item) -> dict[str, float]:
    if one.born is None or other.born is None or tie.way == "kin":
        return {}
    if tie.way in PEERS:
        fits = abs(one.born - other.born) <= PEERS[tie.way]
        return {"ages" if fits else "ages.clash": 1.0}
    gap = one.born - other.born if tie.way == "up" else other.born - one.born
    return {"ages" if YOUNGEST <= gap <= OLDEST else "ages.clash": 1.0}
