"""Dates of a text -> ISO 8601, as precise as they are told: "12 May 1950", "in May", "on Wednesday", "three years ago".

What leaves the year or the day open is resolved against the date of the document, in the tense of its clause: on the
last such day if the clause is past, on the next if it speaks of what is to come. Without a date of the document, or
where the text speaks of another year, it stays open. Names of months and cue words are in ontology/time.toml.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta, weekday

from kg.extract.lexicon import Lexicon
from kg.extract.tree import Tree

_YEAR = r"(?:1\d{3}|20\d{2})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_LENGTH = {"year": 4, "month": 7, "day": 10}  # of an ISO date that is told to the year, the month, the day
_NEAR = 2  # sentences before, within which a year told is the year that a text speaks of


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a text: tokens first to last, and its value, "" where it cannot be told.

    closed: whether the text itself tells the year.
    """

    first: int
    last: int
    value: str
    closed: bool = True


@dataclass(slots=True)
class Moments:
    """The dates of a document: in text order, by token, and by sentence."""

    all: list[Moment] = field(default_factory=list)
    at: dict[int, Moment] = field(default_factory=dict)
    sentence: dict[int, list[Moment]] = field(default_factory=dict)

    def within(self, first: int, last: int) -> list[Moment]:
        """Those that lie in tokens first to last."""
        found = {id(m): m for t in range(first, last + 1) if (m := self.at.get(t))}
        return [m for m in found.values() if m.first >= first and m.last <= last]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words say. toward: -1 last, 0 this, 1 next, None if not said; unit, count: "three years ago"."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    toward: int | None = None
    unit: str = ""
    count: int = 0


