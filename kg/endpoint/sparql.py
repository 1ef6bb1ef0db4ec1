"""A SPARQL 1.1 service: query, update, and the graph store protocol. The only file that imports SPARQLWrapper."""

import base64
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from http.client import HTTPMessage, HTTPResponse
from typing import IO
from urllib.parse import urlencode, urlsplit

import requests
from requests.auth import HTTPDigestAuth
from SPARQLWrapper import GET, POST, SELECT, SPARQLWrapper

from kg.endpoint.access import Access, Patience, checked
from kg.endpoint.cuts import Cuts
from kg.endpoint.transfer import Reply, Wanted, receive
from kg.endpoint.trying import Trying
from kg.endpoint.web import reply_of

ASKED: dict[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "triples": ("application/n-triples", "text/turtle", "text/plain"),
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples", "text/plain", "text/ntriples"),
    "nquads": ("application/n-quads", "text/x-nquads"),
    "trig": ("application/trig", "application/x-trig"),
    "rdfxml": ("application/rdf+xml",),
    "xml": ("application/sparql-results+xml",),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Formats by name, with the media types that an answer may bear; the first is the one that is asked for."""

LINES = ("triples", "ntriples", "nquads")

SHORT = 2000
"""Characters of a query up to which it is sent by GET, which the caches of services serve."""


class Endpoint:
    """One SPARQL service. Every method returns a complete answer or raises; none changes anything twice.

    Args:
        query: address for queries. update: address for updates, "" for the same. graphs: address of the graph store
            protocol, "" if there is none. parameters: sent along with each query.
    """

    def __init__(
        self,
        query: str,
        *,
        update: str = "",
        graphs: str = "",
        access: Access | None = None,
        patience: Patience | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.access = access or Access()
        self.patience = patience or Patience()
        self._query, self._update = (checked(url, self.access) for url in (query, update or query))
        self._graphs = checked(graphs, self.access) if graphs else ""
        self._trying = Trying(query, self.patience)
        self._opener = _opener(self.access, (self._query, self._update))
        self._session = requests.Session()
        self._signature = _Signature(self.access)
        self._parameters = dict(parameters or {})
        self._cuts = Cuts()

    def query(self, text: str, accept: str = "json") -> bytes:
        """The answer in a format of ASKED.

        Raises:
            ServiceError: `kind` says which fault. QueryError: the service does not accept the query.
        """
        with self.fetch(text, accept) as body:
            return body.read()

    def fetch(self, text: str, accept: str = "json") -> IO[bytes]:
        """As `query`, for large answers: a file, on disk if need be, that holds all of it. The caller closes it."""
        empty = accept in LINES  # no triples are no bytes there
        return self._trying.run(lambda until: self._ask(text, ASKED[accept], until, empty=empty))

    @property
    def server(self) -> str:
        """What program the service says it is, as far as it has been asked yet."""
        return self._cuts.server

    def update(self, text: str, *, again: bool = False) -> None:
        """Runs a SPARQL Update; sent again only when the first surely did not arrive.

        Args:
            again: whether doing it twice is as good as doing it once.
        """
        self._trying.run(lambda until: self._ask(text, (), until, update=True).close(), update=not again)

    def get(self, graph: str, accept: str = "ntriples") -> IO[bytes]:
        """All of one named graph (graph store protocol, GET); the caller closes the file."""
        return self._trying.run(lambda until: self._store("GET", graph, ASKED[accept], until))

    def put(self, graph: str, data: bytes, form: str = "turtle") -> None:
        """Replaces one named graph (graph store protocol, PUT)."""
        kind = ASKED[form][0]
        self._trying.run(lambda until: self._store("PUT", graph, (), until, data, kind).close(), update=False)

    def delete(self, graph: str) -> None:
        """Removes one named graph (graph store protocol, DELETE)."""
        self._trying.run(lambda until: self._store("DELETE", graph, (), until).close(), update=False)

    # -------------------------------------------------------------- one try
    def _ask(
        self, text: str, accept: tuple[str, ...], until: float, *, update: bool = False, empty: bool = False
    ) -> IO[bytes]:
        wrapper = _Wrapper(self._opener, self._query, self._update, agent=self.access.user_agent)
        wrapper.setQuery(text)
        # The wrapper guesses by a pattern that comments and IRIs mislead; we know what we send.
        wrapper.queryType = "INSERT" if update else SELECT
        wrapper.setMethod(POST if update or len(text) > SHORT else GET)
        wrapper.setOnlyConneg(True)
        wrapper.timeout = self._silence(until)  # setTimeout would cut it to whole seconds
        wrapper.addCustomHttpHeader("Accept", ", ".join(accept) or "*/*")
        wrapper.addCustomHttpHeader("Accept-Encoding", "gzip")
        for name, value in _login(self.access).items():
            wrapper.addCustomHttpHeader(name, value)
        for name, value in {} if update else self._parameters.items():
            wrapper.addParameter(name, value)
        response, _ = wrapper._query()
        reply = _reply(response)
        body = receive(reply, self._wanted(accept, until, empty=update or empty))
        return self._cuts.checked(body, reply, accept, lambda text: self._ask(text, ASKED["csv"], until))

    def _store(
        self, method: str, graph: str, accept: tuple[str, ...], until: float, data: bytes | None = None, kind: str = ""
    ) -> IO[bytes]:
        headers = {"User-Agent": self.access.user_agent, "Accept": ", ".join(accept) or "*/*"}
        headers |= {"Content-Type": kind} if kind else {}
        response = self._session.request(
            method,
            f"{self._graphs}?{urlencode({'graph': graph})}",
            data=data,
            headers=headers,
            auth=self._signature,
            timeout=self._silence(until),
            allow_redirects=False,
            stream=True,
        )
        reply = reply_of(response)
        body = receive(reply, self._wanted(accept, until, empty=True))
        return self._cuts.checked(body, reply, accept, lambda text: self._ask(text, ASKED["csv"], until))

    def _wanted(self, accept: tuple[str, ...], until: float, *, empty: bool) -> Wanted:
        return Wanted(accept=accept, most=self.patience.most, until=until, empty=empty)

    def _silence(self, until: float) -> float:
        return max(0.05, min(self.patience.silence, until - time.monotonic()))


def _login(access: Access) -> dict[str, str]:
    if access.login == "basic":
        return {"Authorization": "Basic " + base64.b64encode(f"{access.user}:{access.secret}".encode()).decode()}
    return {"Authorization": f"Bearer {access.secret}"} if access.login == "bearer" else {}


class _Signature(HTTPDigestAuth):  # type: ignore[misc]  # it has no types
    """The login on a request, by any way of sending it, kept for the next one. Where it is, requests does not take
    another login out of ~/.netrc by itself."""

    def __init__(self, access: Access) -> None:
        super().__init__(access.user, access.secret)
        self._access = access

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._access.login == "digest":
            return super().__call__(request)
        request.headers.update(_login(self._access))
        return request


# ------------------------------------------------------------------ SPARQLWrapper, tamed
class _Wrapper(SPARQLWrapper):  # type: ignore[misc]  # it has no types
    """SPARQLWrapper 2.0 with an opener of its own: its own one follows redirects anywhere and is shared by the process
    as soon as a digest login is used. It also raises errors that drop the headers, which tell how long to wait."""

    def __init__(self, opener: urllib.request.OpenerDirector, query: str, update: str, agent: str) -> None:
        super().__init__(query, updateEndpoint=update, agent=agent)
        self._opener = opener

    def _query(self) -> tuple[HTTPResponse, str]:
        request = self._createRequest()
        try:
            return self._opener.open(request, timeout=self.timeout), self.returnFormat
        except urllib.error.HTTPError as error:
            return error, self.returnFormat  # type: ignore[return-value]  # it reads like a response


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only on the same host and never from https to http: an answer must not send us, or a login,
    into somebody's private network."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        upgraded = (old.scheme, new.scheme) == ("http", "https")
        same = old.hostname == new.hostname and (upgraded or (old.scheme, old.port) == (new.scheme, new.port))
        return super().redirect_request(req, fp, code, msg, headers, newurl) if same and req.data is None else None


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Python's own leaves the connection open on which the login was asked for."""

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        with ExitStack() as done:
            done.callback(fp.close)
            answer: HTTPResponse | None = super().http_error_401(req, fp, code, msg, headers)
            if answer is None:  # nobody has answered: whoever is asked next still reads it
                done.pop_all()
            return answer


def _opener(access: Access, urls: tuple[str, ...]) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if access.login == "digest":
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for url in urls:
            passwords.add_password(None, url, access.user, access.secret)
        handlers.append(_Digest(passwords))
    return urllib.request.build_opener(*handlers)


def _reply(response: HTTPResponse) -> Reply:
    return Reply(
        status=response.status or 0,
        headers={name.lower(): value for name, value in response.headers.items()},
        read=response.read1,
        left=lambda: getattr(response, "length", None),
        close=response.close,
    )
