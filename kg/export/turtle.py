"""Turtle and TriG as a person would write them: people first by name, then what else there is, then the documents,
then each claim with its evidence right after it.

Oxigraph's own writer keeps to the order of subjects' IRIs, which are hashes for claims.
Escapes and names follow https://www.w3.org/TR/turtle/ (RDF 1.1), sections 6.4 and 6.5.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from tempfile import TemporaryFile

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.vocabulary.names import OUTSIDE, OWN, RDF, RDFS, SKOS, TERMS, XSD, prefixes

# PN_CHARS_BASE of the grammar, without the letters beyond the basic plane; a name outside it is written as <…>.
_LETTERS = "A-Za-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿"
LOCAL_NAME = re.compile(f"[{_LETTERS}_0-9](?:[{_LETTERS}_0-9·-]*[{_LETTERS}_0-9·-])?")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
CONTROL = re.compile(r'[\\"\x00-\x1f\x7f]')

RDF_TYPE = RDF + "type"
OA = OUTSIDE["oa"]
DCTERMS = OUTSIDE["dcterms"]
PLACED = (OA + "hasSource", OA + "start", OA + "exact")
SECTIONS = {"Person": "people", "Document": "documents", "Claim": "claims", "Evidence": "claims"}
TITLES = {
    "people": "people",
    "others": "organisations, places and positions",
    "documents": "documents",
    "claims": "claims, each with its evidence",
}

PARSED_AT_ONCE = 10_000
"""Lines."""

Node = NamedNode | BlankNode | Literal
Said = Mapping[str, Mapping[str, Sequence[Node]]]


def turtle(quads: Iterable[Quad], base: str) -> str:
    """The triples of all graphs as one Turtle document."""
    writer = _Writer(base)
    body = "".join(writer.sections(_grouped(quads)))
    return writer.head() + body


def streamed(lines: Iterable[bytes], base: str) -> Iterator[bytes]:
    """The same of lines of N-Triples, sorted and each once. What is written of a subject waits on disk until all are
    seen; in memory stays what tells where it goes."""
    writer = _Writer(base)
    order = _Order(writer.kg)
    places: dict[str, tuple[int, int]] = {}
    with TemporaryFile() as file:
        at = 0
        for subject, fields in _by_subject(lines):
            order.note(subject, fields)
            size = file.write(writer.block(subject, fields).encode())
            places[subject] = at, size
            at += size
        yield writer.head().encode()
        for title, subjects in order.sections():
            yield title.encode()
            for subject in subjects:
                file.seek(places[subject][0])
                yield file.read(places[subject][1])


def trig(quads: Iterable[Quad], base: str) -> str:
    """As TriG: one block a graph, in the order of their names; the default graph first."""
    writer = _Writer(base)
    by_graph: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph_name.value if isinstance(quad.graph_name, NamedNode | BlankNode) else ""].append(quad)
    body = []
    for name in sorted(by_graph):
        block = "".join(writer.sections(_grouped(by_graph[name])))
        body.append(f"\n{writer.iri(name)} {{{_indented(block)}}}\n" if name else block)
    return writer.head() + "".join(body)


def _indented(block: str) -> str:
    # Only at \n, which texts hold as \\n: splitlines() would also cut a text at U+0085 or U+2028.
    return "\n".join(f"  {line}" if line else line for line in block.split("\n"))


def _by_subject(lines: Iterable[bytes]) -> Iterator[tuple[str, Mapping[str, Sequence[Node]]]]:
    """Each subject with what is said of it; a part of the lines is parsed at a time."""
    waiting = iter(lines)
    pieces = iter(lambda: b"".join(islice(waiting, PARSED_AT_ONCE)), b"")
    triples = (quad for piece in pieces for quad in parse(piece, format=RdfFormat.N_TRIPLES, lenient=True))
    for _, group in groupby(triples, key=lambda quad: quad.subject):
        yield from _grouped(group).items()


def _grouped(quads: Iterable[Quad]) -> Said:
    said: dict[str, dict[str, list[Node]]] = {}
    for quad in quads:
        if not isinstance(quad.subject, NamedNode | BlankNode) or not isinstance(quad.object, Node):
            continue  # triple terms of RDF 1.2, which kg never writes
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)
        objects = said.setdefault(subject, {}).setdefault(quad.predicate.value, [])
        if quad.object not in objects:
            objects.append(quad.object)
    return said


class _Writer:
    """Remembers which prefixes were needed."""

    def __init__(self, base: str) -> None:
        self.kg = base + TERMS
        self.people = base + OWN["person"]
        self.used: set[str] = set()
        # Names first; of a claim the triple, how it is said, and why; of evidence the words, and where they stand.
        first = [RDF_TYPE, RDFS + "label", SKOS + "altLabel", self.kg + "gender", SKOS + "exactMatch"]
        first += [RDF + name for name in ("subject", "predicate", "object")]
        first += [self.kg + name for name in ("polarity", "modality", "phase", "accordingTo", "start", "end")]
        first += [
            self.kg + name
            for name in ("confidence", "rule", "evidence", "subjectMention", "objectMention", "inferredFrom")
        ]
        first += [OA + name for name in ("exact", "hasSource", "start", "end")]
        self.order = {name: rank for rank, name in enumerate(first)}
        self.spaces = {space: prefix for prefix, space in sorted(prefixes(base).items(), reverse=True)}

    def head(self) -> str:
        known = {prefix: space for space, prefix in self.spaces.items() if prefix in self.used}
        return "".join(f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in sorted(known))

    def sections(self, said: Said) -> Iterator[str]:
        order = _Order(self.kg)
        for subject in said:
            order.note(subject, said[subject])
        for title, subjects in order.sections():
            yield title
            for subject in subjects:
                yield self.block(subject, said[subject])

    def _predicates(self, fields: Mapping[str, Sequence[Node]]) -> list[str]:
        """Type, names and gender; then ties to people, to other things, and plain values."""

        def rank(predicate: str) -> tuple[int, int, str]:
            kind = min(map(self._kind, fields[predicate]))
            return self.order.get(predicate, len(self.order)), kind, predicate

        return sorted(fields, key=rank)

    def _kind(self, node: Node) -> int:
        return 2 if isinstance(node, Literal) else 0 if _value(node).startswith(self.people) else 1

    # -------------------------------------------------------------- syntax
    def block(self, subject: str, fields: Mapping[str, Sequence[Node]]) -> str:
        lines = []
        for predicate in self._predicates(fields):
            objects = " , ".join(sorted(map(self.node, fields[predicate])))
            verb = "a" if predicate == RDF_TYPE else self.iri(predicate)
            lines.append(f"{verb} {objects}")
        fields_text = " ;\n  ".join(lines)
        return f"\n{self.iri(subject)} {fields_text} .\n"

    def node(self, node: Node) -> str:
        if not isinstance(node, Literal):
            return self.iri(_value(node))
        text = '"' + CONTROL.sub(_escape, node.value) + '"'
        if node.language:
            return f"{text}@{node.language}"
        datatype = node.datatype.value
        bare = {XSD + "integer": r"[+-]?\d+", XSD + "decimal": r"[+-]?\d*\.\d+", XSD + "boolean": "true|false"}
        if datatype in bare and re.fullmatch(bare[datatype], node.value):
            return node.value
        return text if datatype == XSD + "string" else f"{text}^^{self.iri(datatype)}"

    def iri(self, iri: str) -> str:
        if iri.startswith("_:"):
            return iri
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1  # a local name holds neither, and every namespace ends so
        prefix = self.spaces.get(iri[:cut])
        if prefix is None or not LOCAL_NAME.fullmatch(iri, cut):
            return f"<{iri}>"
        self.used.add(prefix)
        return f"{prefix}:{iri[cut:]}"


class _Order:
    """Which subjects come in which order; remembers as little of them as tells it. kg: namespace of our terms."""

    def __init__(self, kg: str) -> None:
        self.kg, self.evidence = kg, kg + "evidence"
        self.named: dict[str, list[tuple[str, str]]] = {section: [] for section in TITLES}
        self.claims: list[str] = []
        self.said: dict[str, Mapping[str, Sequence[Node]]] = {}

    def note(self, subject: str, fields: Mapping[str, Sequence[Node]]) -> None:
        kinds = (_value(kind).removeprefix(self.kg) for kind in fields.get(RDF_TYPE, ()))
        section = next((SECTIONS[kind] for kind in kinds if kind in SECTIONS), "others")
        if section == "claims":
            self.claims.append(subject)
        else:
            self.named[section].append((_name(fields), subject))
        if section == "claims" or PLACED[0] in fields:
            self.said[subject] = {name: fields[name] for name in (self.evidence, *PLACED) if name in fields}

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Each section that is not empty, with its title if there are more."""
        found = {section: [subject for _, subject in sorted(names)] for section, names in self.named.items()}
        found["claims"] = self._claims()
        filled = [section for section in found if found[section]]
        for section in filled:
            yield f"\n# ---- {TITLES[section]}\n" if len(filled) > 1 else "", found[section]

    def _claims(self) -> list[str]:
        """Claims in the order of the text, each sentence after the first claim that rests on it."""
        nodes = set(self.claims)
        rests = {one: sorted(map(_value, self.said[one].get(self.evidence, ())), key=self._place) for one in nodes}
        claims = [one for one in nodes if OA + "exact" not in self.said[one]]
        claims.sort(key=lambda one: (not rests[one], self._place(next(iter(rests[one]), "")), one))
        ordered: dict[str, None] = {}
        for claim in claims:
            ordered[claim] = None
            ordered.update(dict.fromkeys(one for one in rests[claim] if one in nodes))
        return [*ordered, *sorted(nodes - set(ordered))]

    def _place(self, evidence: str) -> tuple[str, int, str]:
        """Where a sentence stands: document, offset."""
        fields = self.said.get(evidence, {})
        source = min(map(_value, fields.get(OA + "hasSource", ())), default="")
        starts = [_value(start) for start in fields.get(OA + "start", ())]
        return source, int(starts[0]) if starts and starts[0].isdigit() else 0, evidence


def _escape(found: re.Match[str]) -> str:
    return ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _value(node: Node) -> str:
    return str(node) if isinstance(node, BlankNode) else node.value


def _name(fields: Mapping[str, Sequence[Node]]) -> str:
    for predicate in (RDFS + "label", DCTERMS + "identifier"):
        if predicate in fields:
            return min(map(_value, fields[predicate])).casefold()
    return ""
