"""The component "kg_people": who is who in a Doc, and what it says of them, in anybody's spaCy pipeline.

It reads the Doc of any English pipeline with a parser and names, and fills what EXTENSIONS lists (docs/spacy.md). The
Doc itself carries plain data only (Doc._.kg_reading), so that Doc.to_bytes and DocBin keep it; the rest is looked up
in it. spaCy loads this module with every factory it knows, so it imports nothing dear.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.model import MIN_SCORE, Claim, Document, Mention, Reading, Value
from kg.naming import called, gender_of

if TYPE_CHECKING:
    from kg.extract.reader import TreeReader

COMPONENT = "kg_people"
SPANS = "kg_people"
"""Key of the span group that holds every mention, labelled with the name of whom it means."""

HOW = ("polarity", "modality", "phase", "according_to")

Row = Mapping[str, Any]


# ------------------------------------------------------------------ what users get
@dataclass(frozen=True, slots=True, kw_only=True)
class DocPerson:
    """One person of a Doc. name: the fullest name with the title where it needs one, or the first description of
    somebody without a name (named is then False). gender: "male", "female" or ""."""

    name: str
    aliases: tuple[str, ...]
    titles: tuple[str, ...]
    gender: str
    named: bool
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocClaim:
    """What one sentence of a Doc says. relation: a name of the ontology (docs/ontology.md). object: None where the
    object is no words of the Doc; value: its normal form (ISO 8601 date, number, text), "" for people and bodies.
    polarity, modality, phase, according_to: how the text says it. score: probability in 0..1. rule: what found it.
    """

    subject: Span
    relation: str
    object: Span | None
    value: str
    sentence: Span
    polarity: str
    modality: str
    phase: str
    according_to: str
    score: float
    rule: str

    @property
    def plain(self) -> bool:
        """Whether the text states it as a fact."""
        return self.polarity == "affirmed" and self.modality == "stated" and self.phase != "future"


# ------------------------------------------------------------------ the component
class People:
    """Runs the reading on a Doc.

    Args:
        ontology: folders that add relations, titles and words to the shipped ontology.
        min_score: claims less likely than this, in 0..1, are left out.

    Raises:
        OntologyError: a folder holds a broken ontology. ModelError, when called: the Doc has no tree.
    """

    def __init__(self, nlp: Language, name: str, ontology: Sequence[str], min_score: float) -> None:
        self.name = name
        self._nlp = nlp
        self._folders = tuple(Path(folder) for folder in ontology)
        self._least = min_score
        self._reader: TreeReader | None = None

    def __call__(self, doc: Doc) -> Doc:
        from kg.extract.docs import tree

        reader = self._reader = self._reader or self._load()
        document = Document(id="doc", text=doc.text)
        blank = not doc.text.strip()
        # A copy: "son-in-law" is read as one token, which the user's own Doc must not become.
        reading = Reading(document=document) if blank else reader.read(document, tree(doc.copy(), reader.lexicon))
        doc._.kg_reading = plain(reading, self._least)
        doc.spans[SPANS] = _labelled(doc)
        return doc

    def _load(self) -> "TreeReader":
        """On the first Doc: only then it is known what else is in the pipeline."""
        from kg.extract.reader import TreeReader, labels
        from kg.vocabulary import load

        return TreeReader(load(self._folders), labels(self._nlp))


def _labelled(doc: Doc) -> list[Span]:
    data = doc._.kg_reading
    found = []
    for row in data["mentions"]:
        if row["people"]:
            span = _span(doc, row)
            name = " + ".join(data["people"][k]["name"] for k in row["people"])
            found.append(Span(doc, span.start, span.end, label=name))
    return found


# ------------------------------------------------------------------ Reading -> plain data
def plain(reading: Reading, min_score: float) -> dict[str, Any]:
    """A reading as lists, dicts, texts and numbers, which msgpack can write. Places are code points."""
    people = [k for k, chain in enumerate(reading.chains) if reading.mentions[chain[0]].type == "Person"]
    people.sort(key=lambda k: reading.chains[k][0])
    number = {k: n for n, k in enumerate(people)}
    means: dict[int, list[int]] = {i: [number[k]] for k in people for i in reading.chains[k]}
    means |= {i: [number[k] for k in chains if k in number] for i, chains in reading.groups}
    rows = [
        {
            "start": m.span.start,
            "end": m.span.end,
            "kind": m.kind,
            "type": m.type,
            "titles": list(m.titles),
            "sure": reading.sure[i],
            "people": means.get(i, []),
        }
        for i, m in enumerate(reading.mentions)
    ]
    members = [([reading.mentions[i] for i in reading.chains[k]], list(reading.chains[k])) for k in people]
    claims = [_claim(c) for c in reading.claims if c.score >= min_score]
    return {"mentions": rows, "people": [_person(m, places) for m, places in members], "claims": claims}


def _person(mentions: Sequence[Mention], places: list[int]) -> dict[str, Any]:
    named = [m for m in mentions if m.kind == "name"]
    described = [m for m in mentions if m.kind != "pronoun"] or mentions
    name, aliases = called(named) if named else (" ".join(described[0].text.split()), ())
    titles = list(dict.fromkeys(title for m in mentions for title in m.titles))
    more = {"gender": gender_of(mentions), "named": bool(named), "mentions": places}
    return {"name": name, "aliases": list(aliases), "titles": titles, **more}


def _claim(claim: Claim) -> dict[str, Any]:
    at, value = claim.object.span, claim.object.value if isinstance(claim.object, Value) else ""
    return {
        "subject": [claim.subject.span.start, claim.subject.span.end],
        "relation": claim.relation,
        "object": [at.start, at.end] if at else [],
        "value": value,
        "sentence": [claim.sentence.start, claim.sentence.end],
        "how": {name: getattr(claim.status, name) for name in HOW},
        "score": claim.score,
        "rule": claim.rule,
    }


# ------------------------------------------------------------------ plain data -> extensions
def _data(doc: Doc) -> Row:
    return doc._.kg_reading or {"mentions": [], "people": [], "claims": []}


def _chars(doc: Doc, start: int, end: int) -> Span:
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None, "places of a reading lie in its text"
    return span


def _span(doc: Doc, row: Row) -> Span:
    return _chars(doc, row["start"], row["end"])


def _person_of(doc: Doc, number: int) -> DocPerson:
    data = _data(doc)
    row = data["people"][number]
    return DocPerson(
        name=row["name"],
        aliases=tuple(row["aliases"]),
        titles=tuple(row["titles"]),
        gender=row["gender"],
        named=row["named"],
        mentions=tuple(_span(doc, data["mentions"][i]) for i in row["mentions"]),
    )


def people(doc: Doc) -> tuple[DocPerson, ...]:
    """Doc._.kg_people: the people, in order of first mention."""
    return tuple(_person_of(doc, number) for number in range(len(_data(doc)["people"])))


def claims(doc: Doc) -> tuple[DocClaim, ...]:
    """Doc._.kg_claims: what the sentences say, in the order of the text."""
    return tuple(
        DocClaim(
            subject=_chars(doc, *row["subject"]),
            relation=row["relation"],
            object=_chars(doc, *row["object"]) if row["object"] else None,
            value=row["value"],
            sentence=_chars(doc, *row["sentence"]),
            score=row["score"],
            rule=row["rule"],
            **row["how"],
        )
        for row in _data(doc)["claims"]
    )


def _mention(place: Span | Token) -> Row | None:
    """The smallest mention around a span or token."""
    first = place if isinstance(place, Token) else place[0]
    last = place if isinstance(place, Token) else place[-1]
    start, end = first.idx, last.idx + len(last)
    rows = _data(place.doc)["mentions"]
    best: Row | None = None
    for k in range(bisect_right(rows, start, key=lambda row: int(row["start"])) - 1, -1, -1):
        if rows[k]["end"] >= end and (best is None or rows[k]["end"] < best["end"]):
            best = rows[k]
        if start - rows[k]["start"] > FAR:
            break
    return best


FAR = 300  # code points; no mention that holds another is longer


def meant(place: Span | Token) -> tuple[DocPerson, ...]:
    """Span._.kg_people, Token._.kg_people: whom it means; several for a group ("the couple"), none if unclear."""
    row = _mention(place)
    return tuple(_person_of(place.doc, number) for number in row["people"]) if row else ()


def person(place: Span | Token) -> DocPerson | None:
    """Span._.kg_person, Token._.kg_person: the one person that it means, or None."""
    found = meant(place)
    return found[0] if len(found) == 1 else None


def sure(place: Span | Token) -> float:
    """Span._.kg_sure, Token._.kg_sure: how sure it is who is meant, a probability in 0..1; 0 where nobody is."""
    row = _mention(place)
    return float(row["sure"]) if row and row["people"] else 0.0


def titles(place: Span) -> tuple[str, ...]:
    """Span._.kg_titles: the titles that the mention says ("Prince", "Duke of Sussex")."""
    row = _mention(place)
    return tuple(row["titles"]) if row else ()


EXTENSIONS: tuple[tuple[type, str, Callable[..., Any]], ...] = (
    (Doc, "kg_people", people),
    (Doc, "kg_claims", claims),
    (Span, "kg_people", meant),
    (Span, "kg_person", person),
    (Span, "kg_sure", sure),
    (Span, "kg_titles", titles),
    (Token, "kg_people", meant),
    (Token, "kg_person", person),
    (Token, "kg_sure", sure),
)
Doc.set_extension("kg_reading", default=None, force=True)
for _kind, _name, _getter in EXTENSIONS:
    _kind.set_extension(_name, getter=_getter, force=True)  # type: ignore[attr-defined]

# As a call, not as a decorator: spaCy asks the entry point of the same name for it while it registers this.
Language.factory(
    COMPONENT,
    requires=["token.pos", "token.dep", "token.head", "doc.sents", "doc.ents"],
    assigns=[f"{kind.__name__.lower()}._.{name}" for kind, name, _ in EXTENSIONS],
    default_config={"ontology": [], "min_score": MIN_SCORE},
    func=People,
)