class Clock:
    """Reads the dates of texts, with the words of time.toml."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["time"]
        self._table = table
        self._months = _months(table["months"])
        self._weekdays = {name: k for k, name in enumerate(table["weekdays"]["names"])}
        self._toward = {w: k for k, key in ((-1, "back"), (0, "here"), (1, "ahead")) for w in table["relative"][key]}
        self._units = {w: unit for unit in ("year", "month", "day") for w in table["relative"][unit]}
        self._numbers = {w: n for n, w in enumerate(lexicon.tables["words"]["age"]["numbers"])} | {"a": 1, "an": 1}
        self._future = lexicon.words("status", "future", "auxiliaries")
        self._pattern = re.compile(self._written())

    def _written(self) -> str:
        months, days = _either(self._months), _either(self._weekdays)
        month, exact = f"(?i:{months})", _either([f(m) for m in self._months for f in (str.capitalize, str.upper)])
        named = _either([f(d) for d in self._weekdays for f in (str.capitalize, str.upper)])
        before, near = rf"(?:(?i:{days})(?:,? the)?,?\s+)?", f"(?i:{_either(self._toward)})"
        spoken = f"(?i:{_either(self._numbers)})"
        ago, daily = _either(self._table["relative"]["ago"]), f"(?i:{_either(self._table['day_words'])})"
        leads = _either([*self._table["period"]["start"], *self._table["period"]["end"], "in", "by", "of", "during"])
        return "|".join([
            r"(?<![\d-])(?P<y0>\d{4})-(?P<n0>\d\d)-(?P<d0>\d\d)(?![\d-])",
            rf"(?<![\d.])(?P<d1>\d{{1,2}})\.(?P<n1>\d{{1,2}})\.(?P<y1>{_YEAR})\b",
            rf"(?P<p2>{before})(?<!\d)(?P<d2>{_DAY})\s+(?:day\s+)?(?:of\s+)?(?P<m2>{month})\.?,?\s+(?P<y2>{_YEAR})\b",
            rf"(?P<p3>{before})\b(?P<m3>{month})\.?\s+(?P<d3>{_DAY}),?\s+(?P<y3>{_YEAR})\b",
            rf"\b(?P<m4>{exact})\.?,?\s+(?:of\s+)?(?P<y4>{_YEAR})\b",
            rf"(?P<p5>{before})(?<![\d.,])\b(?P<d5>{_DAY})\s+(?:of\s+)?(?P<m5>{exact})\b",
            rf"(?P<p6>{before})\b(?P<m6>{exact})\.?\s+(?P<d6>{_DAY})\b(?![:.,]?\d)",
            rf"\b(?P<r7>{near})\s+(?P<u7>(?i:{_either(self._units)}))\b",
            rf"\b(?P<r8>{near})\s+(?P<m8>{exact})\b",
            rf"\b(?:(?P<r9>{near})\s+)?(?P<w9>{named})\b(?!\s+[A-Z])",
            rf"\b(?i:{leads})\s+(?P<m10>{exact})\b(?!\.?,?\s+(?:of\s+)?\d|\s+[A-Z])",
            rf"\b(?P<c11>\d{{1,3}}|{spoken})\s+(?P<u11>(?i:{_either(self._units)}))\s+(?P<a11>{ago})\b",
            rf"\b(?P<t12>{daily})\b",
            rf"(?<![\d.,£$€/#])(?P<y13>{_YEAR})(?![\d%/]|[.,]\d|['’]?s\b)(?:\s?[-\u2013]\s?(?P<s13>\d\d)(?![\d:.]))?",
        ])  # fmt: skip

    # -------------------------------------------------------------- reading
    def iso(self, text: str) -> str:
        """The one absolute date that a piece of text holds, "" if there is none or several."""
        found = [m for m in self._pattern.finditer(text) if self._told(m).year]
        values = [self._closed(self._told(m)) for m in found]
        return values[0] if len(values) == 1 and not found[0].groupdict().get("s13") else ""

    def read(self, tree: Tree, written: str) -> Moments:
        """All dates of a document. written: its date, ISO 8601, or ""."""
        out = Moments()
        base = _whole(written)
        for m in self._pattern.finditer(tree.text):
            for moment in self._of(m, tree, base, out):
                out.all.append(moment)
                out.sentence.setdefault(tree.sentence_of[moment.first], []).append(moment)
                out.at |= dict.fromkeys(range(moment.first, moment.last + 1), moment)
        return out

    def _of(self, m: re.Match[str], tree: Tree, base: date | None, before: Moments) -> Iterator[Moment]:
        told = self._told(m)
        spans = [m.span(name) for name, text in m.groupdict().items() if text and name != "s13"]
        first, last = _token(tree, min(a for a, _ in spans)), _token(tree, max(b for _, b in spans) - 1)
        if tree.sentence_of[first] != tree.sentence_of[last] or self._no_date(tree, first, last, told):
            return
        if told.year:
            yield Moment(first, last, self._closed(told))
            short = m.groupdict().get("s13")
            if short and int(short) > told.year % 100:
                end = _token(tree, m.start("s13"))
                if end > last:
                    yield Moment(end, end, str(told.year - told.year % 100 + int(short)))
        else:
            value = self._open(told, base, self._ahead(tree, first, last, told)) if base else ""
            if told.month and told.toward is None and base and not _of_its_time(value, tree, first, base, before):
                value = ""
            yield Moment(first, last, value, False)

    def _told(self, m: re.Match[str]) -> _Told:
        got = {name[0]: text for name, text in m.groupdict().items() if text}
        number = int(got["n"]) if "n" in got else self._months.get(got["m"].lower(), 0) if "m" in got else 0
        toward = self._toward.get(" ".join(got["r"].lower().split())) if "r" in got else None
        unit = self._units.get(got["u"].lower(), "") if "u" in got else ""
        count = toward or 0
        if "c" in got:
            count = -(int(got["c"]) if got["c"].isdecimal() else self._numbers[got["c"].lower()])
        if "t" in got:
            unit, count = "day", int(self._table["day_words"][got["t"].lower()])
        day = self._weekdays.get(got["w"].lower(), -1) if "w" in got else -1
        return _Told(
            year=int(got.get("y", 0)), month=number, day=int(re.sub(r"\D", "", got.get("d", "")) or 0),
            weekday=day, toward=toward, unit=unit, count=count,
        )  # fmt: skip

    def _no_date(self, tree: Tree, first: int, last: int, told: _Told) -> bool:
        """A number that counts something ("in 1500 homes"); the name of a day or a paper ("Good Friday")."""
        if told.year and not told.month:
            head = tree.heads[first]
            return tree.deps[first] == "nummod" and head > first and tree.upos[head] == "NOUN"
        word = tree.forms[first - 1].lower() if first else ""
        if told.weekday >= 0:
            return word in self._table["weekdays"]["not_after"] or tree.forms[last].lower() not in self._weekdays
        return bool(told.unit) and told.count < -1 and word in self._table["relative"]["vague"]

    @staticmethod
    def _closed(told: _Told) -> str:
        if not told.month:
            return f"{told.year:04d}"
        return _day(told.year, told.month, told.day) if told.day else _month(told.year, told.month)

    @staticmethod
    def _open(told: _Told, base: date, ahead: bool) -> str:
        """The value of a date whose year the text leaves open."""
        if told.unit:
            if told.unit == "day" and told.toward is not None:
                return ""  # "last day"
            moved = base + relativedelta(**{told.unit + "s": told.count})  # type: ignore[arg-type]
            return moved.isoformat()[: _LENGTH[told.unit]]
        if told.weekday >= 0:
            if told.toward == 1:
                return ""  # "next Friday" is this week's for some, and next week's for others
            away = 1 if ahead and told.toward != -1 else -1
            first = base + relativedelta(days=-1) if told.toward == -1 else base
            return (first + relativedelta(weekday=weekday(told.weekday, away))).isoformat()
        here = (base.month, base.day) if told.day else (base.month, 0)
        there = (told.month, told.day)
        if ahead:
            year = base.year + (there < here or (told.toward == 1 and there == here))
        else:
            year = base.year - (there > here or (told.toward == -1 and there == here))
        if told.toward == 0:
            year = base.year
        return _day(year, told.month, told.day) if told.day else _month(year, told.month)

    def _ahead(self, tree: Tree, first: int, last: int, told: _Told) -> bool:
        """Whether what is dated is still to come: by the word itself, else by the tense of its clause."""
        if told.toward:
            return told.toward > 0
        i = next((t for t in range(first, last + 1) if not first <= tree.heads[t] <= last), first)
        for _ in range(10):
            if tree.upos[i] in ("VERB", "AUX") or tree.kids(i, "cop"):
                tense = self._tense(tree, i)
                if tense is not None:
                    return tense
            if tree.heads[i] == i:
                break
            i = tree.heads[i]
        return False

    def _tense(self, tree: Tree, verb: int) -> bool | None:
        """True for what is present, future or infinitive, False for what is past, None where the form does not tell."""
        helpers = tree.kids(verb, "aux", "cop")
        words = {tree.lemmas[h].lower() for h in helpers} | {tree.forms[h].lower() for h in helpers}
        if words & self._future:
            return True
        if words & set(self._table["tense"]["perfect"]):
            return False
        for i in (*helpers, verb):
            if tree.xpos[i] in ("VBD", "VBZ", "VBP"):
                return tree.xpos[i] != "VBD"
        if tree.xpos[verb] == "VB" and any(tree.forms[c].lower() == "to" for c in tree.kids(verb, "mark", "aux")):
            return True
        return False if tree.xpos[verb] == "VBN" else None


def _of_its_time(value: str, tree: Tree, token: int, base: date, before: Moments) -> bool:
    """Whether a date without its year may belong to the document's own time: not where the last year told close before
    it is another ("In 1953 he went to sea. He drowned in May."). What stands in brackets does not count.
    """
    sentence = tree.sentence_of[token]
    for m in reversed(before.all):
        if sentence - tree.sentence_of[m.first] > _NEAR:
            break
        if m.closed and m.value and bracket(tree, m.first) is None:
            return base.year - 1 <= int(m.value[:4]) <= int(value[:4] or 0)
    return True


def bracket(tree: Tree, token: int) -> int | None:
    """The bracket that opens before a token and is not closed before it, in its sentence."""
    for t in range(token - 1, tree.sentences[tree.sentence_of[token]][0] - 1, -1):
        if tree.forms[t] in ("(", ")", "[", "]"):
            return t if tree.forms[t] in ("(", "[") else None
    return None


def _months(table: Mapping[str, object]) -> dict[str, int]:
    out: dict[str, int] = {}
    for key in ("names", "short"):
        listed = table[key]
        assert isinstance(listed, list)
        out |= {str(name): k for k, name in enumerate(listed, 1)}
    other = table.get("fourth")
    return out | (dict(other) if isinstance(other, dict) else {})


def _either(words: object) -> str:
    listed = sorted({str(w) for w in words}, key=lambda w: (-len(w), w))  # type: ignore[attr-defined]
    return "|".join(r"\s+".join(map(re.escape, w.split())) for w in listed)


def _token(tree: Tree, offset: int) -> int:
    return max(0, bisect_right(tree.starts, offset) - 1)


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else ""


def _whole(written: str) -> date | None:
    """A full date; None for one that is told less precisely, against which nothing can be resolved."""
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def bounds(value: str) -> tuple[date, date]:
    """The first and the last day of an ISO 8601 date, month or year.

    Raises:
        ValueError: it is none.
    """
    first = date.fromisoformat(value + "-01" * (2 - value.count("-")))
    longer = {0: relativedelta(years=1), 1: relativedelta(months=1), 2: relativedelta(days=1)}[value.count("-")]
    return first, first + longer - relativedelta(days=1)


def is_told(value: str) -> bool:
    """Whether it is an ISO 8601 date, month or year."""
    try:
        bounds(value)
    except ValueError:
        return False
    return True


def born_between(age: int, told: str) -> tuple[date, date]:
    """The first and the last day on which somebody was born who is `age` years old at a date told as ISO 8601.

    39 on 2024-02-08: 1984-02-09 to 1985-02-08.

    Raises:
        ValueError: the date is none, or the person would be born before the year 1.
    """
    first, last = bounds(told)
    return first - relativedelta(years=age + 1) + relativedelta(days=1), last - relativedelta(years=age)
