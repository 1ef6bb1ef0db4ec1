"""Matches and mentions -> claims: who stands in which relation to whom or what, how the sentence says it, how sure it
is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import numbers
from kg.extract.chains import Chains
from kg.extract.frames import Match
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Spot, Spots
from kg.extract.paths import subjects
from kg.extract.people import Person
from kg.extract.status import StatusReader
from kg.extract.tree import Tree
from kg.model import Claim, Cue, Mention, RelationType, Span, Status, Value

BASE = 0.95  # how often a frame that matched is right, before anything is known of the people


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a claim: a mention or a value, who it is, and how sure that is."""

    what: Mention | Value
    person: Person | None
    sure: float
    token: int


class ClaimMaker:
    """Makes the claims of one document."""

    def __init__(
        self, tree: Tree, document: str, spots: Spots, chains: Chains, lexicon: Lexicon, status: StatusReader
    ) -> None:
        self._tree = tree
        self._document = document
        self._spots = spots
        self._chains = chains
        self._lexicon = lexicon
        self._status = status

    def of(self, matches: Sequence[Match]) -> Iterator[Claim]:
        for m in matches:
            yield from self._of_match(m)
        yield from self._of_names()
        yield from self._of_brackets()
        yield from self._of_predicate_ages()

    # -------------------------------------------------------------- cue words
    def _of_match(self, m: Match) -> Iterator[Claim]:
        relation = m.relation
        if m.members:
            yield from self._mutual(m)
            return
        for subject in self._sides(m.subjects, relation.domain):
            objects = [self._office(m)] if m.cue.frame == "role" else self._sides(m.objects, relation.range)
            for object_ in objects:
                if object_ is not None and not self._same(subject, object_) and self._fits(m, subject, object_):
                    yield self._claim(relation, m.cue, m, subject, object_)

    def _mutual(self, m: Match) -> Iterator[Claim]:
        """Each with each: "the brothers A and B"; a group ("they married") stands on both sides."""
        members = self._sides(m.members, m.relation.domain)
        named = [s for s in members if s.person and not s.person.groups]
        if len(named) > 1:
            for i, left in enumerate(named):
                for right in named[i + 1 :]:
                    if not self._same(left, right):
                        yield self._claim(m.relation, m.cue, m, left, right)
        elif (
            len(members) == 1
            and self._pronoun(members[0])
            and len(members[0].person.groups if members[0].person else ()) == 2
        ):
            yield self._claim(m.relation, m.cue, m, members[0], members[0])

    def _fits(self, m: Match, subject: _Side, object_: _Side) -> bool:
        """Whether the gender that the word tells of its bearer is the bearer's: nobody's mother is a man."""
        bearer = (subject if m.cue.reversed else object_).person
        for told, person in ((m.cue.bearer, bearer), (m.relation.gender, object_.person)):
            known = (person.gender or person.guess) if person else ""
            if told and known and told != known:
                return False
        return True

    def _pronoun(self, side: _Side) -> bool:
        return self._tree.upos[side.token] in ("PRON", "DET")

    def _same(self, a: _Side, b: _Side) -> bool:
        return a.what is b.what or (a.person is not None and a.person is b.person)

    def _claim(self, relation: RelationType, cue: Cue, m: Match, subject: _Side, object_: _Side) -> Claim:
        assert isinstance(subject.what, Mention)
        score = BASE * subject.sure * object_.sure
        return Claim(
            relation=relation.name,
            subject=subject.what,
            object=object_.what,
            sentence=self._sentence(m.anchor),
            status=self._status.read(self._tree, m.anchor, cue.phase),
            rule=f"{m.frame.cue_class}.{m.frame.name}/{m.word}",
            score=round(score, 3),
        )

    def _sentence(self, token: int) -> Span:
        a, b = self._tree.sentence_span(token)
        return Span(document=self._document, start=a, end=b)

    # -------------------------------------------------------------- sides
    def _sides(self, tokens: Sequence[int], kind: str) -> list[_Side]:
        """What stands at the tokens, if it is of the kind; one side a person, the mention that names him if there is
        one.
        """
        out: list[_Side] = []
        for t in tokens:
            side = self._side(t, kind)
            if side is None:
                continue
            known = next((k for k, s in enumerate(out) if s.person is not None and s.person is side.person), None)
            if known is None:
                out.append(side)
            elif (
                isinstance(side.what, Mention)
                and side.what.kind == "name"
                and getattr(out[known].what, "kind", "") != "name"
            ):
                out[known] = side
        return out

    def _side(self, token: int, kind: str) -> _Side | None:
        if kind in ("date", "year"):
            return self._date(token)
        if kind == "number":
            number = numbers.cardinal(self._tree.forms[token], self._lexicon)
            return _Side(self._value(token, token, str(number)), None, 1.0, token) if number is not None else None
        index = self._spots.at.get(token)
        if index is None:
            return self._demonym(token) if kind == "Country" else None
        spot = self._spots.all[index]
        wanted = "Place" if kind == "Country" else kind
        if spot.mention.type != wanted:
            return None
        person = self._chains.person(index)
        if wanted == "Person" and person is None:
            return None
        return _Side(spot.mention, person, self._chains.sure.get(index, 1.0), token)

    def _date(self, token: int) -> _Side | None:
        """The date that a token stands in: a tagged stretch, or a bare year or full date around the token."""
        for name in self._tree.names:
            if name.type == "DATE" and name.first <= token <= name.last:
                value = numbers.iso_date(self._tree.quote(name.first, name.last))
                return _Side(self._value(name.first, name.last, value), None, 1.0, token) if value else None
        first, last = min(self._tree.subtree(token)), max(self._tree.subtree(token))
        value = numbers.iso_date(self._tree.quote(first, last)) if last - first < 6 else ""
        return _Side(self._value(first, last, value), None, 1.0, token) if value else None

    def _demonym(self, token: int) -> _Side | None:
        country = self._lexicon.countries.get(self._tree.forms[token].lower())
        return _Side(self._value(token, token, country), None, 1.0, token) if country else None

    def _value(self, first: int, last: int, value: str, parts: tuple[tuple[str, str], ...] = ()) -> Value:
        start, end = self._tree.starts[first], self._tree.ends[last]
        return Value(
            text=self._tree.text[start:end],
            value=value,
            parts=parts,
            span=Span(document=self._document, start=start, end=end),
        )

    # -------------------------------------------------------------- offices
    def _office(self, m: Match) -> _Side | None:
        """The role as written, with the words that narrow it, and the organisation or realm that it is held in."""
        tree, head = self._tree, m.anchor
        if tree.xpos[head] in ("NNS", "NNPS") and tree.forms[head].lower() != tree.lemmas[head].lower():
            return None
        organisations = [t for t in m.others.get("organisation", ()) if self._is_body(t)]
        first, last = m.span
        while first and self._narrows(first - 1, head):
            first -= 1
        role = " ".join(tree.quote(first, last).split())
        parts = (("role", role), ("org", self._body(organisations[0]) if organisations else ""))
        text = ", ".join(p for _, p in parts if p)
        return _Side(self._value(first, last, text, parts), None, 1.0, head)

    def _narrows(self, token: int, head: int) -> bool:
        """Whether a word belongs to the role: "racing driver", "reserve goalkeeper"; not organisations, demonyms,
        ages.
        """
        tree = self._tree
        if (
            token in self._spots.at
            or tree.heads[token] != head
            or tree.deps[token] not in ("compound", "amod", "punct")
        ):
            return False
        if tree.deps[token] == "amod" and not (tree.forms[token].islower() and tree.xpos[token] == "JJ"):
            return False
        held = self._lexicon.words("status", "former", "sure") | self._lexicon.words("status", "dead", "adjectives")
        tagged = any(n.first <= token <= n.last for n in tree.names)
        return not tagged and tree.lemmas[token].lower() not in held and tree.forms[token] != "-"

    def _is_body(self, token: int) -> bool:
        index = self._spots.at.get(token)
        return index is not None and self._spots.all[index].mention.type in ("Organisation", "Place")

    def _body(self, token: int) -> str:
        return self._spots.all[self._spots.at[token]].mention.text

    # -------------------------------------------------------------- what a name itself tells
    def _relations(self, frame: str) -> Iterator[tuple[RelationType, Cue]]:
        for relation in self._lexicon.vocabulary.relations.values():
            for cue in relation.cues:
                if cue.frame == frame:
                    yield relation, cue

    def _of_names(self) -> Iterator[Claim]:
        """Titles before and for names, ages behind and within them."""
        titles, ages = list(self._relations("title")), list(self._relations("age"))
        for index, spot in enumerate(self._spots.all):
            person = self._chains.person(index)
            if person is None or spot.mention.type != "Person" or person.groups:
                continue
            sure = self._chains.sure.get(index, 1.0)
            for relation, _ in titles:
                for title in spot.mention.titles:
                    yield self._told(
                        relation, spot, Value(text=title, value=title, span=spot.mention.span), "title/name", sure
                    )
            told = numbers.age_after(self._tree, spot.last, self._lexicon) if spot.mention.kind == "name" else None
            told = told or (numbers.age_of_phrase(self._tree, spot.head) if spot.mention.kind != "pronoun" else None)
            for relation, _ in ages if told else ():
                assert told is not None
                yield self._told(relation, spot, self._value(told[1], told[2], str(told[0])), "age/name", sure)

    def _told(self, relation: RelationType, spot: Spot, value: Value, rule: str, sure: float) -> Claim:
        return Claim(
            relation=relation.name,
            subject=spot.mention,
            object=value,
            sentence=self._sentence(spot.head),
            status=Status(),
            rule=rule,
            score=round(BASE * sure, 3),
        )

    def _of_predicate_ages(self) -> Iterator[Claim]:
        """ "She is 52"; "Kamala Iyer, who is 94": a bare number that is the predicate of a person."""
        ages = list(self._relations("age"))
        for i, form in enumerate(self._tree.forms):
            if numbers.age_of_word(form) is None or not self._tree.kids(i, "cop"):
                continue
            for side in self._sides(subjects(self._tree, i), "Person"):
                index = self._spots.at[side.token]
                if side.person and not side.person.groups:
                    for relation, _ in ages:
                        spot = self._spots.all[index]
                        yield self._told(relation, spot, self._value(i, i, form), "age/predicate", side.sure)

    def _of_brackets(self) -> Iterator[Claim]:
        """ "(21 March 1685 - 28 July 1750)" behind a name: the days of birth and death."""
        born, died = list(self._relations("bracket_first")), list(self._relations("bracket_second"))
        for index, spot in enumerate(self._spots.all):
            if spot.mention.kind != "name" or spot.mention.type != "Person" or self._chains.person(index) is None:
                continue
            for which, (first, last) in enumerate(numbers.life_dates(self._tree, spot.last)):
                for relation, _ in (born, died)[which]:
                    value = numbers.iso_date(self._tree.quote(first, last))
                    if value:
                        yield self._told(relation, spot, self._value(first, last, value), "bracket/name", 1.0)
