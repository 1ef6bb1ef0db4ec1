"""JSON-LD as a person would write it: one object a node, the names of the ontology as keys, one block a named graph.

The context stands at the head of every document, so that nobody fetches anything; `kg ontology context` prints it, too.
https://www.w3.org/TR/json-ld11/
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.vocabulary import Vocabulary, load
from kg.vocabulary.names import RDF, RDFS, SKOS, TERMS, XSD, prefixes

TYPE = RDF + "type"
NAMES = {"label": RDFS + "label", "altLabel": SKOS + "altLabel", "exactMatch": SKOS + "exactMatch"}
REFERENCE = {"@type": "@id"}

Json = dict[str, object]
Context = Mapping[str, object]


def context(vocabulary: Vocabulary) -> dict[str, object]:
    """The names that keys and types may have: prefixes, classes, relations; values of kin are IRIs."""
    found: dict[str, object] = dict(prefixes(vocabulary.base))
    kg = vocabulary.base + TERMS
    for name, term in vocabulary.classes.items():
        found.setdefault(name, _shortened(term.iri, kg))
    for name, relation in vocabulary.relations.items():
        iri = _shortened(relation.iri, kg)
        # A name that is a prefix, too, stays a prefix: its relation is written as kg:name.
        found.setdefault(name, {"@id": iri, **REFERENCE} if relation.range in vocabulary.classes else iri)
    for name, iri in NAMES.items():
        found.setdefault(name, iri if iri != NAMES["exactMatch"] else {"@id": iri, **REFERENCE})
    return found


def _shortened(iri: str, kg: str) -> str:
    return f"kg:{iri.removeprefix(kg)}" if iri.startswith(kg) else iri


def jsonld(groups: Iterable[Sequence[Quad]], base: str) -> Iterator[bytes]:
    """One document, written graph by graph.

    Args:
        groups: the sorted quads of one graph each, in the order of the graphs.
    """
    writer = _Writer(base)
    yield b'{"@context": ' + _line(writer.context) + b',\n"@graph": ['
    comma = b"\n"
    for quads in groups:
        for block in writer.blocks(quads):
            yield comma + _line(block)
            comma = b",\n"
    yield b"\n]}\n"


def _line(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


@cache
def _context(base: str) -> Context:
    return context(load((), base))


class _Writer:
    def __init__(self, base: str) -> None:
        self.context = _context(base)
        self.keys: dict[str, str] = {}
        self.references: set[str] = set()
        spaces = prefixes(base)
        self.spaces = sorted(spaces.items(), key=lambda item: (-len(item[1]), item[0]))
        for name, told in self.context.items():
            iri = str(told["@id"] if isinstance(told, Mapping) else told)
            if name not in spaces:
                prefix, _, rest = iri.partition(":")
                full = spaces[prefix] + rest if prefix in spaces else iri
                self.keys[full] = name
                self.references |= {full} if isinstance(told, Mapping) else set()

    def blocks(self, quads: Sequence[Quad]) -> Iterator[Json]:
        """The nodes of the default graph one by one, or one object that holds a named graph's."""
        if not quads:
            return
        nodes = list(self._nodes(quads))
        name = quads[0].graph_name
        if isinstance(name, NamedNode | BlankNode):
            yield {"@id": self.reference(name), "@graph": nodes}
        else:
            yield from nodes

    def _nodes(self, quads: Sequence[Quad]) -> Iterator[Json]:
        said: dict[str, dict[str, list[object]]] = {}
        for quad in quads:
            if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                continue  # RDF 1.2, which kg never writes and JSON-LD cannot hold
            fields = said.setdefault(self.reference(quad.subject), {})
            if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode):
                fields.setdefault("@type", []).append(self.keys.get(quad.object.value) or self.reference(quad.object))
            else:
                fields.setdefault(self._key(quad.predicate), []).append(self._value(quad))
        for subject, fields in said.items():
            yield {"@id": subject, **{key: many if many[1:] else many[0] for key, many in fields.items()}}

    def _key(self, predicate: NamedNode) -> str:
        return self.keys.get(predicate.value) or self.reference(predicate)

    def _value(self, quad: Quad) -> object:
        node = quad.object
        if isinstance(node, Literal):
            if node.language:
                return {"@value": node.value, "@language": node.language}
            plain = node.datatype.value == XSD + "string" and quad.predicate.value not in self.references
            kind = {} if node.datatype.value == XSD + "string" else {"@type": self.reference(node.datatype)}
            return node.value if plain else {"@value": node.value, **kind}
        assert isinstance(node, NamedNode | BlankNode)
        told = self.reference(node)
        return told if quad.predicate.value in self.references else {"@id": told}

    def reference(self, node: NamedNode | BlankNode) -> str:
        """An IRI by its prefix, where what follows cannot be taken for something else."""
        if isinstance(node, BlankNode):
            return str(node)
        for prefix, space in self.spaces:
            rest = node.value.removeprefix(space)
            if rest != node.value and rest and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return node.value
