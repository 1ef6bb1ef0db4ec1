"""Paths over a dependency tree: the small language of ontology/frames.toml.

>nmod[of]     down to a child with this relation and one of these case words
<obj{have}    up to the parent, if the relation to it is obj and its lemma is have
=cop          stay, if the word has such a child
<nsubj=cop    up to the parent, if the parent has such a child
$subject      the grammatical subject
@             stay (identity is added by the caller)
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.extract.tree import Tree

_STEP = re.compile(r"([<>]?)([a-z:]*)(?:\[([^\]]+)\])?(?:\{([^}]+)\})?(?:=([a-z:]+))?$")


@dataclass(frozen=True, slots=True)
class Step:
    """direction: ">", "<", "$" (subject) or "" (stay)."""

    direction: str
    dep: str = ""
    cases: tuple[str, ...] = ()
    lemmas: frozenset[str] = frozenset()
    has: str = ""


Path = tuple[Step, ...]
Subject = Callable[[int], Sequence[int]]


def compile_path(text: str, where: str) -> Path:
    """Raises OntologyError for a path that is not one."""
    steps = []
    for part in text.split():
        if part in ("@", "$subject"):
            steps.append(Step("$" if part == "$subject" else ""))
            continue
        m = _STEP.match(part)
        if not m or bool(m[1]) != bool(m[2]) or (m[3] and not m[1]):  # a relation and a direction, or neither
            raise OntologyError(
                f"{where}: {part!r} is no step of a path", hint="see the head of frames.toml for what a path may hold"
            )
        cases, lemmas = tuple((m[3] or "").split("|")) if m[3] else (), frozenset((m[4] or "").split("|")) - {""}
        steps.append(Step(m[1], m[2], cases, lemmas, m[5] or ""))
    return tuple(steps)


def follow(tree: Tree, start: int, path: Path, subject: Subject, prepositions: Sequence[str] = ()) -> list[int]:
    """The words that a path leads to from start, in order, each once. prepositions: what "@cue" stands for."""
    at = [start]
    for step in path:
        found: list[int] = []
        for i in at:
            found += [j for j in _step(tree, i, step, subject, prepositions) if j not in found]
        if not found:
            return found
        at = found
    return at


def _step(tree: Tree, i: int, step: Step, subject: Subject, prepositions: Sequence[str]) -> Sequence[int]:
    if step.direction == "$":
        reached: Sequence[int] = subject(i)
    elif step.direction == ">":
        reached = [c for c in tree.kids(i, step.dep) if _case_fits(tree, c, step.cases, prepositions)]
    elif step.direction == "<":
        parent = tree.heads[i]
        fits = parent != i and step.dep in (tree.deps[i], tree.deps[i].partition(":")[0])
        reached = [parent] if fits and _case_fits(tree, i, step.cases, prepositions) else []
    else:
        reached = [i]
    if step.lemmas and reached:
        reached = [j for j in reached if tree.lemmas[j].lower() in step.lemmas]
    if step.has and reached:
        reached = [j for j in reached if tree.kids(j, step.has)]
    return reached


def _case_fits(tree: Tree, i: int, cases: tuple[str, ...], prepositions: Sequence[str]) -> bool:
    if not cases:
        return True
    case = tree.case(i)
    for wanted in cases:
        if wanted == "@cue":
            if prepositions and case in prepositions:
                return True
        elif case == ("" if wanted == "-" else wanted):
            return True
    return False


def subjects(tree: Tree, i: int, depth: int = 0) -> list[int]:
    """The grammatical subject of a predicate: its own; shared by coordination; controlled; or the noun it modifies.

    "He studied and married Ann": married has he. "He went on to marry": marry has he. "Tom, born in Leeds": born has
    Tom.
    """
    own = tree.kids(i, "nsubj", "csubj")
    if own:
        return [antecedent(tree, s) for s in own]
    head, dep = tree.heads[i], tree.deps[i]
    if head == i or depth > 6:
        return []
    plain = dep.partition(":")[0]
    if plain in ("conj", "xcomp", "advcl", "ccomp", "parataxis") and (
        plain != "ccomp" or tree.xpos[i] in ("VB", "VBG")
    ):
        return subjects(tree, head, depth + 1)
    if plain == "acl":
        return [head]
    return []


def antecedent(tree: Tree, i: int) -> int:
    """For a relative pronoun the noun that its clause modifies (or, where the tree does not hang the clause on one,
    the noun before it); else the word itself."""
    if tree.xpos[i] not in ("WP", "WDT", "WP$"):
        return i
    j = i
    for _ in range(6):
        if tree.deps[j].startswith("acl"):
            return tree.heads[j]
        if tree.heads[j] == j:
            break
        j = tree.heads[j]
    return _noun_before(tree, i)


def _noun_before(tree: Tree, i: int) -> int:
    """The head of the noun phrase that ends before word i, a comma and a preposition between left out; else i."""
    at = i - 1
    while at >= 0 and tree.sentence_of[at] == tree.sentence_of[i] and tree.upos[at] in ("PUNCT", "ADP"):
        at -= 1
    if at < 0 or at == i - 1 or tree.upos[at] not in ("NOUN", "PROPN"):
        return i  # a question, or a clause that stands for somebody itself
    while tree.heads[at] < at and tree.deps[at] in ("flat", "compound", "nmod:desc"):
        at = tree.heads[at]
    return at
