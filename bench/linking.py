"""How right the links to Wikidata are, on data that is no part of this repository.   python -m bench.linking [PART…]

Looks in $KG_SHARED, else in ../shared, for wikidata/ and corpora/; says so and stops where they are missing. Only the
held-out part counts: training/linking.py learns the weights on the other.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bench import linking_cases as cases
from kg import vocabulary
from kg.link import terms as linking_terms
from kg.link.indexing import triples
from kg.link.items import Items
from kg.link.linking import link
from kg.link.signals import weights
from kg.link.slices import Slice, open_slice
from kg.link.terms import Terms
from kg.link.types import Linked, Person

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGENET = "corpora/linking/knowledgenet.fold3.jsonl"
FEWREL = "corpora/relations/fewrel.people.jsonl"
PEOPLE = ("people_kin", "people_1", "people_2", "people_3", "people_4", "values_and_items")
CACHE = Path(os.environ.get("KG_CACHE", Path(tempfile.gettempdir()) / "kg-bench"))
PAIRS = int(os.environ.get("KG_PAIRS", "1000000"))
"""Held-out pairs that are tried; a smaller number is a sample that stays the same."""

Opened = tuple[Slice, Terms, list[tuple[str, str, str]], frozenset[frozenset[str]]]


def opened(shared: Path) -> Opened:
    """The slice of people_*.ttl, its kin statements, and the pairs whose relation is hidden: half of them."""
    terms = linking_terms.load(vocabulary.load())
    folder = shared / "wikidata"
    joined = CACHE / "people.nt"
    if not joined.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        found = {f"{triple} .\n" for name in PEOPLE for triple in triples(folder / f"{name}.ttl")}
        waiting = joined.with_suffix(".new.nt")
        waiting.write_text("".join(sorted(found)), encoding="utf-8")
        waiting.replace(joined)
    statements = cases.kin_statements(folder, terms)
    pairs = {frozenset((one, other)) for one, _, other in statements}
    hidden = frozenset(pair for pair in pairs if cases.share("-".join(sorted(pair)), "hide") < 0.5)
    return open_slice(joined, CACHE, terms), terms, statements, hidden


def split(statement: tuple[str, str, str]) -> str:
    """The part that a pair of people belongs to: 40 % train, the others are held out."""
    pair = "-".join(sorted((statement[0], statement[2])))
    return "train" if cases.share(pair, "split") < 0.4 else "test"


# ------------------------------------------------------------------ counting
class Count:
    """Mentions, how many have the right item first, how many links are made, and how many of them are wrong."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()

    def add(self, linked: Linked, gold: str, popular: str = "") -> None:
        first = linked.candidates[0].item.id if linked.candidates else ""
        nobody = not linked.qid
        self.n["mentions"] += 1
        self.n["known"] += bool(gold)
        self.n["first"] += bool(gold) and first == gold
        self.n["right"] += bool(gold) and linked.qid == gold
        self.n["made"] += bool(linked.qid)
        self.n["wrong"] += bool(linked.qid) and linked.qid != gold
        self.n["nil"] += nobody
        self.n["nil right"] += nobody and not gold
        self.n["popular"] += bool(gold) and popular == gold

    def line(self) -> str:
        n = self.n
        known, made = n["known"] or 1, n["made"] or 1
        unknown = n["mentions"] - n["known"]
        nil = (
            f"; NIL precision {n['nil right'] / (n['nil'] or 1):.3f} recall {n['nil right'] / unknown:.3f}"
            if unknown
            else ""
        )
        popular = f"popularity {n['popular'] / known:.3f}, " if n["popular"] else ""
        return (
            f"{n['mentions']} mentions, {n['known']} known: {popular}right item first {n['first'] / known:.3f}, "
            f"linked right {n['right'] / known:.3f}; {n['made']} links made, {n['wrong'] / made:.2%} wrong{nil}"
        )


