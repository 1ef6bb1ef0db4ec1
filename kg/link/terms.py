"""ontology/wikidata.toml: which properties and items of Wikidata tell what; nothing in Python names one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import OntologyError
from kg.link.names import NameWords, name_words
from kg.model import Gender
from kg.vocabulary import Vocabulary

FILE = "wikidata.toml"
Way = Literal["up", "down", "beside", "level", "kin"]
BACK: Mapping[Way, Way] = {"up": "down", "down": "up", "beside": "beside", "level": "level", "kin": "kin"}
"""The way of a tie seen from its other end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What a kin property says of its value. gender: that of the value, or ""."""

    way: Way
    gender: Gender = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The file, and what goes with it from the ontology.

    single: properties of which a person has one value.
    ways: property -> Kin. relations: relation of ours -> its properties. names: what words of names tell.
    person, qualifiers, references: the tables of the file. genders: item -> gender.
    """

    sparql: str
    api: str
    languages: tuple[str, ...]
    single: frozenset[str]
    prefixes: Mapping[str, str]
    person: Mapping[str, Any]
    genders: Mapping[str, Gender]
    ways: Mapping[str, Kin]
    qualifiers: Mapping[str, str]
    references: Mapping[str, str]
    deprecated: str
    relations: Mapping[str, tuple[str, ...]]
    names: NameWords

    def declare(self, query: str) -> str:
        """A query with the prefixes in front, as services other than Wikidata's want them."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items()) + query

    def qid(self, iri: str) -> str:
        """The Q number in an item's IRI, or "" for any other IRI."""
        entity = self.prefixes["wd"]
        found = iri[len(entity) :] if iri.startswith(entity + "Q") else ""
        return found if found[1:].isdigit() else ""


def load(vocabulary: Vocabulary) -> Terms:
    """The terms that go with an ontology.

    Raises:
        OntologyError: wikidata.toml is missing, does not parse, or lacks a table.
    """
    paths = list(vocabulary.files(FILE))
    try:
        table: dict[str, Any] = {}
        for path in paths:
            table |= tomllib.loads(path.read_text(encoding="utf-8"))
        return Terms(
            sparql=table["sparql"],
            api=table["api"],
            languages=tuple(table["languages"]),
            single=frozenset(table["single"]),
            prefixes=table["prefixes"],
            person=table["person"],
            genders=table["genders"],
            ways={name: Kin(**fields) for name, fields in table["kin"].items()},
            qualifiers=table["qualifiers"],
            references=table["references"],
            deprecated=table["ranks"]["deprecated"],
            relations={name: tuple(map(_local, r.wikidata)) for name, r in vocabulary.relations.items() if r.wikidata},
            names=name_words(*(vocabulary.files(f"{name}.toml") for name in ("titles", "words", "demonyms"))),
        )
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        where = paths[-1] if paths else Path(FILE)
        raise OntologyError(f"{where}: {error}", hint="compare it with the one that comes with kg") from error


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
