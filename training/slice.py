"""Makes the part of Wikidata that comes with kg.   python -m training.slice ../shared/wikidata

The data are Wikidata's (CC0), as earlier public dumps and data sets hold them; NOTICE names them. Left out is what
linking, enriching and comparing do not use. The same data give the same bytes.
"""

import gzip
import sys
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg import vocabulary
from kg.link import terms as linking_terms
from kg.link.indexing import triples
from kg.link.slices import SHIPPED
from kg.link.terms import Terms

SOURCES = ("people_*.ttl", "royal_families.ttl", "us_congress_current.ttl", "values_and_items.ttl")
UNUSED = ("timeTimezone", "timeCalendarModel", "BestRank", "Statement", "Item", "TimeValue")


def kept(triple: Triple, terms: Terms) -> bool:
    """Whether a triple is about an item, a statement or a value, in a language that is asked for."""
    spaces = terms.prefixes
    subject, predicate, node = triple.subject, triple.predicate.value, triple.object
    ours = ("wd", "wds", "wdv", "wdref")
    if not isinstance(subject, NamedNode) or not subject.value.startswith(tuple(spaces[name] for name in ours)):
        return False
    if isinstance(node, Literal):
        return node.language in (None, *terms.languages) and not predicate.endswith(UNUSED)
    wikibase = spaces["wikibase"]
    return not (predicate.startswith(wikibase) and predicate.endswith(UNUSED)) and not (
        isinstance(node, NamedNode) and node.value.startswith(wikibase) and node.value.endswith(UNUSED)
    )


def main() -> None:
    terms = linking_terms.load(vocabulary.load())
    folder = Path(sys.argv[1])
    paths = [path for pattern in SOURCES for path in sorted(folder.glob(pattern))]
    found = {triple for path in paths for triple in triples(path) if kept(triple, terms)}
    ordered = sorted(found, key=str)
    data = serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(terms.prefixes)) or b""
    with SHIPPED.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(data)
    print(f"{SHIPPED.name}: {len(ordered)} triples, {SHIPPED.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
