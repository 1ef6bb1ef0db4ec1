"""kg serve as a child process, as a user starts it."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlsplit

KG = (sys.executable, "-c", "from kg.cli import main; main()")
TOKEN = "s3cret"


@dataclass(frozen=True)
class Answer:
    status: int
    type: str
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running server. log: the file that its stderr goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return str(parts.hostname), int(parts.port or 0)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, time_out: float = 60
    ) -> Answer:
        """One request on a connection of its own."""
        connection = HTTPConnection(*self.address, timeout=time_out)
        try:
            connection.request(method, path, body or None, headers or {})
            response: HTTPResponse = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found.get("content-type", ""), response.read(), found)
        finally:
            connection.close()

    def query(self, sparql: str, accept: str = "text/csv", **more: str) -> Answer:
        """A query by GET."""
        parameters = "".join(f"&{name}={quote(value)}" for name, value in more.items())
        return self.ask("GET", f"/sparql?query={quote(sparql)}{parameters}", headers={"accept": accept})

    def update(self, sparql: str, token: str = TOKEN, parameters: str = "") -> Answer:
        """An update, sent directly."""
        headers = {"content-type": "application/sparql-update", "authorization": f"Bearer {token}"}
        return self.ask("POST", f"/sparql{parameters}", sparql.encode(), headers)

    def said(self) -> str:
        """The log until now."""
        return self.log.read_text(encoding="utf-8")

    def waits_for(self, text: str, seconds: float = 10) -> bool:
        """Whether the log says something in time."""
        until = time.monotonic() + seconds
        while text not in self.said():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True


@contextmanager
def serving(store: Path, folder: Path, *flags: str) -> Iterator[Served]:
    """Serves a store on a free port until the block ends.

    Args:
        folder: takes the log.
    """
    log = folder / "serve.log"
    command = (*KG, "serve", "--store", str(store), "--port", "0", *flags)
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, stderr=stderr, cwd=folder, env=environment())
    try:
        yield Served(_url(process, log), process, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def environment() -> dict[str, str]:
    """This process's, with the token and nothing else of kg."""
    import os

    return {**{key: value for key, value in os.environ.items() if not key.startswith("KG_")}, "KG_TOKEN": TOKEN}


def _url(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        found = re.search(r"http://\S+", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.02)
    raise AssertionError(f"kg serve did not start: {log.read_text(encoding='utf-8')}")
