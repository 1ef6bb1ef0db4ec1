"""The data types. Frozen values; functions elsewhere work on them. Standard library only.

Claims speak of mentions (places in a text), facts of entities (people). Only kg.resolve crosses from one to the other.
All offsets are code points into Document.text, half-open.
"""

from dataclasses import dataclass
from typing import Literal

Gender = Literal["male", "female", ""]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["stated", "reported", "hedged", "hypothetical"]
Phase = Literal["current", "former", "future"]
MentionKind = Literal["name", "description", "pronoun", "group"]

MIN_SCORE = 0.6  # claims less likely than this are not told unless asked for: chosen for precision


# ------------------------------------------------------------------ text
@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text.

    id: stable name of the document (its path as given, or the id of a jsonl line); a changed text keeps its id.
    text: NFC. origin: where it came from, for people to read. date: ISO 8601 date on which it was written, or "".
    """

    id: str
    text: str
    origin: str = ""
    date: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """text[start:end] of one document (by its id)."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where somebody or something is named, described or pointed at.

    type: name of an ontology class, "Person", "Organisation" or "Place". name: the name proper without titles, or "".
    titles: titles as written ("Prince", "Duke of Sussex"). A group ("the couple") has kind "group".
    """

    span: Span
    text: str
    kind: MentionKind
    type: str = "Person"
    name: str = ""
    titles: tuple[str, ...] = ()
    gender: Gender = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An object that is no entity.

    text: as written. value: normal form (ISO 8601 date, integer, or the text). parts: fields of a structured value,
    (("role", "chief executive"), ("org", "Halden Foods")) for a position. span: where it stands, or None.
    """

    text: str
    value: str
    parts: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


# ------------------------------------------------------------------ what a text says
@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a text says it. according_to: whom it is attributed to, as written. start, end: ISO 8601 dates or ""."""

    polarity: Polarity = "affirmed"
    modality: Modality = "stated"
    phase: Phase = "current"
    according_to: str = ""
    start: str = ""
    end: str = ""

    @property
    def plain(self) -> bool:
        """Whether the graph may assert it as a plain triple."""
        return self.polarity == "affirmed" and self.modality == "stated" and self.phase != "future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one sentence says. score: probability in 0..1 that the sentence says it; rule: "frame/cue word"."""

    relation: str
    subject: Mention
    object: Mention | Value
    sentence: Span
    status: Status = Status()
    rule: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a text and its place in the tree of its sentence.

    start, end: code points. tag: universal part of speech. head: index of the word that it hangs on, its own for a
    root. relation: to its head, of Universal Dependencies.
    """

    start: int
    end: int
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that extraction found in one document.

    chains: coreference clusters, each a sorted tuple of indices into mentions; a mention is in at most one chain.
    groups: (index of a group mention, the indices of the chains of its members).
    sure: for each mention how sure it is that it means its chain or group, a probability in 0..1.
    words, sentences (half-open ranges of words): how it was read; filled only for those who ask why.
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    chains: tuple[tuple[int, ...], ...] = ()
    groups: tuple[tuple[int, tuple[int, ...]], ...] = ()
    claims: tuple[Claim, ...] = ()
    sure: tuple[float, ...] = ()
    words: tuple[Word, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()


# ------------------------------------------------------------------ what the graph holds
@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One person, organisation or place of one document.

    id: its IRI. name: how to show it ("Prince Harry", "Meghan Markle"). aliases: the other forms the text uses, sorted.
    named: False for somebody whom the text only points at; the name is then the first pronoun.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    gender: Gender = ""
    mentions: tuple[Mention, ...] = ()
    wikidata: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the graph holds. An inferred fact's evidence is the facts it follows from, and rule says how.

    dropped: why the graph does not believe it, "" if it does: a surer fact of the same document contradicts it.
    """

    subject: Entity
    relation: str
    object: Entity | Value
    status: Status
    score: float
    evidence: tuple["Claim | Fact", ...]
    rule: str = ""
    dropped: str = ""

    @property
    def plain(self) -> bool:
        """Whether the graph asserts it as a plain triple."""
        return self.status.plain and not self.dropped

    @property
    def inferred(self) -> bool:
        return any(isinstance(e, Fact) for e in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGraph:
    """What one document puts into the graph: its entities and facts, sorted.

    unnamed: what the document says of people and bodies that it only points at ("He was born in Leeds", and no name
    before it). The line format tells it, the graph does not: it could not say of whom it speaks.
    reading: what the facts were made from, for those who ask why; else None.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    unnamed: tuple[Fact, ...] = ()
    reading: Reading | None = None


# ------------------------------------------------------------------ the ontology
@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that carry a relation, and the class of frames that ties them to subject and object.

    frame: a class of frames.toml ("noun", "verb", …). words: lemmas, lower case; "-" and spaces may stand inside.
    prepositions: the case words that lead to the object, where the frame needs one. reversed: the object is the one
    that the frame calls the subject. bearer: the gender that the word tells of its bearer. phase: what the word itself
    tells ("ex-wife").
    """

    frame: str
    words: tuple[str, ...]
    prepositions: tuple[str, ...] = ()
    reversed: bool = False
    bearer: Gender = ""
    phase: Phase = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence and what it must give, or must not: "subject | relation | object", "*" for anything."""

    text: str
    gives: tuple[str, ...] = ()
    gives_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """One relation of the ontology.

    domain, range: ontology class names, or a literal kind ("date", "year", "number", "text"). parents: the more general
    relations. gendered: the neutral relation that this one narrows by the object's gender, with that gender.
    at_most: how many objects a subject can have, 0 for any number.
    chains: relations whose composition implies this one (kg:spouse o kg:parent). family: whether it is kin.
    """

    name: str
    iri: str
    label: str
    comment: str
    domain: str
    range: str
    parents: tuple[str, ...] = ()
    inverse: str = ""
    symmetric: bool = False
    gender: Gender = ""
    chains: tuple[tuple[str, ...], ...] = ()
    disjoint: tuple[str, ...] = ()
    at_most: int = 0
    family: bool = False
    wikidata: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    examples: tuple[Example, ...] = ()
    file: str = ""
