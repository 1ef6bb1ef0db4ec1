"""Ages -> the days between which somebody was born.

39 in a text of 2024-02-08 is a birth between 1984-02-09 and 1985-02-08: two claims beside the age's own, never a date
of birth. Where a text tells of another time, the age counts from the date that its clause tells, or from none.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.dates import born_between
from kg.extract.lexicon import Lexicon
from kg.extract.numbers import age_of_verb
from kg.extract.periods import Periods
from kg.extract.tree import Tree
from kg.model import Claim, Value

_FAR = 1  # years between a document and what it tells of; further back an age is not of the document's day


class Births:
    """The births that the ages of one document tell."""

    def __init__(self, tree: Tree, periods: Periods, lexicon: Lexicon) -> None:
        self._tree = tree
        self._moments = periods.moments
        self._periods = periods
        self._written = periods.written
        self._lexicon = lexicon
        self._ages = {r.name for r, _ in lexicon.of_frame("age")}
        self._bounds = tuple(
            (k, relation.name)
            for k, frame in enumerate(("age_earliest", "age_latest"))
            for relation, _ in lexicon.of_frame(frame)
        )

    def beside(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims, and those of the births that follow from the ages among them."""
        for claim in claims:
            yield claim
            if claim.relation in self._ages and isinstance(claim.object, Value) and claim.status.plain:
                yield from self._of(claim, claim.object)

    def _of(self, claim: Claim, age: Value) -> Iterator[Claim]:
        if age.span is None or not age.value.isdecimal():
            return
        when = self._when(bisect_right(self._tree.starts, age.span.start) - 1)
        try:
            days = born_between(int(age.value), when)
        except (ValueError, OverflowError):
            return
        for which, name in self._bounds:
            value = Value(text=age.text, value=days[which].isoformat(), span=age.span)
            yield replace(claim, relation=name, object=value, rule=f"{claim.rule} on {when}")

    # -------------------------------------------------------------- on which day one is so old
    def _when(self, token: int) -> str:
        """The date at which an age holds, "" where it cannot be told."""
        tree = self._tree
        if tree.kids(token, "cop"):
            return self._written if self._now(token) else ""
        verb = age_of_verb(tree, token, self._lexicon)
        if verb is not None:
            return self._dated(verb) or (self._written if self._now(verb) else "")
        return self._written if self._of_its_day(token) else ""

    def _dated(self, verb: int) -> str:
        """The one date that hangs on a verb."""
        found = [m.value for m in self._moments.sentence.get(self._tree.sentence_of[verb], ()) if m.value
                 and self._periods.hangs_on(m, verb)]  # fmt: skip
        return found[0] if len(found) == 1 else ""

    def _now(self, predicate: int) -> bool:
        """Whether a predicate speaks of the day of writing: in the present, or in the perfect ("has died")."""
        tree = self._tree
        helpers = tree.kids(predicate, "aux", "cop")
        finite = [i for i in (*helpers, predicate) if tree.xpos[i] in ("VBD", "VBZ", "VBP", "MD")]
        return bool(finite) and tree.xpos[finite[0]] in ("VBZ", "VBP")

    def _of_its_day(self, token: int) -> bool:
        """Whether a sentence tells of about the time of the document: no other year is told in it. "Aged 82" may be so
        old at whatever the sentence tells, and allows for less than ", 82,".
        """
        before = self._tree.forms[token - 1].lower() if token else ""
        far = 0 if before in self._lexicon.words("words", "age", "word") else _FAR
        years = [int(m.value[:4]) for m in self._moments.sentence.get(self._tree.sentence_of[token], ()) if m.value]
        here = int(self._written[:4] or 0)
        return bool(here) and all(abs(year - here) <= far for year in years)
