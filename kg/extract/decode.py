"""Scores -> sentences, trees, name spans."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.tree import Name

_NEVER = np.float32(-1e9)


def sentence_starts(start: NDArray[np.float32], forced: Sequence[int]) -> list[int]:
    """Indices of words that start a sentence: where the odds say so, and where a paragraph begins."""
    begins = set(np.flatnonzero(start > 0).tolist()) | set(forced) | {0}
    return sorted(begins)


def tree_of(arcs: NDArray[np.float32]) -> NDArray[np.int64]:
    """The heads of the best tree of one sentence: n x (1 + n) scores -> n heads, 0 the root, exactly one root.

    Greedy heads are a tree most of the time; where they are not, Chu-Liu/Edmonds (Edmonds 1967) finds the best one.
    """
    n = len(arcs)
    scores = arcs.astype(np.float64)
    scores[np.arange(n), np.arange(1, n + 1)] = _NEVER  # nobody heads himself
    greedy = scores.argmax(1)
    root = int(scores[:, 0].argmax()) if (greedy == 0).sum() != 1 else int(np.flatnonzero(greedy == 0)[0])
    scores[:, 0] = _NEVER
    scores[root, :] = _NEVER
    scores[root, 0] = 0.0
    heads: NDArray[np.int64] = scores.argmax(1)
    if _reaches_root(heads):
        return heads
    full = np.full((n + 1, n + 1), float(_NEVER))
    full[1:, :] = scores
    return np.array(_edmonds(full)[1:], dtype=np.int64)


def _reaches_root(heads: NDArray[np.int64]) -> bool:
    n = len(heads)
    fine = [False] * (n + 1)
    fine[0] = True
    for i in range(1, n + 1):
        path = []
        j = i
        while not fine[j]:
            if j in path:
                return False
            path.append(j)
            j = int(heads[j - 1])
        for k in path:
            fine[k] = True
    return True


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Maximum spanning arborescence from node 0; scores[child, head]."""
    n = len(scores)
    heads = [0, *(int(scores[i].argmax()) for i in range(1, n))]
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [i for i in range(n) if i not in inside]
    small = np.full((len(outside) + 1, len(outside) + 1), float(_NEVER))
    place = {node: k for k, node in enumerate(outside)}
    new = len(outside)
    small[:new, :new] = scores[np.ix_(outside, outside)]
    gain = {v: scores[v, heads[v]] for v in cycle}
    enters, leaves = {}, {}
    for u in outside:
        v = _best(cycle, [scores[c, u] - gain[c] for c in cycle])
        small[new, place[u]] = scores[v, u] - gain[v]
        enters[u] = v
        if u:
            w = _best(cycle, [scores[u, c] for c in cycle])
            small[place[u], new] = scores[u, w]
            leaves[u] = w
    solved = _edmonds(small)
    for k, node in enumerate(outside[1:], 1):
        heads[node] = leaves[node] if solved[k] == new else outside[solved[k]]
    source = outside[solved[new]]
    heads[enters[source]] = source
    return heads


def _best(nodes: list[int], values: list[float]) -> int:
    """The node with the highest value, the first of several."""
    return nodes[values.index(max(values))]


def _cycle(heads: list[int]) -> list[int] | None:
    colour = [0] * len(heads)
    colour[0] = 2
    for i in range(1, len(heads)):
        path = []
        j = i
        while colour[j] == 0:
            colour[j] = 1
            path.append(j)
            j = heads[j]
        if colour[j] == 1:
            return path[path.index(j) :]
        for k in path:
            colour[k] = 2
    return None


def names_of(log_probabilities: NDArray[np.float32], tags: Sequence[str], offset: int) -> list[Name]:
    """The best BIO sequence (Viterbi; an I- tag follows only its own type), as spans counted from offset."""
    greedy = [tags[t] for t in log_probabilities.argmax(1)]
    if all(not t.startswith("I-") or (i and greedy[i - 1][2:] == t[2:]) for i, t in enumerate(greedy)):
        return _spans(greedy, offset)  # a legal best path needs no search
    allowed = _transitions(tuple(tags))
    best = log_probabilities.astype(np.float64)
    first = best[0] + allowed[tags.index("O")]
    steps, score = [], first
    for row in best[1:]:
        through = score[:, None] + allowed
        steps.append(through.argmax(0))
        score = through.max(0) + row
    state = int(score.argmax())
    path = [state]
    for step in reversed(steps):
        state = int(step[state])
        path.append(state)
    path.reverse()
    return _spans([tags[s] for s in path], offset)


def _transitions(tags: tuple[str, ...]) -> NDArray[np.float64]:
    table = np.zeros((len(tags), len(tags)))
    for j, to in enumerate(tags):
        if to.startswith("I-"):
            for i, source in enumerate(tags):
                if source[2:] != to[2:]:
                    table[i, j] = float(_NEVER)
    return table


def _spans(path: list[str], offset: int) -> list[Name]:
    out: list[Name] = []
    for i, tag in enumerate(path):
        if tag.startswith("B-"):
            out.append(Name(offset + i, offset + i, tag[2:]))
        elif tag.startswith("I-"):
            out[-1] = Name(out[-1].first, offset + i, out[-1].type)
    return out
