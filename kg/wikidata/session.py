"""One run against one store: its people linked, the links kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.link import terms as link_terms
from kg.link.cache import Use
from kg.link.items import Items
from kg.link.linking import Decided, link
from kg.link.signals import weights
from kg.link.types import Linked
from kg.settings import Settings
from kg.store.interface import Store, Triples
from kg.store.opening import open_read_only, open_to_write
from kg.vocabulary import Vocabulary
from kg.vocabulary import load as load_vocabulary
from kg.wikidata import links, people
from kg.wikidata.opening import Asked, open_source

Decisions = Mapping[str, Decided]


@dataclass(frozen=True, slots=True)
class Session:
    """What the steps of a run share."""

    opened: Store
    vocabulary: Vocabulary
    terms: link_terms.Terms
    asked: Asked
    items: Items

    @property
    def base(self) -> str:
        return self.opened.base

    def link(self, who: frozenset[str] = frozenset(), by_hand: Decisions | None = None) -> list[Linked]:
        """Links the people of the store, or only the documents that speak of some of them; nothing is changed.

        Args:
            by_hand: decisions to go by; those of the store if None.

        Raises:
            ServiceError: Wikidata did not answer.
        """
        found, ties = people.of_store(self.opened.graph, self.vocabulary, self.terms)
        if who:
            documents = {one.document for one in found if one.id in who}
            found = [one for one in found if one.document in documents]
        return link(found, ties, self.items, weights(), self.decisions() if by_hand is None else by_hand)

    def linked(self, who: frozenset[str] = frozenset()) -> list[str]:
        """The Q numbers that people of the store, or some of them, are linked to, sorted."""
        known = links.linked_items(self.opened.graph, self.base, self.terms)
        return sorted({qid for one, qid in known.items() if not who or one in who})

    def decisions(self) -> dict[str, Decided]:
        """What was decided by hand until now."""
        return links.decided(self.opened.graph, self.base, self.terms)

    def deciding(self, who: Sequence[str], verdict: str, qids: Sequence[str] = ()) -> dict[str, Decided]:
        """The store's decisions with one more, of some people; "undo" forgets what was decided of them.

        Raises:
            KgError: an item that is accepted does not exist. ServiceError: Wikidata did not answer.
        """
        if verdict == "accepted":
            qids = [item.id for item in map(self.items.fetch(qids).__getitem__, qids)]
            for qid in self.items.missing.intersection(qids):
                raise KgError(f"Wikidata has no item {qid}", hint="look for it with: kg link NAME --candidates")
        known = self.decisions()
        return known | {one: links.with_decision(known.get(one, Decided()), verdict, qids) for one in who}

    def keep(self, linked: Sequence[Linked], decisions: Decisions | None = None) -> None:
        """Replaces the links of these people, and all decisions if they are given, in one transaction.

        Raises:
            StoreLocked, StoreFull, StoreError: nothing was changed.
        """
        done = {one.person.id for one in linked}
        kept = links.without(self.opened.graph, self.base, done)
        anew = links.link_triples(linked, self.base, self.asked.source.name, self.terms)
        changed: dict[NamedNode, Triples] = {links.links_graph(self.base): kept + anew}
        if decisions is not None:
            changed[links.decisions_graph(self.base)] = links.decision_triples(decisions, self.base, self.terms)
        self.write(changed)

    def write(self, changed: Mapping[NamedNode, Triples]) -> None:
        """Replaces named graphs of the store, which is opened to write only now: a service that fails before leaves it
        untouched, to the byte."""
        with open_to_write(self.opened.place, self.base) as opened:
            opened.replace(changed)


def open_session(settings: Settings, use: Use = "normal") -> Session:
    """Opens the store to read, and Wikidata.

    Raises:
        StoreMissing, StoreError; KgError: of the source.
    """
    return _session(open_read_only(settings.store, settings.namespace), settings, use)


def _session(opened: Store, settings: Settings, use: Use) -> Session:
    vocabulary = load_vocabulary(settings.ontology, opened.base)
    terms = link_terms.load(vocabulary)
    asked = open_source(settings, terms, use)
    return Session(opened, vocabulary, terms, asked, Items(asked.source, terms))
