"""Circles in a graph of ancestors, in linear time: strongly connected components after Tarjan ("Depth-first search and
linear graph algorithms", 1972), without recursion, so that no line of ancestors is too long.
"""

from collections import deque
from collections.abc import Iterable, Sequence

Edges = dict[str, list[str]]


def cycles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """A shortest circle through each knot of the graph: [a, b] for a -> b -> a, [a] for a -> a; sorted.

    Args:
        edges: pairs of nodes, child and parent, say.
    """
    following: Edges = {}
    own = set()
    for one, other in sorted(set(edges)):
        following.setdefault(one, []).append(other)
        if one == other:
            own.add(one)
    found = [_shortest(following, component) for component in components(following) if len(component) > 1]
    inside = {node for circle in found for node in circle}
    return sorted(found + [[node] for node in own - inside])


def components(following: Edges) -> list[list[str]]:
    """The strongly connected components, each sorted; every node is in one."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    found = []
    for root in following:
        if root in order:
            continue
        path = [(root, iter(following[root]))]
        order[root] = lowest[root] = len(order)
        stack.append(root)
        waiting.add(root)
        while path:
            node, rest = path[-1]
            new = next((other for other in rest if _seen(other, node, order, lowest, waiting)), None)
            if new is not None:
                order[new] = lowest[new] = len(order)
                stack.append(new)
                waiting.add(new)
                path.append((new, iter(following.get(new, ()))))
                continue
            path.pop()
            if path:
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[node])
            if lowest[node] == order[node]:
                found.append(_taken(stack, waiting, node))
    return found


def _seen(other: str, node: str, order: dict[str, int], lowest: dict[str, int], waiting: set[str]) -> bool:
    """Whether a node is new; of one that waits, notes how far up it leads."""
    if other not in order:
        return True
    if other in waiting:
        lowest[node] = min(lowest[node], order[other])
    return False


def _taken(stack: list[str], waiting: set[str], root: str) -> list[str]:
    component = []
    while True:
        node = stack.pop()
        waiting.discard(node)
        component.append(node)
        if node == root:
            return sorted(component)


def _shortest(following: Edges, component: Sequence[str]) -> list[str]:
    """A shortest circle through the first node of a component, by breadth-first search."""
    inside = set(component)
    start = component[0]
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in following.get(node, ()):
            if other == start:
                circle = [node]
                while circle[-1] != start:
                    circle.append(before[circle[-1]])
                return circle[::-1]
            if other in inside and other not in before:
                before[other] = node
                waiting.append(other)
    raise AssertionError("a component without a circle")
