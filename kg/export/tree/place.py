"""Where things stand in a picture of a family: generations as columns, ancestors to the left, descendants to the right.

A row is one person; who married whom stands in rows of one card. Lengths are pixels, y grows downwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.export.tree.chart import Node
from kg.export.tree.lettering import fitted, width, years
from kg.family import Family, Partner

NAME_SIZE, DATE_SIZE = 13.0, 11.0
ROW, PAD, GAP = 24.0, 12.0, 10.0
"""Height of a row, space at its ends, space between cards."""
COUSINS, COLUMN = 8.0, 46.0
"""Further space between the children of two people, and between columns, where the lines run."""
FIRST_HUE = 205
WIDEST, MARGIN, RING = 250.0, 28.0, 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person in a card. name: as it fits. partner: None for the one whose card it is."""

    person: str
    name: str
    dates: str
    partner: Partner | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person, and those he or she married. depth: generations from the root, ancestors negative. hue: of its branch,
    in degrees, or -1 for the root."""

    x: float
    y: float
    width: float
    rows: tuple[Row, ...]
    depth: int
    hue: int
    again: bool
    more: bool

    @property
    def height(self) -> float:
        return ROW * len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A curve from one card to another, level at both ends."""

    x1: float
    y1: float
    x2: float
    y2: float
    hue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that is ready to be drawn. width, height: of the whole."""

    width: float
    height: float
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]


def rows_of(family: Family, node: Node) -> tuple[Row, ...]:
    """The rows of a node's card."""

    def row(iri: str, partner: Partner | None) -> Row:
        person = family.people[iri]
        dates = years(person.born, person.died)
        room = WIDEST - 2 * PAD - (width(dates, DATE_SIZE) + 8 if dates else 0) - (RING if partner else 0)
        return Row(
            person=iri,
            name=fitted(person.name, NAME_SIZE, room, bold=partner is None),
            dates=dates,
            partner=partner,
        )

    return (row(node.person, None), *(row(one.iri, one) for one in node.partners))


def _card_width(rows: tuple[Row, ...]) -> float:
    def one(row: Row) -> float:
        dates = width(row.dates, DATE_SIZE) + 8 if row.dates else 0
        return width(row.name, NAME_SIZE, bold=row.partner is None) + dates + (RING if row.partner else 0)

    return max(map(one, rows)) + 2 * PAD


def picture(family: Family, down: Node | None, up: Node | None) -> Picture:
    """Cards and lines of the descendants and the ancestors of one person."""
    right = _Side(family, down).done() if down else None
    left = _Side(family, up).done(mirrored=True) if up else None
    if left and right:
        # Both roots are one: the ancestors move to where their lines meet the left edge of the descendants' root.
        own, theirs = right[0][0], left[0][0]
        dx, dy = own.x - theirs.x, own.y - theirs.y
        cards = [replace(card, x=card.x + dx, y=card.y + dy) for card in left[0][1:]]
        lines = [_moved(line, dx, dy) for line in left[1]]
        return _fitted([*cards, *right[0]], [*lines, *right[1]])
    placed = right or left
    assert placed, "a picture shows descendants, ancestors or both"
    return _fitted(list(placed[0]), list(placed[1]))


def _moved(line: Line, dx: float, dy: float) -> Line:
    return replace(line, x1=line.x1 + dx, x2=line.x2 + dx, y1=line.y1 + dy, y2=line.y2 + dy)


def _fitted(cards: list[Card], lines: list[Line]) -> Picture:
    """Moved so that everything is inside, with a margin."""
    left, top = min(card.x for card in cards) - MARGIN, min(card.y for card in cards) - MARGIN
    right = max(card.x + card.width for card in cards) + MARGIN
    bottom = max(card.y + card.height for card in cards) + MARGIN
    return Picture(
        width=right - left,
        height=bottom - top,
        cards=tuple(replace(card, x=card.x - left, y=card.y - top) for card in cards),
        lines=tuple(_moved(line, -left, -top) for line in lines),
    )


class _Side:
    """Lays out one hierarchy from left to right."""

    def __init__(self, family: Family, root: Node) -> None:
        self.family = family
        self.root = root
        self.rows = {id(node): rows_of(family, node) for node, _ in root.walk()}
        self.columns = self._columns()
        self.cards: list[Card] = []
        self.lines: list[Line] = []
        tops = [node for branch in root.branches for node in branch.nodes]
        self.hues = {id(node): hue(number, len(tops)) for number, node in enumerate(tops)}

    def _columns(self) -> Mapping[int, float]:
        """The left edge of each generation."""
        widest: dict[int, float] = {}
        for node, depth in self.root.walk():
            widest[depth] = max(widest.get(depth, 0), _card_width(self.rows[id(node)]))
        edges, x = {}, 0.0
        for depth in sorted(widest):
            edges[depth] = x
            x += widest[depth] + COLUMN
        return edges

    def done(self, *, mirrored: bool = False) -> tuple[tuple[Card, ...], tuple[Line, ...]]:
        self._place(self.root, 0, 0.0, -1)
        self.cards.reverse()  # the root first
        if not mirrored:
            return tuple(self.cards), tuple(self.lines)
        cards = (replace(card, x=-card.x - card.width, depth=-card.depth) for card in self.cards)
        lines = (replace(line, x1=-line.x1, x2=-line.x2) for line in self.lines)
        return tuple(cards), tuple(lines)

    def _place(self, node: Node, depth: int, top: float, shade: int) -> tuple[float, float]:
        """Places a node and all below it from `top` down.

        Returns:
            the middle of its first row, and where the next may begin.
        """
        rows = self.rows[id(node)]
        height = ROW * len(rows)
        y = top
        children: list[tuple[int, float, int]] = []
        for branch in node.branches:
            at = next((i for i, row in enumerate(rows) if row.person == branch.partner), 0)
            for one in branch.nodes:
                own = self.hues.get(id(one), shade)
                middle, y = self._place(one, depth + 1, y, own)
                children.append((at, middle, own))
                y += GAP
            y += COUSINS
        bottom = y - GAP - COUSINS if children else top
        span = (children[0][1] + children[-1][1]) / 2 if children else top + height / 2
        mine = max(top, span - height / 2)
        card = Card(
            x=self.columns[depth],
            y=mine,
            width=_card_width(rows),
            rows=rows,
            depth=depth,
            hue=shade,
            again=node.again,
            more=node.more,
        )
        for at, middle, own in children:
            # From between the two who are the parents, or from the middle of the one who is known.
            y1 = mine + ROW * (at if at else 0.5)
            self.lines.append(Line(x1=card.x + card.width, y1=y1, x2=self.columns[depth + 1], y2=middle, hue=own))
        self.cards.append(card)
        return mine + ROW / 2, max(bottom, mine + height)


def hue(number: int, of: int) -> int:
    """Colours for branches, as far apart as can be."""
    return round(FIRST_HUE + 360 * number / max(of, 1)) % 360
