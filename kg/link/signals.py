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

from kg.link.context import LONGEST_LIFE, MOST_SHARED, SHORTEST, as_said, in_text, told_of
from kg.link.names import GRADES, NameWords, alike, bare, folded, grade, head, numerals, telling
from kg.link.terms import BACK
from kg.link.types import Item, Person, Tie
from kg.model import Gender

Signals = Mapping[str, float]

YOUNGEST, OLDEST = 12, 75
"""Years between a parent's birth and a child's."""
PEERS = {"level": 40, "beside": 45}
"""Years at most between the births of brothers and sisters, and of couples."""


@dataclass(frozen=True, slots=True)
class Weights:
    """signals: name -> weight. words: name -> (what speaks for it, what against it), for people to read.

    margins: probability from which a link is made, by what it rests on: "kin" where one of the signals `kin` speaks for
    it, or "alone", since names of people whom Wikidata does not know are often those of others; and "full" or "short",
    a name of one word but for a number.
    """

    signals: Mapping[str, float]
    words: Mapping[str, tuple[str, str]]
    margins: Mapping[str, float]
    kin: frozenset[str]

    def margin(self, signals: Signals, kin: bool) -> float:
        """The probability from which a candidate with these signals by itself is linked."""
        full = any(name.startswith("name.") and name.endswith(".many") for name in signals)
        return self.margins[f"{'kin' if kin else 'alone'}.{'full' if full else 'short'}"]

    def sum(self, signals: Signals) -> float:
        return sum(self.signals.get(name, 0.0) * strength for name, strength in signals.items())


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The learned weights that come with kg."""
    table = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
    words = {name: (said[0], said[-1]) for name, said in table["words"].items()}
    return Weights(table["signals"], words, table["margins"], frozenset(table["kin"]))


# ------------------------------------------------------------------ by itself
@lru_cache(maxsize=1 << 15)
def _words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


def alone(person: Person, item: Item, kinds: NameWords) -> dict[str, float]:
    """What speaks for an item whoever else is meant; {} when no name fits at all."""
    forms = [form for form in dict.fromkeys(bare(name, kinds) for name in person.names) if form]
    if not forms:
        return {}
    best, on_label, form = _name([forms[0], head(person.names[0], kinds)], item, kinds)
    long = length(form, kinds)
    found = {f"name.{best or 'none'}.{long}": 1.0}
    if on_label and best:
        found["name.label"] = 1.0
    whole = long == "one" or best != "same" or form in {bare(name, kinds) for name in item.names}
    if form != forms[0] or not whole:
        found["name.head"] = 1.0
    if _titled(person, item, kinds):
        found["name.titled"] = 1.0
    found["fame"] = math.log1p(item.fame)
    if long == "one":
        found["fame.one"] = found["fame"]
        found |= _place(form, item, kinds)
    else:
        found |= _rest(form, item, kinds)
    also = sum(1 for form in forms[1:] if _name([form], item, kinds)[0] in GRADES[:2])
    if also and best:
        found["name.also"] = float(min(also, 2))
    if person.gender and item.gender:
        found["gender" if person.gender == item.gender else "gender.clash"] = 1.0
    found |= _lives(person, item)
    found |= as_said(person, item, kinds)
    if person.text:
        found |= in_text(person, form, item, kinds)
    if not item.human:
        found["no.human"] = 1.0
    return found


def length(form: tuple[str, ...], kinds: NameWords) -> str:
    """How much a name tells: "one" word, "regnal" where a number stands with it, or "many" words."""
    words = telling(form, kinds)
    return "one" if len(words) < 2 else "regnal" if len(words - numerals(words)) < 2 else "many"


def _name(forms: Sequence[tuple[str, ...]], item: Item, kinds: NameWords) -> tuple[str, bool, tuple[str, ...]]:
    """The best grade that one of the forms has with one of the item's names, whether that is the label; the form."""
    grades: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for form in forms:
        for name in item.names if form else ():
            for words in {bare(name, kinds), head(name, kinds) or bare(name, kinds)}:
                grades.setdefault(grade(form, words, kinds) if words else "", []).append((name, form))
    for best in GRADES:
        if best in grades:
            return best, any(name == item.label for name, _ in grades[best]), grades[best][0][1]
    return "", False, forms[0]


