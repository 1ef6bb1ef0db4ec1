"""RDF of Wikidata -> the index of a slice, in one pass over the triples."""

import gzip
import json
import math
import os
import sqlite3
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import FormatError
from kg.link.items import kin_text
from kg.link.names import folded
from kg.link.source import MOVED
from kg.link.terms import Terms

FORMATS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}

SCHEMA = """
CREATE TABLE item (id INTEGER PRIMARY KEY, fame REAL NOT NULL, told TEXT NOT NULL);
CREATE TABLE name (folded TEXT NOT NULL, item INTEGER NOT NULL);
CREATE INDEX by_name ON name (folded);
CREATE VIRTUAL TABLE words USING fts5 (folded, content = 'name', tokenize = 'ascii');
CREATE VIRTUAL TABLE spelling USING fts5vocab (words, row);
CREATE TABLE kin (one INTEGER NOT NULL, other INTEGER NOT NULL);
CREATE TABLE triples (item INTEGER PRIMARY KEY, packed BLOB NOT NULL);
"""


def make_index(path: Path, index: Path, terms: Terms) -> None:
    """Writes the index of a file of RDF; whole or not at all, whoever else makes it meanwhile.

    Raises:
        FormatError: it is no RDF, or holds no item of Wikidata.
    """
    gathered = _Gathered(terms)
    for triple in triples(path):
        gathered.add(triple)
    rows = gathered.rows()
    if not rows:
        raise FormatError(f"{path}: no item of Wikidata is named here", hint="make a slice with: kg wikidata slice")
    index.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=index.parent, prefix=".new-", suffix=".sqlite")
    os.close(handle)
    waiting = Path(name)
    try:
        with closing(sqlite3.connect(waiting)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
            for table, found in rows.items():
                database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found)
            database.execute("INSERT INTO words (words) VALUES ('rebuild')")
            database.execute("CREATE INDEX by_kin ON kin (one, other)")
            database.commit()
        waiting.replace(index)
    finally:
        with suppress(OSError):
            waiting.unlink()


def triples(path: Path) -> Iterator[Triple]:
    """The triples of a file, whose format its suffix tells (also .gz).

    Raises:
        FormatError: it is not what its suffix says.
    """
    form = FORMATS.get(Path(path.name.removesuffix(".gz")).suffix.lower())
    if form is None:
        raise FormatError(f"{path}: a slice of Wikidata is one of {', '.join(FORMATS)}, each also with .gz")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for quad in parse(cast(IO[bytes], file), format=form, base_iri=path.resolve().as_uri()):
                yield quad.triple
    except SyntaxError as error:
        raise FormatError(f"{path}: {error.msg}", hint=f"the file is not valid {form.name}") from error
    except (OSError, EOFError, ValueError) as error:
        raise FormatError(f"{path}: {error}", hint=f"the file is not valid {form.name}") from error


