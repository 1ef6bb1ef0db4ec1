"""The routes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from pyoxigraph import RdfFormat
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kg.serve import sparql
from kg.serve.access import Gate, may_write
from kg.serve.answering import Answering
from kg.serve.description import describe
from kg.serve.log import Say
from kg.serve.negotiation import TRIPLES, choose, content_type
from kg.serve.options import Options
from kg.serve.pages import PAGES
from kg.serve.pool import Pool, job
from kg.serve.sparql import BadRequest, Wanted

Endpoint = Callable[[Request], Awaitable[ASGIApp]]

PAGE = Path(__file__).parent / "page"


class Service:
    """What the routes share: the options, the workers and the log."""

    def __init__(self, options: Options, say: Say) -> None:
        self.options, self.say = options, say
        self.readers = Pool(options)
        self.writer = Pool(options, writes=True) if options.writable else None

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Starts the workers, and ends them with the server."""
        pools = [pool for pool in (self.readers, self.writer) if pool]
        for pool in pools:
            await pool.start()
        try:
            yield
        finally:
            for pool in pools:
                await pool.stop()

    # -------------------------------------------------------------- SPARQL
    async def sparql(self, request: Request) -> ASGIApp:
        """SPARQL Protocol; a GET without a query gets the service's description, a browser the editor."""
        if request.method in ("GET", "HEAD") and not sparql.asks(request):
            return self._description(request)
        return self._answer(request, await sparql.protocol(request, self.options.request))

    async def store(self, request: Request) -> ASGIApp:
        """Graph Store HTTP Protocol."""
        return self._answer(request, await sparql.graph_store(request, self.options.request))

    async def page(self, request: Request) -> ASGIApp:
        """What the page asks for: /api/NAME?…, JSON back."""
        name, given = request.path_params["name"], request.query_params
        if name not in PAGES:
            raise BadRequest(f"there is no /api/{name}", hint=f"there are: {', '.join(PAGES)}", status=404)
        fields = {key: given.get(key, "") for key in ("q", "iri", "id", "question", "to")}
        asked = job("page", b"", page=name, values=given.getlist("value"), **fields)
        return Answering(self.readers, asked, self.options.time_out, self.say, f"/api/{name}?{request.url.query}")

    def _answer(self, request: Request, wanted: Wanted) -> ASGIApp:
        if wanted.writes:
            self._check_may_write(request)
        pool = self.writer if wanted.writes else self.readers
        assert pool is not None
        return Answering(pool, wanted.job, self.options.time_out, self.say, wanted.what, wanted.headers)

    def _check_may_write(self, request: Request) -> None:
        if self.writer is None:
            hint = "start it with: kg serve --writable"
            raise BadRequest("this endpoint only answers; it changes nothing", hint=hint, status=403)
        if not may_write(request.headers.get("authorization", ""), self.options.token):
            raise BadRequest("a change needs the token", hint="send: Authorization: Bearer TOKEN", status=401)

    def _description(self, request: Request) -> Response:
        offered = ("text/turtle", "text/html", *TRIPLES)
        media = choose(request.headers.get("accept", ""), dict.fromkeys(offered)) or offered[0]
        if media == "text/html":
            return RedirectResponse("/#/sparql")
        form: RdfFormat = TRIPLES[media]
        url = str(request.url.replace(query=""))
        body = describe(url, writable=self.options.writable, union=self.options.union, form=form)
        return Response(body, media_type=content_type(media), headers={"vary": "accept"})


def application(options: Options, say: Say) -> Starlette:
    """The ASGI application.

    Args:
        say: takes the lines of the log.
    """
    service = Service(options, say)
    routes: list[BaseRoute] = [
        Route("/sparql", service_route(service.sparql), methods=["GET", "POST"]),
        Route("/sparql/", service_route(service.sparql), methods=["GET", "POST"]),
        Route("/api/{name}", service_route(service.page), methods=["GET"]),
        Route("/store", service_route(service.store), methods=[*sparql.METHODS]),
        Route("/store/{name:path}", service_route(service.store), methods=[*sparql.METHODS]),
    ]
    if PAGE.is_dir():
        routes.append(Mount("/", StaticFiles(directory=PAGE, html=True)))
    middleware = [Middleware(Gate, options=options, say=say)]
    if options.origins:
        headers = ["authorization", "content-type", "accept"]
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=options.origins, allow_methods=["*"], allow_headers=headers)
        )
    return Starlette(
        routes=routes, middleware=middleware, lifespan=service.lifespan, exception_handlers={BadRequest: refused}
    )


def service_route(endpoint: Endpoint) -> Endpoint:
    """Starlette tells an endpoint by its being a function of a request."""

    async def answer(request: Request) -> ASGIApp:
        return await endpoint(request)

    return answer


async def refused(_request: Request, error: Exception) -> Response:
    """A request that was refused before any worker saw it."""
    assert isinstance(error, BadRequest)
    text = f"{error.message}\n{f'Hint: {error.hint}' if error.hint else ''}".strip() + "\n"
    headers = {"www-authenticate": 'Bearer realm="kg", Basic realm="kg"'} if error.status == 401 else {}
    return PlainTextResponse(text, status_code=error.status, headers=headers)
