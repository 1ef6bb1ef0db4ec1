"""Changing a graph with SPARQL Update, and telling exactly what that changes: Oxigraph itself does not say.

What an operation removes and adds is what its templates give for the solutions of its WHERE (SPARQL 1.1 Update, 3.1.3;
3.2 for whole graphs); so the work grows with the change, not with the graph. Operations that follow each other are
tried one by one on a copy, and then done together, in one transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from kg.ask.operations import Operation, operations
from kg.ask.places import Trouble, placed, refuse_outside, syntax_error
from kg.ask.words import form, prologue, tokens
from kg.errors import QueryError
from kg.vocabulary.names import prefixes

BATCH = 5_000
"""Solutions that are put into templates at a time."""
BNODE = "urn:kg-bnode:"
"""Stands for a blank node where SPARQL has no way to name one."""

REFUSED = "add texts with kg add; LOAD and SERVICE would fetch from elsewhere"

Graph = NamedNode | DefaultGraph | BlankNode
Effect = tuple[set[Quad], set[Quad]]
"""What an operation removes and what it adds, whether or not that is there."""


@dataclass(slots=True)
class Changes:
    """What is different after an update."""

    added: set[Quad] = field(default_factory=set)
    removed: set[Quad] = field(default_factory=set)

    def note(self, graph: Store, effect: Effect) -> None:
        """Adds what an operation does to a graph, which is still as before it."""
        delete, insert = effect
        for quad in delete - insert:
            if quad in graph:
                _move(quad, self.added, self.removed)
        for quad in insert:
            if quad not in graph:
                _move(quad, self.removed, self.added)

    def lines(self) -> Iterator[str]:
        """N-Quads, each behind "- " or "+ ", sorted."""
        marked = [(str(quad), "-") for quad in self.removed] + [(str(quad), "+") for quad in self.added]
        yield from (f"{sign} {quad} ." for quad, sign in sorted(marked))


def _move(quad: Quad, there: set[Quad], here: set[Quad]) -> None:
    if quad in there:
        there.discard(quad)  # what is undone again has not changed
    else:
        here.add(quad)


def check(update: str, base: str, extra: Mapping[str, str] | None = None) -> None:
    """Only parses an update.

    Raises:
        QueryError: it does not parse, with the place; or it would fetch from elsewhere.
    """
    refuse_outside(update, REFUSED)
    known = _known(base, extra)
    try:
        Store().update(update, prefixes=known)
    except SyntaxError as error:
        asks = len(prologue(update)) if form(update) else -1
        if asks >= 0 and not update[:asks].count("{"):
            hint = "kg update only changes; to ask: kg query"
            raise placed(update, Trouble(asks, f"{form(update)} is no update", hint)) from error
        raise syntax_error(update, str(error), known) from error
    except (RuntimeError, ValueError, OSError):
        return  # it parses; an empty graph may lack what it speaks of


def count(graph: Store, update: str, base: str, extra: Mapping[str, str] | None = None) -> Changes:
    """What an update of one operation would change; the graph stays as it is."""
    changes, known = Changes(), _known(base, extra)
    for operation in operations(update):
        changes.note(graph, _effect(graph, operation, known))
    return changes


def carry_out(graph: Store, update: str, base: str, extra: Mapping[str, str] | None = None) -> Changes:
    """Does the operations one after the other, and tells what that changes. Only for copies: not one transaction."""
    changes, known = Changes(), _known(base, extra)
    for operation in operations(update):
        changes.note(graph, _effect(graph, operation, known))
        _update(graph, operation.text, known)
    return changes


def change(graph: Store, update: str, base: str, extra: Mapping[str, str] | None = None) -> None:
    """Changes a graph, in one transaction.

    Raises:
        QueryError: it cannot be done; nothing has changed.
    """
    _update(graph, update, _known(base, extra))


def _update(graph: Store, update: str, known: Mapping[str, str]) -> None:
    try:
        graph.update(update, prefixes=dict(known))
    except SyntaxError as error:
        raise syntax_error(update, str(error), known) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be done, and nothing has changed: {error}") from error


def is_one(update: str) -> bool:
    """Whether an update is a single operation."""
    return len(operations(update)) < 2


def names_graphs(update: str) -> bool:
    """Whether an update says which graphs it means."""
    return any(found[0].upper() in ("GRAPH", "USING", "WITH", "NAMED", "ALL") for found in tokens(update))


# ------------------------------------------------------------------ the effects
def _effect(graph: Store, operation: Operation, known: Mapping[str, str]) -> Effect:
    kind = next((one for one in ("DATA", "WHERE") if one in operation.blocks), operation.verb)
    return EFFECTS[kind](graph, operation, known)


def _data(_graph: Store, operation: Operation, known: Mapping[str, str]) -> Effect:
    quads = _made(f"{operation.head} INSERT DATA {operation.blocks['DATA']}", known)
    return (set(), quads) if operation.verb == "INSERT" else (quads, set())


def _modify(graph: Store, operation: Operation, known: Mapping[str, str]) -> Effect:
    where = operation.blocks["WHERE"]
    short = "WHERE" in operation.blocks and len(operation.blocks) == 1  # DELETE WHERE { … }
    templates = [operation.blocks.get("DELETE", where if short else ""), operation.blocks.get("INSERT", "")]
    names = sorted({one[0][1:] for text in templates for one in tokens(text) if one.lastgroup == "variable"})
    effect: Effect = (set(), set())
    for values in _solutions(graph, operation, names, known):
        for quads, template in zip(effect, templates, strict=True):
            if template:
                made = _made(f"{operation.head} INSERT {template} WHERE {{ {values} }}", known)
                quads |= _in_graph(made, _named(operation, operation.of, known)) if operation.of else made
    return effect


def _solutions(graph: Store, operation: Operation, names: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    """The solutions of WHERE as VALUES clauses. Without USING, a pattern sees only the default graph, or WITH's."""
    named: list[Any] = [_named(operation, one, known) for one in operation.named]
    default: list[Any] = [_named(operation, one, known) for one in operation.default or filter(None, [operation.of])]
    columns = " ".join(f"?{name}" for name in names) or "(1 AS ?any)"
    answer = graph.query(
        f"{operation.head} SELECT DISTINCT {columns} WHERE {operation.blocks['WHERE']}",
        prefixes=dict(known),
        default_graph=default or (DefaultGraph() if not operation.named else []),
        named_graphs=named if operation.default or operation.named else None,
    )
    assert isinstance(answer, QuerySolutions)
    rows = [f"({' '.join(_term(row[name]) for name in names)})" for row in answer]
    for start in range(0, len(rows), BATCH):
        yield f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(rows[start : start + BATCH])} }}"


