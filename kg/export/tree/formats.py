"""The table of ways to draw a family. Its keys are the command line's choices."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from kg.errors import FormatError
from kg.family import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is to be drawn. down, up: descendants, ancestors. style: "rows", "fan" or "auto"."""

    family: Family
    down: bool
    up: bool
    style: str = "auto"
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeFormat:
    """One way to draw a family. suffixes: of the files that hold it, the longest first."""

    name: str
    suffixes: tuple[str, ...]
    write: Callable[[Drawing], Iterable[str]]


def _text(drawing: Drawing) -> Iterable[str]:
    from kg.export.tree.outline import outline

    return outline(drawing.family, drawing.down, drawing.up)


def _svg(drawing: Drawing) -> Iterable[str]:
    from kg.export.tree.svg import svg

    return [svg(drawing.family, drawing.down, drawing.up, style=drawing.style, title=drawing.title)]


def _html(drawing: Drawing) -> Iterable[str]:
    from kg.export.tree.page import page

    return [page(drawing.family, drawing.down, drawing.up, style=drawing.style, title=drawing.title)]


def _mermaid(drawing: Drawing) -> Iterable[str]:
    from kg.export.tree.diagrams import mermaid

    return mermaid(drawing.family)


def _dot(drawing: Drawing) -> Iterable[str]:
    from kg.export.tree.diagrams import dot

    return dot(drawing.family)


def _gedcom(version: str) -> Callable[[Drawing], Iterable[str]]:
    def write(drawing: Drawing) -> Iterable[str]:
        from kg.export.tree.gedcom import gedcom

        return gedcom(drawing.family, version)

    return write


TREES: dict[str, TreeFormat] = {
    one.name: one
    for one in (
        TreeFormat(name="text", suffixes=(".txt",), write=_text),
        TreeFormat(name="svg", suffixes=(".svg",), write=_svg),
        TreeFormat(name="html", suffixes=(".html", ".htm"), write=_html),
        TreeFormat(name="mermaid", suffixes=(".mmd", ".mermaid"), write=_mermaid),
        TreeFormat(name="dot", suffixes=(".dot", ".gv"), write=_dot),
        TreeFormat(name="gedcom", suffixes=(".ged",), write=_gedcom("5.5.1")),
        TreeFormat(name="gedcom7", suffixes=(), write=_gedcom("7.0")),
    )
}


def tree_format(path: str) -> TreeFormat:
    """The format that a file's suffix tells.

    Raises:
        FormatError: the suffix is none of theirs.
    """
    suffix = PurePath(path).suffix.lower()
    for one in TREES.values():
        if suffix in one.suffixes:
            return one
    known = ", ".join(one.suffixes[0] for one in TREES.values() if one.suffixes)
    raise FormatError(f"{path}: no drawing has the suffix {suffix!r}", hint=f"use one of {known}, or say -f FORMAT")
