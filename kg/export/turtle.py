"""Turtle and TriG as a person would write them: people first by name, then what else there is, then the documents,
then each claim with its evidence right after it.

Oxigraph's own writer keeps to the order of subjects' IRIs, which are hashes for claims.
Escapes and names follow https://www.w3.org/TR/turtle/ (RDF 1.1), sections 6.4 and 6.5.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.vocabulary.names import OUTSIDE, OWN, RDF, RDFS, SKOS, TERMS, XSD, prefixes

# PN_CHARS_BASE of the grammar, without the letters beyond the basic plane; a name outside it is written as <…>.
_LETTERS = "A-Za-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿"
LOCAL_NAME = re.compile(f"[{_LETTERS}_0-9](?:[{_LETTERS}_0-9·-]*[{_LETTERS}_0-9·-])?")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
CONTROL = re.compile(r'[\\"\x00-\x1f\x7f]')

RDF_TYPE = RDF + "type"
OA = OUTSIDE["oa"]
DCTERMS = OUTSIDE["dcterms"]
TITLES = {
    "people": "people",
    "others": "organisations, places and positions",
    "documents": "documents",
    "claims": "claims, each with its evidence",
}

Node = NamedNode | BlankNode | Literal
Said = Mapping[str, Mapping[str, Sequence[Node]]]


def turtle(quads: Iterable[Quad], base: str) -> str:
    """The triples of all graphs as one Turtle document."""
    writer = _Writer(base)
    body = "".join(writer.sections(_grouped(quads)))
    return writer.head() + body


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
        # The longest namespace first, so that person/ wins over the bare base.
        self.spaces = sorted(prefixes(base).items(), key=lambda item: (-len(item[1]), item[0]))

    def head(self) -> str:
        known = {prefix: space for prefix, space in self.spaces if prefix in self.used}
        return "".join(f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in sorted(known))

    # -------------------------------------------------------------- order
    def sections(self, said: Said) -> Iterator[str]:
        ordered = {section: subjects for section, subjects in self._ordered(said).items() if subjects}
        for section, subjects in ordered.items():
            if len(ordered) > 1:
                yield f"\n# ---- {TITLES[section]}\n"
            for subject in subjects:
                yield self._block(subject, said[subject])

    def _ordered(self, said: Said) -> dict[str, list[str]]:
        kinds = {"Person": "people", "Document": "documents", "Claim": "claims", "Evidence": "claims"}
        found: dict[str, list[str]] = {section: [] for section in TITLES}
        for subject in said:
            names = (kind.value.removeprefix(self.kg) for kind in said[subject].get(RDF_TYPE, ()))
            section = next((kinds[name] for name in names if name in kinds), "others")
            found[section].append(subject)
        for section in ("people", "others", "documents"):
            found[section].sort(key=lambda subject: (_name(said[subject]), subject))
        found["claims"] = self._claims(said, found["claims"])
        return found

    def _claims(self, said: Said, subjects: Sequence[str]) -> list[str]:
        """Claims in the order of the text, each sentence after the first claim that rests on it."""
        evidence = self.kg + "evidence"
        nodes = set(subjects)
        first = {
            one: min(map(_value, said[one].get(evidence, ())), key=lambda e: _place(said, e), default="")
            for one in nodes
        }
        claims = [one for one in nodes if OA + "exact" not in said[one]]
        claims.sort(key=lambda one: (not first[one], _place(said, first[one]), one))
        ordered: dict[str, None] = {}
        for claim in claims:
            ordered[claim] = None
            for one in sorted(map(_value, said[claim].get(evidence, ())), key=lambda e: _place(said, e)):
                if one in nodes:
                    ordered[one] = None
        return [*ordered, *sorted(nodes - set(ordered))]

    def _predicates(self, fields: Mapping[str, Sequence[Node]]) -> list[str]:
        """Type, names and gender; then ties to people, to other things, and plain values."""

        def rank(predicate: str) -> tuple[int, int, str]:
            node = fields[predicate][0]
            kind = 2 if isinstance(node, Literal) else 0 if _value(node).startswith(self.people) else 1
            return self.order.get(predicate, len(self.order)), kind, predicate

        return sorted(fields, key=rank)

    # -------------------------------------------------------------- syntax
    def _block(self, subject: str, fields: Mapping[str, Sequence[Node]]) -> str:
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
        for prefix, space in self.spaces:
            if iri.startswith(space) and LOCAL_NAME.fullmatch(iri, len(space)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"


def _escape(found: re.Match[str]) -> str:
    return ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _value(node: Node) -> str:
    return str(node) if isinstance(node, BlankNode) else node.value


def _name(fields: Mapping[str, Sequence[Node]]) -> str:
    for predicate in (RDFS + "label", DCTERMS + "identifier"):
        if predicate in fields:
            return min(map(_value, fields[predicate])).casefold()
    return ""


def _place(said: Said, evidence: str) -> tuple[str, int, str]:
    """Where a sentence stands: document, offset."""
    fields = said.get(evidence, {})
    source = min(map(_value, fields.get(OA + "hasSource", ())), default="")
    starts = [_value(start) for start in fields.get(OA + "start", ())]
    return source, int(starts[0]) if starts and starts[0].isdigit() else 0, evidence
