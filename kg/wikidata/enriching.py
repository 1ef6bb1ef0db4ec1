"""Wikidata's statements as facts: a named graph for each item, never mixed with what the texts say.

The subject is the item itself; a person of a text leads to it by skos:exactMatch. The statement is the evidence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.link.statements import Statement
from kg.link.terms import BACK, Terms
from kg.minting import digest
from kg.model import RelationType
from kg.store.iris import LABEL, TYPE, outside, term
from kg.vocabulary import Vocabulary

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]
DAY, MONTH, YEAR = 11, 10, 9
"""wikibase:timePrecision."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as a fact of ours: subject, relation and object; the object is a Q number or a literal."""

    subject: str
    relation: RelationType
    object: str
    label: str
    statement: Statement


def item_graph(base: str, qid: str) -> NamedNode:
    """The name of the graph that holds what Wikidata says of an item."""
    return NamedNode(f"{base}wikidata/item/{qid}")


def relations_for(vocabulary: Vocabulary, names: Sequence[str], about: str = "Person") -> list[RelationType]:
    """The relations that Wikidata can supply, of people; all, or those with these names. Gendered ones follow by rule.

    Raises:
        KeyError: a name is no such relation.
    """
    able = {
        name: relation
        for name, relation in sorted(vocabulary.relations.items())
        if relation.wikidata and relation.domain == about
    }
    if names:
        return [able[name] for name in dict.fromkeys(names)]
    # Of those with the same property, the neutral one: a child, not a son.
    shared = {one: [r for r in able.values() if one in r.wikidata] for r in able.values() for one in r.wikidata}
    return [r for r in able.values() if any(r is min(shared[one], key=_narrow) for one in r.wikidata)]


def _narrow(relation: RelationType) -> tuple[bool, int, str]:
    return bool(relation.gender), len(relation.name), relation.name


def properties_of(relations: Iterable[RelationType]) -> list[str]:
    """The Wikidata properties of relations."""
    return sorted({iri.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for relation in relations for iri in relation.wikidata})


def told(statements: Iterable[Statement], relations: Sequence[RelationType]) -> list[Told]:
    """Statements as facts; one that stands on another item is read from this one's side, if a relation fits."""
    by_property = {one: relation for relation in relations for one in properties_of([relation])}
    found = []
    for statement in statements:
        relation = by_property.get(statement.prop)
        if relation is None:
            continue
        value = statement.value if statement.is_item else _literal(statement)
        if statement.back and not relation.symmetric:
            found.append(Told(statement.value, relation, statement.item, "", statement))
        elif value:
            found.append(Told(statement.item, relation, value, statement.label, statement))
    return found


def _literal(statement: Statement) -> str:
    """A date as exact as Wikidata says, or the text."""
    value = statement.value.lstrip("+")
    if "T" not in value or not value.lstrip("-")[:4].isdigit():
        return value
    date = value.partition("T")[0]
    cut = {MONTH: 1, YEAR: 2}.get(statement.precision, 0 if statement.precision in (0, DAY) else 2)
    return date.rsplit("-", cut)[0] if cut else date


def item_triples(facts: Sequence[Told], qid: str, base: str, terms: Terms, retrieved: str) -> list[Triple]:
    """The graph of an item: plain triples, and a claim for each with statement, dates, references.

    Args:
        retrieved: ISO date on which Wikidata was asked.
    """
    graph = item_graph(base, qid)
    date = Literal(retrieved, datatype=outside("xsd", "date"))
    triples: list[Triple] = [
        (graph, outside("dcterms", "created"), date),
        (graph, outside("dcterms", "source"), _item(qid, terms)),
    ]
    for fact in facts:
        subject, predicate = _item(fact.subject, terms), NamedNode(fact.relation.iri)
        node = _item(fact.object, terms) if _is_item(fact.object) else _typed(fact.object, fact.relation)
        triples.append((subject, predicate, node))
        if fact.label and isinstance(node, NamedNode):
            triples.append((node, LABEL, Literal(fact.label, language="en")))
        triples += _claim(fact, subject, predicate, node, base)
    return triples


def _claim(fact: Told, subject: NamedNode, predicate: NamedNode, node: NamedNode | Literal, base: str) -> list[Triple]:
    one = fact.statement
    key = digest("wikidata", fact.subject, fact.relation.name, str(node), one.id)
    claim = NamedNode(f"{base}claim/{key}")
    found: list[Triple] = [
        (claim, TYPE, term(base, "Claim")),
        (claim, outside("rdf", "subject"), subject),
        (claim, outside("rdf", "predicate"), predicate),
        (claim, outside("rdf", "object"), node),
        (claim, term(base, "polarity"), term(base, "affirmed")),
        (claim, term(base, "modality"), term(base, "stated")),
        (claim, term(base, "phase"), term(base, "former" if one.end else "current")),
    ]
    if one.id:
        found.append((claim, outside("prov", "wasDerivedFrom"), NamedNode(one.id)))
    for name, text in (("start", one.start), ("end", one.end)):
        if text:
            found.append((claim, term(base, name), Literal(text, datatype=outside("xsd", "date"))))
    for name, text in (("endCause", one.end_cause), ("kinship", one.kinship)):
        if text:
            found.append((claim, term(base, name), Literal(text)))
    found += [(claim, outside("dcterms", "source"), Literal(text)) for text in one.references]
    return found


def _is_item(value: str) -> bool:
    return value[:1] == "Q" and value[1:].isdigit()


def _item(qid: str, terms: Terms) -> NamedNode:
    return NamedNode(terms.prefixes["wd"] + qid)


def _typed(value: str, relation: RelationType) -> Literal:
    kinds = {10: "date", 7: "gYearMonth", 4: "gYear"}
    kind = kinds.get(len(value.lstrip("-"))) if relation.range in ("date", "year") else None
    return Literal(value, datatype=outside("xsd", kind)) if kind else Literal(value)


def ways(facts: Iterable[Told], terms: Terms) -> Mapping[tuple[str, str], set[str]]:
    """(item, way) -> the items that way: kin however Wikidata puts it, from both sides."""
    found: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        kin = terms.ways.get(fact.statement.prop)
        if kin and _is_item(fact.object):
            found.setdefault((fact.subject, kin.way), set()).add(fact.object)
            found.setdefault((fact.object, BACK[kin.way]), set()).add(fact.subject)
    return found
