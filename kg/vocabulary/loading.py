"""Folders of Turtle -> a checked Vocabulary."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import OntologyError
from kg.model import RelationType
from kg.vocabulary.blocks import Block
from kg.vocabulary.names import DEFAULT_BASE, OWL, RDF, RDFS, TERMS, local, prefixes
from kg.vocabulary.relations import relation_type
from kg.vocabulary.turtle import Terms, read
from kg.vocabulary.types import ClassTerm, Vocabulary

PROPERTIES = (OWL + "ObjectProperty", OWL + "DatatypeProperty")
SKOS_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"


def shipped() -> Path:
    """The folder of the ontology that comes with kg: inside the package when installed, else beside it."""
    package = Path(__file__).parents[1]
    places = (package / "ontology", package.parent / "ontology")
    for place in places:
        if any(place.glob("*.ttl")):
            return place
    raise OntologyError(
        f"the ontology that comes with kg is missing; looked in {places[0]} and {places[1]}",
        hint="install kg again",
    )


def load(folders: Sequence[Path] | None = None, base: str = DEFAULT_BASE) -> Vocabulary:
    """Reads the shipped ontology and what further folders add to it.

    Args:
        folders: folders with .ttl files (and questions/*.rq, *.toml) that extend the shipped ones.
        base: what the IRIs of the terms shall begin with instead of DEFAULT_BASE, in which all files are written.

    Raises:
        OntologyError: names the file, the term and what is missing or wrong.
    """
    if not base.endswith(("/", "#")) or ":" not in base:
        raise OntologyError(f"the namespace {base!r} is no base of IRIs", hint='it must end in "/", as https://me.org/')
    everything = (shipped(), *(folders or ()))
    terms = read(everything, DEFAULT_BASE, base)
    _all_declared(terms, base)
    relations, alignments = _relations(terms, base)
    return Vocabulary(
        relations=relations,
        classes=_classes(terms, base),
        alignments=alignments,
        frames={name: comment for name, (_, comment) in _frames(terms, base).items()},
        prefixes=prefixes(base),
        base=base,
        folders=everything,
    )


# ------------------------------------------------------------------ terms
def _all_declared(terms: Terms, base: str) -> None:
    """Every term of ours that is used says somewhere what it is: a slip of the pen is no new term."""
    kg = base + TERMS
    declared = {s for s in terms.said if s.startswith(kg) and terms.iris(s, RDF + "type")}
    for subject in terms.said:
        for iri in _used(terms, subject):
            if iri.startswith(kg) and iri not in declared:
                near = difflib.get_close_matches(local(iri), sorted(map(local, declared)), 1)
                hint = f"did you mean kg:{near[0]}?" if near else "declare it, with a type, a label and a comment"
                where = f"on kg:{local(subject)}" if subject.startswith(kg) else "in a bracketed node"
                raise OntologyError(f"{terms.files[subject]}: kg:{local(iri)} {where} is declared nowhere", hint=hint)


def _used(terms: Terms, subject: str) -> Iterator[str]:
    yield subject
    for predicate in terms.said[subject]:
        yield predicate
        yield from terms.iris(subject, predicate)


def _classes(terms: Terms, base: str) -> dict[str, ClassTerm]:
    found = {}
    for iri in terms.of_type(OWL + "Class"):
        block = Block(terms, base, iri)
        found[block.name] = ClassTerm(
            name=block.name,
            iri=iri,
            label=block.label(),
            comment=block.comment(),
            parents=block.names(RDFS + "subClassOf"),
            aligned=block.foreign(RDFS + "subClassOf"),
        )
    return dict(sorted(found.items()))


def _frames(terms: Terms, base: str) -> dict[str, tuple[bool, str]]:
    """Frame classes: name -> whether its cues need a preposition, and what it means."""
    found = {}
    for iri in terms.of_type(base + TERMS + "Frame"):
        block = Block(terms, base, iri)
        name = block.one_text(SKOS_NOTATION, "skos:notation")
        found[name] = (terms.true(iri, block.kg + "needsPreposition"), block.comment())
    return dict(sorted(found.items()))


# ------------------------------------------------------------------ relations
def _relations(terms: Terms, base: str) -> tuple[dict[str, RelationType], dict[str, tuple[str, ...]]]:
    needs = {name: need for name, (need, _) in _frames(terms, base).items()}
    found: dict[str, RelationType] = {}
    alignments = {}
    for iri in terms.of_type(*PROPERTIES):
        block = Block(terms, base, iri)
        if terms.true(iri, block.kg + "internal"):
            continue
        if block.name in found:
            raise block.error(f"bears the name of <{found[block.name].iri}>", hint="give one of the two another name")
        found[block.name] = relation_type(block, needs)
        alignments[block.name] = block.foreign(RDFS + "subPropertyOf")
    found = dict(sorted(found.items()))
    _check(found, base)
    return _closed(found), dict(sorted(alignments.items()))


def _check(relations: Mapping[str, RelationType], base: str) -> None:
    for relation in relations.values():
        named = (*relation.parents, *relation.disjoint, *(name for chain in relation.chains for name in chain))
        for name in (*named, *filter(None, [relation.inverse])):
            if name not in relations:
                raise _error(relation, base, f"names {name} as a relation, which it is not")
        for parent in relation.parents:
            if relation.name in _above(relations, parent):
                raise _error(relation, base, f"is above and below kg:{parent} (rdfs:subPropertyOf in a circle)")
        _check_inverse(relations, relation, base)
        if relation.gender and len(relation.parents) != 1:
            raise _error(relation, base, "has kg:ofGender but not one relation of ours that it narrows")
        for example in relation.examples:
            _check_triples(relations, relation, (*example.gives, *example.gives_not), base)


def _check_inverse(relations: Mapping[str, RelationType], relation: RelationType, base: str) -> None:
    if not relation.inverse:
        return
    other = relations[relation.inverse]
    if other.inverse not in ("", relation.name):
        raise _error(relation, base, f"is the inverse of kg:{other.name}, whose inverse is kg:{other.inverse}")
    if (relation.domain, relation.range) != (other.range, other.domain):
        raise _error(relation, base, f"and its inverse kg:{other.name} do not swap domain and range")
    if relation.symmetric:
        raise _error(relation, base, "is symmetric, so it is its own inverse", hint="leave owl:inverseOf out")


def _check_triples(
    relations: Mapping[str, RelationType], relation: RelationType, triples: Sequence[str], base: str
) -> None:
    for triple in triples:
        parts = [part.strip() for part in triple.split("|")]
        if len(parts) != 3 or not all(parts):
            raise _error(relation, base, f"has the example {triple!r}", hint='write "subject | relation | object"')
        if parts[1] not in relations and parts[1] != "*":
            raise _error(relation, base, f"has an example of the unknown relation {parts[1]!r}")


def _above(relations: Mapping[str, RelationType], name: str) -> set[str]:
    """The names of a relation and of all that are more general."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in seen and current in relations:
            seen.add(current)
            waiting.extend(relations[current].parents)
    return seen


def _closed(relations: Mapping[str, RelationType]) -> dict[str, RelationType]:
    """Inverses and disjointness said on one side hold on both; what is below kin is kin."""
    inverse = {r.inverse: r.name for r in relations.values() if r.inverse}
    out = {}
    for name, relation in relations.items():
        apart = {*relation.disjoint, *(r.name for r in relations.values() if name in r.disjoint)}
        out[name] = replace(
            relation,
            inverse=relation.inverse or inverse.get(name, ""),
            disjoint=tuple(sorted(apart)),
            family=any(relations[above].family for above in _above(relations, name)),
        )
    return out


def _error(relation: RelationType, base: str, message: str, *, hint: str = "") -> OntologyError:
    shown = relation.iri.removeprefix(base + TERMS)
    return OntologyError(f"{relation.file}: kg:{shown} {message}", hint=hint)
