"""Statement nodes of Wikidata -> the direct triples that they stand for, with their dates.

`item p:P26 node . node ps:P26 value` says what `item wdt:P26 value` says in short, and more: its rank, since when,
until when, and how exact a date is. Statements that are deprecated are not read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.imports.terms import StatementTerms
from kg.model import Status

DEPRECATED = "a statement that Wikidata keeps as deprecated"
CUTS = {"9": 4, "10": 7, "11": 10}
"""wikibase:timePrecision -> characters of an ISO date that it vouches for; dates less exact than a year are none."""

Node = Mapping[str, list[Quad]]


@dataclass(slots=True)
class Read:
    """quads: with a direct triple for each statement. said: direct triple -> its status. left: what is not read, why.

    taken: what the direct triples stand for.
    """

    quads: list[Quad] = field(default_factory=list)
    said: dict[Quad, Status] = field(default_factory=dict)
    left: list[tuple[Quad, str]] = field(default_factory=list)
    taken: set[Quad] = field(default_factory=set)


def read(quads: Iterable[Quad], terms: StatementTerms) -> Read:
    """The same quads with direct triples in the place of statement nodes that hold a value; others stay as they are."""
    nodes: dict[str, dict[str, list[Quad]]] = defaultdict(lambda: defaultdict(list))
    steps: list[Quad] = []
    rest: list[Quad] = []
    found = Read()
    for quad in quads:
        name = quad.predicate.value.removeprefix(terms.step)
        is_step = name != quad.predicate.value and "/" not in name and isinstance(quad.object, NamedNode)
        (steps if is_step else rest).append(quad)
        if isinstance(quad.subject, NamedNode):
            nodes[quad.subject.value][quad.predicate.value].append(quad)
    for step in steps:
        _take(step, nodes, terms, found)
    short = {_key(quad) for quad in found.said}
    kept = (quad for quad in (*steps, *rest) if quad not in found.taken and _key(quad) not in short)
    found.quads = sorted({*kept, *found.said}, key=str)
    return found


def _take(step: Quad, nodes: Mapping[str, Node], terms: StatementTerms, found: Read) -> None:
    """Reads one statement, if its node has one value."""
    number = step.predicate.value.removeprefix(terms.step)
    node = nodes.get(getattr(step.object, "value", ""), {})
    values, ranks = node.get(terms.value + number, []), node.get(terms.rank, [])
    if len(values) != 1:
        return
    found.taken |= {step, values[0], *ranks}
    if any(getattr(rank.object, "value", "") == terms.deprecated for rank in ranks):
        found.left += [(one, DEPRECATED) for one in (step, values[0], *ranks)]
        return
    full = node.get(terms.node + number, [])
    value = _exact(values[0], full, nodes, terms)
    found.said[Quad(step.subject, NamedNode(terms.direct + number), value, step.graph_name)] = _status(node, terms)
    found.taken |= {*full, *node.get(terms.start, ()), *node.get(terms.end, ())}


def _key(quad: Quad) -> tuple[str, str, str]:
    """What a triple says, a date by its year: what a statement tells more exactly is not told twice."""
    value = quad.object.value if isinstance(quad.object, Literal) else str(quad.object)
    return str(quad.subject), quad.predicate.value, value[:4] if isinstance(quad.object, Literal) else value


def _exact(value: Quad, links: list[Quad], nodes: Mapping[str, Node], terms: StatementTerms) -> NamedNode | Literal:
    """The value; of a date only what its precision vouches for."""
    node = value.object
    told = [
        quad for link in links for quad in nodes.get(getattr(link.object, "value", ""), {}).get(terms.precision, ())
    ]
    cut = CUTS.get(getattr(told[0].object, "value", ""), 0) if told else 0
    if cut and isinstance(node, Literal):
        text = node.value.removeprefix("+")
        return Literal(text[: cut + text.startswith("-")])
    assert isinstance(node, NamedNode | Literal)
    return node


def _status(node: Node, terms: StatementTerms) -> Status:
    start, end = (_day(node.get(key, ())) for key in (terms.start, terms.end))
    return Status(phase="former" if end else "current", start=start, end=end)


def _day(quads: Iterable[Quad]) -> str:
    days = (quad.object.value.removeprefix("+")[:10] for quad in quads if isinstance(quad.object, Literal))
    return min((day for day in days if day[:4].isdigit()), default="")
