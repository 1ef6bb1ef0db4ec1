"""The store on disk: a folder with an Oxigraph database and a marker that says that it is ours.

One process writes; any number read beside it. A document is one transaction: a crash leaves all of it or nothing.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from pyoxigraph import NamedNode, Store

from kg.errors import StoreError, StoreFull, StoreLocked, StoreMissing
from kg.store import marker
from kg.store.interface import Triples, replacing
from kg.store.marker import DATABASE, VERSION
from kg.vocabulary.names import DEFAULT_BASE

OPENINGS = 20
"""How often opening to read is tried beside a writer that tidies up."""

# Oxigraph hands on RocksDB's text only; errno is not kept. EFBIG ("File too large") is a quota's way to say full.
FULL = ("No space left on device", "Disk quota exceeded", "File too large")
LOCKED = ("LOCK: Resource temporarily unavailable", "lock hold by current process")


@dataclass(slots=True)
class Opened:
    """An open store on disk. graph: the database. base: what its IRIs begin with. folder: where it lies."""

    graph: Store
    base: str
    folder: Path

    @property
    def place(self) -> Path:
        return self.folder

    def replace(self, graphs: Mapping[NamedNode, Triples]) -> None:
        """One update is one transaction (pyoxigraph has no begin and commit)."""
        if graphs:
            self.update(replacing(graphs))

    def update(self, sparql: str) -> None:
        """Changes the store, in one transaction."""
        with translated(self.folder):
            self.graph.update(sparql)


# ------------------------------------------------------------------ opening
def open_read_only(folder: Path, base: str = "") -> Opened:
    """Opens a store to ask it; works beside a writer and sees what was committed until now.

    Args:
        base: the namespace that was asked for, or "" for the store's own.

    Raises:
        StoreMissing, StoreError: there is no store, or the folder is none.
    """
    own = _check_marker(folder, base)
    if not (folder / DATABASE).exists():
        raise StoreMissing(f"{folder}: this store is still empty", hint="fill it with: kg add SOURCE…")
    with translated(folder):
        return Opened(_read_only(folder), own, folder)


def _read_only(folder: Path) -> Store:
    """Opens the database; again when a writer has just removed a file that the opening had still to read."""
    for _ in range(OPENINGS):
        try:
            return Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error):
                raise
        sleep(0.01)
    return Store.read_only(str(folder))


@contextmanager
def open_to_write(folder: Path, base: str = "") -> Iterator[Opened]:
    """Opens a store to change it, makes it if there is none, and closes it cleanly.

    Raises:
        StoreLocked: another process writes to it. StoreFull. StoreError: the folder is no store.
    """
    if not (folder / marker.NAME).exists():
        _make(folder, base or DEFAULT_BASE)
    own = _check_marker(folder, base)
    with translated(folder):
        opened = Opened(Store(str(folder)), own, folder)
    _tidy(folder)
    try:
        yield opened
        with translated(folder):
            opened.graph.flush()
    finally:
        del opened.graph  # the last reference: Oxigraph closes the database now


@contextmanager
def translated(folder: object) -> Iterator[None]:
    """Oxigraph's and the system's errors as ours.

    Args:
        folder: what messages call the store.
    """
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        text = str(error)
        if any(mark in text for mark in FULL):
            hint = "free some space; what was complete before is kept"
            raise StoreFull(f"{folder}: the disk is full", hint=hint) from error
        if any(mark in text for mark in LOCKED):
            hint = "wait until it ends; queries work meanwhile"
            raise StoreLocked(f"{folder}: another process is writing to this store", hint=hint) from error
        if isinstance(error, PermissionError) or "Permission denied" in text:
            raise StoreError(f"{folder}: permission denied", hint="choose another --store") from error
        raise StoreError(f"{folder}: the store cannot be used: {text}", hint="restore it from a copy") from error


def _make(folder: Path, base: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: this is a file, not a store", hint="a store is a folder; choose another --store")
    with translated(folder):
        if folder.is_dir() and any(folder.iterdir()):
            hint = f"kg writes only into a new or empty folder, or one with its {marker.NAME}"
            raise StoreError(f"{folder}: this folder is not a kg store and not empty", hint=hint)
        folder.mkdir(parents=True, exist_ok=True)
        # The marker first: a crash right after it leaves a store that is still to be filled, and no foreign folder.
        waiting = folder / (marker.NAME + ".new")
        waiting.write_text(marker.text(base), encoding="utf-8")
        waiting.replace(folder / marker.NAME)


def _check_marker(folder: Path, base: str) -> str:
    """The namespace of the store in this folder."""
    file = folder / marker.NAME
    if not file.exists():
        if not folder.exists():
            raise StoreMissing(f"{folder}: there is no store", hint="make one with: kg add SOURCE…")
        hint = "name the store with --store, or make one with: kg add SOURCE…"
        raise StoreMissing(f"{folder}: this is not a kg store (it holds no {marker.NAME})", hint=hint)
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
        version, own = int(fields["version"]), str(fields["namespace"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{file}: damaged", hint="restore the store from a copy") from error
    if version > VERSION:
        raise StoreError(f"{folder}: made by a newer kg (store version {version})", hint="update kg")
    if base and base != own:
        hint = "leave --namespace out, or use another --store"
        raise StoreError(f"{folder}: this store's namespace is {own}, not {base}", hint=hint)
    return own


def _tidy(folder: Path) -> None:
    """RocksDB leaves a log of every opening; nobody reads the old ones."""
    for old in folder.glob("LOG.old.*"):
        with suppress(OSError):
            old.unlink()
