"""Claims with all that they rest on: premises, theirs in turn, and the sentences with the places of both sides."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.ask.nodes import Fields, fields, labels
from kg.dataset import Dataset
from kg.vocabulary.names import OUTSIDE, RDF, TERMS, local

RANGE = re.compile(r"(.*)#char=(\d+),(\d+)")
"""A stretch of a document, as RFC 5147 names it."""
OA, DCTERMS, PROV = OUTSIDE["oa"], OUTSIDE["dcterms"], OUTSIDE["prov"]
USUAL = {"polarity": "affirmed", "modality": "stated", "phase": "current"}
SHOWN = {"accordingTo": "according to", "start": "from", "end": "until", "endCause": "ended by", "kinship": "as"}


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One side of a fact. iri: "" for a value. name: what to show."""

    iri: str = ""
    name: str

    @classmethod
    def of(cls, node: NamedNode | Literal, names: Mapping[str, str]) -> "End":
        if isinstance(node, NamedNode):
            return cls(iri=node.value, name=names.get(node.value, local(node.value)))
        return cls(name=node.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words of a document that make a claim. document: its id. start: code points into the document, half-open.

    subject, object: (start, end) in `text` of the words that mean them; () where older graphs do not say.
    """

    text: str
    document: str
    start: int
    subject: tuple[tuple[int, int], ...] = ()
    object: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One claim. how: what is not plain about it, "denied", "former", "according to …", none for most.

    confidence: 0..1; 1 where the graph does not say. rules: frame and cue word, or the axiom of an inference.
    sources: what it was taken from, where that is no sentence: a statement of Wikidata, its references.
    premises: the claims that it follows from.
    """

    iri: str
    subject: End
    relation: str
    object: End
    how: tuple[str, ...] = ()
    confidence: float = 1.0
    dropped: str = ""
    rules: tuple[str, ...] = ()
    document: str = ""
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[str, ...] = ()
    premises: tuple["Reason", ...] = ()


def reasons(graph: Dataset, base: str, claims: Collection[str]) -> list[Reason]:
    """These claims, sorted by document and IRI, each with its premises down to the sentences.

    Args:
        claims: their IRIs; what the graph does not hold is left out.
    """
    read = _Read(graph, base, claims)
    found = [read.reason(iri, ()) for iri in sorted(set(claims)) if iri in read.claims]
    return sorted(found, key=lambda one: (one.document, one.iri))


class _Read:
    """All nodes that the reasons need, fetched a layer at a time."""

    def __init__(self, graph: Dataset, base: str, claims: Collection[str]) -> None:
        self.kg = base + TERMS
        self.claims: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        waiting = set(claims)
        while waiting:
            new = fields(graph, waiting, base)
            self.claims |= {iri: one for iri, one in new.items() if RDF + "subject" in one}
            waiting = {p for one in new.values() for p in _iris(one, self.kg + "inferredFrom")} - set(self.claims)
        every = self.claims.values()
        self.evidence = fields(graph, {e for one in every for e in _iris(one, self.kg + "evidence")}, base)
        documents = {d for one in self.evidence.values() for d in _iris(one, OA + "hasSource")}
        self.documents = {iri: _text(one, DCTERMS + "identifier") or iri
                          for iri, one in fields(graph, documents, base).items()}  # fmt: skip
        ends = {iri for one in every for side in ("subject", "object") for iri in _iris(one, RDF + side)}
        self.names = labels(graph, ends, base)

    def reason(self, iri: str, above: tuple[str, ...]) -> Reason:
        said = self.claims[iri]
        sentences = self._sentences(said)
        below = [p for p in _iris(said, self.kg + "inferredFrom") if p in self.claims and p not in (*above, iri)]
        premises = tuple(self.reason(p, (*above, iri)) for p in below)
        subject, object_ = (End.of(said[RDF + side][0], self.names) for side in ("subject", "object"))
        return Reason(
            iri=iri,
            subject=subject,
            relation=_iris(said, RDF + "predicate")[0],
            object=object_,
            how=self._how(said),
            confidence=float(_text(said, self.kg + "confidence") or 1),
            dropped=_text(said, self.kg + "dropped"),
            rules=tuple(one.value for one in said.get(self.kg + "rule", ())),
            document=next((s.document for s in (*sentences, *(s for p in premises for s in p.sentences))), ""),
            sentences=sentences,
            sources=tuple(one.value for p in (PROV + "wasDerivedFrom", DCTERMS + "source") for one in said.get(p, ())),
            premises=tuple(sorted(premises, key=lambda one: _chained(one, premises, subject.iri))),
        )

    def _how(self, said: Fields) -> tuple[str, ...]:
        told = [local(_text(said, self.kg + field)) for field, usual in USUAL.items()]
        how = [word for word, usual in zip(told, USUAL.values(), strict=True) if word not in ("", usual)]
        found = {words: _text(said, self.kg + field) for field, words in SHOWN.items()}
        return (*how, *(f"{words} {text}" for words, text in found.items() if text))

    def _sentences(self, said: Fields) -> tuple[Sentence, ...]:
        places = {side: [found for one in _iris(said, f"{self.kg}{side}Mention") if (found := RANGE.fullmatch(one))]
                  for side in ("subject", "object")}  # fmt: skip
        sentences = []
        for iri in _iris(said, self.kg + "evidence"):
            one = self.evidence.get(iri, {})
            text, start = _text(one, OA + "exact"), int(_text(one, OA + "start") or 0)
            source = next(iter(_iris(one, OA + "hasSource")), "")
            within = {
                side: tuple(
                    (int(m[2]) - start, int(m[3]) - start)
                    for m in places[side]
                    if m[1] == source and start <= int(m[2]) < int(m[3]) <= start + len(text)
                )
                for side in places
            }
            document = self.documents.get(source, source)
            sentences.append(Sentence(text=text, document=document, start=start, **within))
        return tuple(sorted(sentences, key=lambda one: (one.document, one.start, one.text)))


def _chained(one: Reason, all_: Sequence[Reason], start: str) -> int:
    """The place of a premise in the chain that leads from the subject."""
    by_subject = {premise.subject.iri: premise for premise in all_}
    at, steps = start, 0
    while at in by_subject and steps < len(all_):
        if by_subject[at] is one:
            return steps
        at, steps = by_subject[at].object.iri, steps + 1
    return steps


def _iris(said: Fields, predicate: str) -> list[str]:
    return [node.value for node in said.get(predicate, ()) if isinstance(node, NamedNode)]


def _text(said: Fields, predicate: str) -> str:
    return said[predicate][0].value if said.get(predicate) else ""
