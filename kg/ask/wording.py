"""Plain English for the saved questions, by the patterns in their heads. No word of English stands here.

    # asks: [who (is|was)] ({person}('s|') (father|dad)|the father of {person})

(a|b) is a or b, [a] may be left out, {person} is a value, {year:####} one of four digits. Case, doubled spaces, curly
quotes and what ends a sentence do not matter. Where several patterns fit, the one with most words of its own wins.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.ask.questions import Question
from kg.errors import QueryError

PART = re.compile(
    r"""\{(?P<slot>\w+)(?::(?P<digits>\#+))?\} | (?P<mark>[()\[\]|]) | (?P<space>\s+) | [^{}()\[\]|\s]+""", re.VERBOSE
)
SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}
MOST_SHARED = 4
"""Questions that may share a word that still tells them apart."""
END = " \t\r\n?!."
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a text may ask. values: in the order of the question's parameters. own: letters that are the pattern's."""

    question: Question
    values: tuple[str, ...]
    own: int


def understood(text: str, questions: Iterable[Question]) -> list[Understood]:
    """The questions that a text may ask, the likeliest first; [] if none."""
    plain = " ".join(text.translate(QUOTES).strip(END).split())
    found = [one for question in questions for one in _readings(plain, question)]
    return sorted(found, key=lambda one: (-one.own, one.question.name, one.values))


def near(text: str, questions: Iterable[Question]) -> list[Question]:
    """The questions that share rare words with a text that none of them understands, at most three."""
    all_words = {one.name: (one, _words(one)) for one in questions}
    often = Counter(word for _, words in all_words.values() for word in words)
    said = {word for word in re.findall(r"\w{3,}", text.casefold()) if often[word] <= MOST_SHARED}
    best = [(-len(said & words), name) for name, (_, words) in all_words.items() if said & words]
    return [all_words[name][0] for _, name in sorted(best)[:3]]


def check(question: Question) -> None:
    """Raises:
    QueryError: a pattern of the question is not understood, or names no parameter of it.
    """
    known = {parameter.name for parameter in question.parameters}
    needed = {parameter.name for parameter in question.parameters if not parameter.optional}
    for pattern in question.asks:
        slots = {found["slot"] for found in PART.finditer(pattern) if found["slot"]}
        if slots - known or needed - slots:
            wrong = ", ".join(sorted(slots - known or needed - slots))
            raise QueryError(f"question {question.name}: the pattern {pattern!r} and the parameters differ in {wrong}")
        _compiled(pattern)


def _readings(text: str, question: Question) -> Iterator[Understood]:
    for pattern in question.asks:
        found = _compiled(pattern).fullmatch(text)
        if found is None:
            continue
        said = {name.rpartition("_")[0]: value.strip("\"' ") for name, value in found.groupdict().items() if value}
        values = [said.get(parameter.name, "") for parameter in question.parameters]
        while values and not values[-1]:
            values.pop()
        if all(values):
            own = len(text) - sum(map(len, said.values()))
            yield Understood(question=question, values=tuple(values), own=own)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Raises:
    QueryError: it is not understood.
    """
    made, at = [], 0
    for number, part in enumerate(PART.finditer(pattern)):
        if part.start() != at:
            break
        at = part.end()
        if part["slot"]:
            value = rf"\d{{{len(part['digits'])}}}" if part["digits"] else ".+?"
            made.append(f"(?P<{part['slot']}_{number}>{value})")  # one slot may stand in several branches
        elif part["space"]:
            # What may be left out takes its space along.
            loose = pattern[part.start() - 1] in "]" or pattern[at : at + 1] == "["
            made.append(r"\s*" if loose else r"\s+")
        else:
            made.append(SIGNS.get(part[0]) or re.escape(part[0]))
    try:
        if at != len(pattern):
            raise re.error("unexpected")
        return re.compile("".join(made), re.IGNORECASE)
    except re.error as error:
        hint = "see them in ontology/questions: (a|b), [may be left out], {person}"
        raise QueryError(f"the pattern {pattern!r} is not understood", hint=hint) from error


@cache
def _words(question: Question) -> frozenset[str]:
    text = " ".join([question.name, question.title, *question.asks])
    return frozenset(re.findall(r"\w{3,}", re.sub(r"\{.*?\}", "", text).casefold()))
