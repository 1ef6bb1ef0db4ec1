"""What linking is measured and its weights are learned on: people and ties with the items that are meant.

A case is one text's worth of people. "" as gold means that Wikidata, or the part of it that is asked, knows them not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.link.items import Items
from kg.link.source import Row, Source, Tells
from kg.link.terms import Terms
from kg.link.types import Person, Tie

FORMS = (("full", "full"), ("full", "first"), ("first", "first"), ("last", "first"))


@dataclass(frozen=True, slots=True)
class Case:
    """gold: person id -> Q number or ""."""

    id: str
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    gold: Mapping[str, str]


def share(text: str, seed: str = "") -> float:
    """A number in 0..1 that belongs to a text: who is held out, whose relation is hidden."""
    return int(hashlib.sha256(f"{seed}{text}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


class Hidden:
    """A source without the kin statements between certain pairs, and without certain items."""

    def __init__(self, source: Source, pairs: frozenset[frozenset[str]], items: frozenset[str] = frozenset()) -> None:
        self.name = source.name
        self._source, self._pairs, self._items = source, pairs, items

    def tells(self, qids: Sequence[str]) -> Mapping[str, Tells]:
        return {qid: self._tells(qid, told) for qid, told in self._source.tells(qids).items()}

    def _tells(self, qid: str, told: Tells) -> Tells:
        kin = [one for one in told.get("kin", ()) if frozenset((qid, one.split(" ")[1])) not in self._pairs]
        return {**told, "kin": kin}

    def statements(self, query: str, qids: Sequence[str]) -> Sequence[Row]:
        return self._source.statements(query, qids)

    def dump(self, qids: Sequence[str]) -> Sequence[str]:
        return self._source.dump(qids)

    def named(self, names: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        return [[qid for qid in qids if qid not in self._items] for qids in self._source.named(names)]

    def related(self, one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, str]]:
        found = self._source.related(one, other)
        return [p for p in found if frozenset(p) not in self._pairs and not self._items & set(p)]


# ------------------------------------------------------------------ the kin pairs of the slice
def kin_statements(folder: Path, terms: Terms) -> list[tuple[str, str, str]]:
    """(item, property, item): the 3,134 statements of people_*.ttl whose two ends are there, in order."""
    from kg.link.indexing import triples

    direct = terms.prefixes["wdt"]
    found, people = set(), set()
    for path in sorted(folder.glob("people_*.ttl")):
        for triple in triples(path):
            one, name = terms.qid(str(getattr(triple.subject, "value", ""))), triple.predicate.value
            other = terms.qid(str(getattr(triple.object, "value", "")))
            if one and name == direct + terms.person["is"] and other == terms.person["human"]:
                people.add(one)
            if one and other and name.startswith(direct) and terms.ways.get(name[len(direct) :]):
                found.add((one, name[len(direct) :], other))
    kin = {"up", "down", "beside", "level"}
    return sorted(s for s in found if s[0] in people and s[2] in people and terms.ways[s[1]].way in kin)


def kin_case(statement: tuple[str, str, str], forms: tuple[str, str], items: Items) -> Case:
    """One pair as a text would tell it: two names and the relation, nothing else."""
    one, name, other = statement
    kin = items.terms.ways[name]
    people = tuple(
        Person(id=who, names=(form_of(items[qid].label, form),), document="d")
        for who, qid, form in (("one", one, forms[0]), ("other", other, forms[1]))
    )
    tie = Tie(one="one", other="other", way=kin.way, gender=kin.gender, said=name)
    return Case("-".join((*statement, *forms)), people, (tie,), {"one": one, "other": other})


def form_of(label: str, form: str) -> str:
    words = label.split()
    return label if form == "full" else words[0] if form == "first" else words[-1]


# ------------------------------------------------------------------ sentences of FewRel
def fewrel(path: Path, known: frozenset[str], terms: Terms) -> Iterator[Case]:
    """The sentences marked with a kin relation, names and relation as marked; gold outside `known` is "".

    FewRel's pair is (subject, object): "P25" ties a person to their mother.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        relation = told["relations"][0]
        kin = terms.ways.get(relation["wd"])
        if kin is None:
            continue
        people = tuple(
            Person(
                id=one["id"],
                names=(told["text"][slice(*one["mentions"][0])],),
                text=told["text"],
                document=told["id"],
            )
            for one in told["people"]
        )
        tie = Tie(one=relation["s"], other=relation["o"], way=kin.way, gender=kin.gender, said=relation["p"])
        gold = {one["id"]: one["wd"] if one["wd"] in known else "" for one in told["people"]}
        yield Case(told["id"], people, (tie,), gold)
