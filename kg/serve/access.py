"""Who may ask, and who may change the graph."""

import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from time import monotonic

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.log import Say, shown
from kg.serve.options import LOOPBACK, Options

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
"""Of every answer. What others may embed or read is told by CORS alone."""


def may_write(authorization: str, token: str) -> bool:
    """Whether a request bears the token: as Bearer, or as the password of Basic, for clients that know only that."""
    scheme, _, value = authorization.partition(" ")
    read = SCHEMES.get(scheme.lower())
    given = read(value.strip()) if read else ""
    # Compared in constant time, so that nobody can guess it letter by letter.
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _password(value: str) -> str:
    try:
        return b64decode(value, validate=True).decode().partition(":")[2]
    except (NotBase64, UnicodeDecodeError):
        return ""


SCHEMES: dict[str, Callable[[str], str]] = {"bearer": str, "basic": _password}
"""Way of authorization -> what gives the token in it."""


class Gate:
    """Middleware: refuses foreign Host names, adds the headers of every answer, and logs the request.

    A page of somebody else can make its own name point at this machine (DNS rebinding) and then read what a loopback
    server holds; the Host header gives it away.
    """

    def __init__(self, app: ASGIApp, options: Options, say: Say) -> None:
        self._app, self._say = app, say
        self._names = frozenset({*LOOPBACK, *options.names, options.host}) if options.local or options.names else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size = monotonic(), 0, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                there = {name for name, _ in message["headers"]}
                more = [(name, value) for name, value in HEADERS.items() if name not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            else:
                size += len(message.get("body", b""))
            await send(message)

        app = self._app if self._known(scope) else PlainTextResponse("unknown Host name\n", status_code=421)
        try:
            await app(scope, receive, sending)
        finally:
            milliseconds = (monotonic() - begun) * 1000
            path = shown(scope["path"])
            self._say(f"{scope['method']} {path} {status or '-'} {size} bytes {milliseconds:.0f} ms")

    def _known(self, scope: Scope) -> bool:
        if self._names is None:
            return True
        host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
        return _without_port(host).lower() in self._names


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
