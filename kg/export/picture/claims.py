"""What a sentence says, as list items that the page's script draws as arcs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kg.export.picture.people import Cast
from kg.export.picture.text import colours
from kg.model import Claim, DocumentGraph, Fact, Mention, Reading, Span, Status, Value, Word
from kg.vocabulary import Vocabulary

USUAL = Status()
NAMELESS = "not in the graph: it speaks of somebody without a name"
UNSURE = "not in the graph: less sure than --min-score asks"
LITTLE = 0.5
"""Score under which a claim that the graph could not hold anyway is nothing to look at."""

Range = tuple[int, int]  # words, both inclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a claim: whether the graph holds a fact that rests on it, and the reason if not.

    weak: it was too unsure to be told, or adds little to a fact that surer claims carry.
    """

    kept: bool
    reason: str = ""
    weak: bool = False


def fates(graph: DocumentGraph, reading: Reading, cast: Cast) -> dict[Claim, Fate]:
    """What became of each claim of a document."""
    found: dict[Claim, Fate] = {}
    for fact in graph.facts:
        for claim in _resting(fact):
            if not found.get(claim, Fate(kept=False)).kept:
                found[claim] = Fate(kept=not fact.dropped, reason=fact.dropped, weak=claim.score < fact.score / 2)
    for claim in (claim for fact in graph.unnamed for claim in _resting(fact)):
        found.setdefault(claim, Fate(kept=False, reason=NAMELESS))
    place = {mention.span: i for i, mention in enumerate(reading.mentions)}
    for claim in reading.claims:
        if claim not in found:
            ends = [end for end in (claim.subject, claim.object) if isinstance(end, Mention) and end.type == "Person"]
            named = all(who.named for end in ends for who in cast.of.get(place.get(end.span, -1), ()))
            found[claim] = Fate(kept=False, reason=UNSURE if named else NAMELESS, weak=named or claim.score < LITTLE)
    return found


def _resting(fact: Fact) -> Iterable[Claim]:
    return () if fact.inferred else (claim for claim in fact.evidence if isinstance(claim, Claim))


# ------------------------------------------------------------------ one claim
@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What is needed to tell the claims of one document. place: span of a mention -> its index."""

    reading: Reading
    cast: Cast
    vocabulary: Vocabulary
    fates: Mapping[Claim, Fate]
    place: Mapping[Span, int]

    def item(self, claim: Claim, words: Sequence[Word]) -> str:
        """A claim as a list item; its data say between which words of the sentence the arc goes."""
        relation = self.vocabulary.relations.get(claim.relation)
        label = relation.label if relation else claim.relation
        fate = self.fates[claim]
        kin = isinstance(claim.object, Mention) and claim.object.type == "Person"
        became = [word for word, so in (("dropped", not fate.kept), ("weak", fate.weak)) if so]
        classes = ["tie" if kin else "value", *manners(claim.status), *became]
        subject, object_ = ends(claim, words)
        data = {
            "label": label,
            "score": f"{claim.score:.2f}",
            "from": "{} {}".format(*subject) if subject else "",
            "to": "{} {}".format(*object_) if object_ else "",
            "both": "1" if relation and relation.symmetric else "",
            "away": "" if subject and object_ else self._name(claim.object if subject else claim.subject),
        }
        attributes = " ".join(f'data-{key}="{escape(value)}"' for key, value in data.items() if value)
        return f'<li class="{" ".join(classes)}" {attributes}>{self._told(claim, label, fate)}</li>'

    def _told(self, claim: Claim, label: str, fate: Fate) -> str:
        parts = [self._end(claim.subject), f"<b>{escape(label)}</b>", self._end(claim.object)]
        parts += [f"<em>{word}</em>" for word in manners(claim.status)]
        status = claim.status
        parts += [f"<small>according to {escape(status.according_to)}</small>"] if status.according_to else []
        dates = " to ".join(date for date in (status.start, status.end) if date)
        parts += [f"<small>{dates}</small>"] if dates else []
        parts += [f'<small class="score">{claim.score:.2f}</small>', f"<code>{escape(claim.rule)}</code>"]
        parts += [] if fate.kept else [f'<small class="fate">{escape(fate.reason)}</small>']
        return " ".join(parts)

    def _name(self, end: Mention | Value) -> str:
        people = self.cast.of.get(self.place.get(end.span, -1), ()) if end.span else ()
        return " and ".join(who.name for who in people) or " ".join(end.text.split())

    def _end(self, end: Mention | Value) -> str:
        """A side of a claim: who it is, and in brackets the words, where they are others."""
        if isinstance(end, Value):
            value = end.value if end.value == end.text else f"{end.value} (“{end.text}”)"
            return f"<q>{escape(value)}</q>"
        people = self.cast.of.get(self.place.get(end.span, -1), ())
        if not people:
            return f"<q>{escape(end.text)}</q>"
        name = self._name(end)
        shown = escape(name) + (f" <i>“{escape(end.text)}”</i>" if end.text != name else "")
        return f'<span class="who" style="{colours(people)}">{shown}</span>'


def manners(status: Status) -> list[str]:
    """How the text says it, where that is not plainly: "denied", "reported", "former", …"""
    said = ((status.polarity, USUAL.polarity), (status.modality, USUAL.modality), (status.phase, USUAL.phase))
    return [word for word, usual in said if word != usual]


# ------------------------------------------------------------------ between which words (heads within the sentence)
def ends(claim: Claim, words: Sequence[Word]) -> tuple[Range | None, Range | None]:
    """The words that an arc goes from and to; None where the sentence does not hold them."""
    subject = inside(claim.subject.span, words)
    object_ = inside(_place(claim), words)
    if subject and object_ and subject != object_:
        subject, object_ = _apart(subject, object_), _apart(object_, subject)
    return (
        _headed(claim.subject, subject, words),
        _headed(claim.object, object_, words) if isinstance(claim.object, Mention) else object_,
    )


def _place(claim: Claim) -> Span | None:
    """Where the object stands; a title within the name that bears it."""
    end = claim.object
    at = end.span
    if at is not None and isinstance(end, Value) and at == claim.subject.span and end.text in claim.subject.text:
        start = at.start + claim.subject.text.index(end.text)
        return Span(document=at.document, start=start, end=start + len(end.text))
    return at


def inside(span: Span | None, words: Sequence[Word]) -> Range | None:
    """The words of a sentence that a span touches."""
    if span is None:
        return None
    touched = [i for i, word in enumerate(words) if word.start < span.end and span.start < word.end]
    return (touched[0], touched[-1]) if touched else None


def _apart(outer: Range, inner: Range) -> Range:
    """What is left of a range without another that lies in it; all of it where nothing would be left."""
    if not (outer[0] <= inner[0] and inner[1] <= outer[1]):
        return outer
    before, after = (outer[0], inner[0] - 1), (inner[1] + 1, outer[1])
    left, right = before[1] - before[0], after[1] - after[0]
    return outer if max(left, right) < 0 else after if right >= left else before


def _headed(mention: Mention | Value, found: Range | None, words: Sequence[Word]) -> Range | None:
    """Names are pointed at as a whole, everything else at the word that stands for it."""
    if found is None or not isinstance(mention, Mention) or mention.kind == "name":
        return found
    own = range(found[0], found[1] + 1)
    head = next((i for i in own if words[i].head == i or words[i].head not in own), found[1])
    return head, head
