"""Documents in a store: whether it holds one, and putting one there."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg.store.interface import Store
from kg.store.iris import claims_graph, document_iri, fingerprint, outside, term

if TYPE_CHECKING:
    from kg.model import Document  # its classes take 15 ms to make, which a query need not wait for


def holds(store: Store, document: "Document", reader: str) -> str:
    """How the store stands to a document: "unchanged", "replaced" (an older one is there) or "added" (nothing is)."""
    iri = document_iri(store.base, document.id)
    found = {quad.predicate: quad.object for quad in store.graph.quads_for_pattern(iri, None, None, iri)}
    if not found:
        return "added"
    wanted = (
        (term(store.base, "sha256"), fingerprint(document.text)),
        (term(store.base, "reader"), reader),
        (outside("dcterms", "created"), document.date),
        (outside("dcterms", "title"), document.title),
    )
    same = all(_text(found.get(predicate)) == text for predicate, text in wanted)
    return "unchanged" if same else "replaced"


def _text(node: object) -> str:
    return node.value if isinstance(node, Literal) else ""


def put(store: Store, document: "Document", quads: Iterable[Quad]) -> None:
    """Replaces all that the store holds of one document, in one transaction.

    Raises:
        StoreFull, StoreError, ServiceError: nothing of the change was kept.
    """
    iri = document_iri(store.base, document.id)
    found: dict[object, list[tuple[NamedNode, NamedNode, object]]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found[quad.graph_name].append((quad.subject, quad.predicate, quad.object))
    store.replace({graph: found[graph] for graph in (iri, claims_graph(iri))})
