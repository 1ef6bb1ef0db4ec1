"""Families for programs that draw: Mermaid (https://mermaid.js.org/syntax/flowchart) and Graphviz' DOT."""

from collections.abc import Iterator, Mapping

from kg.export.tree.lettering import years
from kg.family import Family

Couple = tuple[str, ...]


def couples(family: Family) -> dict[Couple, tuple[str, ...]]:
    """Those who have children or are partners, sorted -> their children who are shown."""
    found: dict[Couple, list[str]] = {}
    for child, parents in family.parents.items():
        shown = tuple(sorted(one for one in parents if one in family.people))
        if shown:
            found.setdefault(shown, []).append(child)
    for person, partners in family.partners.items():
        for one in partners:
            if one.iri in family.people:
                found.setdefault(tuple(sorted((person, one.iri))), [])
    return {couple: tuple(sorted(children)) for couple, children in sorted(found.items())}


def ended(family: Family, couple: Couple) -> bool:
    """Whether a text says that two are no longer what they were."""
    return any(one.ended for one in family.partners.get(couple[0], ()) if one.iri == couple[-1])


def mermaid(family: Family) -> Iterator[str]:
    """A flowchart from left to right; a small node joins each couple."""
    ids = _numbers(family)
    yield "flowchart LR\n"
    for iri, number in ids.items():
        text = _label(family, iri).replace('"', "#quot;").replace("\n", "<br>")
        yield f'  p{number}["{text}"]{":::root" if iri == family.root else ""}\n'
    for number, (couple, children) in enumerate(couples(family).items()):
        line = "-.-" if ended(family, couple) else "---"
        yield f"  c{number}(( ))\n"
        yield from (f"  p{ids[one]} {line} c{number}\n" for one in couple)
        yield from (f"  c{number} --> p{ids[one]}\n" for one in children)
    yield "  classDef root fill:#23262d,color:#fff,stroke:#23262d\n"


def dot(family: Family) -> Iterator[str]:
    """A directed graph from left to right; a point joins each couple."""
    ids = _numbers(family)
    yield "digraph family {\n"
    yield '  graph [rankdir=LR, nodesep=0.15, ranksep=0.5, bgcolor="transparent"]\n'
    yield '  node [shape=box, style="rounded,filled", fillcolor=white, color="#bbb6aa"]\n'
    yield '  node [fontname="Helvetica", fontsize=11]\n'
    yield '  edge [arrowhead=none, color="#7f8794"]\n'
    for iri, number in ids.items():
        text = _label(family, iri).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        root = ', fillcolor="#23262d", fontcolor=white' if iri == family.root else ""
        yield f'  p{number} [label="{text}"{root}]\n'
    for number, (couple, children) in enumerate(couples(family).items()):
        dashed = " [style=dashed]" if ended(family, couple) else ""
        yield f"  c{number} [shape=point, width=0.05]\n"
        yield from (f"  p{ids[one]} -> c{number}{dashed}\n" for one in couple)
        yield from (f"  c{number} -> p{ids[one]}\n" for one in children)
    yield "}\n"


def _numbers(family: Family) -> Mapping[str, int]:
    return {iri: number for number, iri in enumerate(sorted(family.people))}


def _label(family: Family, iri: str) -> str:
    person = family.people[iri]
    return "\n".join(filter(None, (person.name, years(person.born, person.died))))
