"""A plain table of facts for people to read."""

from collections.abc import Iterable, Iterator

from kg.export.lines import claims
from kg.model import DocumentGraph, Fact, Status

HEAD = ("subject", "relation", "object", "how", "quote")
USUAL = Status()
WIDEST = 34
"""Columns of a cell; what is longer is cut, but for the quote, which ends the line."""


def table(graphs: Iterable[DocumentGraph]) -> Iterator[str]:
    """A heading and a table for each document that says something."""
    first = True
    for graph in graphs:
        if not graph.facts:
            continue
        yield f"{'' if first else chr(10)}{graph.document.title or graph.document.id}\n"
        first = False
        rows = [HEAD, *(_row(graph, fact) for fact in graph.facts if not fact.dropped)]
        widths = [min(WIDEST, max(len(row[column]) for row in rows)) for column in range(len(HEAD) - 1)]
        for row in rows:
            cells = [_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=False)]
            yield "  ".join([*cells, row[-1]]).rstrip() + "\n"


def _row(graph: DocumentGraph, fact: Fact) -> tuple[str, ...]:
    found = claims(fact)
    quote = graph.document.text[found[0].sentence.start : found[0].sentence.end] if found else ""
    shown = getattr(fact.object, "name", "") or getattr(fact.object, "value", "")
    return fact.subject.name, fact.relation, shown, manner(fact), " ".join(quote.split())


def manner(fact: Fact) -> str:
    """How the text says it, where that is not plainly."""
    status = fact.status
    words: list[str] = [
        word
        for word, usual in (
            (status.polarity, USUAL.polarity),
            (status.modality, USUAL.modality),
            (status.phase, USUAL.phase),
        )
        if word != usual
    ]
    words += [f"according to {status.according_to}"] if status.according_to else []
    words += ["inferred"] if fact.inferred else []
    return ", ".join(words)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
