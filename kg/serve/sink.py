"""Where a worker writes an answer: a file that sends what it gets in pieces, the first of them with the head."""

from collections.abc import Callable
from typing import Any

from kg.errors import KgError
from kg.serve import frames
from kg.serve.frames import Frame

PIECE = 1 << 16
"""Bytes that are sent at a time. Until the first are together, an error can still have a status of its own."""

Send = Callable[[Frame], None]


class AnswerTooLarge(KgError):
    """An answer above the limit."""


class Sink:
    """A binary file to write to, as Oxigraph's serialisers want it.

    Args:
        send: takes each frame. limit: bytes of the whole answer.
    """

    def __init__(self, send: Send, limit: int) -> None:
        self._send, self._limit = send, limit
        self._waiting = bytearray()
        self._total = 0
        self.started = False
        self.head: dict[str, Any] = {}

    def write(self, data: bytes) -> int:
        """Takes some bytes.

        Raises:
            AnswerTooLarge: it is more than the limit.
        """
        self._waiting += data
        self._total += len(data)
        if self._total > self._limit:
            raise AnswerTooLarge(f"the answer is larger than {self._limit} bytes", hint="ask for less, with LIMIT")
        if len(self._waiting) >= PIECE:
            self._send(Frame(frames.MORE if self.started else frames.START, self._fields(), bytes(self._waiting)))
            self.started = True
            self._waiting.clear()
        return len(data)

    def flush(self) -> None:
        """Nothing: pieces are sent when they are full."""

    def close(self) -> None:
        """Sends the rest."""
        kind = frames.END if self.started else frames.WHOLE
        self._send(Frame(kind, self._fields(), bytes(self._waiting)))

    def _fields(self) -> dict[str, Any]:
        return {} if self.started else self.head
