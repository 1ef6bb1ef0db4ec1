"""A picture of a family as one page that needs nothing beside it: to move, to zoom, to search, and to read as text."""

from html import escape
from importlib.resources import files
from string import Template

from kg.export.tree.outline import outline
from kg.export.tree.svg import svg
from kg.family import Family


def page(family: Family, down: bool, up: bool, *, style: str = "auto", title: str = "") -> str:
    """The page as HTML; see kg.export.tree.svg.svg for the arguments."""
    shell = Template(files("kg.export.tree").joinpath("page.html").read_text(encoding="utf-8"))
    return shell.substitute(
        title=escape(title or "Family tree"),
        svg=svg(family, down, up, style=style, title=title),
        outline=escape("".join(outline(family, down, up))),
    )
