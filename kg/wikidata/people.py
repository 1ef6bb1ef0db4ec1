"""People of a store, or of a document's graph, as the linker wants them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.link.terms import Terms
from kg.link.types import Person, Tie
from kg.model import Claim, DocumentGraph, Entity, Gender, Value
from kg.store.iris import ALIAS, LABEL, TYPE, outside, term
from kg.vocabulary import Vocabulary

PERSON = "Person"
Triples = Iterable[tuple[str, str, str, str]]
"""(person, relation, IRI of the other or "", text) of plain triples."""

Labels = dict[tuple[str, str], list[str]]
"""(IRI, graph) -> its labels there."""


@dataclass(frozen=True, slots=True)
class Said:
    """What texts say of a person. told: (relation, text). quotes: sentences. date: ISO 8601, of the document, or ""."""

    names: Sequence[str]
    gender: Gender
    told: Iterable[tuple[str, str]]
    quotes: Iterable[str]
    date: str


def of_store(graph: Dataset, vocabulary: Vocabulary, terms: Terms) -> tuple[list[Person], list[Tie]]:
    """All people of a store and what ties them, sorted."""
    base = vocabulary.base
    home: dict[str, str] = {}
    names: dict[str, list[str]] = defaultdict(list)
    labels: Labels = defaultdict(list)
    for quad in graph.quads_for_pattern(None, TYPE, term(base, PERSON), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode):
            home[quad.subject.value] = quad.graph_name.value
    for predicate in (LABEL, ALIAS):
        for quad in graph.quads_for_pattern(None, predicate, None, None):
            who = getattr(quad.subject, "value", "")
            if isinstance(quad.object, Literal) and predicate == LABEL:
                labels[who, getattr(quad.graph_name, "value", "")].append(quad.object.value)
            if who in home and isinstance(quad.object, Literal):
                names[who].append(quad.object.value)
    dates = {
        quad.subject.value: quad.object.value
        for quad in graph.quads_for_pattern(None, outside("dcterms", "created"), None, None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    genders, quotes = _genders(graph, base, home), _quotes(graph, base, home)
    said = sorted(set(_said(graph, vocabulary, home, labels)))
    told, ties = _told(said, home, vocabulary, terms)
    people = [
        _person(
            Said(names[who], genders.get(who, ""), told.get(who, ()), quotes.get(who, ()), dates.get(home[who], "")),
            who,
            home[who],
            terms,
        )
        for who in sorted(home)
        if names[who]
    ]
    return people, ties


def _genders(graph: Dataset, base: str, home: Mapping[str, str]) -> dict[str, Gender]:
    found: dict[str, Gender] = {}
    genders: dict[str, Gender] = {term(base, gender).value: gender for gender in ("male", "female")}
    for quad in graph.quads_for_pattern(None, term(base, "gender"), None, None):
        gender = genders.get(getattr(quad.object, "value", ""), "")
        if gender and isinstance(quad.subject, NamedNode) and quad.subject.value in home:
            found[quad.subject.value] = gender
    return found


def _quotes(graph: Dataset, base: str, home: Mapping[str, str]) -> dict[str, set[str]]:
    """The sentences that claims about each person rest on."""
    of: dict[str, set[str]] = defaultdict(set)
    for end in ("subject", "object"):
        for quad in graph.quads_for_pattern(None, outside("rdf", end), None, None):
            if isinstance(quad.object, NamedNode) and quad.object.value in home:
                of[str(quad.subject)].add(quad.object.value)
    places = {
        str(quad.object): str(quad.subject)
        for quad in graph.quads_for_pattern(None, term(base, "evidence"), None, None)
    }
    found: dict[str, set[str]] = defaultdict(set)
    for quad in graph.quads_for_pattern(None, outside("oa", "exact"), None, None):
        for who in of.get(places.get(str(quad.subject), ""), ()):
            found[who].add(getattr(quad.object, "value", ""))
    return found


def _said(
    graph: Dataset, vocabulary: Vocabulary, home: Mapping[str, str], labels: "Labels"
) -> Iterator[tuple[str, str, str, str]]:
    for relation in vocabulary.relations.values():
        for quad in graph.quads_for_pattern(None, NamedNode(relation.iri), None, None):
            who = getattr(quad.subject, "value", "")
            if who not in home or getattr(quad.graph_name, "value", "") != home[who]:
                continue
            if isinstance(quad.object, NamedNode):
                label = min(labels.get((quad.object.value, home[who]), ()), default="")
                yield who, relation.name, quad.object.value, label
            elif isinstance(quad.object, Literal):
                yield who, relation.name, "", quad.object.value


def of_document(graph: DocumentGraph, vocabulary: Vocabulary, terms: Terms) -> tuple[list[Person], list[Tie]]:
    """The people of one document that is not in a store."""
    document = graph.document
    people = {entity.id: entity for entity in graph.entities if entity.type == PERSON}
    said: list[tuple[str, str, str, str]] = []
    for fact in graph.facts:
        if fact.status.plain and fact.subject.id in people:
            end = fact.object
            iri, text = ("", end.value) if isinstance(end, Value) else (end.id, end.name)
            said.append((fact.subject.id, fact.relation, iri, text))
    told, ties = _told(sorted(set(said)), people, vocabulary, terms)
    quotes = _sentences(graph)
    return [
        _person(
            Said(_names(one), one.gender, told.get(who, ()), quotes.get(who, ()), document.date),
            who,
            document.id,
            terms,
        )
        for who, one in sorted(people.items())
    ], ties


def _sentences(graph: DocumentGraph) -> dict[str, set[str]]:
    """The sentences that facts about each person rest on."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in graph.facts:
        ends = [end.id for end in (fact.subject, fact.object) if isinstance(end, Entity)]
        for claim in fact.evidence:
            if isinstance(claim, Claim):
                sentence = graph.document.text[claim.sentence.start : claim.sentence.end]
                for who in ends:
                    found[who].add(sentence)
    return found


