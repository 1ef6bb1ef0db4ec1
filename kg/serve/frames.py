"""What goes through the pipes between the server and a worker: frames of a kind, a dictionary and bytes."""

import json
import struct
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import StreamReader  # a worker starts in half the time without it

HEAD = struct.Struct("!cII")

JOB = b"J"
READY = b"R"  # a worker can begin
WHOLE = b"W"  # an answer in one piece
START = b"S"  # the first piece of one
MORE = b"M"
END = b"E"
FAILED = b"F"


@dataclass(frozen=True, slots=True)
class Frame:
    """kind: one of the above. fields: JSON values. body: bytes."""

    kind: bytes
    fields: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""

    def pack(self) -> bytes:
        """The bytes of it."""
        fields = json.dumps(self.fields).encode() if self.fields else b""
        return HEAD.pack(self.kind, len(fields), len(self.body)) + fields + self.body


def read(pipe: IO[bytes]) -> Frame | None:
    """The next frame, or None at the end of the pipe."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, fields, body = HEAD.unpack(head)
    return Frame(kind, json.loads(pipe.read(fields)) if fields else {}, pipe.read(body) if body else b"")


async def receive(pipe: "StreamReader") -> Frame:
    """The next frame.

    Raises:
        asyncio.IncompleteReadError: the other end is gone.
    """
    kind, fields, body = HEAD.unpack(await pipe.readexactly(HEAD.size))
    known = json.loads(await pipe.readexactly(fields)) if fields else {}
    return Frame(kind, known, await pipe.readexactly(body) if body else b"")
