"""The facts of Wikidata about the linked people, into the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.link.statements import statements
from kg.model import RelationType
from kg.store.interface import Triples
from kg.vocabulary import Vocabulary
from kg.wikidata.enriching import Told, item_graph, item_triples, properties_of, relations_for, told
from kg.wikidata.session import Session


@dataclass(frozen=True, slots=True)
class Enriched:
    """How many items were asked about and how many facts came of it."""

    items: int
    facts: int


def wanted_relations(vocabulary: Vocabulary, names: Sequence[str]) -> list[RelationType]:
    """The relations by name.

    Raises:
        KgError: one is unknown, or Wikidata has no property for it.
    """
    try:
        return relations_for(vocabulary, [name.strip() for name in names if name.strip()])
    except KeyError as error:
        known = ", ".join(relation.name for relation in relations_for(vocabulary, ()))
        raise KgError(f"Wikidata supplies no relation {error.args[0]!r}", hint=f"known: {known}") from error


def fetch(session: Session, qids: Iterable[str], relations: Sequence[RelationType]) -> list[Told]:
    """What Wikidata says of items, as facts.

    Raises:
        ServiceError: it did not answer.
    """
    found = statements(session.asked.source, qids, properties_of(relations), session.terms)
    return told(found, relations)


def enrich(
    session: Session, qids: Sequence[str], relations: Sequence[RelationType], depth: int, today: str
) -> Enriched:
    """Fetches facts and replaces the graphs of all items asked about, in one transaction.

    Args:
        depth: 1 for the items themselves; each step more takes in the kin found so far.

    Raises:
        ServiceError: Wikidata did not answer; the store is as it was.
    """
    changed: dict[NamedNode, Triples] = {}
    waiting, done, number = set(qids), set[str](), 0
    for _ in range(depth):
        facts = fetch(session, waiting, relations)
        of: dict[str, list[Told]] = {qid: [] for qid in waiting}
        for fact in facts:
            of[fact.statement.item].append(fact)
        for qid, these in of.items():
            graph = item_graph(session.base, qid)
            changed[graph] = item_triples(these, qid, session.base, session.terms, today)
        number += len(facts)
        done |= waiting
        kin = {fact.statement.value for fact in facts if fact.statement.prop in session.terms.ways}
        waiting = {one for one in kin if one[:1] == "Q"} - done
        if not waiting:
            break
    session.write(changed)
    return Enriched(len(done), number)
