"""The English word for a path through a family, by the patterns of ontology/kinship.toml."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from kg.errors import OntologyError
from kg.model import Gender
from kg.vocabulary import Vocabulary

FILE = "kinship.toml"
GENDERS: tuple[Gender, ...] = tuple(gender for gender in get_args(Gender) if gender)
BACK = str.maketrans("udatcgk", "dudctkg")
"""The letters seen from the other end: whose parent one is, is one's child. A letter that is its own is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One [[term]]: paths that a regular expression matches. words: by the gender of the last person, "" for any."""

    path: re.Pattern[str]
    words: Mapping[str, str]
    kin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """What kinship.toml says. steps: IRI of a relation -> its letters; the other tables as they stand in the file.

    genders: IRI of a relation -> the gender that it tells of its object. dates: "born", "died" -> IRI of a relation.
    """

    steps: Mapping[str, str]
    genders: Mapping[str, Gender]
    dates: Mapping[str, str]
    joined: Mapping[str, str]
    weakened: Mapping[str, str]
    words: Mapping[str, str | Sequence[str]]
    patterns: tuple[Pattern, ...]

    def term(self, letters: str, genders: Sequence[Gender] = ()) -> str:
        """What the person at the end of a path is to the one at its start.

        Args:
            letters: the path.
            genders: of the person behind each letter; unknown ones are "".

        >>> from kg.vocabulary import load as ontology
        >>> kin = load(ontology())
        >>> kin.term("uuudd", ["", "", "", "", "female"])
        'first cousin once removed'
        >>> kin.term("uus", ["", "", "female"]), kin.term("sh", ["", "male"])
        ('grandparent’s wife', 'half-brother-in-law')
        """
        unknown: list[Gender] = [""] * (len(letters) - len(genders))
        letters, genders = self._join(letters, [*genders, *unknown])
        if not letters:
            return str(self.words["same"])
        return self._told(letters, genders[-1]) or self._chained(letters, genders)

    def back(self, letters: str) -> str:
        """The same path from its end: "uub" -> "bdd"."""
        return letters[::-1].translate(BACK)

    # -------------------------------------------------------------- inside
    def _join(self, letters: str, genders: list[Gender]) -> tuple[str, list[Gender]]:
        at = 0
        while at < len(letters) - 1:
            joined = self.joined.get(letters[at : at + 2])
            if joined is None:
                at += 1
                continue
            letters = letters[:at] + joined + letters[at + 2 :]
            del genders[at : at + 2 - len(joined)]
            at = max(0, at - 1)
        return letters, genders

    def _told(self, letters: str, gender: Gender) -> str:
        """One term, or, of somebody whose gender nobody tells, both."""
        found = self._whole(letters, gender)
        if found or gender:
            return found
        both = {one: self._whole(letters, one) for one in GENDERS}
        return str(self.words["either"]).format(**both) if all(both.values()) else ""

    def _whole(self, letters: str, gender: Gender) -> str:
        plainer = "".join(self.weakened.get(letter, letter) for letter in letters)
        for path in dict.fromkeys((letters, plainer)):
            for pattern in self.patterns:
                found = pattern.path.fullmatch(path)
                told = self._filled(pattern, found, gender) if found else ""
                if told:
                    return told
        return ""

    def _filled(self, pattern: Pattern, found: re.Match[str], gender: Gender) -> str:
        parts = {name: text or "" for name, text in found.groupdict().items()}
        up, down = len(parts.get("up", "")), len(parts.get("down", ""))
        kin = self._whole(found.expand(pattern.kin), gender) if pattern.kin else ""
        words = pattern.words.get(gender) or pattern.words[""]
        if pattern.kin and not kin:
            return ""
        return words.format(
            great=str(self.words["great"]) * len(parts.get("great", "")),
            degree=self._counted(min(up, down), "degrees", "nth"),
            removed=self._counted(abs(up - down), "removed", "times"),
            kin=kin,
        )

    def _counted(self, number: int, listed: str, beyond: str) -> str:
        words = self.words[listed]
        return words[number] if number < len(words) else str(self.words[beyond]).format(n=number)

    def _chained(self, letters: str, genders: Sequence[Gender]) -> str:
        """The fewest terms that together make the path, the longest first."""
        best: list[list[str] | None] = [[]] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(end):
                before, word = best[start], self._told(letters[start:end], genders[end - 1])
                if before is not None and word and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                    best[end] = [*before, word]
        found = best[-1] or [letters]
        told = found[-1]
        for word in reversed(found[:-1]):
            told = str(self.words["chain"]).format(first=word, second=told)
        return told


def load(vocabulary: Vocabulary) -> Kinship:
    """The kinship of an ontology: the shipped kinship.toml, and those of further folders on top of it.

    Raises:
        OntologyError: a file is no TOML, a pattern no regular expression, a step no relation.
    """
    tables: dict[str, dict[str, Any]] = {}
    patterns: list[Pattern] = []
    for path in vocabulary.files(FILE):
        found = _read(path)
        patterns = [*(_pattern(path, row) for row in found.pop("term", [])), *patterns]
        for name, table in found.items():
            tables.setdefault(name, {}).update(table)
    steps = {str(name): str(letters) for name, letters in tables.get("steps", {}).items()}
    unknown = sorted(set(steps) - set(vocabulary.relations))
    if unknown:
        raise OntologyError(f"{FILE}: the step {unknown[0]} is no relation of the ontology")
    relations = vocabulary.relations.values()
    return Kinship(
        steps={one.iri: way for one in relations if (way := _letters(one.name, steps, vocabulary))},
        genders={one.iri: one.gender for one in relations if one.gender},
        dates={when: vocabulary.iri(name) for when, name in _texts(tables.get("dates", {})).items()},
        joined=_texts(tables.get("joined", {})),
        weakened=_texts(tables.get("weakened", {})),
        words=tables.get("words", {}),
        patterns=tuple(patterns),
    )


def _letters(name: str, steps: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """A relation's own letters, else those of the nearest one above it that has some, the plainest."""
    level = [name]
    while level:
        found = [steps[one] for one in level if one in steps]
        if found:
            return min(found, key=lambda letters: (len(letters), letters))
        level = [up for one in level for up in vocabulary.relations[one].parents if up in vocabulary.relations]
    return ""


def _texts(table: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in table.items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: {error}", hint="the file is not valid TOML") from error
    return found


def _pattern(path: Path, row: Mapping[str, str]) -> Pattern:
    try:
        words = {"": row.get("any", "")} | {gender: row.get(gender, "") for gender in GENDERS}
        return Pattern(path=re.compile(row["path"]), words=words, kin=row.get("kin", ""))
    except (KeyError, re.error) as error:
        hint = "write path = …, a regular expression over letters, and any = …, the words"
        raise OntologyError(f"{path}: a [[term]] is not understood: {error}", hint=hint) from error
