"""Q numbers -> Items: two questions for some hundred of them."""

import re
from collections.abc import Iterable, Mapping

from kg.link.source import MISSING, MOVED, Source, Tells, batches
from kg.link.terms import BACK, Terms, Way
from kg.link.types import Item
from kg.model import Gender


class Items:
    """Items of a source, each asked for once."""

    def __init__(self, source: Source, terms: Terms) -> None:
        self.source = source
        self.terms = terms
        self.missing: set[str] = set()
        """Items that there are not, as the source says."""
        self._known: dict[str, Item] = {}

    def __getitem__(self, qid: str) -> Item:
        """The item; of a number that was merged into another, the other."""
        return self._known[qid]

    def fetch(self, qids: Iterable[str]) -> Mapping[str, Item]:
        """Makes sure that all these are known; those of which the source tells nothing have no label."""
        wanted = set(qids)
        for batch in batches(wanted - self._known.keys()):
            self._known |= self._describe(batch)
        return {qid: self._known[qid] for qid in wanted}

    def _describe(self, batch: list[str]) -> dict[str, Item]:
        told = self.source.tells(batch)
        moved = {qid: told[qid][MOVED][0] for qid in batch if told.get(qid, {}).get(MOVED)}
        self.missing |= {qid for qid in batch if told.get(qid, {}).get(MISSING)}
        found = {qid: self._item(qid, told.get(qid, {})) for qid in batch if qid not in moved}
        if moved:
            there = self.source.tells(sorted(set(moved.values())))
            found |= {qid: self._item(to, there.get(to, {})) for qid, to in moved.items()}
        return found

    def _item(self, qid: str, told: Tells) -> Item:
        labels = sorted(set(told.get("label", ())), key=lambda text: (len(text), text))
        kinds = told.get("kind", ())
        genders = {self.terms.genders.get(one, "") for one in told.get("gender", ())}
        kin: set[tuple[Way, str, Gender]] = set()
        for one in told.get("kin", ()):
            way, other, gender = one.split(" ")
            kin.add((way, other, gender))  # type: ignore[arg-type]  # written by kin_text
        description = min(told.get("description", ()), default="")
        born, died = self._lived(description)
        return Item(
            id=qid,
            label=labels[0] if labels else "",
            aliases=tuple(sorted({*labels[1:], *told.get("alias", ())} - set(labels[:1]))),
            description=description,
            human=self.terms.person["human"] in kinds or not kinds,
            gender=genders.pop() if len(genders) == 1 else "",
            born=_year(told.get("born") or born),
            died=_year(told.get("died") or died),
            works=tuple(sorted(set(told.get("work", ())))),
            countries=tuple(sorted(set(told.get("country", ())))),
            kin=frozenset(kin),
            fame=max(map(float, told.get("fame", ())), default=0.0),
        )

    def _lived(self, description: str) -> tuple[list[str], list[str]]:
        """Years of birth and death in a description, as "(1920–1985)"."""
        found = next((m for one in self.terms.person["lived"] if (m := re.search(one, description))), None)
        told = found.groupdict() if found else {}
        return [told["born"]] if told.get("born") else [], [told["died"]] if told.get("died") else []


def _year(dates: Iterable[str]) -> int | None:
    """The year, if all dates agree on it within three; "somevalue" nodes are no dates."""
    years = []
    for date in dates:
        sign, text = (-1, date[1:]) if date.startswith("-") else (1, date)
        head = text.lstrip("+").split("-")[0]
        if head.isdigit():
            years.append(sign * int(head))
    return years[0] if years and max(years) - min(years) <= 3 else None


def kin_text(way: Way, other: str, gender: Gender, *, back: bool = False) -> str:
    """A kin statement as a source tells it; one of another item about this one is read backwards."""
    return f"{BACK[way]} {other} " if back else f"{way} {other} {gender}"


def values(qids: Iterable[str]) -> str:
    return "VALUES ?item { " + " ".join(f"wd:{qid}" for qid in qids) + " }"


def languages(terms: Terms, variable: str = "value") -> str:
    return f"FILTER(LANG(?{variable}) IN ({', '.join(map(repr, terms.languages))}))".replace("'", '"')


def about(qids: list[str], terms: Terms) -> str:
    """Rows of (item, what, value): names, description, kind, gender, dates, labels of offices and countries."""
    which, lang, person = values(qids), languages(terms), terms.person
    texts = {"label": "rdfs:label", "alias": "skos:altLabel", "description": "schema:description"}
    plain = {"kind": person["is"], "gender": person["gender"], "born": person["born"], "died": person["died"]}
    parts = [
        *(f'{{ {which} ?item {path} ?value {lang} BIND("{what}" AS ?what) }}' for what, path in texts.items()),
        *(f'{{ {which} ?item wdt:{one} ?value BIND("{what}" AS ?what) }}' for what, one in plain.items()),
        *(
            f'{{ {which} ?item wdt:{one} ?of . ?of rdfs:label ?value {lang} BIND("{what}" AS ?what) }}'
            for what, ones in (("work", person["works"]), ("country", [person["country"]]))
            for one in ones
        ),
        f'{{ {which} ?item wikibase:sitelinks ?value BIND("fame" AS ?what) }}',
        f'{{ {which} ?item owl:sameAs ?value BIND("{MOVED}" AS ?what) }}',
    ]
    return "SELECT DISTINCT ?item ?what ?value WHERE {\n" + "\nUNION ".join(parts) + "\n}"


def kin_of(qids: list[str], terms: Terms) -> str:
    """Rows of (item, what, value, back): kin statements of the items, and those of others about them."""
    which = values(qids)
    parts = []
    for one in terms.ways:
        parts.append(f'{{ {which} ?item wdt:{one} ?value BIND("{one}" AS ?what) BIND("0" AS ?back) }}')
        parts.append(f'{{ {which} ?value wdt:{one} ?item BIND("{one}" AS ?what) BIND("1" AS ?back) }}')
    return "SELECT DISTINCT ?item ?what ?value ?back WHERE {\n" + "\nUNION ".join(parts) + "\n}"
