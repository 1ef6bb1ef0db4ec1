"""People of any RDF -> the part of Wikidata that may be about them."""

from collections import defaultdict
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import FormatError
from kg.link.indexing import triples
from kg.link.items import Items
from kg.link.source import Source, batches
from kg.link.terms import Terms
from kg.store.iris import ALIAS, LABEL
from kg.vocabulary.names import OUTSIDE

NAMES = {LABEL.value, ALIAS.value, OUTSIDE["foaf"] + "name", OUTSIDE["schema"] + "name", "http://schema.org/name"}
LIKELY = 20
"""Candidates of a person that are taken."""


def names_in(path: Path) -> list[list[str]]:
    """The names of whatever is named in a file of RDF, the longest of each first.

    Raises:
        FormatError: nothing is named there, or it is no RDF.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for triple in triples(path):
        subject, node = triple.subject, triple.object
        if triple.predicate.value in NAMES and isinstance(subject, NamedNode) and isinstance(node, Literal):
            found[subject.value].add(node.value)
    if not found:
        raise FormatError(f"{path}: nobody is named here", hint="names are rdfs:label, skos:altLabel, foaf:name")
    return [sorted(names, key=lambda name: (-len(name.split()), name)) for _, names in sorted(found.items())]


def slice_lines(names: list[list[str]], source: Source, terms: Terms) -> list[str]:
    """All that the source tells of likely bearers of these names and of their kin, as sorted N-Triples."""
    items = Items(source, terms)
    likely = {qid for qids in source.named(names) for qid in qids[:LIKELY]}
    known = items.fetch(likely)
    everybody = likely | {other for item in known.values() for _, other, _ in item.kin}
    return sorted({line for batch in batches(everybody) for line in source.dump(batch)})
