"""Matches and mentions -> drafts of claims: who stands in which relation to whom or what, and how it is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract import lives, numbers
from kg.extract.frames import Match
from kg.extract.paths import subjects
from kg.extract.sides import Side, Sides, same
from kg.extract.status import StatusReader
from kg.model import Cue, Mention, RelationType, Status, Value


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has a score. token: where its sentence is; frame: the class of frames that made it, "" for an
    arc alone; odds: the log odds of the arc, None where the network has no such relation or saw none; signs: what else
    speaks for or against the arc."""

    relation: RelationType
    subject: Side
    object: Side
    token: int
    status: Status
    rule: str
    frame: str = ""
    odds: float | None = None
    signs: tuple[tuple[str, float], ...] = ()


class FrameReader:
    """The drafts of one document that its cue words and names give."""

    def __init__(self, sides: Sides, status: StatusReader) -> None:
        self._sides = sides
        self._periods = sides.periods
        self._tree = sides.tree
        self._spots = sides.spots
        self._chains = sides.chains
        self._lexicon = sides.lexicon
        self._status = status

    def of(self, matches: Sequence[Match]) -> Iterator[Draft]:
        for m in matches:
            yield from self._of_match(m)
        yield from self._of_names()
        yield from self._of_brackets()
        yield from self._of_predicate_ages()

    # -------------------------------------------------------------- cue words
    def _of_match(self, m: Match) -> Iterator[Draft]:
        relation = m.relation
        if m.members:
            yield from self._mutual(m)
            return
        for subject in self._sides.all(m.subjects, relation.domain):
            objects = [self._office(m)] if m.cue.frame == "role" else self._sides.all(m.objects, relation.range)
            for object_ in objects:
                if object_ is not None and not same(subject, object_) and self._fits(m, subject, object_):
                    yield self._claim(relation, m.cue, m, subject, object_)

    def _mutual(self, m: Match) -> Iterator[Draft]:
        """Each with each: "the brothers A and B"; a group ("they married") stands on both sides."""
        members = self._sides.all(m.members, m.relation.domain)
        named = [s for s in members if s.person and not s.person.groups]
        if len(named) > 1:
            for i, left in enumerate(named):
                for right in named[i + 1 :]:
                    if not same(left, right):
                        yield self._claim(m.relation, m.cue, m, left, right)
        elif (
            len(members) == 1
            and self._pronoun(members[0])
            and len(members[0].person.groups if members[0].person else ()) == 2
        ):
            yield self._claim(m.relation, m.cue, m, members[0], members[0])

    def _fits(self, m: Match, subject: Side, object_: Side) -> bool:
        """Whether the gender that the word tells of its bearer is the bearer's: nobody's mother is a man."""
        bearer = (subject if m.cue.reversed else object_).person
        for told, person in ((m.cue.bearer, bearer), (m.relation.gender, object_.person)):
            known = (person.gender or person.guess) if person else ""
            if told and known and told != known:
                return False
        return True

    def _pronoun(self, side: Side) -> bool:
        return self._tree.upos[side.token] in ("PRON", "DET")

    def _office(self, m: Match) -> Side | None:
        return self._sides.office(m.anchor, *m.span, m.others.get("organisation", ()))

    def _claim(self, relation: RelationType, cue: Cue, m: Match, subject: Side, object_: Side) -> Draft:
        status = self._status.read(self._tree, m.anchor, cue.phase)
        if isinstance(object_.what, Mention) or object_.what.parts:
            status = self._periods.of(relation, m.anchor, m.span[1], status)
        elif object_.what.value == "0":
            status = replace(status, polarity="affirmed")  # "no children" says how many, and denies nothing
        return Draft(
            relation=relation,
            subject=subject,
            object=object_,
            token=m.anchor,
            status=status,
            rule=f"{m.frame.cue_class}.{m.frame.name}/{m.word}",
            frame=m.frame.cue_class,
        )

    # -------------------------------------------------------------- what a name itself tells
    def _relations(self, frame: str) -> Iterator[tuple[RelationType, Cue]]:
        yield from self._lexicon.of_frame(frame)

    def _of_names(self) -> Iterator[Draft]:
        """Titles before and for names, ages behind and within them."""
        titles, ages = list(self._relations("title")), list(self._relations("age"))
        for index, spot in enumerate(self._spots.all):
            person = self._chains.person(index)
            if person is None or spot.mention.type != "Person" or person.groups:
                continue
            sure = self._chains.sure.get(index, 1.0)
            for relation, _ in titles:
                for title in spot.mention.titles:
                    value = Value(text=title, value=title, span=spot.mention.span)
                    yield self._told(relation, index, value, "title/name", sure)
            told = numbers.age_after(self._tree, spot.last, self._lexicon) if spot.mention.kind == "name" else None
            told = told or (numbers.age_of_phrase(self._tree, spot.head) if spot.mention.kind != "pronoun" else None)
            for relation, _ in ages if told else ():
                assert told is not None
                yield self._told(relation, index, self._sides.value(told[1], told[2], str(told[0])), "age/name", sure)

    def _told(self, relation: RelationType, index: int, value: Value | Mention, rule: str, sure: float) -> Draft:
        spot = self._spots.all[index]
        return Draft(
            relation=relation,
            subject=Side(spot.mention, self._chains.person(index), sure, spot.head),
            object=Side(value, None, 1.0, spot.head),
            token=spot.head,
            status=Status(),
            rule=rule,
            frame=rule.partition("/")[0],
        )

    def _of_predicate_ages(self) -> Iterator[Draft]:
        """ "She is 52"; "Kamala Iyer, who is 94"; "she died at the age of 82": a bare number said of a subject."""
        ages = list(self._relations("age"))
        for i, form in enumerate(self._tree.forms):
            if numbers.age_of_word(form) is None:
                continue
            verb = i if self._tree.kids(i, "cop") else numbers.age_of_verb(self._tree, i, self._lexicon)
            for side in self._sides.all(subjects(self._tree, verb), "Person") if verb is not None else ():
                index = self._spots.at[side.token]
                if side.person and not side.person.groups:
                    for relation, _ in ages:
                        yield self._told(relation, index, self._sides.value(i, i, form), "age/predicate", side.sure)

    def _of_brackets(self) -> Iterator[Draft]:
        """ "(21 March 1685, Eisenach – 28 July 1750)" behind a name: days and places of birth and death."""
        told = {frame: [r for r, _ in self._relations(frame)] for frame in lives.FRAMES}
        seen: set[tuple[str, object]] = set()
        for token, (frame, index) in self._sides.bracketed.items():
            for relation in told[frame] if self._chains.person(index) else ():
                side = self._sides.at(token, relation.range)
                if side and (relation.name, side.what) not in seen:
                    seen.add((relation.name, side.what))
                    yield self._told(relation, index, side.what, "bracket/name", 1.0)
