"""Chains of mentions -> entities: one name to show, the other forms as aliases, gender by what the mentions tell."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.minting import slugged
from kg.model import Entity, Gender, Mention, Reading
from kg.vocabulary import Vocabulary

# what a mention tells of gender weighs by how directly it tells it
_WEIGHT = {"name": 3, "description": 2, "pronoun": 1, "group": 0}


@dataclass(frozen=True, slots=True)
class Known:
    """all: the entities in order of first mention; by_mention: index of a mention -> the entities that it means."""

    all: tuple[Entity, ...]
    by_mention: Mapping[int, tuple[Entity, ...]]


def entities(reading: Reading, vocabulary: Vocabulary) -> Known:
    """The entities of a reading: all that are named, and those at whom nothing but pronouns points.

    People who are only described ("his mother") are left out.
    """
    made: list[Entity] = []
    of_chain: dict[int, Entity] = {}
    same: dict[tuple[str, str], Entity] = {}
    count: Counter[str] = Counter()
    for k, chain in enumerate(reading.chains):
        mentions = [reading.mentions[i] for i in chain]
        named = [m for m in mentions if m.kind == "name"]
        if not named and any(m.kind != "pronoun" for m in mentions):
            continue
        name, aliases = _names(named) if named else (mentions[0].text, ())
        kind = mentions[0].type
        entity = same.get((kind, name)) if kind != "Person" and named else None
        if entity is None:
            count[name] += 1
            local = slugged(name, reading.document.id, str(count[name]))
            entity = Entity(id=f"{vocabulary.base}{kind.lower()}/{local}", type=kind, name=name, aliases=aliases,
                            gender=_gender(mentions), mentions=tuple(mentions), named=bool(named))  # fmt: skip
            made.append(entity)
            if named:
                same[kind, name] = entity
        of_chain[k] = entity
    by_mention: dict[int, tuple[Entity, ...]] = {
        i: (of_chain[k],) for k, chain in enumerate(reading.chains) if k in of_chain for i in chain
    }
    for index, chains in reading.groups:
        by_mention[index] = tuple(of_chain[k] for k in chains if k in of_chain)
    return Known(tuple(made), by_mention)


def _names(named: Sequence[Mention]) -> tuple[str, tuple[str, ...]]:
    """The name to show, and all other forms that the text uses, sorted.

    The fullest name is shown; a name of one word is shown with its title, since that is how people know it ("Prince
    Harry").
    """
    forms = Counter(m.name for m in named if m.name)
    fullest = max(forms, key=lambda n: (len(n.split()), not n.isupper(), forms[n], n))
    titled = Counter(_titled(m) for m in named if m.name == fullest and m.titles)
    show = fullest
    if titled and _mononym(fullest):
        show = max(titled, key=lambda t: (titled[t], t))
    aliases = set(forms) | {_titled(m) for m in named} - {""}
    return show, tuple(sorted(aliases - {show}))


def _titled(mention: Mention) -> str:
    return " ".join([*mention.titles, mention.name])


def _mononym(name: str) -> bool:
    """One word, but for regnal numbers: "Charles III"."""
    words = name.split()
    return len([w for w in words if not (w.isupper() and set(w) <= set("IVX"))]) < 2


def _gender(mentions: Iterable[Mention]) -> Gender:
    """The gender that most of the mentions tell; "" where they tell nothing or disagree evenly."""
    votes: Counter[Gender] = Counter()
    for m in mentions:
        if m.gender:
            votes[m.gender] += _WEIGHT[m.kind]
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]
