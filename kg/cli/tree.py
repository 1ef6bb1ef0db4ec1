"""kg tree"""

from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, OUTPUT, STORE, options, settings_from, write
from kg.export.tree import TREES, Drawing, tree_format

if TYPE_CHECKING:
    from kg.ask.ties import Ties
    from kg.family import Family

KINDS = {"descendants": (False, True), "ancestors": (True, False), "both": (True, True)}
"""What is shown -> whether ancestors, whether descendants."""
FAR, NEAR = 6, 3
"""Generations that are shown unless somebody says how many: of one kind, of both."""


@click.command("tree", short_help="Draw a family tree: terminal, SVG, HTML, GEDCOM, …")
@click.argument("name")
@click.option("--show", "kind", type=click.Choice(tuple(KINDS)), default="both", help="[default: both]")
@click.option("-g", "--generations", type=click.IntRange(1, 30), help="[default: 6; 3 up and 3 down for both]")
@click.option("--style", type=click.Choice(("auto", "rows", "fan")), default="auto", help="Of a picture.")
@click.option("--limit", type=click.IntRange(1), default=2000, help="People at most.  [default: 2000]")
@click.option("-f", "--format", "asked", type=click.Choice(tuple(TREES)), help="[default: FILE's suffix, else text]")
@options(OUTPUT, STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(
    console: Console,
    /,
    name: str,
    kind: str,
    generations: int | None,
    style: str,
    limit: int,
    asked: str | None,
    output: str | None,
    **flags: object,
) -> None:
    """Draw the family of one person. Of several who bear the name, the one with the largest family is drawn.

    \b
    Examples:
      kg tree "King Charles III"
      kg tree "King Charles III" --show descendants -o family.svg
      kg tree Harry --show ancestors -g 8 --style fan -o fan.html
      kg tree Harry -o family.ged
    """
    from kg import build
    from kg.ask.kinship import load
    from kg.ask.ties import Ties
    from kg.cli.people import finder
    from kg.store.opening import open_read_only

    settings = settings_from(**flags)
    chosen = TREES[asked] if asked else tree_format(output) if output and output != "-" else TREES["text"]
    opened = open_read_only(settings.store, settings.namespace)
    found = finder(opened, settings)(name)
    ties = Ties(graph=opened.graph, base=opened.base, kinship=load(build.vocabulary(settings, opened.base)))
    up, down = (shown * (generations or (NEAR if kind == "both" else FAR)) for shown in KINDS[kind])
    family = _largest(ties, [one.value for one in found], up, down, limit)
    if len(found) > 1:
        console.remark(f"{len(found)} people here are called so; this is the one with the largest family.")
    drawing = Drawing(family=family, down=down > 0, up=up > 0, style=style, title=family.people[family.root].name)
    write(output, (text.encode() for text in chosen.write(drawing)))


def _largest(ties: "Ties", iris: list[str], up: int, down: int, most: int) -> "Family":
    from kg.ask.families import family

    families = [family(ties, iri, up=up, down=down, most=most) for iri in iris]
    return max(families, key=lambda one: len(one.people))
