"""What a text says around a name, beside what Wikidata tells of an item: words and years that both have."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from kg.link.names import NameWords, folded, telling
from kg.link.types import Item, Person

SHORTEST = 3
"""Letters of a word that can tell something."""
MOST_SHARED = 3
"""Shared words that count."""
YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")
LONGEST_LIFE = 105


def in_text(person: Person, form: tuple[str, ...], item: Item, kinds: NameWords) -> dict[str, float]:
    """What the sentences about a person share with an item, beyond the name itself.

    Args:
        form: the words of the name by which the item is a candidate.
    """
    text = _text(person.text, kinds) - set(form)
    if not text:
        return {}
    named = frozenset(word for name in item.names for word in folded(name).split())
    counts = {
        "text.label": len(text & telling(folded(item.label).split(), kinds)),
        "text.told": len(text & (told_of(item, kinds) - named)),
    }
    if _namesake(person, form, item):
        counts = {"text.namesake": 1}
    found = {name: float(min(count, MOST_SHARED)) for name, count in counts.items() if count}
    if item.description and "text.told" not in found:
        found["text.strange"] = 1.0
    here, there = places_in(person.text, kinds), _home(item, kinds)
    if here and there:
        found["text.home" if here & there else "text.abroad"] = 1.0
    return found | _years(person, item)


def _namesake(person: Person, form: tuple[str, ...], item: Item) -> bool:
    """Whether the sentences name the item in full, and that is none of the names of this person."""
    label = folded(item.label)
    longer = len(label.split()) > len(form)
    return longer and f" {label} " in f" {folded(person.text)} " and label not in map(folded, person.names)


@lru_cache(maxsize=1 << 14)
def places_in(text: str, kinds: NameWords) -> frozenset[str]:
    """The countries that a text names, or whose people it names."""
    words, known = folded(text).split(), countries(kinds)
    pairs = (" ".join(pair) for pair in pairwise(words))
    return frozenset(known[one] for one in (*words, *pairs) if one in known)


@lru_cache(maxsize=4)
def countries(kinds: NameWords) -> Mapping[str, str]:
    """Country, or word for its people -> country."""
    return dict(kinds.places)


@lru_cache(maxsize=1 << 16)
def _home(item: Item, kinds: NameWords) -> frozenset[str]:
    return places_in(" / ".join((item.label, item.description, *item.countries)), kinds)


def _years(person: Person, item: Item) -> dict[str, float]:
    """Whether the sentences name a year of the item's birth or death, or only years outside its life."""
    years = _years_in(person.text)
    if not years or (item.born is None and item.died is None):
        return {}
    if years & {item.born, item.died}:
        return {"text.life": 1.0}
    first = item.born if item.born is not None else (item.died or 0) - LONGEST_LIFE
    last = item.died if item.died is not None else first + LONGEST_LIFE
    return {"text.then": 1.0} if any(first <= year <= last for year in years) else {"text.never": 1.0}


@lru_cache(maxsize=1 << 12)
def _years_in(text: str) -> frozenset[int]:
    return frozenset(map(int, YEAR.findall(text)))


@lru_cache(maxsize=1 << 12)
def _text(text: str, kinds: NameWords) -> frozenset[str]:
    return _content(text) - kinds.plain - kinds.small


def as_said(person: Person, item: Item, kinds: NameWords) -> dict[str, float]:
    """Whether titles and roles, and the places and other words with them, are those that Wikidata tells."""
    said, told = said_of(person, kinds), told_of(item, kinds)
    named = frozenset(word for name in item.names for word in folded(name).split())
    title, rest = said & kinds.titles, said - kinds.titles
    found: dict[str, float] = {}
    if title and told & kinds.titles:
        found["title" if title & told else "title.clash"] = 1.0
    shared = rest & (told | named)
    places = _places(rest, kinds) & _home(item, kinds)
    if shared or places:
        found["words"] = float(min(len(shared) or 1, MOST_SHARED))
    elif rest and told - kinds.titles:
        found["words.clash"] = 1.0
    return found


def _places(words: frozenset[str], kinds: NameWords) -> frozenset[str]:
    return frozenset(place for word in words if (place := countries(kinds).get(word)))


@lru_cache(maxsize=1 << 12)
def said_of(person: Person, kinds: NameWords) -> frozenset[str]:
    """What a text says somebody is: roles, places, and the titles and tails of names ("Duke of Sussex")."""
    found = frozenset[str]().union(*map(_content, person.words))
    for name in person.names:
        front, _, tail = name.partition(",")
        found |= _content(tail) | (_content(front) & kinds.titles)
    return found - kinds.plain


@lru_cache(maxsize=1 << 16)
def told_of(item: Item, kinds: NameWords) -> frozenset[str]:
    """What Wikidata says somebody is, in words: description, works, countries, and the title in the label."""
    texts = (item.description, *item.works, *item.countries)
    front, _, tail = item.label.partition(",")
    found = frozenset[str]().union(*map(_content, texts)) | _content(tail) | (_content(front) & kinds.titles)
    return found - kinds.plain


@lru_cache(maxsize=1 << 16)
def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in folded(text).split() if len(word) >= SHORTEST)
