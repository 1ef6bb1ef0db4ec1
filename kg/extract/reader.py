"""Document -> Reading: the English reader as a whole.

tree (spaCy pipeline) -> mentions -> frame matches -> chains -> claims.
"""

from collections.abc import Callable, Iterable

from spacy.language import Language

from kg.errors import ModelError
from kg.extract import english, lexicon, mentions
from kg.extract.chains import Chains, Resolver
from kg.extract.arcs import ArcReader
from kg.extract.births import Births
from kg.extract.claims import FrameReader
from kg.extract.dates import Clock
from kg.extract.docs import tree
from kg.extract.frames import Matcher
from kg.extract.mentions import Spots
from kg.extract.people import Person
from kg.extract.periods import Periods
from kg.extract import ranking, scoring
from kg.extract.scoring import Scorer
from kg.extract.sides import Sides
from kg.extract.status import StatusReader
from kg.extract.tree import Tree
from kg.model import Claim, Document, Reading
from kg.vocabulary import Vocabulary


class Reader:
    """Reads documents. Loading takes a second or so; reading is linear in the length of the text.

    Args:
        vocabulary: the ontology.
        model: "" for the shipped English model, else the name or folder of an installed spaCy pipeline.
        threads: for the shipped model; 0 for all cores.

    Raises:
        ModelError: no such pipeline, or one without parser and names.
    """

    def __init__(self, vocabulary: Vocabulary, model: str = "", threads: int = 0) -> None:
        self._nlp = _pipeline(model, threads)
        self._lexicon = lexicon.load(vocabulary)
        self._matcher = Matcher(self._lexicon)
        self._status = StatusReader(self._lexicon)
        self._clock = Clock(self._lexicon)
        self._weights = ranking.load_weights()
        self._scorer = Scorer(vocabulary, _labels(self._nlp), scoring.load_weights())

    def read(self, document: Document) -> Reading:
        """All that the document says of people; never raises for any text."""
        if not document.text.strip():
            return Reading(document=document)
        return self.read_tree(document, tree(self._nlp(document.text), self._lexicon))

    def read_tree(self, document: Document, parsed: Tree) -> Reading:
        """The same from a tree that somebody else made."""
        spots = mentions.find(parsed, document.id, self._lexicon)
        matches = tuple(self._matcher.matches(parsed))
        chains = Resolver(parsed, spots, self._lexicon, self._matcher, matches, self._weights).resolve()
        periods = self.periods(parsed, document.date)
        sides = Sides(parsed, document.id, spots, chains, self._lexicon, periods)
        arcs = ArcReader(sides, self._status, self._lexicon.vocabulary)
        drafts = (*FrameReader(sides, self._status).of(matches), *arcs.of())
        births = Births(parsed, periods, self._lexicon)
        claims = births.beside(self._scorer.claims(drafts, sides))
        return _reading(document, spots, chains, claims)

    def periods(self, parsed: Tree, written: str) -> Periods:
        """The dates of a document. written: its own date, ISO 8601, or ""."""
        return Periods(parsed, self._clock.read(parsed, written), self._lexicon, written)


def _pipeline(model: str, threads: int) -> Language:
    if not model:
        return english.pipeline(threads=threads)
    import spacy

    load: Callable[[str], Language] = spacy.load
    try:
        return load(model)
    except OSError as e:
        raise ModelError(
            f"there is no spaCy pipeline {model!r}", hint=f"python -m spacy download {model}, or leave --model out"
        ) from e


def _labels(nlp: Language) -> tuple[str, ...]:
    """The relations that the pipeline's network was taught; none for other people's pipelines."""
    return tuple(getattr(nlp.get_pipe(english.COMPONENT), "labels", ())) if english.COMPONENT in nlp.pipe_names else ()


def _reading(document: Document, spots: Spots, chains: Chains, claims: Iterable[Claim]) -> Reading:
    number: dict[int, int] = {}
    members: list[list[int]] = []
    people: list[Person] = chains.people.all
    for person in people:
        if not person.groups:
            number[id(person)] = len(members)
            members.append(list(person.spots))
    bodies: dict[int, list[int]] = {}  # organisations and places: one chain a name, with the words that point at it
    for index, spot in enumerate(spots.all):
        if spot.mention.type != "Person":
            bodies.setdefault(index if spot.points is None else spots.at[spot.points], []).append(index)
    members += [sorted(b) for _, b in sorted(bodies.items())]
    groups: list[tuple[int, tuple[int, ...]]] = []
    for person in people:
        if person.groups:
            groups += [(index, tuple(number[id(p)] for p in person.groups)) for index in person.spots]
    unique = {(c.relation, c.subject.span, c.object.span, c.object.text, c.status): c for c in _best_last(claims)}
    return Reading(
        document=document,
        mentions=tuple(s.mention for s in spots.all),
        chains=tuple(tuple(m) for m in members),
        groups=tuple(sorted(groups)),
        claims=tuple(sorted(unique.values(), key=_order)),
    )


def _best_last(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda c: (c.score, c.rule))


def _order(claim: Claim) -> tuple[int, int, str, str]:
    return (claim.sentence.start, claim.subject.span.start, claim.relation, claim.object.text)
