"""A JSON API over HTTP: one GET at a time, answers checked like those of SPARQL services."""

import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import requests

from kg.endpoint.access import Access, Patience, checked
from kg.endpoint.faults import Fault
from kg.endpoint.transfer import Reply, Wanted, receive
from kg.endpoint.trying import Trying

JSON = ("application/json",)


class Api:
    """One JSON API, as MediaWiki's."""

    def __init__(self, url: str, *, access: Access | None = None, patience: Patience | None = None) -> None:
        self.access = access or Access()
        self.patience = patience or Patience()
        self._url = checked(url, self.access)
        self._trying = Trying(url, self.patience)
        self._session = requests.Session()

    def get(self, parameters: Mapping[str, str]) -> bytes:
        """The answer to a GET, a complete JSON text.

        Raises:
            ServiceError: `kind` says which fault; an error that the API itself reports is "rejected" or "throttled".
        """
        return self._trying.run(lambda until: self._once(parameters, until))

    def _once(self, parameters: Mapping[str, str], until: float) -> bytes:
        response = self._session.get(
            f"{self._url}?{urlencode(sorted(parameters.items()))}",
            headers={"User-Agent": self.access.user_agent, "Accept": JSON[0], "Accept-Encoding": "gzip"},
            timeout=max(0.05, min(self.patience.silence, until - time.monotonic())),
            allow_redirects=False,
            stream=True,
        )
        reply = reply_of(response)
        with receive(reply, Wanted(accept=JSON, most=self.patience.most, until=until)) as body:
            data = body.read()
        _check(data, reply)
        return data


def _check(data: bytes, reply: Reply) -> None:
    """MediaWiki reports errors with HTTP 200; maxlag is its way to say that its servers are behind."""
    answer = json.loads(data)
    error = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(error, dict):
        busy = error.get("code") in ("maxlag", "ratelimited", "readonly")
        wait = reply.headers.get("retry-after", "")
        told = str(error.get("info", error.get("code", "")))
        raise Fault("throttled" if busy else "rejected", told, float(wait) if wait.isdigit() else None)


def reply_of(response: requests.Response) -> Reply:
    """A response of requests, not yet read."""
    raw = response.raw
    return Reply(
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        read=lambda size: raw.read1(size, decode_content=False),
        left=lambda: raw.length_remaining,
        close=response.close,
    )
