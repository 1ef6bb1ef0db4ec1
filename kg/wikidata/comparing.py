"""What the texts say beside what Wikidata says: agree, new, conflict, and what only Wikidata says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ask.query import run
from kg.ask.results import rows_of
from kg.link.names import bare, folded, grade
from kg.model import RelationType
from kg.store.iris import LABEL
from kg.wikidata import links
from kg.wikidata.enriching import Told, properties_of, relations_for, ways
from kg.wikidata.facts import fetch
from kg.wikidata.session import Session

SAID = """
SELECT DISTINCT ?person ?name ?relation ?object ?label ?quote ?document ?url ?date WHERE {
  ?claim rdf:subject ?person ; rdf:predicate ?relation ; rdf:object ?object ;
    kg:polarity kg:affirmed ; kg:modality kg:stated ; kg:phase ?phase ; kg:evidence ?evidence .
  FILTER(?phase != kg:future)
  ?evidence oa:exact ?quote ; oa:hasSource ?source .
  ?person a kg:Person ; rdfs:label ?name .
  ?source dcterms:identifier ?document .
  OPTIONAL { ?object rdfs:label ?label }
  OPTIONAL { ?source dcterms:source ?url }
  OPTIONAL { ?source dcterms:created ?date }
}"""
VERDICTS = ("conflict", "new", "agree", "unsaid")
"""In the order of the table: what wants a look comes first. "unsaid" is what only Wikidata says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a text says it. url, date: of the document, or ""."""

    quote: str
    document: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One fact. text: what the texts say, object: its Q number or ""; wikidata: what Wikidata says there.

    statements: IRIs of Wikidata's statements. property: the one that would hold the fact.
    """

    verdict: str
    name: str
    qid: str
    relation: str
    prop: str
    text: str
    object: str
    evidence: tuple[Evidence, ...]
    wikidata: tuple[str, ...]
    statements: tuple[str, ...]


def compare(session: Session, who: frozenset[str] = frozenset()) -> list[Compared]:
    """Compares all facts of linked people, or of some of them.

    Raises:
        ServiceError: Wikidata did not answer; nothing is changed in any case.
    """
    linked = links.linked_items(session.opened.graph, session.base, session.terms)
    chosen = {one: qid for one, qid in linked.items() if qid and (not who or one in who)}
    relations = relations_for(session.vocabulary, ())
    facts = fetch(session, sorted(set(chosen.values())), relations)
    said = _said(session)
    found, seen = [], set[tuple[str, str, str]]()
    known = _Known(session, facts, linked)
    for (person, relation, node), evidence in said.items():
        if person in chosen:
            one = known.compared(chosen[person], session.vocabulary.relations[relation], node, evidence)
            if one and (one.qid, one.prop, one.object or one.text) not in seen:
                seen.add((one.qid, one.prop, one.object or one.text))
                found.append(one)
    names = {qid: _name(session, person) for person, qid in sorted(chosen.items(), reverse=True)}
    found += known.unsaid(found, names)
    return sorted(found, key=lambda one: (VERDICTS.index(one.verdict), one.name, one.relation, one.text, one.wikidata))


@dataclass(frozen=True, slots=True)
class _Said:
    name: str
    shown: str
    evidence: tuple[Evidence, ...]


