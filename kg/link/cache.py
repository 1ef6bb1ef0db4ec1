"""Answers of services on disk, by what was asked, with their date. SQLite, so that processes may share it."""

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import KgError, ServiceError

FILE = "answers.sqlite"
MOST = 512 << 20
"""Bytes of packed answers that are kept; the oldest go first."""
PATIENCE = 30.0
"""Seconds to wait for another process that writes."""

Use = Literal["normal", "offline", "refresh"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
  key TEXT PRIMARY KEY, service TEXT NOT NULL, question TEXT NOT NULL, asked REAL NOT NULL, size INTEGER NOT NULL,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_age ON answer (asked);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a cache holds. size: bytes on disk, with indexes of slices. oldest, newest: s since 1970, or None."""

    folder: Path
    answers: int
    slices: int
    size: int
    oldest: float | None
    newest: float | None


class Cache:
    """The answers in one folder.

    use: "offline" asks no service and raises where nothing is kept; "refresh" asks again and keeps the new answer.
    """

    def __init__(self, folder: Path, use: Use = "normal", most: int = MOST) -> None:
        self.folder = folder
        self.use = use
        self.most = most

    def answer(self, service: str, question: str, ask: Callable[[], bytes]) -> bytes:
        """The kept answer, else the service's own, which is then kept.

        Raises:
            ServiceError: the service failed, or nothing is kept and we are offline. Nothing bad is ever kept.
        """
        key = hashlib.sha256(f"{service}\n{question}".encode()).hexdigest()
        if self.use != "refresh" and (kept := self._kept(key)) is not None:
            return kept
        if self.use == "offline":
            hint = "leave --offline out, or use a slice: --wikidata slice.ttl"
            raise ServiceError(f"{service}: no answer to this question is kept", hint=hint, kind="offline")
        body = ask()
        self._keep(key, service, question, body)
        return body

    def _kept(self, key: str) -> bytes | None:
        if not (self.folder / FILE).exists():
            return None
        with self._open() as database:
            found = database.execute("SELECT body FROM answer WHERE key = ?", (key,)).fetchone()
        return zlib.decompress(found[0]) if found else None

    def _keep(self, key: str, service: str, question: str, body: bytes) -> None:
        packed = zlib.compress(body)
        with self._open() as database:
            row = (key, service, question, time.time(), len(packed), packed)
            database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)", row)
            (size,) = database.execute("SELECT SUM(size) FROM answer").fetchone()
            for old, freed in database.execute("SELECT key, size FROM answer ORDER BY asked").fetchall():
                if size <= self.most:
                    break
                database.execute("DELETE FROM answer WHERE key = ?", (old,))
                size -= freed

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.folder / FILE, timeout=PATIENCE)) as database:
                database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + SCHEMA)
                with database:
                    yield database
        except (OSError, sqlite3.Error) as error:
            hint = "choose another with KG_CACHE, or empty it: kg cache clear"
            raise KgError(f"{self.folder}: the cache cannot be used: {error}", hint=hint) from error

    # -------------------------------------------------------------- to look at it
    def contents(self) -> Contents:
        count, oldest, newest = 0, None, None
        if (self.folder / FILE).exists():
            with self._open() as database:
                row = database.execute("SELECT COUNT(*), MIN(asked), MAX(asked) FROM answer").fetchone()
                count, oldest, newest = row
        files = [file for file in self.folder.rglob("*") if file.is_file()] if self.folder.is_dir() else []
        slices = sum(file.parent.name == "slices" and not file.name.startswith(".") for file in files)
        size = sum(file.stat().st_size for file in files)
        return Contents(folder=self.folder, answers=count, slices=slices, size=size, oldest=oldest, newest=newest)

    def clear(self) -> None:
        """Forgets all answers and indexes; other files of the folder stay."""
        for pattern in (f"{FILE}*", "slices/*.sqlite"):
            for file in self.folder.glob(pattern):
                file.unlink(missing_ok=True)
