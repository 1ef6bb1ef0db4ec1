"""A copy of a store on disk for the time being, to try changes on: links to its files, in the same file system."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from pyoxigraph import Store

from kg.store.embedded import translated

PREFIX = "copy-"

Result = TypeVar("Result")


def on_copy(graph: Store, folder: Path, act: Callable[[Store], Result]) -> Result:
    """What act says of a copy of a store. The copy goes in the end; if its process is killed it stays, until the next
    one is made here. Called back, so that nobody has it open when it goes: Oxigraph would still write to it.

    Raises:
        StoreError: it cannot be made. Whatever act raises.
    """
    _tidy(folder)
    with translated(folder):
        place, lock = _place(folder)
    try:
        with translated(folder):
            graph.backup(str(place / "store"))
            copy = Store(str(place / "store"))
        try:
            return act(copy)
        finally:
            del copy
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _place(folder: Path) -> tuple[Path, int | None]:
    """A new folder, locked for as long as we live."""
    while True:
        place = Path(mkdtemp(prefix=PREFIX, dir=folder))
        lock = _locked(place)
        if place.exists():  # nobody has tidied it away before it was locked
            return place, lock
        if lock is not None:
            os.close(lock)


def _locked(place: Path) -> int | None:
    """Locks a folder; None if somebody else has, or on Windows, where what a killed process leaves stays."""
    with suppress(ImportError, OSError):
        import fcntl

        opened = os.open(place, os.O_RDONLY)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(opened)
        else:
            return opened
    return None


def _tidy(folder: Path) -> None:
    """Removes the copies of those who were killed: nobody holds their locks any more."""
    for place in folder.glob(f"{PREFIX}*"):
        lock = _locked(place)
        if lock is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)