def kin_pairs(shared: Path) -> None:
    source, terms, statements, hidden = opened(shared)
    items = Items(cases.Hidden(source, hidden), terms)
    held_out = [s for s in statements if split(s) == "test"]
    test = sorted(held_out, key=lambda s: cases.share("-".join(s), "sample"))[:PAIRS]
    for forms in cases.FORMS:
        counts = {True: Count(), False: Count()}
        for statement in test:
            items.fetch((statement[0], statement[2]))
            case = cases.kin_case(statement, forms, items)
            for linked in link(case.people, case.ties, items, weights()):
                most = max(source.named([linked.person.names])[0], key=lambda q: items.fetch([q])[q].fame, default="")
                counts[frozenset((statement[0], statement[2])) in hidden].add(linked, case.gold[linked.person.id], most)
        for taken_out, count in counts.items():
            print(
                f"{' name / '.join(forms)} name, relation {'taken out' if taken_out else 'there'}: {count.line()}",
                flush=True,
            )


def fewrel(shared: Path) -> None:
    source, terms, _, _ = opened(shared)
    items = Items(source, terms)
    count = Count()
    for case in cases.fewrel(shared / FEWREL, source.people(), terms):
        if cases.share(case.id, "split") >= 0.5:
            for linked in link(case.people, case.ties, items, weights()):
                count.add(linked, case.gold[linked.person.id])
    print(f"FewRel, names and relation as marked: {count.line()}", flush=True)


def knowledgenet(shared: Path) -> None:
    """People named in KnowledgeNet's third fold whose item is in the slice: each by name alone, no tie is told."""
    source, terms, _, _ = opened(shared)
    items, known, count = Items(source, terms), source.people(), Count()
    for line in (shared / KNOWLEDGENET).read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        spots = [(told["text"][start:end], qid) for start, end, qid in told["links"] if qid in known]
        people = [
            Person(id=str(k), names=(name,), text=told["text"], document=told["id"])
            for k, (name, _) in enumerate(spots)
        ]
        for linked, (_, gold) in zip(link(people, [], items, weights()), spots, strict=True):
            count.add(linked, gold)
    print(f"KnowledgeNet fold 3, names as marked: {count.line()}", flush=True)


def requests(_: Path) -> None:
    """10,000 made people against a SPARQL service on this machine: how many requests, how long."""
    from pyoxigraph import RdfFormat, Store

    from kg.endpoint import Endpoint
    from kg.link.cache import Cache
    from kg.link.remote import Remote
    from tests.link.family import PREFIXES
    from tests.services.sparql import sparql_service

    terms = linking_terms.load(vocabulary.load())
    store, numbers = Store(), range(1, 10_001)
    made = "".join(f'wd:Q{n} rdfs:label "Ann Reed{n}"@en ; wdt:P31 wd:Q5 .\n' for n in numbers)
    store.load((PREFIXES + made).encode(), format=RdfFormat.TURTLE)
    people = [Person(id=str(n), names=(f"Mrs Ann Reed{n}",), document=str(n)) for n in numbers]
    with sparql_service(store) as service, tempfile.TemporaryDirectory() as folder:
        url = f"{service.url}/query"
        source = Remote(url, Endpoint(url).query, Cache(Path(folder)), terms)
        began = time.perf_counter()
        link(people, [], Items(source, terms), weights())
        took = time.perf_counter() - began
    print(
        f"{len(people)} people: {len(service.asked)} requests, {took:.0f} s with the service on the same cores",
        flush=True,
    )


PARTS: Mapping[str, Callable[[Path], None]] = {
    "kin": kin_pairs,
    "fewrel": fewrel,
    "knowledgenet": knowledgenet,
    "requests": requests,
}


def main(arguments: Iterable[str] = ()) -> None:
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not (shared / "wikidata").is_dir():
        print(
            f"Nothing to link to: {shared / 'wikidata'} is not there. Set KG_SHARED to the folder that holds wikidata/."
        )
        return
    for name in tuple(arguments) or tuple(PARTS):
        began = time.process_time()
        print(f"== {name}", flush=True)
        PARTS[name](shared)
        print(f"   ({time.process_time() - began:.0f} s of CPU)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
