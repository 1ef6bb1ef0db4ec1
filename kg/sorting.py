"""Lines in order, more of them than memory should hold."""

import heapq
from collections.abc import Iterator
from itertools import groupby
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self, cast

MOST = 8 << 20
"""Bytes of text that are kept in memory, and sorted at once."""


class Sorter:
    """A file to write lines to, in pieces of any size, that gives them back in order, each once: sorted runs on disk,
    merged as they are read. What fits in memory stays there.

    Args:
        most: bytes that do.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._pieces: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for run in self._runs:
            run.close()

    def write(self, data: bytes) -> int:
        """Takes the next piece; lines end with \\n."""
        self._pieces.append(bytes(data))
        self._size += len(data)
        if self._size > self._most:
            self._spill()
        return len(data)

    @property
    def file(self) -> IO[bytes]:
        """Itself, for those who write to files and ask for no more than `write` and `flush`."""
        return cast(IO[bytes], self)

    def flush(self) -> None:
        """Nothing to do: there is nobody to see it yet."""

    def __iter__(self) -> Iterator[bytes]:
        """The lines, without their ends."""
        left = sorted({line for line in b"".join(self._pieces).split(b"\n") if line})
        if not self._runs:
            yield from left
            return
        for run in self._runs:
            run.seek(0)
        merged = heapq.merge(left, *((line[:-1] for line in run) for run in self._runs))
        yield from (line for line, _ in groupby(merged))

    def _spill(self) -> None:
        *whole, begun = b"".join(self._pieces).split(b"\n")
        self._pieces, self._size = [begun], len(begun)
        run = TemporaryFile()  # noqa: SIM115 (closed with all others)
        self._runs.append(run)
        run.writelines(line + b"\n" for line in sorted(set(whole)))