def _said(session: Session) -> dict[tuple[str, str, str], _Said]:
    """(person, relation, object) -> how the texts say it; the narrowest relations first."""
    names, rows = rows_of(run(session.opened.graph, SAID, session.base))
    found: dict[tuple[str, str, str], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        fields = {name: str(getattr(node, "value", "")) for name, node in zip(names, row, strict=True)}
        relation = session.vocabulary.relation_of(fields["relation"])
        if relation and relation.wikidata:
            found[fields["person"], relation.name, fields["object"]].append(fields)
    width = {name: len(relation.parents) for name, relation in session.vocabulary.relations.items()}
    return {key: _one(found[key]) for key in sorted(found, key=lambda key: (key[0], -width[key[1]], key))}


def _one(rows: Sequence[Mapping[str, str]]) -> _Said:
    evidence = {
        Evidence(quote=" ".join(row["quote"].split()), document=row["document"], url=row["url"], date=row["date"])
        for row in rows
    }
    ordered = tuple(sorted(evidence, key=lambda one: (one.document, one.quote)))
    return _Said(rows[0]["name"], rows[0]["label"] or rows[0]["object"], ordered)


def _name(session: Session, person: str) -> str:
    from pyoxigraph import Literal, NamedNode

    found = session.opened.graph.quads_for_pattern(NamedNode(person), LABEL, None, None)
    return min((quad.object.value for quad in found if isinstance(quad.object, Literal)), default=person)


class _Known:
    """Wikidata's facts, to be looked up."""

    def __init__(self, session: Session, facts: Sequence[Told], linked: Mapping[str, str]) -> None:
        self.terms = session.terms
        self.linked = linked
        self.facts = facts
        self.ways = ways(facts, session.terms)
        self.labels = {fact.object: fact.label for fact in facts if fact.label}
        self.by_property: dict[tuple[str, str], list[Told]] = defaultdict(list)
        for fact in facts:
            self.by_property[fact.subject, fact.statement.prop].append(fact)

    def compared(self, qid: str, relation: RelationType, node: str, said: _Said) -> Compared | None:
        properties = properties_of([relation])
        there = [fact for one in properties for fact in self.by_property[qid, one]]
        same = [fact for fact in there if self._same(fact, node, said.shown)]
        values: tuple[str, ...]
        if not same and (kin := self._kin(qid, properties, node, said.shown)):
            verdict, values = "agree", (self.labels.get(kin, kin),)
        else:
            taken = any(one in self.terms.single for one in properties) and there
            verdict = "agree" if same else "conflict" if taken else "new"
            values = tuple(sorted({fact.label or fact.object for fact in same or there}))
        return Compared(
            verdict=verdict,
            name=said.name,
            qid=qid,
            relation=relation.label,
            prop=next((fact.statement.prop for fact in same), properties[0]),
            text=said.shown,
            object=self.linked.get(node, ""),
            evidence=said.evidence,
            wikidata=values,
            statements=tuple(sorted({fact.statement.id for fact in same or there if fact.statement.id})),
        )

    def _same(self, fact: Told, node: str, shown: str) -> bool:
        if fact.object[:1] == "Q" and node in self.linked:
            return self.linked[node] == fact.object
        if fact.object[:1] == "Q" and fact.object[1:].isdigit():
            return bool(fact.label) and self._alike(shown, fact.label)
        short = min(len(shown), len(fact.object))
        return short >= 4 and shown[:short] == fact.object[:short]  # a year agrees with a day of it

    def _kin(self, qid: str, properties: Sequence[str], node: str, shown: str) -> str:
        """Somebody in the same place of the family, whichever statement puts them there, or ""."""
        for one in properties:
            kin = self.terms.ways.get(one)
            for other in sorted(self.ways.get((qid, kin.way), ())) if kin else ():
                linked = self.linked.get(node, "")
                if other == linked or (not linked and self._alike(shown, self.labels.get(other, ""))):
                    return other
        return ""

    def _alike(self, one: str, other: str) -> bool:
        kinds = self.terms.names
        if not one or not other:
            return False
        return folded(one) == folded(other) or grade(bare(one, kinds), bare(other, kinds), kinds) in (
            "same",
            "within",
        )

    def unsaid(self, found: Sequence[Compared], names: Mapping[str, str]) -> list[Compared]:
        """What only Wikidata says of these people."""
        said = {(one.qid, one.prop, value) for one in found for value in one.wikidata}
        rest = {}
        for fact in self.facts:
            shown = fact.label or fact.object
            key = (fact.subject, fact.statement.prop, shown)
            if fact.subject in names and key not in said:
                rest[key] = Compared(
                    verdict="unsaid",
                    name=names[fact.subject],
                    qid=fact.subject,
                    relation=fact.relation.label,
                    prop=fact.statement.prop,
                    text="",
                    object="",
                    evidence=(),
                    wikidata=(shown,),
                    statements=(fact.statement.id,) if fact.statement.id else (),
                )
        return list(rest.values())
