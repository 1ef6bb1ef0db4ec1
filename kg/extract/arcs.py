"""Relation arcs of the network -> drafts of claims, where no cue word or no known wording carries the relation."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.claims import Draft
from kg.extract.frames import Matcher
from kg.extract.kin import Ties
from kg.extract.sides import Side, Sides, same
from kg.extract.signs import Labels, Signs
from kg.extract.status import Sign, StatusReader, common_predicate
from kg.extract.tree import Tree
from kg.model import Mention, RelationType, Status
from kg.vocabulary import Vocabulary

_SIGNS: tuple[Sign, ...] = ("former", "denied", "reported", "hypothetical")
_OFFICE_OF = "heldIn"  # the arc from a role to the body that it is held in


class ArcReader:
    """The drafts that the arcs of one document give."""

    def __init__(self, sides: Sides, status: StatusReader, vocabulary: Vocabulary, matcher: Matcher) -> None:
        self._sides = sides
        self._periods = sides.periods
        self._status = status
        self._relations = vocabulary.relations
        self._pairs = _by_pair(sides.tree)
        self._signs = Signs(sides, matcher, Ties(vocabulary.relations), self._pairs)
        self._bodies: dict[int, list[int]] = {}
        for (role, body), labels in self._pairs.items():
            if labels.get(_OFFICE_OF, -1.0) > 0:
                self._bodies.setdefault(role, []).append(body)

    def of(self) -> Iterator[Draft]:
        for (s, o), labels in self._pairs.items():
            for label, odds in labels.items():
                relation = self._relations.get(label)
                if relation is None or (relation.symmetric and self._told_twice(label, s, o, odds)):
                    continue
                subject = self._sides.at(s, relation.domain)
                object_ = self._object(o, relation) if subject else None
                if not subject or not object_ or not self._reaches(relation, subject, object_):
                    continue
                if _two(subject, object_) and self._sides.may_tell(relation, subject, object_):
                    draft = self._draft(relation, subject, object_, labels, odds)
                    yield replace(draft, signs=tuple(self._signs.of(label, s, o, odds).items()))

    def _reaches(self, relation: RelationType, subject: Side, object_: Side) -> bool:
        """Kin is told within a sentence, or from a pronoun or description to the sentence before; arcs that reach
        further are seldom right."""
        sentence_of = self._sides.tree.sentence_of
        apart = abs(sentence_of[subject.token] - sentence_of[object_.token])
        return not relation.family or apart == 0 or (apart == 1 and not (subject.named and object_.named))

    def _told_twice(self, label: str, s: int, o: int, odds: float) -> bool:
        """Of the two arcs of a symmetric relation the stronger speaks."""
        other = self._pairs.get((o, s), {}).get(label)
        return s != o and other is not None and (other, o) > (odds, s)

    def _object(self, token: int, relation: RelationType) -> Side | None:
        if relation.range == "Position":
            return self._sides.office(token, token, token, self._bodies.get(token, ()))
        return self._sides.at(token, relation.range)

    def _carries(self, token: int, relation: RelationType) -> bool:
        """Whether a word is one of those that tell the relation, so that its dates are the relation's."""
        words = self._sides.lexicon.cue_words.get(self._sides.tree.lemmas[token].lower(), ())
        return any(relation.name in (r.name, *r.parents) for r, *_ in words)

    def _draft(self, relation: RelationType, subject: Side, object_: Side, labels: Labels, odds: float) -> Draft:
        predicate = common_predicate(self._sides.tree, subject.token, object_.token)
        read = self._status.read(self._sides.tree, predicate, "current") if predicate is not None else Status()
        said = {sign for sign in _SIGNS if labels.get(sign, -1.0) > 0}
        status = _joined(read, said)
        if isinstance(object_.what, Mention) or object_.what.parts:
            anchor = predicate if predicate is not None and self._carries(predicate, relation) else object_.token
            status = self._periods.of(relation, anchor, anchor, status)
        return Draft(
            relation=relation,
            subject=subject,
            object=object_,
            token=max(subject.token, object_.token),
            status=status,
            rule=f"arc/{relation.name}",
            odds=odds,
        )


def _by_pair(tree: Tree) -> dict[tuple[int, int], dict[str, float]]:
    out: dict[tuple[int, int], dict[str, float]] = {}
    for tie in tree.ties:
        labels = out.setdefault((tie.subject, tie.object), {})
        labels[tie.label] = max(tie.odds, labels.get(tie.label, tie.odds))
    return out


def _two(subject: Side, object_: Side) -> bool:
    """Two sides, or one group of two that stands for both ("the couple")."""
    if same(subject, object_):
        return subject.person is not None and len(subject.person.groups) == 2
    return True


def _joined(status: Status, said: set[Sign]) -> Status:
    """What the words around the arc say, and what the network saw in how it is said."""
    if "former" in said and status.phase == "current":
        status = replace(status, phase="former")
    if "denied" in said:
        status = replace(status, polarity="denied")
    if status.modality == "stated" and "hypothetical" in said:
        status = replace(status, modality="hypothetical")
    if status.modality == "stated" and "reported" in said:
        status = replace(status, modality="reported")
    return status
