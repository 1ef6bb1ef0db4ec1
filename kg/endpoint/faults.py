"""How services fail: one row a kind, and the exceptions of the HTTP libraries sorted into them."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import requests
import urllib3

from kg.errors import KgError, QueryError, ServiceError


@dataclass(frozen=True, slots=True)
class Kind:
    """says: what the user reads behind the service's name. hint: what to do. again: whether another try may help.

    unsent: whether the service has surely not acted on the request, so that even an update may be sent again.
    """

    says: str
    hint: str
    again: bool = False
    unsent: bool = False


LATER = "run the same again later; what was answered until now is kept"
ADDRESS = "check the address of the service"

KINDS: dict[str, Kind] = {
    "dns": Kind("its name cannot be resolved", "check the address and the network", again=True, unsent=True),
    "connect": Kind("no connection", "check that it runs and the network is there", again=True, unsent=True),
    "tls": Kind("no trusted TLS connection", "its certificate is not valid for this name, or TLS is broken on the way"),
    "reset": Kind("the connection broke off in mid-answer", LATER, again=True),
    "deadline": Kind("no complete answer in time", "allow more time, or ask for less at once"),
    "silent": Kind("it stopped sending in mid-answer", LATER, again=True),
    "unauthorised": Kind("it wants a valid login (HTTP 401)", "set KG_USER and KG_PASSWORD, or KG_TOKEN"),
    "forbidden": Kind("it refuses us (HTTP 403)", "it may want a User-Agent with a contact (user_agent), or a login"),
    "missing": Kind("there is no such service at this address (HTTP 404)", ADDRESS),
    "too-long": Kind("the request is too long for it", "ask for less at once"),
    "rejected": Kind("it does not accept the request", "see what it says"),
    "throttled": Kind("it asks us to slow down (HTTP 429)", LATER, again=True, unsent=True),
    "too-hard": Kind("the query took it too long", "ask for less at once"),
    "broken": Kind("it failed inside", LATER, again=True),
    "unavailable": Kind("it is not available now", LATER, again=True, unsent=True),
    "redirect": Kind("it sends us elsewhere", "if that is right, give the new address as the service's"),
    "html": Kind("it answered with a web page instead of data", ADDRESS + "; it may be under maintenance", again=True),
    "type": Kind("it answered in another format than asked for", ADDRESS, again=True),
    "empty": Kind("its answer is empty", LATER, again=True),
    "truncated": Kind("its answer is cut off", LATER, again=True),
    "partial": Kind("it gave only a part of the answer", "ask for less at once"),
    "too-big": Kind("its answer is larger than allowed", "ask for less at once"),
    "stopped": Kind("it failed too often in a row and is not asked again", LATER),
    "offline": Kind("not asked: offline", "leave --offline out"),
}

STATUSES = {
    400: "rejected",
    401: "unauthorised",
    403: "forbidden",
    404: "missing",
    408: "unavailable",
    410: "missing",
    413: "too-long",
    414: "too-long",
    429: "throttled",
    431: "too-long",
    502: "unavailable",
    503: "unavailable",
    504: "too-hard",
}
"""HTTP status -> kind; other 3xx are "redirect", 4xx "rejected" and 5xx "broken"."""

TOO_HARD = ("TimeoutException", "QueryTimeoutException", "exceeds the limit of", "query timeout")
"""What servers write into the page of an HTTP 500 when a query ran out of time."""

FOREIGN = (OSError, http.client.HTTPException, requests.RequestException, urllib3.exceptions.HTTPError)
"""All that the HTTP libraries raise when a service does not answer as it must."""


class Fault(Exception):
    """One failed try. wait: seconds that the service asked us to wait, or None. rows: how many it gives at most."""

    def __init__(self, kind: str, detail: str = "", wait: float | None = None, rows: int | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.wait = wait
        self.rows = rows


def fault_of(error: Exception) -> Fault:
    """Sorts an exception of FOREIGN; the deepest cause decides."""
    chain = list(_chain(error))
    detail = str(chain[-1]).strip() or type(error).__name__
    for wanted, kind in _EXCEPTIONS:
        if any(isinstance(one, wanted) for one in chain):
            return Fault(kind, detail)
    return Fault("connect", detail)


_EXCEPTIONS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (socket.gaierror, "dns"),
    ((ssl.SSLError, ssl.CertificateError), "tls"),
    (http.client.IncompleteRead, "truncated"),
    (urllib3.exceptions.IncompleteRead, "truncated"),
    ((ConnectionRefusedError, urllib3.exceptions.NewConnectionError), "connect"),
    (urllib3.exceptions.ConnectTimeoutError, "connect"),
    ((TimeoutError, urllib3.exceptions.TimeoutError, requests.Timeout), "silent"),
    ((ConnectionError, http.client.HTTPException, urllib3.exceptions.ProtocolError), "reset"),
)
"""In this order: a reset that was really a broken TLS is told as the latter."""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and what caused it, outermost first. urllib keeps the cause in `reason`, urllib3 in `args`."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def error_of(fault: Fault, service: str) -> KgError:
    """What the user is told. A request that was at fault itself is a QueryError, all else a ServiceError."""
    kind = KINDS[fault.kind]
    wait = f"; it wants {fault.wait:.0f} s without requests" if fault.wait else ""
    detail = f": {' '.join(fault.detail.split())[:300]}" if fault.detail else ""
    message = f"{service}: {kind.says}{wait}{detail}"
    if fault.kind == "rejected":
        return QueryError(message, hint=kind.hint)
    return ServiceError(message, hint=kind.hint, kind=fault.kind)
