"""Sources as given on the command line -> Documents."""

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kg.errors import SourceError
from kg.model import Document
from kg.read.jsonl import jsonl_documents
from kg.read.text import LARGEST, text_documents, too_large

Reader = Callable[[bytes, str], Iterator[Document]]
Recover = Callable[[SourceError], None]
T = TypeVar("T")

READERS: dict[str, Reader] = {
    ".txt": text_documents,
    ".text": text_documents,
    ".md": text_documents,
    ".jsonl": jsonl_documents,
    ".ndjson": jsonl_documents,
}
"""How to read a file, by its suffix. A folder gives the files that have one of these; a file named by itself is read
as text when its suffix is another."""

STDIN = "-"


def documents(sources: Iterable[str], *, date: str = "", recover: Recover | None = None) -> Iterator[Document]:
    """Reads all sources, in the order given, folders sorted by path.

    Args:
        sources: files, folders, globs, or "-" for standard input.
        date: when documents without a date of their own were written, ISO 8601.
        recover: called with what is wrong with one source; then reading goes on with the next. Without it, it ends.

    Raises:
        SourceError: a source that is missing, empty of texts, binary, wrongly encoded or too large.
    """
    for source in sources:
        for name in _kept(_files(source), recover):
            for document in _kept(_read(name), recover):
                yield document if document.date or not date else replace(document, date=date)


def _kept(found: Iterator[T], recover: Recover | None) -> Iterator[T]:
    """Passes on what can be read; what ends it is told to `recover`, or raised where there is none."""
    try:
        yield from found
    except SourceError as error:
        if recover is None:
            raise
        recover(error)


def _files(source: str) -> Iterator[str]:
    """The files of one source; standard input is "-"."""
    path = Path(source)
    if source == STDIN or path.is_file() or _is_pipe(path):
        yield source
    elif path.is_dir():
        yield from _folder(path)
    elif any(mark in source for mark in "*?["):
        yield from _glob(source)
    elif "://" in source:
        raise SourceError(f"{source}: kg does not fetch web pages yet", hint="save the page's text to a file")
    else:
        near = _near(path)
        raise SourceError(f"{source}: no such file or folder", hint=f"did you mean {near}?" if near else "")


def _is_pipe(path: Path) -> bool:
    """Whether it is a named pipe or a shell's <(…)."""
    try:
        return stat.S_ISFIFO(path.stat().st_mode) or stat.S_ISCHR(path.stat().st_mode)
    except OSError:
        return False


def _folder(path: Path) -> Iterator[str]:
    """Files below a folder that a reader is there for; hidden ones and those in hidden folders are left out."""
    found = []
    for root, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(root, name) for name in names if not name.startswith(".") and Path(name).suffix.lower() in READERS
        ]
    if not found:
        raise SourceError(f"{path}: no texts in this folder", hint=f"kg looks for {', '.join(READERS)}")
    yield from sorted(one.as_posix() for one in found)


def _glob(pattern: str) -> Iterator[str]:
    found = sorted(one for one in glob.glob(pattern, recursive=True) if Path(one).is_file())  # noqa: PTH207 (absolute patterns)
    if not found:
        raise SourceError(f"{pattern}: no file matches", hint="quote the pattern if the shell shall not expand it")
    yield from found


def _near(path: Path) -> str:
    import difflib

    try:
        names = sorted(one.name for one in path.parent.iterdir())
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, 1)
    return (path.parent / near[0]).as_posix() if near else ""


def _read(name: str) -> Iterator[Document]:
    path = Path(name)
    reader = READERS.get(path.suffix.lower(), text_documents)
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if name == STDIN else _bytes(path, reader)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror}") from error
    yield from reader(data, "stdin" if name == STDIN else PurePosixPath(path.as_posix()).as_posix())


def _bytes(path: Path, reader: Reader) -> bytes:
    """A file's bytes; of a text that is too large anyway no more than shows it."""
    if reader is text_documents and path.stat().st_size > LARGEST:
        raise too_large(str(path))
    return path.read_bytes()
