"""Claims -> facts: what all sentences of a document say of the same two people, put together."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import prod

from kg.model import Claim, Entity, Fact, Gender, Mention, Reading, Span, Status, Value
from kg.resolve.entities import Known
from kg.vocabulary import Vocabulary

HIGHEST = 0.99  # no number of sentences makes a fact certain
DOUBTFUL = 0.4  # hints below it make nothing surer, however many: a misreading repeats itself

Key = tuple[str, str, str, Status]
Triple = tuple[Entity, Entity | Value]


def facts(reading: Reading, known: Known, vocabulary: Vocabulary, min_score: float) -> list[Fact]:
    """The facts of a reading, by subject, relation and object in order of first mention.

    Status belongs to the fact: what one sentence states and another denies are two facts.
    """
    place = {m.span: i for i, m in enumerate(reading.mentions)}
    order = {e.id: k for k, e in enumerate(known.all)}
    groups: dict[Key, tuple[Triple, list[Claim]]] = {}
    for claim in reading.claims:
        relation = vocabulary.relations[claim.relation]
        for subject, object_ in _pairs(claim, known, place):
            if isinstance(object_, Entity):
                if subject.id == object_.id:
                    continue
                if relation.symmetric and order[object_.id] < order[subject.id]:
                    subject, object_ = object_, subject
            key = (subject.id, claim.relation, _identity(object_), _merged(claim.status))
            groups.setdefault(key, ((subject, object_), []))[1].append(claim)
    told = _told_genders(groups.items(), vocabulary)
    out = [_fact(key, triple, same, told) for key, (triple, claims) in groups.items() for same in _by_period(claims)]
    kept = [f for f in _ended(out) if f.score >= min_score]
    return sorted(
        kept,
        key=lambda f: (
            order[f.subject.id],
            f.relation,
            _rank(f.object, order),
            f.status.polarity,
            f.status.modality,
            f.status.phase,
            f.status.start,
            f.status.end,
        ),
    )


def _rank(object_: Entity | Value, order: dict[str, int]) -> tuple[int, str]:
    return (order[object_.id], "") if isinstance(object_, Entity) else (-1, _identity(object_))


def _pairs(claim: Claim, known: Known, place: dict[Span, int]) -> Iterator[Triple]:
    """The entities that a claim speaks of; a group stands for each of its members, or for two that are each other's."""
    subjects = known.by_mention.get(place.get(claim.subject.span, -1), ())
    if not isinstance(claim.object, Mention):
        for s in subjects:
            yield s, claim.object
        return
    objects = known.by_mention.get(place.get(claim.object.span, -1), ())
    if claim.subject.span == claim.object.span:
        for i, s in enumerate(subjects):
            for o in subjects[i + 1 :]:
                yield s, o
        return
    for s in subjects:
        for o in objects:
            yield s, o


def _merged(status: Status) -> Status:
    """Sentences are put together by how they say it, not by whom they name for it, nor by whether they say when; that
    is joined again in the fact."""
    return replace(status, according_to="", start="", end="")


def _by_period(claims: list[Claim]) -> list[list[Claim]]:
    """Claims whose dates agree, together: those without dates go with the first, and two marriages stay two."""
    dated = [c for c in claims if c.status.start or c.status.end]
    out: list[list[Claim]] = []
    for claim in dated:
        same = next((g for g in out if all(_agree(claim.status, c.status) for c in g)), None)
        if same is None:
            out.append([claim])
        else:
            same.append(claim)
    rest = [c for c in claims if c not in dated]
    if not out:
        return [rest]
    out[0] += rest
    return out


def _ended(facts: list[Fact]) -> list[Fact]:
    """What one sentence lets begin and another lets end later is one fact that is over: married in 1990, divorced in
    2003."""
    out = list(facts)
    for last in [f for f in facts if f.status.plain and f.status.phase == "former" and f.status.end]:
        first = next((f for f in out if _begins(f, last)), None)
        if first is not None:
            out.remove(first)
            out[out.index(last)] = replace(
                last,
                status=replace(last.status, start=first.status.start),
                score=round(min(HIGHEST, 1 - (1 - first.score) * (1 - last.score)), 3),
                evidence=(*first.evidence, *last.evidence),
            )
    return out


def _begins(first: Fact, last: Fact) -> bool:
    """Whether a fact that goes on is the beginning of one that ended."""
    alike = (first.subject.id, first.relation, _identity(first.object)) == (
        last.subject.id,
        last.relation,
        _identity(last.object),
    )
    start, end = first.status.start, last.status.end
    going_on = first.status.plain and first.status.phase == "current" and bool(start) and not first.status.end
    return alike and going_on and not last.status.start and start <= end + "~"


def _agree(a: Status, b: Status) -> bool:
    """Whether no date of the two speaks against the other: "1990" and "1990-06-03" are one."""
    pairs = ((a.start, b.start), (a.end, b.end))
    return all(x.startswith(y) or y.startswith(x) for x, y in pairs)


def _identity(object_: Entity | Value) -> str:
    return (
        object_.id
        if isinstance(object_, Entity)
        else repr((object_.value.casefold(), object_.parts and object_.parts[0][1].casefold()))
    )


def _told_genders(
    groups: Iterable[tuple[Key, tuple[Triple, list[Claim]]]], vocabulary: Vocabulary
) -> dict[str, Gender]:
    """The genders that relations tell of their objects (a father is male), where no two disagree."""
    told: dict[str, set[Gender]] = {}
    for (_, relation, _, status), ((_, object_), _) in groups:
        gender = vocabulary.relations[relation].gender
        if gender and isinstance(object_, Entity) and status.plain:
            told.setdefault(object_.id, set()).add(gender)
    return {k: next(iter(v)) for k, v in told.items() if len(v) == 1}


def _fact(key: Key, triple: Triple, claims: list[Claim], told: dict[str, Gender]) -> Fact:
    _, relation, _, status = key
    sentences: dict[Span, float] = {}  # what one sentence says twice is no surer for it
    for c in claims:
        sentences[c.sentence] = max(c.score, sentences.get(c.sentence, 0.0))
    clear = [s for s in sentences.values() if s >= DOUBTFUL] or [max(sentences.values())]
    score = min(HIGHEST, 1 - prod(1 - s for s in clear))
    speakers = sorted({c.status.according_to for c in claims if c.status.according_to})
    starts, ends = ([getattr(c.status, edge) for c in claims] for edge in ("start", "end"))
    subject, object_ = _gendered(triple[0], told), triple[1]
    return Fact(
        subject=subject,
        relation=relation,
        object=_gendered(object_, told) if isinstance(object_, Entity) else object_,
        status=replace(status, according_to="; ".join(speakers), start=max(starts, key=len), end=max(ends, key=len)),
        score=round(score, 3),
        evidence=tuple(claims),
    )


def _gendered(entity: Entity, told: dict[str, Gender]) -> Entity:
    return replace(entity, gender=told[entity.id]) if entity.id in told and not entity.gender else entity
