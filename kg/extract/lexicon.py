"""The word lists of the ontology folders (titles, pronouns, hedges, demonyms, frames) as look-up tables."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kg.errors import OntologyError
from kg.model import Cue, Gender, RelationType
from kg.vocabulary import Vocabulary

Table = dict[str, Any]
FILES = ("titles", "status", "words", "frames", "demonyms", "given-names", "irregular", "time")


def _merge(into: Table, more: Table) -> None:
    """Tables merge, lists append, the rest is overridden: a later folder adds to the shipped lists."""
    for key, value in more.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        elif isinstance(value, list) and isinstance(into.get(key), list):
            into[key] = [*into[key], *value]
        else:
            into[key] = value


@dataclass(frozen=True)
class Lexicon:
    """All word lists, and the cue words of the ontology by lemma.

    tables: file name (without .toml) -> its content.
    """

    tables: Mapping[str, Table]
    vocabulary: Vocabulary

    def words(self, table: str, section: str, key: str) -> frozenset[str]:
        """One list as a set; empty where there is none."""
        known = self._sets.get((table, section, key))
        if known is None:
            known = self._sets[table, section, key] = frozenset(self.tables[table].get(section, {}).get(key, ()))
        return known

    @cached_property
    def _sets(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """What `words` has been asked for: the lists are read only, and asked for at every word of a text."""
        return {}

    @cached_property
    def titles(self) -> Mapping[tuple[str, ...], tuple[str, Gender]]:
        """Title as lower-case words -> kind ("royal", "academic", …) and the gender that it tells."""
        out: dict[tuple[str, ...], tuple[str, Gender]] = {}
        for kind, row in self.tables["titles"].items():
            if kind in ("before", "office_gendered"):
                continue
            for gender, words in row.items():
                for w in words:
                    out[tuple(w.lower().split())] = (kind, gender if gender != "any" else "")
        for gender, words in self.tables["titles"].get("office_gendered", {}).items():
            out |= {tuple(w.lower().split()): ("office", gender) for w in words}
        return out

    @cached_property
    def longest_title(self) -> int:
        return max(map(len, self.titles))

    def title_gender(self, title: str) -> Gender:
        """The gender that a title tells, "" if none; of "Duke of Sussex" the first words decide."""
        words = tuple(title.lower().split())
        for n in range(min(len(words), self.longest_title), 0, -1):
            if words[:n] in self.titles:
                return self.titles[words[:n]][1]
        return ""

    @cached_property
    def pronouns(self) -> Mapping[str, Gender]:
        """Singular third-person pronouns -> gender."""
        return {w: g for g in _GENDERS for w in self.words("words", "pronouns", g)}

    @cached_property
    def first_pronouns(self) -> frozenset[str]:
        return self.words("words", "pronouns", "first")

    @cached_property
    def plural_pronouns(self) -> frozenset[str]:
        return self.words("words", "pronouns", "plural")

    @cached_property
    def relative_pronouns(self) -> frozenset[str]:
        return self.words("words", "pronouns", "relative")

    @cached_property
    def reflexive_pronouns(self) -> frozenset[str]:
        return self.words("words", "pronouns", "reflexive")

    @cached_property
    def given_names(self) -> Mapping[str, Gender]:
        """First name, lower case -> the gender that it mostly has."""
        table = self.tables["given-names"].get("given", {})
        return {w.lower(): g for g in _GENDERS for w in table.get(g, ())}

    @cached_property
    def cues(self) -> Mapping[str, tuple[tuple[RelationType, Cue], ...]]:
        """First word of a cue (a lemma) -> the relations and cues that begin with it, sorted by relation."""
        out: dict[str, list[tuple[RelationType, Cue]]] = {}
        for relation in self.vocabulary.relations.values():
            for cue in relation.cues:
                for word in cue.words:
                    pair = (relation, cue)
                    bucket = out.setdefault(tokens_of(word)[0], [])
                    if pair not in bucket:
                        bucket.append(pair)
        return {k: tuple(v) for k, v in out.items()}

    @cached_property
    def cue_words(self) -> Mapping[str, tuple[tuple[RelationType, Cue, str, tuple[str, ...]], ...]]:
        """First token of a cue word -> the relations and cues that it begins, each with the cue word and its tokens."""
        out: dict[str, list[tuple[RelationType, Cue, str, tuple[str, ...]]]] = {}
        for relation in self.vocabulary.relations.values():
            for cue in relation.cues:
                for word in cue.words:
                    tokens = tokens_of(word)
                    out.setdefault(tokens[0], []).append((relation, cue, word, tokens))
        return {k: tuple(v) for k, v in out.items()}

    @cached_property
    def name_suffixes(self) -> frozenset[str]:
        """Regnal numbers and generations, folded as in names.key: "iii", "jr"."""
        return frozenset(s.casefold().rstrip(".") for s in self.words("words", "names", "suffixes"))

    @cached_property
    def lemmas(self) -> Mapping[str, str]:
        """Inflected form -> lemma, for the words that the ontology looks for: what it asks for must not hang on a
        guess.
        """
        words = {_inflected(cue, w) for cues in self.cues.values() for _, cue in cues for w in cue.words}
        for row in self.tables["status"].values():
            words |= {w for key, column in row.items() if key in ("verbs", "nouns") for w in column}
        for frame in (*self.tables["frames"].get("frame", ()), *self.tables["frames"].get("identity", ())):
            paths = " ".join(str(p) for value in frame.values() if isinstance(value, list) for p in value)
            words |= {w for group in re.findall(r"\{([^}]+)\}", paths) for w in group.split("|")}
        irregular = self.tables["irregular"].get("forms", {})
        out = {form: word for word in sorted(words) if word.replace("-", "").isalpha() for form in inflections(word)}
        out |= {form: word for word in sorted(words & set(irregular)) for form in irregular[word]}
        return out

    @cached_property
    def hyphenated(self) -> frozenset[str]:
        """Cue words with a hyphen, and their plurals: one word to the reader, though the tokenizer cuts them."""
        words = {
            t for cues in self.cues.values() for _, cue in cues for w in cue.words for t in tokens_of(w) if "-" in t
        }
        return frozenset(words | {form for w in words for form in inflections(w)[:1]})

    @cached_property
    def counting(self) -> frozenset[str]:
        """Hyphenated words that a number completes: "mother-of" in "mother-of-three"."""
        return frozenset(w for _, cue in self.of_frame("completed") for w in cue.words)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Nouns of which several kinds make up what is counted: sons and daughters."""
        return frozenset(w for _, cue in self.of_frame("number_part") for w in cue.words)

    def of_frame(self, frame: str) -> list[tuple[RelationType, Cue]]:
        """The relations and cues of one class of frames, sorted by relation."""
        return [(r, cue) for r in self.vocabulary.relations.values() for cue in r.cues if cue.frame == frame]

    @cached_property
    def idioms(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """First word -> phrases in which kin words are no kin."""
        out: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(self.words("words", "idioms", "phrases")):
            words = tuple(phrase.split())
            out.setdefault(words[0], []).append(words)
        return {k: tuple(v) for k, v in out.items()}

    @cached_property
    def person_nouns(self) -> Mapping[str, Gender]:
        """Nouns that point at one person -> the gender that they tell; kin and office nouns included."""
        out: dict[str, Gender] = {}
        for relation in self.vocabulary.relations.values():
            for cue in relation.cues:
                if cue.frame in ("noun", "role", "completed"):
                    out |= {w: cue.bearer for w in cue.words if len(tokens_of(w)) == 1}
        for gender in (_ANY, *_GENDERS):
            told: Gender = "" if gender == "any" else gender
            out |= dict.fromkeys(self.words("words", "people", gender), told)
        return out

    @cached_property
    def group_nouns(self) -> frozenset[str]:
        return self.words("words", "people", "group")

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """Demonym, lower case -> country."""
        table = self.tables["demonyms"].get("demonyms", {})
        return {w.lower(): country for country, words in table.items() for w in words}


_ANY: Literal["any"] = "any"
_GENDERS: tuple[Gender, ...] = ("male", "female")


def inflections(word: str) -> list[str]:
    """The regular forms of an English noun or verb, without the word itself (Quirk et al. 1985, 3.5 and 5.80)."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        plural = word + "es"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        plural = word[:-1] + "ies"
    else:
        plural = word + "s"
    if word.endswith("e"):
        return [plural, word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [plural, word[:-1] + "ied", word + "ing"]
    doubled = word + word[-1]
    return [plural, word + "ed", word + "ing", doubled + "ed", doubled + "ing"]


def tokens_of(word: str) -> tuple[str, ...]:
    """A cue word as the tree has it: cut at spaces; a hyphenated cue is one token there ("brother-in-law")."""
    return tuple(word.split())


def _inflected(cue: Cue, word: str) -> str:
    """The token of a cue word that takes endings: of a verb with what belongs to it the verb, else the last noun."""
    return tokens_of(word)[0 if cue.frame in ("verb", "passive") else -1]


def load(vocabulary: Vocabulary) -> Lexicon:
    """The word lists of all ontology folders.

    Raises:
        OntologyError: a file is not TOML, or a list is missing.
    """
    tables: dict[str, Table] = {}
    for name in FILES:
        table: Table = {}
        for path in vocabulary.files(f"{name}.toml"):
            try:
                _merge(table, tomllib.loads(path.read_text(encoding="utf-8")))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
                raise OntologyError(f"{path}: not TOML: {e}", hint="mend the file") from e
        tables[name] = table
    return Lexicon(tables, vocabulary)
