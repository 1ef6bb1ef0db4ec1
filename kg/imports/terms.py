"""What foreign terms come to, from the ontology's alignments and ontology/imports.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

from kg.errors import OntologyError
from kg.model import Gender
from kg.vocabulary import DEFAULT_BASE, Vocabulary
from kg.vocabulary.names import TERMS, WIKIDATA, prefixes

FILE = "imports.toml"
GENDER = "Gender"
GENDERS: tuple[Gender, ...] = tuple(one for one in get_args(Gender) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTerms:
    """How Wikidata's statement nodes are written: namespaces and properties, as IRIs.

    direct, step, value, node: namespaces of the short form, of the way to a statement, of its value as such, in full.
    rank, deprecated: the property and the rank that is not read. precision: how exact a date is, by a number. start,
    end: qualifiers.
    """

    direct: str
    step: str
    value: str
    node: str
    rank: str
    deprecated: str
    precision: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Tables by IRI. relations: property -> our relation. classes: class -> ours, "" for what tells nothing.

    labels, aliases, given, surnames, same, types: properties, the best first. gendered: properties that tell a gender;
    genders: IRI or lower-case word -> gender. spaces: namespace -> the one that it is the same as. contexts: address
    of a JSON-LD context -> the namespace that its terms lie in. statements: how Wikidata's statement nodes are read.
    """

    relations: Mapping[str, str]
    classes: Mapping[str, str]
    labels: Sequence[str]
    aliases: Sequence[str]
    given: Sequence[str]
    surnames: Sequence[str]
    same: Sequence[str]
    types: Sequence[str]
    genders: Mapping[str, Gender]
    gendered: Sequence[str]
    spaces: Mapping[str, str]
    contexts: Mapping[str, str]
    statements: StatementTerms

    def moved(self, iri: str) -> str:
        """An IRI in the namespace that ours know it by."""
        for space, known in self.spaces.items():
            if iri.startswith(space):
                return known + iri.removeprefix(space)
        return iri


def load(vocabulary: Vocabulary) -> Foreign:
    """The tables of an ontology; further folders add to imports.toml and override it.

    Raises:
        OntologyError: the file is no TOML, or names a prefix, relation or class that is unknown.
    """
    told = _tables(vocabulary)
    known: dict[str, str] = {**prefixes(vocabulary.base), **told.get("prefixes", {})}

    def full(name: str) -> str:
        return _full(name, known)

    def listed(table: str, key: str) -> list[str]:
        return [full(name) for name in told.get(table, {}).get(key, ())]

    classes = {iri: name for name, one in vocabulary.classes.items() for iri in (one.iri, *one.aligned)}
    genders = {full(name).lower(): one for one in GENDERS for name in told.get("genders", {}).get(one, ())}
    relations = _aligned(vocabulary) | {full(name): one for name, one in told.get("relations", {}).items()}
    by_gender = [iri for iri, name in relations.items() if _leads_to_gender(vocabulary, name)]
    return Foreign(
        relations=relations | dict.fromkeys(by_gender, ""),
        classes=classes | {full(name): one for name, one in told.get("classes", {}).items()},
        labels=listed("names", "label"),
        aliases=listed("names", "alias"),
        given=listed("names", "given"),
        surnames=listed("names", "surname"),
        same=listed("identity", "same"),
        types=listed("types", "type"),
        genders=genders | {(vocabulary.base + TERMS + one).lower(): one for one in GENDERS},
        gendered=[*by_gender, *listed("genders", "property")],
        spaces={**_own(vocabulary), **told.get("same", {})},
        contexts=told.get("contexts", {}),
        statements=StatementTerms(
            **{one.name: full(told.get("statements", {}).get(one.name, "")) for one in fields(StatementTerms)}
        ),
    )


def _tables(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for path in vocabulary.files(FILE):
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise OntologyError(f"{path}: {error}", hint="the file is not valid TOML") from error
        for name, table in found.items():
            told.setdefault(name, {}).update(table)
    return told


def _full(name: str, known: Mapping[str, str]) -> str:
    """prefix:name as an IRI; an IRI or a bare word as it is."""
    prefix, colon, rest = name.partition(":")
    if not colon or rest.startswith("//"):
        return name
    if prefix not in known:
        raise OntologyError(f"{FILE}: {name} has an unknown prefix", hint="declare it under [prefixes]")
    return known[prefix] + rest


def _own(vocabulary: Vocabulary) -> dict[str, str]:
    """Our terms as they are written, in the namespace of the store."""
    ours = DEFAULT_BASE + TERMS
    return {ours: vocabulary.base + TERMS} if vocabulary.base != DEFAULT_BASE else {}


def _leads_to_gender(vocabulary: Vocabulary, name: str) -> bool:
    return name in vocabulary.relations and vocabulary.relations[name].range == GENDER


def _aligned(vocabulary: Vocabulary) -> dict[str, str]:
    """Property -> the most general of the relations that narrow it; where two are, neither is taken."""
    found: dict[str, set[str]] = {one.iri: {name} for name, one in vocabulary.relations.items()}
    for name, relation in vocabulary.relations.items():
        supplied = (f"{WIKIDATA}prop/direct/{number}" for number in relation.wikidata)
        for iri in (*vocabulary.alignments.get(name, ()), *supplied):
            found.setdefault(iri, set()).add(name)
    out = {}
    for iri, names in found.items():
        top = [name for name in sorted(names) if not _above(name, vocabulary) & names]
        if len(top) == 1:
            out[iri] = top[0]
    return out


def _above(name: str, vocabulary: Vocabulary) -> set[str]:
    parents = {one for one in vocabulary.relations[name].parents if one in vocabulary.relations}
    return parents.union(*(_above(one, vocabulary) for one in parents))
