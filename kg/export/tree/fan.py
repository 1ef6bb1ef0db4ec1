"""Many people around one: generations as rings, names along the radius, colours running once around.

A person gets as much of the circle as the names of all who hang on him or her need, so that no two overlap.
"""

import math
from dataclasses import dataclass

from kg.export.tree.chart import Node
from kg.export.tree.lettering import fitted, width, years
from kg.export.tree.place import FIRST_HUE
from kg.family import Family

SIZE, SMALL, LEAD = 11.0, 9.5, 10.5
"""Font sizes of names and of those they married; the distance between lines, in pixels."""
LINE, AIR = 13.5, 3.0
"""What one line needs across the radius, and what is left free between people."""
WIDEST, CURVE, MARGIN = 150.0, 34.0, 24.0
CENTRE = 62.0
FULL_CIRCLE = 2 * math.pi


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A person at an angle (degrees, clockwise from the right) and a radius. lines: text, dates, whether it is the
    person and not a partner. flipped: written towards the centre, so that nobody stands on his head."""

    person: str
    angle: float
    radius: float
    flipped: bool
    lines: tuple[tuple[str, str, bool], ...]
    hue: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line from parent to child, as the path data of SVG."""

    path: str
    hue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """A picture that is ready to be drawn, square, with its centre in the middle. rings: where generations begin."""

    size: float
    rings: tuple[float, ...]
    labels: tuple[Label, ...]
    curves: tuple[Curve, ...]
    centre: tuple[str, ...]


def picture(family: Family, root: Node) -> Fan:
    """The whole fan of one hierarchy."""
    return _Fan(family, root).done()


class _Fan:
    def __init__(self, family: Family, root: Node) -> None:
        self.family = family
        self.root = root
        self.nodes = [(node, depth) for node, depth in root.walk()]
        self.lines = {id(node): self._lines(node) for node, _ in self.nodes}
        self.lengths = {id(node): max(map(_length, self.lines[id(node)])) for node, _ in self.nodes}
        self.widest = self._widest()
        self.angles: dict[int, float] = {}
        scale = 1.0
        self.rings = self._rings(scale)
        needed = self._need(root, 0)
        while needed > FULL_CIRCLE:  # wider rings give the same names a smaller angle
            scale *= max(needed / FULL_CIRCLE, 1.05)
            self.rings = self._rings(scale)
            needed = self._need(root, 0)
        self.spread = FULL_CIRCLE / needed

    def _lines(self, node: Node) -> tuple[tuple[str, str, bool], ...]:
        person = self.family.people[node.person]
        dates = years(person.born, person.died)
        room = WIDEST - (width(dates, 9) + 6 if dates else 0)
        first = (fitted(person.name, SIZE, room, bold=True), dates, True)
        partners = [self.family.people[one.iri].name for one in node.partners]
        told = [(fitted(f"& {name}", SMALL, WIDEST), "", False) for name in partners]
        return (first, *told)

    def _widest(self) -> dict[int, float]:
        widest: dict[int, float] = {}
        for node, depth in self.nodes:
            if depth:
                widest[depth] = max(widest.get(depth, 0), self.lengths[id(node)])
        return widest

    def _rings(self, scale: float) -> tuple[float, ...]:
        """Where each generation begins; the first is the edge of the centre. Only the space for curves is scaled."""
        rings = [CENTRE]
        edge = CENTRE
        for depth in sorted(self.widest):
            start = max(edge + CURVE * scale, 0)
            rings.append(start)
            edge = start + self.widest[depth] + 12
        self.edge = edge
        return tuple(rings)

    def _need(self, node: Node, depth: int) -> float:
        """The angle, in radians, that a node and all below it need."""
        own = (LINE * len(self.lines[id(node)]) ** 0.9 + AIR) / self.rings[depth] if depth else 0.0
        below = sum(self._need(one, depth + 1) for branch in node.branches for one in branch.nodes)
        self.angles[id(node)] = max(own, below)
        return self.angles[id(node)]

    def done(self) -> Fan:
        labels: list[Label] = []
        curves: list[Curve] = []
        start = -math.pi / 2
        for node in (one for branch in self.root.branches for one in branch.nodes):
            self._place(node, 1, start, (0.0, 0.0), labels, curves)
            start += self.angles[id(node)] * self.spread
        person = self.family.people[self.root.person]
        partners = [f"& {self.family.people[one.iri].name}" for one in self.root.partners]
        words = [person.name, years(person.born, person.died), *partners]
        centre = tuple(fitted(word, 13, 2 * CENTRE - 16, bold=number == 0) for number, word in enumerate(words) if word)
        return Fan(
            size=2 * (self.edge + MARGIN),
            rings=self.rings,
            labels=tuple(labels),
            curves=tuple(curves),
            centre=centre,
        )

    def _place(
        self,
        node: Node,
        depth: int,
        start: float,
        origin: tuple[float, float],
        labels: list[Label],
        curves: list[Curve],
    ) -> None:
        """Places a node in the middle of its angle, and all below it. origin: where its line begins."""
        angle = start + self.angles[id(node)] * self.spread / 2
        radius = self.rings[depth]
        shade = round(FIRST_HUE + math.degrees(angle)) % 360
        from_radius, from_angle = origin if depth > 1 else (self.rings[0], angle)
        curves.append(Curve(path=_curve(from_radius, from_angle, radius, angle), hue=shade))
        flipped = math.cos(angle) < -1e-9
        labels.append(
            Label(
                person=node.person,
                angle=math.degrees(angle),
                radius=radius,
                flipped=flipped,
                lines=self.lines[id(node)],
                hue=shade,
                again=node.again,
            )
        )
        children = [one for branch in node.branches for one in branch.nodes]
        needed = sum(self.angles[id(one)] for one in children) * self.spread
        at = angle - needed / 2
        for one in children:
            outer = (radius + self.lengths[id(node)] + 12, angle)
            self._place(one, depth + 1, at, outer, labels, curves)
            at += self.angles[id(one)] * self.spread


def _length(line: tuple[str, str, bool]) -> float:
    text, dates, strong = line
    return width(text, SIZE if strong else SMALL, bold=strong) + (width(dates, 9) + 6 if dates else 0)


def _curve(radius: float, angle: float, to_radius: float, to_angle: float) -> str:
    middle = (radius + to_radius) / 2
    points = ((radius, angle), (middle, angle), (middle, to_angle), (to_radius, to_angle))
    xy = [f"{r * math.cos(a):.1f} {r * math.sin(a):.1f}" for r, a in points]
    return f"M{xy[0]}C{xy[1]} {xy[2]} {xy[3]}"
