"""Pictures of families as SVG: no scripts, no fonts and no files beside it; dark where the reader's screen is."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.export.tree import chart, fan, place
from kg.export.tree.place import NAME_SIZE, PAD, RING, ROW, Card, Line, Row
from kg.family import Family, Person

MANY = 120
"""With more people than this, a fan is easier to look at than rows."""

STYLE = """
  svg { background: #fbfaf7 }
  text { font-family: system-ui, "Helvetica Neue", Helvetica, Arial, "Noto Sans", sans-serif; fill: #23262d }
  .card { fill: #fff; stroke: #d9d5cc }
  .root .card { fill: #23262d; stroke: #23262d }
  .root text { fill: #fff }
  .name { font-weight: 600 }
  .partner .name { font-weight: 400 }
  .dates { font-size: 11px; fill: #7a7d85 }
  .root .dates { fill: #b9bcc4 }
  .again .card { stroke-dasharray: 3 3; fill: none }
  .rings { fill: none; stroke: #b08d57; stroke-width: 1.3 }
  .root .rings { stroke: #e0c48f }
  .ended .rings { stroke: #a9abb2; stroke-dasharray: 2 1.6 }
  .hair { stroke: #ebe8e1 }
  .root .hair { stroke: #454954 }
  .line { fill: none; stroke-width: 1.6; stroke-linecap: round }
  .more { fill: #a9abb2 }
  @media (prefers-color-scheme: dark) {
    svg { background: #16181d }
    text { fill: #e6e7ea }
    .card { fill: #20232a; stroke: #363a44 }
    .root .card { fill: #e6e7ea; stroke: #e6e7ea }
    .root text { fill: #16181d }
    .dates { fill: #9b9ea7 }
    .root .dates { fill: #5b5e66 }
    .hair { stroke: #2d313a }
    .root .hair { stroke: #c9cbd1 }
  }
"""


def svg(family: Family, down: bool, up: bool, *, style: str = "auto", title: str = "") -> str:
    """A picture of a family.

    Args:
        down, up: whether to show descendants, ancestors.
        style: "rows", "fan", or "auto" for whichever suits the number of people.
    """
    nodes = (chart.descendants(family) if down else None, chart.ancestors(family) if up else None)
    many = sum(1 for node in nodes if node for _ in node.walk()) > MANY
    if style == "fan" or (style == "auto" and many and not (down and up)):
        root = nodes[0] or nodes[1]
        assert root
        drawn = fan.picture(family, root)
        body, size = _fan(family, drawn), (drawn.size, drawn.size)
    else:
        picture = place.picture(family, *nodes)
        body, size = _rows(family, picture), (picture.width, picture.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}" '
        f'width="{size[0]:.0f}" height="{size[1]:.0f}" role="img" aria-label={quoteattr(title or "Family tree")}>'
    )
    lines = [head, f"<title>{escape(title or 'Family tree')}</title>", f"<style>{STYLE}</style>", *body, "</svg>", ""]
    return "\n".join(lines)


# ------------------------------------------------------------------ rows
def _rows(family: Family, picture: place.Picture) -> Iterator[str]:
    yield '<g class="lines">'
    yield from map(_line, picture.lines)
    yield "</g>"
    for card in picture.cards:
        yield from _card(family, card)


def _line(line: Line) -> str:
    bend = (line.x2 - line.x1) * 0.5
    path = (
        f"M{line.x1:.1f} {line.y1:.1f}C{line.x1 + bend:.1f} {line.y1:.1f} "
        f"{line.x2 - bend:.1f} {line.y2:.1f} {line.x2:.1f} {line.y2:.1f}"
    )
    return f'<path class="line" d="{path}" style="stroke:{colour(line.hue)}"/>'


def colour(hue: int) -> str:
    """The colour of a branch."""
    return "#8a8d95" if hue < 0 else f"hsl({hue} 42% 56%)"


def _card(family: Family, card: Card) -> Iterator[str]:
    kind = " ".join(filter(None, ("root" if card.depth == 0 else "", "again" if card.again else "")))
    yield f'<g class="{kind}" transform="translate({card.x:.1f} {card.y:.1f})">'
    yield f'<rect class="card" width="{card.width:.1f}" height="{card.height:.0f}" rx="7"/>'
    if card.depth:
        bar = f'x="0" y="5" width="3" height="{card.height - 10:.0f}" rx="1.5"'
        yield f'<rect {bar} style="fill:{colour(card.hue)}"/>'
    for number, row in enumerate(card.rows):
        yield from _row(family, card, row, number)
    if card.more:
        beside = card.width + 9 if card.depth >= 0 else -9
        yield f'<circle class="more" cx="{beside:.1f}" cy="12" r="2.5"/>'
    yield "</g>"


def _row(family: Family, card: Card, row: Row, number: int) -> Iterator[str]:
    top = number * ROW
    if number:
        yield f'<path class="hair" d="M{PAD} {top:.0f}H{card.width - PAD:.1f}"/>'
    ended = row.partner is not None and row.partner.ended
    kinds = f"person{' partner' if number else ''}{' ended' if ended else ''}"
    yield f'<g class="{kinds}" data-iri={quoteattr(row.person)}>'
    yield f"<title>{escape(said(family.people[row.person]))}</title>"
    x = PAD
    if row.partner:
        yield f'<g class="rings"><circle cx="{PAD + 4}" cy="{top + 12:.0f}" r="3.6"/>'
        yield f'<circle cx="{PAD + 9}" cy="{top + 12:.0f}" r="3.6"/></g>' if row.partner.married else "</g>"
        x += RING
    dates = f' <tspan class="dates" dx="4">{row.dates}</tspan>' if row.dates else ""
    yield (
        f'<text x="{x:.0f}" y="{top + 16.5:.1f}" font-size="{NAME_SIZE:.0f}">'
        f'<tspan class="name">{escape(row.name)}</tspan>{dates}</text></g>'
    )


def said(person: Person) -> str:
    """Name and dates in full, to be shown when one points at somebody."""
    dates = [f"born {person.born}" if person.born else "", f"died {person.died}" if person.died else ""]
    told = ", ".join(filter(None, dates))
    return f"{person.name} ({told})" if told else person.name


# ------------------------------------------------------------------ a fan
def _fan(family: Family, drawn: "fan.Fan") -> Iterator[str]:
    yield f'<g transform="translate({drawn.size / 2:.1f} {drawn.size / 2:.1f})">'
    for number, radius in enumerate(drawn.rings):
        if number:
            yield f'<circle class="hair" fill="none" r="{radius:.1f}" opacity=".6"/>'
    for curve in drawn.curves:
        yield f'<path class="line" d="{curve.path}" style="stroke:{colour(curve.hue)};stroke-width:1.2"/>'
    for label in drawn.labels:
        turned = f"rotate({label.angle:.2f}) translate({label.radius:.1f} 0)"
        turned += " rotate(180)" if label.flipped else ""
        anchor = ' text-anchor="end"' if label.flipped else ""
        kind = f"person{' again' if label.again else ''}"
        yield f'<g class="{kind}" transform="{turned}" data-iri={quoteattr(label.person)}>'
        yield f"<title>{escape(said(family.people[label.person]))}</title>"
        first = -4.0 * (len(label.lines) - 1)
        for row, (text, dates, strong) in enumerate(label.lines):
            x = -6 if label.flipped else 6
            name = f'<tspan class="{"name" if strong else "dates"}">{escape(text)}</tspan>'
            tail = f' <tspan class="dates" style="font-size:9px">{dates}</tspan>' if dates else ""
            size = fan.SIZE if strong else fan.SMALL
            yield f'<text x="{x}" y="{first + row * fan.LEAD + 4:.1f}" font-size="{size}"{anchor}>{name}{tail}</text>'
        yield f'<circle r="2.4" style="fill:{colour(label.hue)}"/></g>'
    yield f'<g class="root"><circle class="card" r="{drawn.rings[0]:.1f}"/>'
    for row, line in enumerate(drawn.centre):
        top = (row - (len(drawn.centre) - 1) / 2) * 17 + 4
        weight = "name" if row == 0 else "dates"
        yield f'<text text-anchor="middle" y="{top:.1f}" font-size="13">'
        yield f'<tspan class="{weight}">{escape(line)}</tspan></text>'
    yield "</g></g>"
