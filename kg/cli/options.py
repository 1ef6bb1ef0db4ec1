"""Options that several commands share, with one help text each, and where output goes."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from kg.errors import KgError
from kg.settings import Settings, load

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

NAMESPACE = click.option("--namespace", metavar="IRI", help="What new IRIs begin with.  [default: the store's]")
ONTOLOGY = click.option("--ontology", metavar="DIR", multiple=True, help="Folder that adds relations and questions.")
MODEL = click.option("--model", metavar="NAME", help="An installed spaCy pipeline instead of kg's own model.")
JOBS = click.option(
    "-j", "--jobs", metavar="N", type=click.IntRange(0), default=0, help="Processes that read.  [default: one a core]"
)
OUTPUT = click.option("-o", "--output", metavar="FILE", help="Write to a file.  [default: stdout]")


_STORE_HELP = "Folder or address of the graph.  [default: KG_STORE, else kg.store]"
_STORE_AS_HELP = "How a store at an address is laid out: virtuoso, fuseki, …; see docs/stores.md."


def STORE(function: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802 (it stands among the other options)
    """Where the graph is."""
    function = click.option("--store-as", metavar="LAYOUT", help=_STORE_AS_HELP)(function)
    return click.option("--store", metavar="DIR|URL", help=_STORE_HELP)(function)


def options(*decorators: Decorator) -> Decorator:
    """Several options as one decorator, in this order in --help."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def settings_from(**flags: object) -> Settings:
    """The settings with these flags on top."""
    return load(flags)


def write(output: str | None, chunks: Iterable[bytes]) -> None:
    """Writes to stdout as it comes, or to a file that is either as before or complete.

    Raises:
        KgError: the file cannot be written.
    """
    if not output or output == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
            with path.open("wb") as file:
                file.writelines(chunks)
        else:
            _replace(path, chunks)
    except OSError as error:
        raise KgError(f"{output}: cannot be written: {error.strerror or error}") from error


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    path = path.resolve()  # a link stays a link
    waiting = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with waiting.open("wb") as file:
            file.writelines(chunks)
        waiting.replace(path)
    except BaseException:
        with suppress(OSError):
            waiting.unlink()
        raise
