"""Readings made by hand: a text, and who is meant where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import Claim, Document, DocumentGraph, Mention, MentionKind, Reading, Span, Status, Value, Word
from kg.resolve import resolve
from kg.vocabulary import Vocabulary

PRONOUNS = {"he", "she", "his", "her", "they"}


def reading(text: str, people: Mapping[str, Sequence[str]], groups: Mapping[str, Sequence[str]] = {}) -> Reading:
    """Mentions of each person in the order of the text ("Tom Reed" -> ["Tom Reed", "his"]); each word hangs on the
    first of its sentence.

    Args:
        groups: a group's words -> the people in it.
    """
    document = Document(id="story.txt", text=text, date="2024-02-08")
    found: dict[Span, str] = {}
    for name, places in people.items():
        at = 0
        for place in places:
            mention = _span(document, place, at)
            found[mention], at = name, mention.start + 1
    found |= {_span(document, words): words for words in groups}
    spans = sorted(found, key=lambda s: (s.start, -s.end))
    mentions = tuple(_mention(document, span, found[span] in groups) for span in spans)
    chains = tuple(tuple(i for i, s in enumerate(spans) if found[s] == name) for name in people)
    order = list(people)
    members = [(i, tuple(order.index(m) for m in groups[found[s]])) for i, s in enumerate(spans) if found[s] in groups]
    words, sentences = _words(text)
    sure = tuple(1.0 if m.kind == "name" else 0.75 for m in mentions)
    return Reading(document=document, mentions=mentions, chains=chains, groups=tuple(members), sure=sure,
                   words=words, sentences=sentences)  # fmt: skip


def claim(made: Reading, relation: str, subject: str, object_: str, score: float = 0.9, **said: str) -> Claim:
    """A claim between the first mentions with these words; "=39" is a value that stands in the text."""
    start = next(m for m in made.mentions if m.text == subject)
    end: Mention | Value = (
        Value(text=object_[1:], value=object_[1:], span=_span(made.document, object_[1:]))
        if object_.startswith("=")
        else next(m for m in made.mentions if m.text == object_)
    )
    a, b = next(s for s in _stretches(made) if s[0] <= start.span.start < s[1])
    sentence = Span(document=made.document.id, start=a, end=b)
    status = Status(**said)  # type: ignore[arg-type]
    return Claim(relation=relation, subject=start, object=end, sentence=sentence, status=status,
                 rule=f"made/{relation}", score=score)  # fmt: skip


def graph(made: Reading, claims: Sequence[Claim], vocabulary: Vocabulary) -> DocumentGraph:
    """What the document puts into the graph, with its reading."""
    whole = replace(made, claims=tuple(claims))
    return replace(resolve(whole, vocabulary), reading=whole)


def _span(document: Document, words: str, at: int = 0) -> Span:
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(document.text, at)
    assert found, words
    return Span(document=document.id, start=found.start(), end=found.end())


def _mention(document: Document, span: Span, group: bool) -> Mention:
    text = document.text[span.start : span.end]
    kind: MentionKind = (
        "group" if group else "pronoun" if text.lower() in PRONOUNS else "name" if text[0].isupper() else "description"
    )
    return Mention(span=span, text=text, kind=kind, name=text if kind == "name" else "")


def _words(text: str) -> tuple[tuple[Word, ...], tuple[tuple[int, int], ...]]:
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    first = 0
    for found in re.finditer(r"\w+|[^\w\s]", text):
        relation = "root" if len(words) == first else "dep"
        words.append(Word(start=found.start(), end=found.end(), tag="X", head=first, relation=relation))
        if found[0] == ".":
            sentences.append((first, len(words)))
            first = len(words)
    return tuple(words), tuple(sentences)


def _stretches(made: Reading) -> list[tuple[int, int]]:
    return [(made.words[a].start, made.words[b - 1].end) for a, b in made.sentences]
