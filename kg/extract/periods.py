"""When a claim holds: dates that hang on its words -> start and end.

"were married in 1990" begins then, "divorced in 2003" ends then, "from 2001 until 2009" says both, whatever the word.
Which words begin and end what stands in ontology/time.toml. The date on which a text was written is never a start.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from kg.extract.dates import Moment, Moments, bracket, is_told
from kg.extract.lexicon import Lexicon
from kg.extract.tree import Tree
from kg.model import RelationType, Status

Edge = Literal["start", "end", "at", "then"]
Event = Literal["begin", "end", "hold"]
_UP = ("xcomp", "obl", "obj", "nsubj", "ccomp")  # from the noun of a claim to the verb that may date it
_CLAUSES = ("acl", "advcl", "ccomp", "parataxis", "csubj", "root")
_DASHES = ("-", "\u2013", "\u2014", "\u2212")


class Periods:
    """The dates of the claims of one document. written: the document's date, ISO 8601, or ""."""

    def __init__(self, tree: Tree, moments: Moments, lexicon: Lexicon, written: str) -> None:
        self._tree = tree
        self.moments = moments
        self.written = written if is_told(written) else ""
        self._edges: dict[str, Edge] = {}
        table = lexicon.tables["time"]["period"]
        keys: tuple[tuple[str, Edge], ...] = (("then", "then"), ("at", "at"), ("end", "end"), ("start", "start"))
        for key, edge in (*keys, ("both", "start")):
            self._edges |= dict.fromkeys(table[key], edge)
        self._both = frozenset(table["both"]) | frozenset(table["then"])
        self._skip = frozenset(table["skip"])
        events = lexicon.tables["time"]["events"]
        kinds: tuple[Event, ...] = ("hold", "begin", "end")
        self._events: dict[str, Event] = {w: kind for kind in kinds for w in events[kind]}
        office = lexicon.tables["time"]["office"]
        self._offices: dict[str, Event] = {w: kind for kind in kinds for w in office[kind]}
        self._as = frozenset(office["as"])
        self._lasting = _narrowed(lexicon.tables["time"]["lasting"]["relations"], lexicon.vocabulary.relations)
        self._happen = frozenset(events["happen"])
        self._people = {t for n in tree.names if n.type == "PERSON" for t in range(n.first, n.last + 1)}

    def of(self, relation: RelationType, anchor: int, last: int, status: Status) -> Status:
        """The status of a claim with its dates.

        Args:
            anchor: the word that carries it. last: the end of its phrase.
        """
        if relation.name not in self._lasting:
            return status
        office = relation.range == "Position"  # which verbs give and take ("was elected mayor")
        moments = self.moments.sentence.get(self._tree.sentence_of[anchor], ())
        if not moments or status.polarity == "denied":
            return status
        hosts = dict(self._hosts(anchor, office))
        start = end = ""
        at: int | None = None
        for k, moment in enumerate(moments):
            before = moments[k - 1] if k else None
            joined = before is not None and at is not None and self._joined(before, moment)
            host = at = at if joined else self._host(moment, hosts, last)
            if host is None or not moment.value:
                continue
            event, edge = hosts[host], self._edge(moment, before, moments[k + 1] if k + 1 < len(moments) else None)
            if edge == "start" or (edge == "at" and event == "begin"):
                start = start or moment.value
            elif edge == "end" or (edge == "at" and event == "end"):
                end = end or moment.value
        return self._held(status, start, end)

    def _held(self, status: Status, start: str, end: str) -> Status:
        """With an end that is past it is over; with a start that is to come it is not yet."""
        if end and start and end < start[: len(end)]:
            return status
        phase = status.phase
        if phase == "current" and end and end <= (self.written or end)[: len(end)]:
            phase = "former"
        if phase == "current" and start and self.written and start > self.written[: len(start)]:
            phase = "future"
        return replace(status, start=start, end=end, phase=phase)

    # -------------------------------------------------------------- which words a date may hang on
    def _hosts(self, anchor: int, office: bool) -> Iterator[tuple[int, Event | None]]:
        """The words whose dates are those of the claim, with what happens on such a date."""
        own = self._events.get(self._tree.lemmas[anchor].lower())
        own = own or self._events.get(self._tree.forms[anchor].lower())
        yield anchor, own
        i = anchor
        for _ in range(3):
            head, dep = self._tree.heads[i], self._tree.deps[i].partition(":")[0]
            lemma = self._tree.lemmas[head].lower()
            if head == i or dep not in (*(_UP if office else ("xcomp", "nsubj")), "conj"):
                return
            if dep == "obl" and self._tree.case(i) not in self._as:
                return
            if dep == "nsubj":
                if own == "begin" and lemma in self._happen:
                    yield head, own
                elif self._events.get(lemma) == "end" and self._tree.upos[anchor] == "NOUN":
                    yield head, "end"
                return
            if dep != "conj" and self._tree.upos[head] in ("VERB", "AUX"):
                kind = (self._offices if office else self._events).get(lemma)
                if kind and own is None:
                    yield head, kind
                return
            i = head

    def _host(self, moment: Moment, hosts: dict[int, Event | None], last: int) -> int | None:
        """The word that a date hangs on, through other nouns but not out of its clause or through a person's name."""
        tree = self._tree
        opening = bracket(tree, moment.first)
        if opening is not None:
            return next(iter(hosts)) if opening - 1 == last and last not in self._people else None
        i = self._head(moment)
        for _ in range(8):
            if i in hosts:
                return i
            dep = tree.deps[i].partition(":")[0]
            if i in self._people or tree.heads[i] == i or dep in _CLAUSES or tree.upos[i] in ("VERB", "AUX"):
                return None
            i = tree.heads[i]
        return None

    def hangs_on(self, moment: Moment, verb: int) -> bool:
        """Whether a date says when it was that something was done."""
        return self._host(moment, {verb: None}, -1) == verb and self._edge(moment, None, None) == "at"

    def _head(self, moment: Moment) -> int:
        inside = range(moment.first, moment.last + 1)
        return next((t for t in inside if self._tree.heads[t] not in inside), moment.first)

    # -------------------------------------------------------------- what its preposition says
    def _edge(self, moment: Moment, before: Moment | None, after: Moment | None) -> Edge | None:
        if before and before.value and self._joined(before, moment):
            return "end"
        if after and after.value and self._joined(moment, after):
            return "start"
        words = self._tree.forms
        i = moment.first - 1
        first = self._tree.sentences[self._tree.sentence_of[moment.first]][0]
        while i > first and words[i].lower() in self._skip:
            i -= 1
        if i >= first and (edge := self._edges.get(words[i].lower())):
            return edge if edge != "then" else None
        bare = moment.closed and moment.last == moment.first and i == moment.first - 1
        return None if bare else "at"

    def _joined(self, left: Moment, right: Moment) -> bool:
        """Whether two dates are one stretch: "from 2001 until 2009", "between 1990 and 2003", "1979–90"."""
        between = [self._tree.forms[t].lower() for t in range(left.last + 1, right.first)]
        if len(between) != 1:
            return False
        word = between[0]
        lead = self._tree.forms[left.first - 1].lower() if left.first else ""
        return word in _DASHES or (self._edges.get(lead) == "start" and word in self._both)


def _narrowed(names: Iterable[str], relations: Mapping[str, RelationType]) -> frozenset[str]:
    """The relations of these names and all that narrow them."""
    out = set(names)
    while more := {r.name for r in relations.values() if r.name not in out and out.intersection(r.parents)}:
        out |= more
    return frozenset(out)
