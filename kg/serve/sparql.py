"""HTTP requests of the SPARQL 1.1 Protocol and the Graph Store Protocol -> jobs for the workers."""

from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.errors import KgError
from kg.minting import digest
from kg.serve.frames import Frame
from kg.serve.negotiation import DATASETS
from kg.serve.pool import job

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MULTIPART = "multipart/form-data"

Pairs = list[tuple[str, str]]


class BadRequest(KgError):
    """A request that the protocol does not know. status: of HTTP."""

    def __init__(self, message: str, *, hint: str = "", status: int = 400) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class Wanted(NamedTuple):
    """What a request wants. writes: whether it changes the graph. what: for the log. headers: of the answer."""

    job: Frame
    writes: bool
    what: str
    headers: dict[str, str] = {}  # noqa: RUF012 (never changed)


# ------------------------------------------------------------------ SPARQL 1.1 Protocol
def asks(request: Request) -> bool:
    """Whether a GET asks something; without a query it wants the service's description."""
    return any(name in ("query", "update") for name in request.query_params)


async def protocol(request: Request, limit: int) -> Wanted:
    """SPARQL 1.1 Protocol, 2.1 and 2.2.

    Args:
        limit: bytes of a body.

    Raises:
        BadRequest: names the rule that it breaks.
    """
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        body = _text(await body_of(request, limit))
        media = media_of(request)
        if media == FORM:
            pairs += _pairs(body)
        elif media in (QUERY, UPDATE):
            pairs.append(("query" if media == QUERY else "update", body))
        else:
            hint = f"send {FORM}, {QUERY} or {UPDATE}"
            raise BadRequest(f"{media or 'no media type'}: not one of this protocol", hint=hint, status=415)
    queries, updates = _values(pairs, "query"), _values(pairs, "update")
    if len(queries) + len(updates) != 1:
        raise BadRequest("give one query or one update", hint="as parameter query= or update=")
    base = _own(request)
    if queries:
        default, named = _values(pairs, "default-graph-uri"), _values(pairs, "named-graph-uri")
        accept = ",".join(request.headers.getlist("accept"))
        wanted = job("query", query=queries[0], default=default, named=named, accept=accept, base_iri=base)
        return Wanted(wanted, writes=False, what=queries[0])
    if request.method != "POST":
        raise BadRequest("an update must be sent by POST", status=405)
    default, named = _values(pairs, "using-graph-uri"), _values(pairs, "using-named-graph-uri")
    wanted = job("update", update=updates[0], default=default, named=named, base_iri=base)
    return Wanted(wanted, writes=True, what=updates[0])


# ------------------------------------------------------------------ Graph Store HTTP Protocol
METHODS = {
    "GET": "read_graph",
    "HEAD": "read_graph",
    "PUT": "replace_graph",
    "POST": "add_to_graph",
    "DELETE": "delete_graph",
}


async def graph_store(request: Request, limit: int) -> Wanted:
    """SPARQL 1.1 Graph Store HTTP Protocol: a graph by parameter, or by its own address below the store's; without
    either, all graphs at once, or a new graph for posted triples.

    Raises:
        BadRequest.
    """
    writes = request.method not in ("GET", "HEAD")
    body, media = await _upload(request, limit) if request.method in ("PUT", "POST") else (b"", "")
    graph = _graph(request)
    headers = {}
    if graph is None and request.method == "POST" and media not in DATASETS:
        graph = f"{_own(request).rstrip('/')}/{digest(body.decode('utf-8', 'replace'))}"
        headers = {"location": graph}
    accept = ",".join(request.headers.getlist("accept"))
    # A graph's own name is what its relative IRIs build on (section 4.1 of the protocol).
    base = graph or _own(request)
    wanted = job(METHODS[request.method], body, graph=graph, accept=accept, media=media, base_iri=base)
    return Wanted(wanted, writes, f"{request.method} graph {graph if graph is not None else '(all)'}", headers)


def _graph(request: Request) -> str | None:
    """The graph's name; "" is the default graph, None all of them."""
    pairs = _pairs(request.url.query)
    named = _values(pairs, "graph") + [""] * any(name == "default" for name, _ in pairs)
    direct = bool(request.path_params.get("name"))
    if len(named) + direct > 1 or "" in _values(pairs, "graph"):
        raise BadRequest("name one graph", hint="with ?graph=IRI or ?default")
    return _own(request) if direct else named[0] if named else None


def _own(request: Request) -> str:
    """The address asked, without parameters."""
    return str(request.url.replace(query=""))


async def _upload(request: Request, limit: int) -> tuple[bytes, str]:
    """The body and its media type. Of a form with files, those of one type together (section 5.5)."""
    if media_of(request) != MULTIPART:
        return await body_of(request, limit), media_of(request)
    from starlette.datastructures import UploadFile

    await body_of(request, limit)
    async with request.form() as form:
        files = [one for _, one in form.multi_items() if isinstance(one, UploadFile)]
        types = {(one.content_type or "").split(";")[0].strip().lower() for one in files}
        if len(types) != 1:
            raise BadRequest("send one or more files of one media type")
        return b"\n".join([await one.read() for one in files]), types.pop()


# ------------------------------------------------------------------ parts of requests
def media_of(request: Request) -> str:
    """The media type of the body, bare."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def body_of(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        BadRequest: it is larger than the limit; the rest is not read.
    """
    length = request.headers.get("content-length", "")
    total, pieces = 0, []
    if length.isdigit() and int(length) > limit:
        raise BadRequest(f"the body is larger than {limit} bytes", status=413)
    async for piece in request.stream():
        total += len(piece)
        if total > limit:
            raise BadRequest(f"the body is larger than {limit} bytes", status=413)
        pieces.append(piece)
    body = b"".join(pieces)
    request._body = body  # so that form() finds it
    return body


def _pairs(text: str) -> Pairs:
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=10_000)
    except ValueError as error:  # UnicodeDecodeError is one
        raise BadRequest("the parameters are not URL-encoded UTF-8") from error


def _values(pairs: Pairs, wanted: str) -> list[str]:
    return [value for name, value in pairs if name == wanted]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("the body is not UTF-8") from error