class _Gathered:
    """What a pass over the triples finds."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        space, person = terms.prefixes, terms.person
        self.items = space["wd"]
        self.direct = space["wdt"]
        self.texts = {
            space["rdfs"] + "label": "label",
            space["skos"] + "altLabel": "alias",
            space["schema"] + "description": "description",
        }
        wdt = space["wdt"]
        self.facts = {wdt + person["is"]: "kind", wdt + person["gender"]: "gender"}
        self.facts |= {wdt + person["born"]: "born", wdt + person["died"]: "died", wdt + person["country"]: "country"}
        self.facts |= {wdt + one: "work" for one in person["works"]} | {space["wikibase"] + "sitelinks": "fame"}
        self.same = space["owl"] + "sameAs"
        self.ways = {wdt + one: kin for one, kin in terms.ways.items()}
        self.told: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.kin: set[tuple[int, int]] = set()
        self.pointed: Counter[int] = Counter()
        self.lines: dict[str, list[str]] = defaultdict(list)
        """Triples by the name of their subject: an item, a statement, a value node."""

    def add(self, triple: Triple) -> None:
        subject, predicate, node = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, NamedNode):
            return
        self.lines[subject.value].append(f"{triple} .")
        number = self._number(subject.value)
        if not number:
            return
        if isinstance(node, Literal):
            what = self.texts.get(predicate)
            if what and node.language in self.terms.languages:
                self.told[number][what].append(node.value)
            elif predicate in self.facts:
                self.told[number][self.facts[predicate]].append(node.value)
        elif isinstance(node, NamedNode) and (other := self._number(node.value)):
            self._tie(number, predicate, other)

    def _tie(self, number: int, predicate: str, other: int) -> None:
        self.pointed[other] += 1
        if predicate == self.same:
            self.told[number][MOVED] = [f"Q{other}"]
        elif predicate in self.facts:
            self.told[number][self.facts[predicate]].append(f"Q{other}")
        elif predicate in self.ways:
            kin = self.ways[predicate]
            self.told[number]["kin"].append(kin_text(kin.way, f"Q{other}", kin.gender))
            self.told[other]["kin"].append(kin_text(kin.way, f"Q{number}", "", back=True))
            self.kin |= {(number, other), (other, number)}

    def _number(self, iri: str) -> int:
        found = iri[len(self.items) + 1 :] if iri.startswith(self.items + "Q") else ""
        return int(found) if found.isdigit() else 0

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """The tables of SCHEMA; {} where nobody is named."""
        human = self.terms.person["human"]
        people = {
            number
            for number, told in self.told.items()
            if (told.get("label") or told.get("alias")) and (human in told.get("kind", ()) or self._must_be(told))
        }
        if not people:
            return {}
        labels = {number: min(told["label"]) for number, told in self.told.items() if told.get("label")}
        items: list[tuple[object, ...]] = []
        names: list[tuple[object, ...]] = []
        for number in sorted(people):
            told = self.told[number]
            for what in ("work", "country"):
                told[what] = [labels[int(one[1:])] for one in told.get(what, ()) if int(one[1:]) in labels]
            fame = max(map(float, told.get("fame", ())), default=self._fame(number))
            told["fame"] = [str(fame)]
            items.append((number, fame, json.dumps({what: sorted(set(v)) for what, v in sorted(told.items()) if v})))
            names += [(name, number) for name in sorted({folded(n) for n in (*told["label"], *told["alias"])}) if name]
        items += [(number, 0.0, json.dumps({MOVED: told[MOVED]})) for number, told in sorted(self.told.items())
                  if number not in people and told.get(MOVED)]  # fmt: skip
        found: dict[str, list[tuple[object, ...]]] = {
            "item": items,
            "name": names,
            "triples": [(n, self._packed(n)) for n in sorted(people)],
        }
        kin: list[tuple[object, ...]] = [pair for pair in sorted(self.kin) if people.issuperset(pair)]
        return found | ({"kin": kin} if kin else {})

    def _must_be(self, told: dict[str, list[str]]) -> bool:
        """Whether an item that says not what it is must be a person: it has kin."""
        return not told.get("kind") and bool(told.get("kin"))

    def _fame(self, number: int) -> float:
        """A stand-in for sitelinks, which slices seldom hold: how often others point at it, and how much it tells."""
        return round(3.0 * self.pointed[number] + math.sqrt(len(self.lines[f"{self.items}Q{number}"])), 3)

    def _packed(self, number: int) -> bytes:
        """The triples of an item, its statements, their values, and the labels of the items that they name."""
        found: dict[str, None] = {}
        waiting = [f"{self.items}Q{number}"]
        seen = set(waiting)
        while waiting:
            lines = self.lines.get(waiting.pop(), ())
            found |= dict.fromkeys(lines)
            for line in lines:
                end = line.rsplit("<", 1)[-1].partition(">")[0] if line.endswith("> .") else ""
                if not end or end in seen:
                    continue
                seen.add(end)
                if self._number(end):
                    found |= dict.fromkeys(one for one in self.lines.get(end, ()) if "label>" in one)
                elif end in self.lines:
                    waiting.append(end)
        return zlib.compress("\n".join(found).encode(), 1)
