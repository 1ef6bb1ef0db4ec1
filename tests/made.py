"""Graphs made by hand, where reading English is not the point.

A made text has a claim a line: "Tom | father | John", with more words of status behind: "… | denied, former".
"""

import re
from dataclasses import replace

from kg.minting import slugged
from kg.model import (
    Claim,
    Document,
    DocumentGraph,
    Entity,
    Fact,
    Gender,
    Mention,
    Reading,
    Span,
    Status,
    Value,
    Word,
)
from kg.vocabulary import DEFAULT_BASE

STORY = """\
Prince Harry | father | King Charles III
Prince Harry | spouse | Meghan Markle
Meghan Markle | spouse | Trevor | former
Prince Harry | sibling | Zoë O'Brien | denied
Zoë O'Brien | birthDate | =1984-02-03
Zoë O'Brien | position | =chief executive, Halden "Foods" \\ Sons
Prince Harry | honorificPrefix | =Prince
"""

STATUSES: dict[str, dict[str, str]] = {
    "denied": {"polarity": "denied"},
    "reported": {"modality": "reported"},
    "hedged": {"modality": "hedged"},
    "former": {"phase": "former"},
    "future": {"phase": "future"},
}


def document(text: str = STORY, identity: str = "story.txt", **more: str) -> Document:
    return Document(id=identity, text=text, **more)


def graph(made: Document | None = None, inferred: bool = True) -> DocumentGraph:
    """The graph of a made text; with one inferred fact when there is anything to infer from."""
    made = made or document()
    entities: dict[str, Entity] = {}
    facts: list[Fact] = []
    at = 0
    for line in made.text.splitlines(keepends=True):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > 2:
            facts.append(_fact(made, parts, Span(document=made.id, start=at, end=at + len(line.rstrip())), entities))
        at += len(line)
    if inferred and facts and isinstance(facts[0].object, Entity):
        first = facts[0]
        facts.append(replace(first, relation="parent", evidence=(first,), rule="more general", score=0.9))
    people = tuple(entities[name] for name in sorted(entities))
    return DocumentGraph(document=made, entities=people, facts=tuple(facts), reading=_reading(made, facts))


def _reading(made: Document, facts: list[Fact]) -> Reading:
    """What the facts rest on: a chain for each name, a sentence for each line that is a claim."""
    claims = [claim for fact in facts for claim in fact.evidence if isinstance(claim, Claim)]
    ends = {end.span: end for claim in claims for end in (claim.subject, claim.object) if isinstance(end, Mention)}
    mentions = tuple(ends[span] for span in sorted(ends))
    names = dict.fromkeys(m.text for m in mentions)
    chains = tuple(tuple(i for i, m in enumerate(mentions) if m.text == name) for name in names)
    words: list[Word] = []
    sentences = []
    for claim in claims:
        first = len(words)
        for found in re.finditer(r"\S+", made.text[claim.sentence.start : claim.sentence.end]):
            start, end = (claim.sentence.start + at for at in found.span())
            words.append(Word(start=start, end=end, tag="X", head=first, relation="dep"))
        sentences.append((first, len(words)))
    return Reading(document=made, mentions=mentions, chains=chains, claims=tuple(claims), sure=(1.0,) * len(mentions),
                   words=tuple(words), sentences=tuple(sentences))  # fmt: skip


def _fact(made: Document, parts: list[str], sentence: Span, entities: dict[str, Entity]) -> Fact:
    subject, relation, object_ = parts[:3]
    words = parts[3].replace(",", " ").split() if parts[3:] else []
    fields = {key: value for word in words for key, value in STATUSES[word].items()}
    status = Status(**fields)  # type: ignore[arg-type]
    subject_entity = _entity(made, subject, entities)
    end = _value(object_[1:], relation) if object_.startswith("=") else _entity(made, object_, entities)
    claim = Claim(
        relation=relation,
        subject=_mention(made, subject, sentence),
        object=_mention(made, object_, sentence),
        sentence=sentence,
        status=status,
        rule=f"made/{relation}",
        score=0.97,
    )
    return Fact(subject=subject_entity, relation=relation, object=end, status=status, score=0.97, evidence=(claim,))


def _value(text: str, relation: str) -> Value:
    role, _, org = text.partition(", ")
    return Value(text=text, value=text, parts=(("role", role), ("org", org)) if relation == "position" else ())


def _entity(made: Document, name: str, entities: dict[str, Entity]) -> Entity:
    last = name.split()[-1]
    aliases = (last,) if last != name else ()
    iri = f"{DEFAULT_BASE}person/{slugged(name, made.id)}"
    gender: Gender = "male" if name.startswith(("Prince", "King")) else ""
    return entities.setdefault(name, Entity(id=iri, type="Person", name=name, aliases=aliases, gender=gender))


def _mention(made: Document, name: str, sentence: Span) -> Mention:
    start = made.text.index(name, sentence.start)
    return Mention(span=Span(document=made.id, start=start, end=start + len(name)), text=name, kind="name", name=name)
