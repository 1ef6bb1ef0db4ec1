"""DocumentGraph -> quads. Two graphs a document: what it says, and how it says it, with the words.

No blank nodes, so that the same graph is the same bytes. Numbers are written as Oxigraph gives them back.
"""

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.minting import digest, slugged
from kg.model import Claim, Document, DocumentGraph, Entity, Fact, Span, Value
from kg.store.iris import ALIAS, LABEL, TYPE, claims_graph, document_iri, fingerprint, outside, term
from kg.vocabulary import Vocabulary

INTEGER = outside("xsd", "integer")
DECIMAL = outside("xsd", "decimal")
DATES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), outside("xsd", "date")),
    (re.compile(r"-?\d{4,}-\d\d"), outside("xsd", "gYearMonth")),
    (re.compile(r"-?\d{4,}"), outside("xsd", "gYear")),
)
DATED_RANGES = ("date", "year")

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def quads(graph: DocumentGraph, vocabulary: Vocabulary, *, reader: str = "") -> list[Quad]:
    """All that a document puts into the store, sorted, each quad once.

    Args:
        reader: what read it (program, ontology, model), kept with the document so that a newer reader reads it again.
    """
    writer = _Writer(graph.document, vocabulary)
    said = [*writer.document_triples(reader)]
    for entity in _entities(graph):
        said += writer.entity_triples(entity)
    claimed: list[Triple] = []
    for facts in _by_claim(graph, writer).values():
        claimed += writer.claim_triples(facts)
        for fact in facts:
            said += writer.plain_triples(fact)
    found = {Quad(*triple, writer.iri) for triple in said} | {Quad(*triple, writer.claims) for triple in claimed}
    return sorted(found, key=sort_key)


def sort_key(quad: Quad) -> tuple[str, str, str, str]:
    """By graph, subject, predicate and object, as text: the order of every export."""
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _entities(graph: DocumentGraph) -> list[Entity]:
    ends = [end for fact in _all_facts(graph) for end in (fact.subject, fact.object) if isinstance(end, Entity)]
    return list({entity.id: entity for entity in (*ends, *graph.entities)}.values())


def _all_facts(graph: DocumentGraph) -> Iterator[Fact]:
    """The facts, and those that they follow from, so that no inference points at a claim that is not there."""
    waiting = list(graph.facts)
    seen = set()
    while waiting:
        fact = waiting.pop()
        if id(fact) not in seen:
            seen.add(id(fact))
            yield fact
            waiting += [one for one in fact.evidence if isinstance(one, Fact)]


def _by_claim(graph: DocumentGraph, writer: "_Writer") -> dict[str, list[Fact]]:
    """Facts that say the same share one claim node."""
    found: dict[str, list[Fact]] = {}
    for fact in _all_facts(graph):
        found.setdefault(writer.claim_iri(fact).value, []).append(fact)
    return {key: sorted(found[key], key=lambda fact: -fact.score) for key in sorted(found)}