def _clear(graph: Store, operation: Operation, known: Mapping[str, str]) -> Effect:
    return {quad for one in _target(graph, operation, operation.words[1:], known) for quad in _quads(graph, one)}, set()


def _nothing(_graph: Store, _operation: Operation, _known: Mapping[str, str]) -> Effect:
    return set(), set()


def _transfer(graph: Store, operation: Operation, known: Mapping[str, str]) -> Effect:
    """COPY, MOVE and ADD: from one graph to another."""
    words = [word.upper() for word in operation.words]
    at = words.index("TO")
    (source,) = _target(graph, operation, operation.words[1:at], known)
    (goal,) = _target(graph, operation, operation.words[at + 1 :], known)
    if source == goal:
        return set(), set()
    delete = set() if operation.verb == "ADD" else set(_quads(graph, goal))
    moved = set(_quads(graph, source))
    return delete | (moved if operation.verb == "MOVE" else set()), _in_graph(moved, goal, everywhere=True)


EFFECTS: Mapping[str, Callable[[Store, Operation, Mapping[str, str]], Effect]] = {
    "DATA": _data,
    "WHERE": _modify,
    "CLEAR": _clear,
    "DROP": _clear,
    "CREATE": _nothing,
    "COPY": _transfer,
    "MOVE": _transfer,
    "ADD": _transfer,
}


# ------------------------------------------------------------------ parts
def _known(base: str, extra: Mapping[str, str] | None) -> dict[str, str]:
    return {**prefixes(base), **(extra or {})}


def _made(update: str, known: Mapping[str, str]) -> set[Quad]:
    """The quads that an update makes of nothing."""
    empty = Store()
    _update(empty, update, known)
    return {Quad(*map(_back, (quad.subject, quad.predicate, quad.object, quad.graph_name))) for quad in empty}


def _term(node: object) -> str:
    if node is None:
        return "UNDEF"
    return f"<{BNODE}{node.value}>" if isinstance(node, BlankNode) else str(node)


def _back(node: Any) -> Any:
    known = isinstance(node, NamedNode) and node.value.startswith(BNODE)
    return BlankNode(node.value.removeprefix(BNODE)) if known else node


def _in_graph(quads: Iterable[Quad], graph: Graph, *, everywhere: bool = False) -> set[Quad]:
    """The quads with those of the default graph, or all, in this graph."""
    return {
        Quad(one.subject, one.predicate, one.object, graph)
        if everywhere or isinstance(one.graph_name, DefaultGraph)
        else one
        for one in quads
    }


def _quads(graph: Store, name: Graph) -> Iterator[Quad]:
    return graph.quads_for_pattern(None, None, None, name)


def _target(graph: Store, operation: Operation, words: Sequence[str], known: Mapping[str, str]) -> list[Graph]:
    """The graphs that "GRAPH <g>", "DEFAULT", "NAMED" or "ALL" means."""
    last = words[-1]
    named: list[Graph] = list(graph.named_graphs()) if last.upper() in ("NAMED", "ALL") else []
    if last.upper() in ("DEFAULT", "ALL"):
        named.append(DefaultGraph())
    return named if last.upper() in ("DEFAULT", "ALL", "NAMED") else [_named(operation, last, known)]


def _named(operation: Operation, text: str, known: Mapping[str, str]) -> NamedNode:
    """The IRI that <…> or a name with a prefix means in an operation."""
    answer = Store().query(f"{operation.head} SELECT ({text} AS ?iri) {{}}", prefixes=dict(known))
    assert isinstance(answer, QuerySolutions)
    found = next(iter(answer))["iri"]
    assert isinstance(found, NamedNode)
    return found
