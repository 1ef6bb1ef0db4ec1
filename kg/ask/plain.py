"""Rows as plain text, to read or to cut. Loads nothing beside Oxigraph: kg.cli.short lives by that."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.vocabulary.names import prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Rows = tuple[list[str], list[list[object]]]


def plain_rows(rows: Rows, base: str, extra: Mapping[str, str] | None = None) -> Iterator[str]:
    """Tab-separated values to read or cut: IRIs shortened by prefixes, texts bare. Not the W3C's TSV, which quotes."""
    shorten = shortener(base, extra)
    names, found = rows
    yield "\t".join(names) + "\n"
    for row in found:
        yield "\t".join(" ".join(cell(node, shorten).split()) for node in row) + "\n"


def shortener(base: str, extra: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Turns an IRI into prefix:name where a prefix is known. extra: further prefixes."""
    spaces = sorted({**prefixes(base), **(extra or {})}.items(), key=lambda item: (-len(item[1]), item[0]))

    def shorten(iri: str) -> str:
        for prefix, space in spaces:
            if iri.startswith(space) and _is_local(iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    return shorten


def _is_local(name: str) -> bool:
    """Whether it may stand behind a prefix without escapes; so that what is shown can be asked."""
    if not name or name[0] in "-." or name[-1] == ".":
        return False
    return name.isalnum() or all(one.isalnum() or one in "_-." for one in name)


def cell(node: object, shorten: Callable[[str], str], labels: Mapping[str, str] | None = None) -> str:
    """One value for people: an IRI by its label if there is one, a literal bare, nothing for what is unbound."""
    if node is None:
        return ""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, NamedNode):
        label = (labels or {}).get(node.value, "")
        return f"{label}\n{shorten(node.value)}" if label else shorten(node.value)
    return str(node) if isinstance(node, BlankNode) else " ".join(str(node).split())