class _Writer:
    """What all triples of one document share: its IRI and the base of ours."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.base = vocabulary.base
        self.iri = document_iri(self.base, document.id)
        self.claims = claims_graph(self.iri)

    def term(self, name: str) -> NamedNode:
        return term(self.base, name)

    # -------------------------------------------------------------- what it says
    def document_triples(self, reader: str) -> Iterator[Triple]:
        document = self.document
        yield self.iri, TYPE, self.term("Document")
        yield self.iri, outside("dcterms", "identifier"), Literal(document.id)
        yield self.iri, self.term("sha256"), Literal(fingerprint(document.text))
        if document.title:
            yield self.iri, outside("dcterms", "title"), Literal(document.title)
        if document.date:
            yield self.iri, outside("dcterms", "created"), _dated(document.date)
        if "://" in document.origin:
            yield self.iri, outside("dcterms", "source"), Literal(document.origin)
        if reader:
            yield self.iri, self.term("reader"), Literal(reader)

    def entity_triples(self, entity: Entity) -> Iterator[Triple]:
        iri = NamedNode(entity.id)
        yield iri, TYPE, self.term(entity.type)
        yield iri, LABEL, Literal(entity.name)
        for alias in entity.aliases:
            if alias != entity.name:
                yield iri, ALIAS, Literal(alias)
        if entity.gender:
            yield iri, self.term("gender"), self.term(entity.gender)
        if entity.wikidata:
            yield iri, outside("skos", "exactMatch"), outside("wd", entity.wikidata)

    def plain_triples(self, fact: Fact) -> Iterator[Triple]:
        """The triple itself where the graph may assert it, and what describes a structured object."""
        node = self.object_node(fact)
        if fact.plain:
            yield NamedNode(fact.subject.id), self._predicate(fact), node
        if isinstance(fact.object, Value) and isinstance(node, NamedNode):
            parts = dict(fact.object.parts)
            yield node, TYPE, self.term("Position")
            yield node, LABEL, Literal(", ".join(filter(None, parts.values())))
            for part, name in (("role", "role"), ("org", "organisationName")):
                if parts.get(part):
                    yield node, self.term(name), Literal(parts[part])

    # -------------------------------------------------------------- how it says it
    def claim_triples(self, facts: list[Fact]) -> Iterator[Triple]:
        """A claim node for facts that say the same; the surest of them comes first and gives confidence and rule."""
        first = facts[0]
        iri = self.claim_iri(first)
        yield iri, TYPE, self.term("Claim")
        yield iri, outside("rdf", "subject"), NamedNode(first.subject.id)
        yield iri, outside("rdf", "predicate"), self._predicate(first)
        yield iri, outside("rdf", "object"), self.object_node(first)
        yield iri, self.term("polarity"), self.term(first.status.polarity)
        yield iri, self.term("modality"), self.term(first.status.modality)
        yield iri, self.term("phase"), self.term(first.status.phase)
        yield iri, self.term("confidence"), Literal(_decimal(first.score), datatype=DECIMAL)
        if first.status.according_to:
            yield iri, self.term("accordingTo"), Literal(first.status.according_to)
        if first.dropped:
            yield iri, self.term("dropped"), Literal(first.dropped)
        for name, date in (("start", first.status.start), ("end", first.status.end)):
            if date:
                yield iri, self.term(name), _dated(date)
        for fact in facts:
            if fact.inferred and fact.rule:
                yield iri, self.term("rule"), Literal(fact.rule)
            for evidence in fact.evidence:
                yield from self._evidence_triples(iri, fact, evidence)

    def _evidence_triples(self, claim: NamedNode, fact: Fact, evidence: Claim | Fact) -> Iterator[Triple]:
        if isinstance(evidence, Fact):
            yield claim, self.term("inferredFrom"), self.claim_iri(evidence)
            return
        ends = [evidence.subject.span, evidence.object.span]
        if isinstance(fact.object, Entity) and evidence.subject in fact.object.mentions:
            ends.reverse()  # a symmetric relation may be told from its other side
        for name, span in zip(("subjectMention", "objectMention"), ends, strict=True):
            if span is not None:
                yield claim, self.term(name), self.range_iri(span)
        sentence = evidence.sentence
        exact = self.document.text[sentence.start : sentence.end]
        iri = self.evidence_iri(sentence)
        yield claim, self.term("rule"), Literal(evidence.rule)
        yield claim, self.term("evidence"), iri
        yield iri, TYPE, self.term("Evidence")
        yield iri, outside("oa", "hasSource"), self.iri
        yield iri, outside("oa", "start"), Literal(str(sentence.start), datatype=INTEGER)
        yield iri, outside("oa", "end"), Literal(str(sentence.end), datatype=INTEGER)
        yield iri, outside("oa", "exact"), Literal(exact)

    # -------------------------------------------------------------- names
    def claim_iri(self, fact: Fact) -> NamedNode:
        status = fact.status
        how = (status.polarity, status.modality, status.phase, status.according_to, status.start, status.end)
        node = str(self.object_node(fact))
        return NamedNode(f"{self.base}claim/{digest(self.document.id, fact.subject.id, fact.relation, node, *how)}")

    def evidence_iri(self, sentence: Span) -> NamedNode:
        exact = self.document.text[sentence.start : sentence.end]
        where = (self.document.id, str(sentence.start), str(sentence.end))
        return NamedNode(f"{self.base}evidence/{digest(*where, exact)}")

    def range_iri(self, span: Span) -> NamedNode:
        """A stretch of the document's text, as RFC 5147 names it: code points, half-open."""
        return NamedNode(f"{self.iri.value}#char={span.start},{span.end}")

    def _predicate(self, fact: Fact) -> NamedNode:
        return NamedNode(self.vocabulary.iri(fact.relation))

    def object_node(self, fact: Fact) -> NamedNode | Literal:
        """An entity's IRI, a typed literal, or the IRI of a structured value."""
        if isinstance(fact.object, Entity):
            return NamedNode(fact.object.id)
        if fact.object.parts:
            shown = ", ".join(text for _, text in fact.object.parts if text)
            keys = tuple(f"{name}={text}" for name, text in fact.object.parts)
            return NamedNode(f"{self.base}position/{slugged(shown, *keys)}")
        relation = self.vocabulary.relations.get(fact.relation)
        return _literal(fact.object.value, relation.range if relation else "")


def _literal(value: str, kind: str) -> Literal:
    if kind in DATED_RANGES:
        return _dated(value)
    if kind == "number" and re.fullmatch(r"[+-]?\d+", value):
        return Literal(str(int(value)), datatype=INTEGER)
    return Literal(value)


def _dated(value: str) -> Literal:
    """A date typed by how exact it is; text where it is none."""
    for pattern, datatype in DATES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=datatype)
    return Literal(value)


def _decimal(score: float) -> str:
    """A probability to four places in the canonical form that Oxigraph keeps: "0.97", "1", "0"."""
    return f"{score:.4f}".rstrip("0").rstrip(".")
