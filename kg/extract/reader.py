"""Document -> Reading: the English reader as a whole.

tree (spaCy pipeline) -> mentions -> frame matches -> chains -> claims.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language

from kg.errors import ModelError
from kg.extract import english, lexicon, mentions, ranking, scoring
from kg.extract.arcs import ArcReader
from kg.extract.births import Births
from kg.extract.chains import Chains, Resolver
from kg.extract.claims import Draft, FrameReader
from kg.extract.dates import Clock
from kg.extract.docs import tree
from kg.extract.frames import Matcher
from kg.extract.mentions import Spots
from kg.extract.people import Person
from kg.extract.periods import Periods
from kg.extract.scoring import Scorer
from kg.extract.sides import Sides
from kg.extract.status import StatusReader
from kg.extract.tree import Tree
from kg.model import Claim, Document, Reading, Word
from kg.vocabulary import Vocabulary

PEOPLE = "kg_people"
"""The component that runs the reading inside a spaCy pipeline (component.py)."""


class TreeReader:
    """Reads trees, whoever made them. Linear in the length of the text.

    Args:
        vocabulary: the ontology.
        labels: the relations that the network which made the trees was taught; none for other people's pipelines.
    """

    def __init__(self, vocabulary: Vocabulary, labels: Iterable[str] = ()) -> None:
        self.lexicon = lexicon.load(vocabulary)
        self.matcher = Matcher(self.lexicon)
        self._status = StatusReader(self.lexicon)
        self._clock = Clock(self.lexicon)
        self._weights = ranking.load_weights()
        self.scorer = Scorer(vocabulary, labels, scoring.load_weights())

    def read(self, document: Document, parsed: Tree) -> Reading:
        """All that the document says of people."""
        sides, drafts = self.drafts(document, parsed)
        births = Births(parsed, sides.periods, self.lexicon)
        claims = births.beside(self.scorer.claims(drafts, sides))
        return _reading(document, sides.spots, sides.chains, claims)

    def drafts(self, document: Document, parsed: Tree) -> tuple[Sides, list[Draft]]:
        """Who is meant where, and the claims before they have a score."""
        spots = mentions.find(parsed, document.id, self.lexicon)
        matches = tuple(self.matcher.matches(parsed))
        chains = Resolver(parsed, spots, self.lexicon, self.matcher, matches, self._weights).resolve()
        periods = Periods(parsed, self._clock.read(parsed, document.date), self.lexicon, document.date)
        sides = Sides(parsed, document.id, spots, chains, self.lexicon, periods)
        arcs = ArcReader(sides, self._status, self.lexicon.vocabulary, self.matcher)
        return sides, [*FrameReader(sides, self._status).of(matches), *arcs.of()]


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
        self.trees = TreeReader(vocabulary, labels(self._nlp))

    def read(self, document: Document, *, words: bool = False) -> Reading:
        """All that the document says of people; never raises for any text.

        Args:
            words: whether the reading keeps the words and sentences, too.
        """
        if not document.text.strip():
            return Reading(document=document)
        parsed = self.tree(document.text)
        reading = self.read_tree(document, parsed)
        return with_words(reading, parsed) if words else reading

    def read_tree(self, document: Document, parsed: Tree) -> Reading:
        """The same from a tree that somebody else made."""
        return self.trees.read(document, parsed)

    def tree(self, text: str) -> Tree:
        """The tree of a text."""
        return tree(self._nlp(text), self.trees.lexicon)


def _pipeline(model: str, threads: int) -> Language:
    if not model:
        return english.pipeline(threads=threads)
    import spacy

    try:
        return spacy.load(model, exclude=[PEOPLE])  # what that component does is done here
    except OSError as e:
        raise ModelError(
            f"there is no spaCy pipeline {model!r}", hint=f"python -m spacy download {model}, or leave --model out"
        ) from e


def labels(nlp: Language) -> tuple[str, ...]:
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
        sure=tuple(chains.sure.get(index, 1.0) for index in range(len(spots.all))),
    )


def with_words(reading: Reading, parsed: Tree) -> Reading:
    """The reading with the words (no white space among them) and sentences of its tree."""
    kept = [i for i, form in enumerate(parsed.forms) if not form.isspace()]
    place = {i: k for k, i in enumerate(kept)}
    words = tuple(
        Word(
            start=parsed.starts[i],
            end=parsed.ends[i],
            tag=parsed.upos[i],
            head=place.get(parsed.heads[i], place[i]),
            relation=parsed.deps[i],
        )
        for i in kept
    )
    sentences = ((bisect_left(kept, a), bisect_left(kept, b)) for a, b in parsed.sentences)
    return replace(reading, words=words, sentences=tuple((a, b) for a, b in sentences if a < b))


def _best_last(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda c: (c.score, c.rule))


def _order(claim: Claim) -> tuple[int, int, str, str]:
    return (claim.sentence.start, claim.subject.span.start, claim.relation, claim.object.text)
