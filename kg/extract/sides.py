"""What stands at a token: the mention of somebody, or a date, a number, a country, an office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract import lives, numbers
from kg.extract.chains import Chains
from kg.extract.lexicon import Lexicon
from kg.extract.mentions import Spots
from kg.extract.people import Person
from kg.extract.periods import Periods
from kg.extract.tree import Tree
from kg.model import Mention, RelationType, Span, Value

_LONGEST_DATE = 6  # tokens of a phrase that is a date


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a claim: a mention or a value, who it is, how sure that is (0..1), and its token."""

    what: Mention | Value
    person: Person | None
    sure: float
    token: int

    @property
    def named(self) -> bool:
        return isinstance(self.what, Mention) and self.what.kind == "name"


def same(a: Side, b: Side) -> bool:
    """Whether both sides are one person."""
    return a.what is b.what or (a.person is not None and a.person is b.person)


class Sides:
    """Looks up the sides of claims in one document."""

    def __init__(
        self, tree: Tree, document: str, spots: Spots, chains: Chains, lexicon: Lexicon, periods: Periods
    ) -> None:
        self.tree = tree
        self.document = document
        self.spots = spots
        self.chains = chains
        self.lexicon = lexicon
        self.periods = periods
        self.moments = periods.moments

    def all(self, tokens: Sequence[int], kind: str) -> list[Side]:
        """What stands at the tokens, if it is of the kind; one side a person, the mention that names him if there is
        one."""
        out: list[Side] = []
        for t in tokens:
            side = self.at(t, kind)
            if side is None:
                continue
            known = next((k for k, s in enumerate(out) if s.person is not None and s.person is side.person), None)
            if known is None:
                out.append(side)
            elif side.named and not out[known].named:
                out[known] = side
        return out

    def at(self, token: int, kind: str) -> Side | None:
        """What stands at a token, if it is of the kind: a class of the ontology or a kind of literal."""
        if kind in ("date", "year"):
            return self._date(token)
        if kind == "number":
            return self._number(token)
        index = self.spots.at.get(token)
        if index is None:
            return self._demonym(token) if kind == "Country" else None
        spot = self.spots.all[index]
        wanted = "Place" if kind == "Country" else kind
        if spot.mention.type != wanted:
            return None
        person = self.chains.person(index)
        if wanted == "Person" and person is None:
            return None
        return Side(spot.mention, person, self.chains.sure.get(index, 1.0), token)

    def sentence(self, token: int) -> Span:
        a, b = self.tree.sentence_span(token)
        return Span(document=self.document, start=a, end=b)

    def value(self, first: int, last: int, value: str, parts: tuple[tuple[str, str], ...] = ()) -> Value:
        """The tokens first to last as a value."""
        start, end = self.tree.starts[first], self.tree.ends[last]
        return Value(
            text=self.tree.text[start:end],
            value=value,
            parts=parts,
            span=Span(document=self.document, start=start, end=end),
        )

    # -------------------------------------------------------------- brackets behind a name
    @cached_property
    def bracketed(self) -> dict[int, tuple[str, int]]:
        """Token of a date in brackets behind a name -> the class of frames that it belongs to, and the name's spot."""
        words = tuple(frozenset(w for _, cue in self.lexicon.of_frame(f) for w in cue.words) for f in lives.FRAMES)
        out: dict[int, tuple[str, int]] = {}
        for index, spot in enumerate(self.spots.all):
            if spot.mention.kind == "name" and spot.mention.type == "Person":
                for which, first, last in lives.ends(self.tree, spot.last, self.moments, words):
                    out |= dict.fromkeys(range(first, last + 1), (lives.FRAMES[which], index))
        return out

    def may_tell(self, relation: RelationType, subject: Side, object_: Side) -> bool:
        """False for a birth or death whose date or place stands in brackets behind another's name, or for the other;
        and for an age that nobody reaches."""
        every = {cue.frame for cue in relation.cues}
        if "age" in every and isinstance(object_.what, Value) and numbers.age_of_word(object_.what.value) is None:
            return False
        frames = every & set(lives.FRAMES)
        at = self.bracketed.get(object_.token)
        return not frames or at is None or (at[0] in frames and self.chains.person(at[1]) is subject.person)

    # -------------------------------------------------------------- values
    def _number(self, token: int) -> Side | None:
        first, last = numbers.spelled(self.tree, token)
        number = numbers.cardinal(self.tree.quote(first, last), self.lexicon) if last > first else None
        if number is None:
            first, last, number = token, token, numbers.count(self.tree, token, self.lexicon)
        return Side(self.value(first, last, str(number)), None, 1.0, last) if number is not None else None

    def _date(self, token: int) -> Side | None:
        """The date that a token stands in, or the only one that is told below it ("the summer of 1950")."""
        moment = self.moments.at.get(token)
        if moment is None:
            below = self.tree.subtree(token)
            found = self.moments.within(below[0], below[-1]) if below[-1] - below[0] < _LONGEST_DATE else []
            moment = found[0] if len(found) == 1 else None
        if moment is None or not moment.value:
            return None
        return Side(self.value(moment.first, moment.last, moment.value), None, 1.0, token)

    def _demonym(self, token: int) -> Side | None:
        country = self.lexicon.countries.get(self.tree.forms[token].lower())
        return Side(self.value(token, token, country), None, 1.0, token) if country else None

    # -------------------------------------------------------------- offices
    def office(self, head: int, first: int, last: int, organisations: Iterable[int]) -> Side | None:
        """The role as written (tokens first to last, with the words before that narrow it), and the organisation or
        realm that it is held in."""
        tree = self.tree
        if tree.xpos[head] in ("NNS", "NNPS") and tree.forms[head].lower() != tree.lemmas[head].lower():
            return None
        body = next((t for t in organisations if self._is_body(t)), None)
        while first and self._narrows(first - 1, head):
            first -= 1
        role = " ".join(tree.quote(first, last).split())
        parts = (("role", role), ("org", "" if body is None else self.spots.all[self.spots.at[body]].mention.text))
        return Side(self.value(first, last, ", ".join(p for _, p in parts if p), parts), None, 1.0, head)

    def _narrows(self, token: int, head: int) -> bool:
        """Whether a word belongs to the role: "racing driver", "reserve goalkeeper"; no organisation, demonym, age."""
        tree = self.tree
        if token in self.spots.at or tree.heads[token] != head or tree.deps[token] not in ("compound", "amod"):
            return False
        if tree.deps[token] == "amod" and not (tree.forms[token].islower() and tree.xpos[token] == "JJ"):
            return False
        held = self.lexicon.words("status", "former", "sure") | self.lexicon.words("status", "dead", "adjectives")
        tagged = any(n.first <= token <= n.last for n in tree.names)
        return not tagged and tree.lemmas[token].lower() not in held and tree.forms[token] != "-"

    def _is_body(self, token: int) -> bool:
        index = self.spots.at.get(token)
        return index is not None and self.spots.all[index].mention.type in ("Organisation", "Place")