def _place(form: tuple[str, ...], item: Item, kinds: NameWords) -> dict[str, float]:
    """Where a lone word stands in a longer label: first, as given names do, or last, as surnames do."""
    words, whole = head(item.label, kinds) or bare(item.label, kinds), bare(item.label, kinds)
    if len(whole) < 2:
        return {}
    return {"name.first": 1.0} if words[0] == form[0] else {"name.last": 1.0} if words[-1] == form[0] else {}


def _rest(form: tuple[str, ...], item: Item, kinds: NameWords) -> dict[str, float]:
    """Words of a longer name that no name of the item has: whether what else is known of it explains them."""
    known = frozenset[str]().union(*(_words(name) for name in item.names))
    rest = telling(form, kinds) - known
    explained = rest & told_of(item, kinds)
    counts = {"name.explained": len(explained), "name.unexplained": len(rest) - len(explained)}
    found = {name: float(min(count, 2)) for name, count in counts.items() if count}
    if form[0] in rest and not any(alike(form[0], word) for word in known if len(word) > 1):
        found["name.other"] = 1.0
    return found


def _titled(person: Person, item: Item, kinds: NameWords) -> bool:
    """Whether some form with its title is in a name of the item: "Prince William" in "Prince William, Duke of …"."""
    here = [folded(name).split() for name in person.names if len(bare(name, kinds)) < len(folded(name).split())]
    there = [folded(name).split() for name in item.names]
    return any(form == name[: len(form)] for form in here for name in there)


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
    surnames: frozenset[str]
    house: frozenset[str]
    told: frozenset[str]
    first: frozenset[str]
    places: frozenset[str]
    works: frozenset[str]
    younger: bool
    older: bool


@lru_cache(maxsize=1 << 15)
def family(item: Item, kinds: NameWords) -> Family:
    label = folded(item.label).split()
    words = folded(item.label.partition(",")[0]).split()
    ways: dict[str, frozenset[tuple[str, Gender]]] = {}
    for way, other, gender in item.kin:
        ways[way] = ways.get(way, frozenset()) | {(other, gender)}
    return Family(
        item=item,
        ways=ways,
        kin=item.relatives,
        surname=words[-1] if len(words) > 1 and "of" not in words else "",
        surnames=frozenset(one[-1] for name in item.names if len(one := folded(name).split()) > 1) - kinds.small,
        house=telling(label[1:], kinds) - numerals(label),
        told=frozenset(word for word in _words(item.description) - kinds.plain if len(word) >= SHORTEST),
        first=frozenset(words[:1]),
        places=frozenset(item.countries),
        works=frozenset(item.works),
        younger=not kinds.younger.isdisjoint(label),
        older=not kinds.older.isdisjoint(label),
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
    found |= _shared(one, other)
    for here, there in ((one, other), (other, one)):
        if there.first & here.told and (there.surname in here.told or not there.surname):
            found["told"] = 1.0
    if tie.gender and other.item.gender:
        found["gender" if tie.gender == other.item.gender else "gender.clash"] = 1.0
    elif tie.way == "beside" and one.item.gender and other.item.gender:
        found["couple" if one.item.gender != other.item.gender else "couple.same"] = 1.0
    found |= _ages(tie, one.item, other.item)
    if tie.way in ("up", "down"):
        child, parent = (one, other) if tie.way == "up" else (other, one)
        if child.older or parent.younger:
            found["junior.clash"] = 1.0
        elif child.younger or parent.older:
            found["junior"] = 1.0
    return found


def _shared(one: Family, other: Family) -> dict[str, float]:
    """What names, countries, occupations and descriptions have in common."""
    found: dict[str, float] = {}
    if one.surname and one.surname == other.surname:
        found["surname"] = 1.0
    elif one.surnames & other.surnames:
        found["surname.other"] = 1.0
    elif one.house & other.house:
        found["name.shared"] = 1.0
    if one.places & other.places:
        found["country"] = 1.0
    elif one.places and other.places:
        found["country.clash"] = 1.0
    works = len(one.works & other.works)
    if works:
        found["works"] = float(min(works, MOST_SHARED))
    told = len(one.told & other.told)
    if told:
        found["described"] = float(min(told, MOST_SHARED))
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
