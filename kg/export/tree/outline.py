"""A family as lines of text, for a terminal."""

from collections.abc import Iterator

from kg.export.tree import chart
from kg.export.tree.lettering import years
from kg.family import Family, Partner

MARRIED, TOGETHER, ENDED = "⚭", "♥", "⚮"


def outline(family: Family, down: bool, up: bool) -> Iterator[str]:
    """Lines of a tree: ancestors first where both are asked for."""
    if up:
        if down:
            yield "Ancestors\n"
        yield from _lines(family, chart.ancestors(family))
    if down:
        if up:
            yield "\nDescendants\n"
        yield from _lines(family, chart.descendants(family))


def _lines(family: Family, root: chart.Node) -> Iterator[str]:
    yield f"{_person(family, root)}\n"
    yield from _below(family, root, "")


def _below(family: Family, node: chart.Node, indent: str) -> Iterator[str]:
    several = len(node.partners) > 1
    children = [(branch.partner, one) for branch in node.branches for one in branch.nodes]
    for number, (partner, one) in enumerate(children):
        last = number == len(children) - 1
        whose = f"  (with {family.people[partner].name})" if several and partner else ""
        yield f"{indent}{'└─ ' if last else '├─ '}{_person(family, one)}{whose}\n"
        yield from _below(family, one, indent + ("   " if last else "│  "))


def _person(family: Family, node: chart.Node) -> str:
    if node.again:
        return f"{_named(family, node.person)}  (see above)"
    partners = "".join(f"  {_sign(one)} {_named(family, one.iri)}" for one in node.partners)
    return _named(family, node.person) + partners + ("  …" if node.more else "")


def _named(family: Family, iri: str) -> str:
    person = family.people[iri]
    dates = years(person.born, person.died)
    return f"{person.name} ({dates})" if dates else person.name


def _sign(partner: Partner) -> str:
    return ENDED if partner.ended else MARRIED if partner.married else TOGETHER
