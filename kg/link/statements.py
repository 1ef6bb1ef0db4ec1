"""What Wikidata says of items: statements with rank, qualifiers and references, in both directions.

Deprecated statements are left out, and values that are unknown or none. A slice that holds only plain triples gives
statements without an id.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.link.items import languages, values
from kg.link.source import Row, Source, batches
from kg.link.terms import Terms

SIZE = 100
"""Items of a question."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Statement:
    """One statement. item, prop: what it is about, by which property. value, label: a Q number or a literal.

    id: its IRI, or "". precision: of a date, as Wikidata has it (9 year, 10 month, 11 day), or 0. start, end: ISO dates
    or "". end_cause, kinship: labels or "". references: URLs and titles. back: it stands on the other item, about this.
    """

    item: str
    prop: str
    value: str
    label: str = ""
    id: str = ""
    preferred: bool = False
    precision: int = 0
    start: str = ""
    end: str = ""
    end_cause: str = ""
    kinship: str = ""
    references: tuple[str, ...] = ()
    back: bool = False

    @property
    def is_item(self) -> bool:
        return self.value[:1] == "Q" and self.value[1:].isdigit()


def statements(source: Source, qids: Iterable[str], properties: Iterable[str], terms: Terms) -> list[Statement]:
    """All statements of these properties, sorted, of these items, and of others about them where the property is kin.

    Raises:
        ServiceError: the source did not answer.
    """
    wanted = sorted(set(properties))
    found: list[Statement] = []
    for batch in batches(qids, SIZE):
        rows = _rows(source, batch, wanted, terms)
        known = {(row["item"], row["property"], row["value"]) for row in rows}
        qualifiers = _gathered(source, _qualifiers(batch, wanted, terms), batch, terms)
        references = _gathered(source, _references(batch, wanted, terms), batch, terms)
        plain = [row for row in source.statements(_plain(batch, wanted, terms), batch)
                 if (row["item"], row["property"], row["value"]) not in known]  # fmt: skip
        for row in [*rows, *plain]:
            id_ = row.get("statement", "")
            one = _statement(row, qualifiers.get(id_, {}), references.get(id_, {}), terms)
            if one:
                found.append(one)
    return sorted(set(found))


def _rows(source: Source, batch: list[str], wanted: Sequence[str], terms: Terms) -> list[Row]:
    found = list(source.statements(_of(batch, wanted, terms), batch))
    kin = [one for one in wanted if one in terms.ways]
    if kin:
        found += source.statements(_about(batch, kin, terms), batch)
    return [row for row in found if row.get("rank", "") != terms.deprecated]


def _statement(
    row: Row, qualifiers: Mapping[str, list[str]], references: Mapping[str, list[str]], terms: Terms
) -> Statement | None:
    value = row["value"]
    qid = terms.qid(value)
    if not qid and value.startswith("http") and "/.well-known/genid/" in value:
        return None  # "some value": that there is one, not which
    told = {name: min(qualifiers.get(one, ()), default="") for name, one in terms.qualifiers.items()}
    return Statement(
        item=terms.qid(row["item"]),
        prop=row["property"].rsplit("/", 1)[-1],
        value=qid or value,
        label=row.get("label", ""),
        id=row.get("statement", ""),
        preferred=row.get("rank", "").endswith("PreferredRank"),
        precision=int(row.get("precision", "0") or 0),
        start=told["start"][:10],
        end=told["end"][:10],
        end_cause=told["end_cause"],
        kinship=told["kinship"],
        references=tuple(sorted({text for texts in references.values() for text in texts})),
        back=row.get("back") == "1",
    )


def _gathered(source: Source, query: str, batch: list[str], terms: Terms) -> dict[str, dict[str, list[str]]]:
    """statement -> property of a qualifier or reference -> values, items by their labels."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in source.statements(query, batch):
        value = row.get("label") or terms.qid(row["value"]) or row["value"]
        found[row["statement"]][row["how"].rsplit("/", 1)[-1]].append(value)
    return found


# ------------------------------------------------------------------ the questions
def _pairs(wanted: Sequence[str]) -> str:
    rows = " ".join(f"(p:{one} ps:{one} psv:{one} wdt:{one})" for one in wanted)
    return f"VALUES (?p ?ps ?psv ?property) {{ {rows} }}"


def _of(batch: list[str], wanted: Sequence[str], terms: Terms) -> str:
    return f"""SELECT DISTINCT ?item ?property ?statement ?rank ?value ?label ?precision WHERE {{
{values(batch)} {_pairs(wanted)} ?item ?p ?statement . ?statement ?ps ?value ; wikibase:rank ?rank .
OPTIONAL {{ ?value rdfs:label ?label {languages(terms, "label")} }}
OPTIONAL {{ ?statement ?psv ?node . ?node wikibase:timePrecision ?precision }}
FILTER(!ISBLANK(?value)) }}"""


def _about(batch: list[str], wanted: Sequence[str], terms: Terms) -> str:
    return f"""SELECT DISTINCT ?item ?property ?statement ?rank ?value ?label ?back WHERE {{
{values(batch)} {_pairs(wanted)} ?statement ?ps ?item ; wikibase:rank ?rank . ?value ?p ?statement .
OPTIONAL {{ ?value rdfs:label ?label {languages(terms, "label")} }} BIND("1" AS ?back) }}"""


def _plain(batch: list[str], wanted: Sequence[str], terms: Terms) -> str:
    return f"""SELECT DISTINCT ?item ?property ?value ?label WHERE {{
{values(batch)} VALUES ?property {{ {" ".join(f"wdt:{one}" for one in wanted)} }} ?item ?property ?value .
OPTIONAL {{ ?value rdfs:label ?label {languages(terms, "label")} }} FILTER(!ISBLANK(?value)) }}"""


def _qualifiers(batch: list[str], wanted: Sequence[str], terms: Terms) -> str:
    how = " ".join(f"pq:{one}" for one in sorted(terms.qualifiers.values()))
    return f"""SELECT DISTINCT ?statement ?how ?value ?label WHERE {{
{values(batch)} {_pairs(wanted)} ?item ?p ?statement . VALUES ?how {{ {how} }} ?statement ?how ?value .
OPTIONAL {{ ?value rdfs:label ?label {languages(terms, "label")} }} FILTER(!ISBLANK(?value)) }}"""


def _references(batch: list[str], wanted: Sequence[str], terms: Terms) -> str:
    keys = ("stated_in", "url", "imported_from")
    how = " ".join(f"pr:{terms.references[one]}" for one in keys)
    return f"""SELECT DISTINCT ?statement ?how ?value ?label WHERE {{
{values(batch)} {_pairs(wanted)} ?item ?p ?statement . ?statement prov:wasDerivedFrom ?reference .
VALUES ?how {{ {how} }} ?reference ?how ?value .
OPTIONAL {{ ?value rdfs:label ?label {languages(terms, "label")} }} }}"""
