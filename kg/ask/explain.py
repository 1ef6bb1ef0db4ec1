"""Why a graph holds a fact, or does not: the claims of it, what they follow from, and the sentences at the bottom."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from kg.ask.nodes import labels, listed, rows
from kg.ask.reasons import End, Reason, reasons
from kg.dataset import Dataset

Verdict = OneOf[
    "stated", "inferred", "plain", "denied", "dropped", "hedged", "reported", "hypothetical", "future", "never said"
]
HOLDING: tuple[Verdict, ...] = ("stated", "inferred", "plain")
"""The verdicts on what the graph holds; the others say why it does not."""

ORDER: tuple[Verdict, ...] = (
    *HOLDING, "denied", "dropped", "hedged", "reported", "hypothetical", "future", "never said",
)  # fmt: skip
"""Of several, the first one counts: what one text states, another may deny."""

OF_SUBJECTS = "SELECT DISTINCT ?claim ?relation ?object WHERE { VALUES ?s { %s } ?claim rdf:subject ?s ; rdf:predicate ?relation ; rdf:object ?object }"  # noqa: E501
PLAIN = "SELECT DISTINCT ?s ?object ?graph WHERE { VALUES ?s { %s } GRAPH ?graph { ?s %s ?object } }"

Node = NamedNode | Literal
Asked = Callable[[Node, str], bool]
"""Whether a node, called so, is the object that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A triple of the graph that no claim explains, with the graph that holds it."""

    subject: End
    object: End
    graph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer. reasons: the claims of the fact, what holds first. held: triples without a claim.

    instead: of what nobody said, what is said that comes near: of the subject with this relation, and of both.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    held: tuple[Held, ...] = ()
    instead: tuple[Reason, ...] = ()

    @property
    def holds(self) -> bool:
        return self.verdict in HOLDING


def explain(graph: Dataset, base: str, subjects: Collection[str], relation: str, asked: Asked) -> Explanation:
    """Why the graph says that one of these nodes has this relation to an object, or why it does not.

    Args:
        subjects: IRIs, of all documents' nodes for one person, say. relation: its IRI.
    """
    said = [
        (row["claim"].value, row["relation"].value, row["object"])
        for row in rows(graph, OF_SUBJECTS % listed(subjects), base)
        if len(row) == len(("claim", "relation", "object"))
    ]
    names = labels(graph, [o.value for *_, o in said if isinstance(o, NamedNode)], base)

    def meant(node: Node) -> bool:
        return asked(node, names.get(node.value, node.value))

    exact = [claim for claim, which, node in said if which == relation and meant(node)]
    found = sorted(
        reasons(graph, base, exact),
        key=lambda one: (ORDER.index(verdict_of(one)), -one.confidence, one.document, one.iri),
    )
    told = {(one.subject.iri, one.object.iri or one.object.name) for one in found if verdict_of(one) in HOLDING}
    held = [one for one in _held(graph, base, subjects, relation, asked)
            if (one.subject.iri, one.object.iri or one.object.name) not in told]  # fmt: skip
    verdicts: list[Verdict] = [verdict_of(one) for one in found]
    verdicts += ["plain"] if held else []
    near: Sequence[str] = ()
    if not verdicts:
        near = [claim for claim, which, node in said if which == relation or meant(node)]
    return Explanation(
        verdict=min(verdicts, key=ORDER.index, default="never said"),
        reasons=tuple(found),
        held=tuple(held),
        instead=tuple(sorted(reasons(graph, base, near), key=lambda one: bool(one.premises))),
    )


def verdict_of(reason: Reason) -> Verdict:
    """What one claim comes to."""
    if reason.dropped:
        return "dropped"
    unusual = next((word for word in ORDER if word in reason.how), None)
    return unusual or ("inferred" if reason.premises else "stated")


def _held(graph: Dataset, base: str, subjects: Iterable[str], relation: str, asked: Asked) -> list[Held]:
    found = [
        row for row in rows(graph, PLAIN % (listed(subjects), NamedNode(relation)), base) if len(row) == len("sog")
    ]
    iris = [node.value for row in found for node in row.values() if isinstance(node, NamedNode)]
    names = labels(graph, iris, base)
    return sorted(
        (
            Held(
                subject=End(iri=row["s"].value, name=names[row["s"].value]),
                object=End.of(row["object"], names),
                graph=row["graph"].value,
            )
            for row in found
            if asked(row["object"], names.get(row["object"].value, row["object"].value))
        ),
        key=lambda one: (one.graph, one.subject.iri, one.object.iri, one.object.name),
    )
