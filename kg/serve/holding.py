"""A worker's hold on the store: what it reads is as new as the store, and it writes no longer than it must."""

import os
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

from kg.store.embedded import Opened, open_read_only, open_to_write

CHANGING = (".log", ".sst")
"""Files that grow or come when somebody writes; MANIFEST and CURRENT change with them."""

Fingerprint = frozenset[tuple[str, int, int]]


class Reader:
    """An opened store, opened again when it has changed: a read-only opening shows the moment it was made."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder, self._base = folder, base
        self._opened: Opened | None = None
        self._seen: Fingerprint = frozenset()

    def opened(self) -> Opened:
        """The store as it is now.

        Raises:
            StoreMissing, StoreError: it cannot be opened.
        """
        now = fingerprint(self._folder)
        if self._opened is None or now != self._seen:
            self._opened = None
            self._opened = open_read_only(self._folder, self._base)
            self._seen = now
        return self._opened

    def forget(self) -> None:
        """Opens anew next time: a writer may have removed a file that this opening had still to read."""
        self._opened = None


class Writer:
    """The store opened to change it, and closed when it has been idle, so that `kg add` gets its turn."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder, self._base = folder, base
        self._stack = ExitStack()
        self._opened: Opened | None = None
        self._used = 0.0

    def opened(self) -> Opened:
        """The store.

        Raises:
            StoreLocked: another process writes to it. StoreError.
        """
        if self._opened is None:
            self._opened = self._stack.enter_context(open_to_write(self._folder, self._base))
        self._used = monotonic()
        return self._opened

    def close_when_idle(self, seconds: float) -> None:
        """Closes the store if it has not been used for so long."""
        if self._opened is not None and monotonic() - self._used >= seconds:
            self.close()

    def close(self) -> None:
        """Closes the store, cleanly."""
        self._opened = None
        self._stack.close()


def fingerprint(folder: Path) -> Fingerprint:
    """Names, sizes and times of the files that change with every write."""
    found = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(CHANGING):
                try:
                    stat = entry.stat()
                except FileNotFoundError:
                    continue  # just now
                found.add((entry.name, stat.st_size, stat.st_mtime_ns))
    return frozenset(found)
