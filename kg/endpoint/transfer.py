"""One answer off the wire: unpacked, counted, complete, and of the kind that was asked for; else a Fault."""

import json
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import IO

from kg.endpoint.faults import FOREIGN, STATUSES, TOO_HARD, Fault, fault_of

CHUNK = 1 << 16
IN_MEMORY = 1 << 23
"""Bytes of an answer that are kept in memory; the rest goes to a temporary file."""
PAGE = 4096
"""Bytes of an error page that are read."""
GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an HTTP library gives. headers: names in lower case. left: bytes still to come, or None if not known."""

    status: int
    headers: Mapping[str, str]
    read: Callable[[int], bytes]
    left: Callable[[], int | None]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """accept: media types, the first is the best; () takes anything. most: bytes. until: time.monotonic() of the end.

    empty: whether an empty answer is one.
    """

    accept: tuple[str, ...]
    most: int
    until: float
    empty: bool = False


def receive(reply: Reply, wanted: Wanted) -> IO[bytes]:
    """The whole answer as a file at its beginning; the caller closes it.

    Raises:
        Fault: whatever is wrong with it.
    """
    try:
        if not 200 <= reply.status < 300:
            raise _refusal(reply)
        _check_headers(reply, wanted)
        body = _body(reply, wanted)
    except FOREIGN as error:
        raise fault_of(error) from error
    finally:
        reply.close()
    if _size(body) == 0 and not wanted.empty:
        body.close()
        raise Fault("empty")
    if any(accept.endswith("json") for accept in wanted.accept):
        _check_json(body)
    return body


def media_type(reply: Reply) -> str:
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower()


def _refusal(reply: Reply) -> Fault:
    page = b""
    while len(page) < PAGE and (chunk := reply.read(PAGE)):
        page += chunk
    if reply.headers.get("content-encoding", "") == "gzip":
        page = zlib.decompressobj(GZIP).decompress(page, PAGE)
    text = page.decode("utf-8", "replace")
    status = reply.status
    kind = STATUSES.get(status) or ("redirect" if status < 400 else "rejected" if status < 500 else "broken")
    if kind == "broken" and any(mark in text for mark in TOO_HARD):
        kind = "too-hard"
    if kind == "redirect":
        return Fault(kind, f"to {reply.headers.get('location', 'nowhere')}")
    plain = text if not text.lstrip().startswith("<") else ""
    told = plain.strip() if kind in ("rejected", "broken", "too-hard") else ""
    return Fault(kind, told or (f"HTTP {status}" if status not in (401, 403, 404, 429) else ""), _wait(reply))


def _wait(reply: Reply) -> float | None:
    """Retry-After in seconds: a number or a date (RFC 9110, 10.2.3)."""
    told = reply.headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time()) if told else None
    except ValueError:
        return None


def _check_headers(reply: Reply, wanted: Wanted) -> None:
    found = media_type(reply)
    if wanted.accept and found not in wanted.accept:
        if found in ("text/html", "application/xhtml+xml"):
            raise Fault("html")
        if reply.left() != 0:  # an empty answer is told as such
            raise Fault("type", f"{found or 'none named'}, not {wanted.accept[0]}")
    if reply.headers.get("x-sql-state"):  # Virtuoso's way to say that time ran out
        raise Fault("partial", reply.headers.get("x-sql-message", ""))
    rows = reply.headers.get("x-sparql-maxrows", "")
    if rows.isdigit():  # … and that there may be more rows than it gives
        raise Fault("partial", f"it gives no more than {rows} rows", rows=int(rows))
    left = reply.left()
    if left is not None and left > wanted.most:
        raise Fault("too-big", f"{left} bytes")


def _body(reply: Reply, wanted: Wanted) -> IO[bytes]:
    packed = reply.headers.get("content-encoding", "identity").lower()
    if packed not in ("gzip", "identity"):
        raise Fault("type", f"packed as {packed}")
    body: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (handed on open)
    try:
        unpacker = zlib.decompressobj(GZIP) if packed == "gzip" else None
        size = 0
        while chunk := reply.read(CHUNK):
            while True:
                data = unpacker.decompress(chunk, CHUNK * 16) if unpacker else chunk
                size += len(data)
                if size > wanted.most:
                    raise Fault("too-big", f"more than {wanted.most} bytes")
                if time.monotonic() > wanted.until:
                    raise Fault("deadline")
                body.write(data)
                chunk = unpacker.unconsumed_tail if unpacker else b""
                if not chunk:
                    break
        if reply.left() or (unpacker and size and not unpacker.eof):
            raise Fault("truncated", f"after {size} bytes")
    except zlib.error as error:
        body.close()
        raise Fault("truncated", "it does not unpack") from error
    except (Fault, *FOREIGN):
        body.close()
        raise
    body.seek(0)
    return body


def _size(body: IO[bytes]) -> int:
    size = body.seek(0, 2)
    body.seek(0)
    return size


def _check_json(body: IO[bytes]) -> None:
    try:
        json.load(body)
    except ValueError as error:
        body.seek(0)
        page = body.read(1000).lstrip().lower()
        body.close()
        raise Fault("html" if page.startswith((b"<!doctype html", b"<html")) else "truncated") from error
    body.seek(0)
