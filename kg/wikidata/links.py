"""Links and decisions as RDF, in two named graphs. Links are made anew by each run; decisions are replayed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset import Dataset
from kg.link.linking import Decided
from kg.link.terms import Terms
from kg.link.types import Linked
from kg.minting import digest
from kg.store.iris import LABEL, TYPE, outside, term

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

SAME = outside("skos", "exactMatch")
"""Not owl:sameAs: a wrong one of those would merge two families."""
REASONS = 6
"""Reasons that are kept with a link."""


def links_graph(base: str) -> NamedNode:
    return NamedNode(f"{base}wikidata/links")


def decisions_graph(base: str) -> NamedNode:
    return NamedNode(f"{base}wikidata/decisions")


def link_triples(linked: Iterable[Linked], base: str, source: str, terms: Terms) -> list[Triple]:
    """What the store keeps of the links that were made; people without one leave nothing."""
    found: list[Triple] = []
    for one in linked:
        if not one.qid:
            continue
        person, item = NamedNode(one.person.id), NamedNode(terms.prefixes["wd"] + one.qid)
        node = NamedNode(f"{base}link/{digest(one.person.id)}")
        top = next(candidate for candidate in one.candidates if candidate.item.id == one.qid)
        found += [
            (person, SAME, item),
            (node, TYPE, term(base, "Link")),
            (node, term(base, "person"), person),
            (node, term(base, "item"), item),
            (node, term(base, "confidence"), _decimal(one.score)),
            (node, term(base, "verdict"), Literal(one.verdict)),
            (node, term(base, "askedOf"), Literal(source)),
        ]
        found += [(node, term(base, "reason"), Literal(said)) for said, _ in top.reasons[:REASONS]]
        if top.item.label:
            found.append((item, LABEL, Literal(top.item.label, language="en")))
        if top.item.description:
            found.append((item, outside("dcterms", "description"), Literal(top.item.description, language="en")))
    return found


def linked_items(graph: Dataset, base: str, terms: Terms) -> dict[str, str]:
    """person -> Q number, as the store's links say."""
    found = graph.quads_for_pattern(None, SAME, None, links_graph(base))
    return {q.subject.value: terms.qid(_iri(q)) for q in found if isinstance(q.subject, NamedNode)}


# ------------------------------------------------------------------ by hand
def decided(graph: Dataset, base: str, terms: Terms) -> dict[str, Decided]:
    """person -> what was decided by hand."""
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in graph.quads_for_pattern(None, None, None, decisions_graph(base)):
        fields[str(quad.subject)][quad.predicate.value] = getattr(quad.object, "value", "")
    accepted: dict[str, str] = {}
    rejected: dict[str, set[str]] = defaultdict(set)
    nobody: set[str] = set()
    for row in fields.values():
        who, qid = row.get(term(base, "person").value, ""), terms.qid(row.get(term(base, "item").value, ""))
        verdict = row.get(term(base, "verdict").value, "")
        if verdict == "accepted":
            accepted[who] = qid
        elif verdict == "rejected":
            rejected[who].add(qid)
        elif verdict == "nil":
            nobody.add(who)
    everybody = sorted({*accepted, *rejected, *nobody} - {""})
    return {who: Decided(accepted.get(who, ""), frozenset(rejected.get(who, ())), who in nobody) for who in everybody}


def decision_triples(decisions: Mapping[str, Decided], base: str, terms: Terms) -> list[Triple]:
    """Decisions as RDF, one node each."""
    found: list[Triple] = []
    for who, one in sorted(decisions.items()):
        rows = [("accepted", one.accepted)] if one.accepted else []
        rows += [("rejected", qid) for qid in sorted(one.rejected)]
        rows += [("nil", "")] if one.nobody else []
        for verdict, qid in rows:
            node = NamedNode(f"{base}decision/{digest(who, verdict, qid)}")
            found += [
                (node, TYPE, term(base, "Decision")),
                (node, term(base, "person"), NamedNode(who)),
                (node, term(base, "verdict"), Literal(verdict)),
            ]
            if qid:
                found.append((node, term(base, "item"), NamedNode(terms.prefixes["wd"] + qid)))
    return found


def with_decision(old: Decided, verdict: str, qids: Sequence[str]) -> Decided:
    """A decision on top of older ones: the last word counts."""
    if verdict == "accepted":
        return Decided(qids[0], old.rejected - set(qids), nobody=False)
    if verdict == "rejected":
        return Decided("" if old.accepted in qids else old.accepted, old.rejected | set(qids), old.nobody)
    if verdict == "nil":
        return Decided("", old.rejected, nobody=True)
    return Decided("", frozenset(), nobody=False)


def _iri(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode) else ""


def _decimal(score: float) -> Literal:
    return Literal(f"{score:.4f}".rstrip("0").rstrip("."), datatype=outside("xsd", "decimal"))


def without(graph: Dataset, base: str, people: set[str]) -> list[Triple]:
    """The links that are kept of everybody but these people."""
    person = term(base, "person")
    rows = [
        (quad.subject, quad.predicate, quad.object)
        for quad in graph.quads_for_pattern(None, None, None, links_graph(base))
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
    ]
    gone = people | {s.value for s, p, o in rows if p == person and o.value in people}
    kept = [row for row in rows if row[0].value not in gone]
    items = {o.value for _, p, o in kept if p == SAME}
    about = (LABEL, outside("dcterms", "description"))
    return [row for row in kept if row[0].value in items or row[1] not in about]
