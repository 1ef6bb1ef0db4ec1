"""How two people are related: the shortest path of kin between them, searched from both ends at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, QuerySolutions

from kg.ask.query import run
from kg.ask.ties import Tie, Ties, text_of
from kg.family import KinPath, Person, Quote, Step
from kg.model import Gender

MOST_STEPS = 24
MOST_PEOPLE = 200_000
"""How far a search goes before it says that there is no path."""

STEP = 100
"""The cost of one letter. What is added to it only decides between paths of one length."""
FEWER_MARRIAGES, PLAINER, WEAK = 1, 3, 250
"""Rather by blood than by marriage; rather brother and son than nephew; rather anything than just "relative"."""

QUOTES = """SELECT DISTINCT ?text ?start ?document WHERE {
  ?claim rdf:subject %s ; rdf:predicate %s ; rdf:object %s ; kg:polarity kg:affirmed ; kg:modality kg:stated ;
    kg:inferredFrom*/kg:evidence ?evidence .
  ?evidence oa:exact ?text ; oa:start ?start ; oa:hasSource/dcterms:identifier ?document .
}"""


@dataclass(slots=True)
class _Side:
    """The people reached from one end. costs, ties: the cheapest way to each. waiting: by cost in whole steps."""

    costs: dict[str, int] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)
    waiting: dict[int, set[str]] = field(default_factory=dict)

    def nearest(self) -> int:
        return min(self.waiting, default=MOST_STEPS * 2)

    def reach(self, person: str, cost: int, tie: Tie | None) -> None:
        known = self.costs.get(person)
        if known is not None and (known < cost or (known == cost and (tie is None or self.ties[person] <= tie))):
            return
        self.costs[person] = cost
        if tie:
            self.ties[person] = tie
        self.waiting.setdefault(cost // STEP, set()).add(person)


def related(ties: Ties, first: Iterable[NamedNode], second: Iterable[NamedNode]) -> KinPath | None:
    """The shortest path from any of the first people to any of the second, or None.

    The same graph gives the same path; a step that the graph only infers counts as the steps it stands for.
    """
    found = _search(ties, [one.value for one in first], [one.value for one in second])
    return _told(ties, *found) if found else None


# ------------------------------------------------------------------ the search
def _search(ties: Ties, first: Sequence[str], second: Sequence[str]) -> tuple[str, list[Tie]] | None:
    sides = (_Side(), _Side())
    for side, ends in zip(sides, (first, second), strict=True):
        for end in sorted(ends):
            side.reach(end, 0, None)
    best = min(((0, end) for end in set(first) & set(second)), default=None)
    while True:
        near = [side.nearest() for side in sides]
        reached = sum(len(side.costs) for side in sides)
        if sum(near) > (best[0] // STEP if best else MOST_STEPS) or reached > MOST_PEOPLE:
            break
        side = min(sides, key=lambda one: len(one.waiting[one.nearest()]) if one.waiting else MOST_PEOPLE)
        if not side.waiting:
            break
        other = sides[1] if side is sides[0] else sides[0]
        met = _widen(ties, side, other)
        best = min(filter(None, (best, met)), default=None)
    return _joined(ties, sides, best[1]) if best else None


def _widen(ties: Ties, side: _Side, other: _Side) -> tuple[int, str] | None:
    """Takes one step from all who are nearest; tells where it first met the other side, and at what cost."""
    level = side.nearest()
    people = side.waiting.pop(level)
    met: tuple[int, str] | None = None
    for tie in ties.of(one for one in people if side.costs[one] // STEP == level):
        cost = side.costs[tie.person] + _cost(tie)
        side.reach(tie.other, cost, tie)
        if tie.other in other.costs:
            total = (side.costs[tie.other] + other.costs[tie.other], tie.other)
            met = min(met, total) if met else total
    return met


def _cost(tie: Tie) -> int:
    if not tie.letters:
        return FEWER_MARRIAGES
    marriages = sum(letter in "sp" for letter in tie.letters)
    return (
        len(tie.letters) * STEP
        + marriages * FEWER_MARRIAGES
        + (PLAINER if len(tie.letters) > 1 else 0)
        + (WEAK if tie.letters == "r" else 0)
    )


def _joined(ties: Ties, sides: tuple[_Side, _Side], middle: str) -> tuple[str, list[Tie]]:
    before: list[Tie] = []
    start = middle
    while start in sides[0].ties:
        before.append(sides[0].ties[start])
        start = before[-1].person
    after: list[Tie] = []
    end = middle
    while end in sides[1].ties:
        tie = sides[1].ties[end]
        back = ties.kinship.back(tie.letters)
        after.append(Tie(tie.other, tie.person, back, tie.relation, not tie.inverse))
        end = tie.person
    return start, [*reversed(before), *after]


# ------------------------------------------------------------------ the telling
def _told(ties: Ties, start: str, path: Sequence[Tie]) -> KinPath:
    iris = [start, *(tie.other for tie in path)]
    people = ties.people(iris)
    who = {iri: people.get(iri, Person(iri=iri, name=iri)) for iri in iris}
    genders: dict[str, Gender] = {iri: person.gender for iri, person in who.items()}
    ended = ties.ended(iris)
    steps = []
    for tie in path:
        if tie.letters:
            between: list[Gender] = [""] * (len(tie.letters) - 1)
            steps.append(
                Step(
                    person=who[tie.other],
                    term=ties.kinship.term(tie.letters, [*between, genders.get(tie.other, "")]),
                    relation=tie.relation,
                    letters=tie.letters,
                    inverse=tie.inverse,
                    ended=(tie.person, tie.other) in ended,
                    quotes=_quotes(ties, tie),
                )
            )
    letters, along = _refined(ties, start, path, genders)
    back = ties.kinship.back(letters)
    behind: list[Gender] = [*reversed(along[:-1]), genders.get(start, "")] if letters else []
    over = len(steps) == 1 and steps[0].ended
    return KinPath(
        start=who[start],
        steps=tuple(steps),
        term=_over(ties, ties.kinship.term(letters, along), over),
        back=_over(ties, ties.kinship.term(back, behind), over),
    )


def _over(ties: Ties, term: str, ended: bool) -> str:
    return str(ties.kinship.words["ended"]).format(kin=term) if ended else term


def _refined(ties: Ties, start: str, path: Sequence[Tie], genders: dict[str, Gender]) -> tuple[str, list[Gender]]:
    """The letters of a path, and the gender behind each; half-siblings and step-parents told apart where parents are
    known. Somebody's father's wife is a stepmother only if the mother is known to be another."""
    parents = _parents(ties, [start, *(tie.other for tie in path)])
    tokens: list[tuple[str, str, str]] = []  # letters, from, to
    for tie in path:
        if not tie.letters:
            continue
        tokens.append((tie.letters, tie.person, tie.other))
        if len(tokens) > 1:
            (one, origin, _), (two, _, end) = tokens[-2:]
            known = {"us": origin, "as": origin, "sd": end}.get(one + two)
            if one + two == "ud":
                tokens[-2:] = [("b", origin, end)]
            elif known is not None and len(parents.get(known, ())) > 1:
                tokens[-2:] = [("c" if one == "s" else "t", origin, end)]
    letters = ""
    along: list[Gender] = []
    for said, origin, end in tokens:
        half = said == "b" and _half(parents.get(origin, frozenset()), parents.get(end, frozenset()))
        letters += "h" if half else said
        between: list[Gender] = [""] * (len(said) - 1)
        along += [*between, genders.get(end, "")]
    return letters, along


def _half(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether siblings share one of two known parents, not both."""
    return len(one) > 1 and len(two) > 1 and len(one & two) == 1


def _parents(ties: Ties, iris: Sequence[str]) -> dict[str, frozenset[str]]:
    """The names of the known parents: two documents' nodes for one mother are no two mothers."""
    found = ties.of(iris, "ua")
    names = ties.people(tie.other for tie in found)
    parents: dict[str, set[str]] = {}
    for tie in found:
        parents.setdefault(tie.person, set()).add(names[tie.other].name if tie.other in names else tie.other)
    return {iri: frozenset(one) for iri, one in parents.items()}


def _quotes(ties: Ties, tie: Tie) -> tuple[Quote, ...]:
    ends = (tie.other, tie.person) if tie.inverse else (tie.person, tie.other)
    answer = run(ties.graph, QUOTES % (f"<{ends[0]}>", f"<{tie.relation}>", f"<{ends[1]}>"), ties.base)
    rows = answer if isinstance(answer, QuerySolutions) else ()
    found = {(text_of(r["document"]), int(text_of(r["start"])), " ".join(text_of(r["text"]).split())) for r in rows}
    return tuple(Quote(text=text, document=document) for document, _, text in sorted(found))