def _names(entity: Entity) -> list[str]:
    return [entity.name, *entity.aliases]


def _told(
    said: Triples, people: Mapping[str, object], vocabulary: Vocabulary, terms: Terms
) -> tuple[dict[str, list[tuple[str, str]]], list[Tie]]:
    """What is told of each person beside kin, as (relation, text), and the ties."""
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    ties: dict[tuple[str, str], Tie] = {}
    for who, relation, other, text in said:
        if other not in people:
            told[who].append((relation, text))
            continue
        for name in terms.relations.get(relation, ()):
            kin = terms.ways.get(name)
            if kin is None or (other, who) in ties:
                continue
            gender = kin.gender or vocabulary.relations[relation].gender
            known = ties.get((who, other))
            if known is None or (gender and not known.gender):
                ties[who, other] = Tie(one=who, other=other, way=kin.way, gender=gender, said=relation)
    return told, list(ties.values())


def _person(said: Said, who: str, document: str, terms: Terms) -> Person:
    """The fullest name first. Dates are those of relations that Wikidata's dates of birth and death supply."""
    years: dict[str, list[int]] = defaultdict(list)
    words = []
    for relation, text in said.told:
        properties = terms.relations.get(relation, ())
        when = next((key for key in ("born", "died") if terms.person[key] in properties), "")
        if when and text[:4].isdigit():
            years[when].append(int(text[:4]))
        elif not when:
            words.append(text)
    ordered = sorted(dict.fromkeys(said.names), key=lambda name: (-len(name.split()), name))
    return Person(
        id=who,
        names=tuple(ordered),
        gender=said.gender,
        words=tuple(sorted(set(words))),
        text=" ".join(sorted(said.quotes)),
        born=_range(years["born"]),
        died=_range(years["died"]),
        written=int(said.date[:4]) if said.date[:4].isdigit() else None,
        document=document,
    )


def _range(years: Sequence[int]) -> tuple[int, int] | None:
    return (min(years), max(years)) if years else None
