"""What a server is told at its start."""

import os
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """store, base: the graph and its namespace. ontology: folders that add to the shipped one.

    host, port: where to listen; names: further Host names that requests may call us by. origins: web pages of others
    that may ask (CORS). writable, token: whether and by whom the graph may be changed. union: whether a pattern without
    GRAPH sees all graphs. time_out: seconds for one request, to its last byte. workers: queries at once. waiting:
    further requests that may wait for one. request, answer, memory: bytes of a body, an answer, a worker's heap.
    """

    store: Path
    base: str
    ontology: tuple[Path, ...] = ()
    host: str = LOOPBACK[0]
    port: int = 8421
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    writable: bool = False
    token: str = ""
    union: bool = True
    time_out: float = 30.0
    workers: int = 4
    waiting: int = 1000
    request: int = 64 * MIB
    answer: int = 1024 * MIB
    memory: int = 2048 * MIB

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOOPBACK

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        host = self.host if self.host not in ("0.0.0.0", "::") else LOOPBACK[0]
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"


def usual_workers() -> int:
    """Two a core: a slow query then leaves room for others."""
    return max(4, 2 * (os.cpu_count() or 1))
