"""Rows on stdout: a table for a person at a terminal, tab-separated text in a pipe."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.ask.plain import cell, plain_rows, shortener
from kg.ask.results import Rows, labels_of
from kg.dataset import Dataset

if TYPE_CHECKING:
    from rich.text import Text


def print_rows(
    graph: Dataset | None, rows: Rows, base: str, *, table: bool | None = None, extra: Mapping[str, str] | None = None
) -> None:
    """Prints an answer.

    Args:
        graph: that knows the labels of IRIs, if it is at hand. table: as a table or not; None asks whether stdout is a
            terminal. extra: further prefixes.
    """
    if table if table is not None else sys.stdout.isatty():
        _print_table(graph, rows, base, extra)
        return
    for line in plain_rows(rows, base, extra):
        sys.stdout.write(line)
    sys.stdout.flush()


def _print_table(graph: Dataset | None, rows: Rows, base: str, extra: Mapping[str, str] | None) -> None:
    from rich.console import Console
    from rich.table import Table

    names, found = rows
    labels = labels_of(graph, found, base) if graph is not None else {}
    shorten = shortener(base, extra)
    shown = Table(header_style="bold", show_edge=False, pad_edge=False)
    for column, name in enumerate(names):
        numeric = bool(found) and all(_is_number(row[column]) for row in found)
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in found:
        shown.add_row(*(_cell(cell(node, shorten, labels), node) for node in row))
    console = Console()
    console.print(shown)
    console.print(f"{len(found)} row{'' if len(found) == 1 else 's'}", style="dim", highlight=False)


def _cell(text: str, node: object) -> "Text":
    """A label over the IRI that it names."""
    from rich.text import Text

    label, _, iri = text.rpartition("\n")
    if not isinstance(node, NamedNode):
        return Text(text)
    return Text.assemble(f"{label}\n", (iri, "dim")) if label else Text(iri, "cyan")


def _is_number(node: object) -> bool:
    return isinstance(node, Literal) and node.datatype.value.rsplit("#", 1)[-1] in ("integer", "decimal", "double")


@contextmanager
def stoppable(seconds: float | None = None) -> Iterator[None]:
    """Lets Ctrl-C end a query at once: Oxigraph does not look for it, and reading leaves nothing half done.

    Args:
        seconds: after which the whole process ends with exit code 1, saying so; None for never.
    """
    import signal
    import threading

    if seconds is not None:
        watch = threading.Timer(seconds, _out_of_time, (seconds,))
        watch.daemon = True
        watch.start()
        try:
            with stoppable():
                yield
        finally:
            watch.cancel()
        return
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is signal.SIG_IGN:
        yield  # a shell that starts us in the background has Ctrl-C ignored: that is for us to keep
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _out_of_time(seconds: float) -> None:
    """Ends the process from a thread: nothing else stops Oxigraph in the middle of a query."""
    import os

    print(f"Error: the query took longer than {seconds:g} s", file=sys.stderr)
    print("Hint: ask for less, or give it more with --time-out", file=sys.stderr, flush=True)
    os._exit(1)


def columns(rows: Sequence[Sequence[str]], gap: str = "  ") -> Iterator[str]:
    """Lines of texts in columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield gap.join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
