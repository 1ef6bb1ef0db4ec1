"""A proxy that fails: the first requests meet a fault, those after them reach the service behind it."""

import socket
import struct
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.services.server import Handler, serving

RESULTS = "application/sparql-results+json"
ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'
PAGE = b"<!DOCTYPE html><html><body><h1>Wikimedia Error</h1></body></html>"


@dataclass
class Proxy:
    """fault: what happens, a key of FAULTS. times: how often, before requests pass. seen: how many came."""

    upstream: str
    fault: str = ""
    times: int = 1_000_000
    url: str = ""
    seen: int = 0
    kinds: dict[str, str] = field(default_factory=dict)
    """Media type to answer with, by the kind of service; "" is RESULTS."""


Fail = Callable[["_Faulty"], None]


def _status(status: int, data: bytes = b"no", kind: str = "text/plain", **headers: str) -> Fail:
    def fail(handler: "_Faulty") -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return fail


def _with_good_type(data: bytes, length: int | None = None, then: Fail | None = None) -> Fail:
    def fail(handler: "_Faulty") -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", handler.proxy.kinds.get("", RESULTS))
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        handler.end_headers()
        handler.wfile.write(data)
        handler.close_connection = True
        if then:
            then(handler)

    return fail


def _drip(handler: "_Faulty") -> None:
    for byte in ROW * 20:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def _drip_headers(handler: "_Faulty") -> None:
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 50:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)
    handler.close_connection = True


def _reset(handler: "_Faulty") -> None:
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _flood(handler: "_Faulty") -> None:
    for _ in range(100_000):
        handler.wfile.write(b" " * (1 << 16))


def _hang(handler: "_Faulty") -> None:
    time.sleep(5)


FAULTS: dict[str, Fail] = {
    "400": _status(400, b"Parse error: line 1"),
    "401": _status(401),
    "403": _status(403),
    "404": _status(404),
    "429": _status(429),
    "429 retry-after": _status(429, Retry_After="1"),
    "429 retry-after long": _status(429, Retry_After="3600"),
    "500": _status(500),
    "500 time-out": _status(500, b"java.util.concurrent.TimeoutException at com.bigdata"),
    "503": _status(503),
    "html": _status(200, PAGE, "text/html"),
    "html as json": _with_good_type(PAGE),
    "empty": _with_good_type(b""),
    "truncated": _with_good_type(ROW[:40]),
    "cut off": _with_good_type(ROW[:40], len(ROW)),
    "wrong type": _status(200, b"<sparql/>", "application/sparql-results+xml"),
    "slow drip": _with_good_type(b"", len(ROW) * 20, _drip),
    "slow headers": _drip_headers,
    "no answer": _hang,
    "reset": _with_good_type(ROW[:40], len(ROW), _reset),
    "10 GB": _with_good_type(b"", 10_000_000_000, _flood),
    "redirect": _status(302, b"", Location="http://10.0.0.1/admin"),
    "rows": _status(200, ROW, RESULTS, X_SPARQL_MaxRows="10000"),
    "partial": _status(200, ROW, RESULTS, X_SQL_State="S1TAT", X_SQL_Message="RC...: Returning incomplete results"),
}


@contextmanager
def faulty(upstream: str) -> Iterator[Proxy]:
    proxy = Proxy(upstream)
    with serving(type("Faulty", (_Faulty,), {"proxy": proxy})) as url:
        proxy.url = url
        yield proxy


class _Faulty(Handler):
    proxy: Proxy

    def _handle(self) -> None:
        data = self.body() or None
        self.proxy.seen += 1
        if self.proxy.fault and self.proxy.seen <= self.proxy.times:
            FAULTS[self.proxy.fault](self)
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        request = urllib.request.Request(self.proxy.upstream + self.path, data, headers, method=self.command)
        try:
            response = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            self.send_response(response.status)
            answer = response.read()
            for name in ("Content-Type", "Content-Encoding"):
                if response.headers.get(name):
                    self.send_header(name, response.headers[name])
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = _handle
