"""Foreign triples -> the graph of a document, and the triples that have no place in it.

The document's text is the triples that were understood, one a line as N-Triples: a fact's sentence is its line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.imports import statements
from kg.imports.terms import Foreign
from kg.minting import slugged
from kg.model import Claim, Document, DocumentGraph, Entity, Fact, Gender, Mention, RelationType, Span, Status, Value
from kg.vocabulary import Vocabulary
from kg.vocabulary.names import local

DATE = re.compile(r"[+]?(-?\d{4,}(?:-\d\d(?:-\d\d)?)?)(?:T.*|Z|[+-]\d\d:\d\d)?")
NUMBER = re.compile(r"[+]?(-?\d+)(?:\.0+)?")

NO_RELATION = "no relation of the ontology"
NO_CLASS = "no class of the ontology"
NO_VALUE = "the value is not of the kind that the relation needs"
NO_GENDER = "no gender that the ontology knows"
NOBODY = "of a node of no known kind"

Node = NamedNode | Literal


@dataclass(slots=True)
class Mapped:
    """What became of a file. unmapped: (quad, reason), in order. same: triples that say that two IRIs mean one."""

    graph: DocumentGraph
    unmapped: list[tuple[Quad, str]] = field(default_factory=list)
    same: list[tuple[NamedNode, NamedNode, NamedNode]] = field(default_factory=list)


def mapped(quads: Iterable[Quad], identity: str, foreign: Foreign, vocabulary: Vocabulary) -> Mapped:
    """The graph that a file's triples come to.

    Args:
        quads: sorted, without blank nodes. identity: what the document is called.
    """
    return _Mapping(identity, foreign, vocabulary).run(list(quads))


class _Mapping:
    def __init__(self, identity: str, foreign: Foreign, vocabulary: Vocabulary) -> None:
        self.identity = identity
        self.foreign = foreign
        self.vocabulary = vocabulary
        self.names = (*foreign.labels, *foreign.aliases, *foreign.given, *foreign.surnames)
        self.kinds: dict[str, str] = {}
        self.told: dict[str, dict[str, list[str]]] = {}
        self.genders: dict[str, Gender] = {}
        self.said: Mapping[Quad, Status] = {}
        self.ties: list[tuple[Quad, RelationType, Node]] = []
        self.out = Mapped(DocumentGraph(document=Document(id=identity, text="")))

    def run(self, quads: Sequence[Quad]) -> Mapped:
        waiting: list[Quad] = []
        told = statements.read(quads, self.foreign.statements)
        self.said, self.out.unmapped = told.said, told.left
        for quad in told.quads:
            if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                self._leave(quad, NO_RELATION)
            elif not self._type(quad) and not self._tie(quad):
                waiting.append(quad)
        for quad in waiting:
            self._describe(quad)
        self.out.graph = self._graph()
        self.out.unmapped.sort(key=lambda one: str(one[0]))
        return self.out

    def _leave(self, quad: Quad, reason: str) -> None:
        self.out.unmapped.append((quad, reason))

    # -------------------------------------------------------------- one triple
    def _type(self, quad: Quad) -> bool:
        """Takes what says of which kind a node is; kinds that tell nothing are taken, too."""
        if self._property(quad) not in self.foreign.types or not isinstance(quad.object, NamedNode):
            return False
        kind = self.foreign.classes.get(self.foreign.moved(quad.object.value))
        if kind is None:
            self._leave(quad, NO_CLASS)
        elif kind:
            self.kinds[_iri(quad.subject)] = kind
        return True

    def _tie(self, quad: Quad) -> bool:
        """Takes a triple whose property is a relation of ours, if its value is of the relation's kind."""
        relation = self.vocabulary.relations.get(self.foreign.relations.get(self._property(quad), ""))
        if relation is None:
            return False
        node = self._value(quad, relation)
        if node is None:
            self._leave(quad, NO_VALUE)
            return True
        self.kinds.setdefault(_iri(quad.subject), relation.domain)
        if isinstance(node, NamedNode):
            self.kinds.setdefault(node.value, relation.range)
        self.ties.append((quad, relation, node))
        return True

    def _value(self, quad: Quad, relation: RelationType) -> Node | None:
        """The object as the relation needs it: a node, made from a name where only that is told, or a literal."""
        node = quad.object
        if relation.range in self.vocabulary.classes:
            if isinstance(node, NamedNode):
                return node
            assert isinstance(node, Literal)
            if re.match(r"https?://\S+$", node.value):
                return _checked(node.value)
            if not node.value.strip():
                return None
            made = f"{self.vocabulary.base}{relation.range.lower()}/{slugged(node.value, self.identity)}"
            self.told.setdefault(made, {}).setdefault("label", []).append(node.value)
            return NamedNode(made)
        if not isinstance(node, Literal):
            return None
        if relation.range in ("date", "year", "number"):
            found = (NUMBER if relation.range == "number" else DATE).fullmatch(node.value.strip())
            return Literal(found[1]) if found else None
        return Literal(node.value)

    def _describe(self, quad: Quad) -> None:
        """Takes names, genders and identities of nodes that are somebody or something."""
        subject, property_ = _iri(quad.subject), self._property(quad)
        known = subject in self.kinds
        if property_ in self.foreign.gendered:
            gender = self.foreign.genders.get(self.foreign.moved(_text(quad.object)).lower())
            if gender is None or not known:
                self._leave(quad, NO_GENDER if known else NOBODY)
            else:
                self.genders[subject] = gender
        elif property_ in self.names and isinstance(quad.object, Literal):
            if known:
                self.told.setdefault(subject, {}).setdefault(property_, []).append(quad.object.value)
            else:
                self._leave(quad, NOBODY)
        elif property_ in self.foreign.same and known and (other := _checked(_text(quad.object))):
            self.out.same.append((NamedNode(subject), NamedNode(property_), other))
        else:
            self._leave(quad, NO_RELATION)

    def _property(self, quad: Quad) -> str:
        return self.foreign.moved(quad.predicate.value)

    # -------------------------------------------------------------- the graph
    def _graph(self) -> DocumentGraph:
        people = {iri: self._entity(iri) for iri in sorted(self.kinds)}
        facts, lines, at = [], [], 0
        for quad, relation, node in self.ties:
            line = f"{quad.subject} {quad.predicate} {quad.object} ."
            facts.append(self._fact(quad, relation, node, at, people))
            lines.append(line)
            at += len(line) + 1
        document = Document(id=self.identity, text="\n".join(lines))
        return DocumentGraph(document=document, entities=tuple(people.values()), facts=tuple(facts))

    def _entity(self, iri: str) -> Entity:
        told = self.told.get(iri, {})
        best = [sorted(told[name]) for name in (*self.foreign.labels, "label") if name in told]
        parts = [sorted(told[name])[0] for group in (self.foreign.given, self.foreign.surnames)
                 for name in next(([one] for one in group if one in told), [])]  # fmt: skip
        name = best[0][0] if best else " ".join(parts) or local(iri)
        every = {text for texts in told.values() for text in texts} | ({" ".join(parts)} if parts else set())
        return Entity(id=iri, type=self.kinds[iri], name=name, aliases=tuple(sorted(every - {name, ""})),
                      gender=self.genders.get(iri, ""))  # fmt: skip

    def _fact(self, quad: Quad, relation: RelationType, node: Node, at: int, people: Mapping[str, Entity]) -> Fact:
        subject, predicate, object_ = str(quad.subject), str(quad.predicate), str(quad.object)
        behind = at + len(subject) + len(predicate) + 2

        def span(start: int, length: int) -> Span:
            return Span(document=self.identity, start=start, end=start + length)

        first = Mention(span=span(at, len(subject)), text=subject, kind="name")
        place = span(behind, len(object_))
        ends: Entity | Value
        if isinstance(node, NamedNode):
            ends, second = people[node.value], Mention(span=place, text=object_, kind="name")
            mention: Mention | Value = second
        else:
            ends = mention = Value(text=node.value, value=node.value, span=place)
        line = span(at, behind - at + len(object_) + 2)
        status, rule = self.said.get(quad, Status()), f"import/{quad.predicate.value}"
        claim = Claim(relation=relation.name, subject=first, object=mention, sentence=line,
                      status=status, rule=rule, score=1.0)  # fmt: skip
        return Fact(subject=people[_iri(quad.subject)], relation=relation.name, object=ends,
                    status=claim.status, score=1.0, evidence=(claim,))  # fmt: skip


def _iri(node: object) -> str:
    assert isinstance(node, NamedNode)
    return node.value


def _text(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else str(node)


def _checked(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None
