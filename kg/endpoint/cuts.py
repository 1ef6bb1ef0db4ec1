"""Answers that a server has cut without saying so.

Virtuoso gives no more rows than ResultSetMaxRows (10,000 as Debian sets it). Of rows it says so, in a header; of
graphs, by CONSTRUCT and by the graph store protocol alike, it does not. So a large graph from a Virtuoso is counted,
and the server is asked once for more rows than it can have, to learn where it cuts.
"""

from collections.abc import Callable
from typing import IO

from kg.endpoint.faults import Fault
from kg.endpoint.transfer import Reply

CUTS_GRAPHS = "virtuoso"
GRAPHS = ("application/n-triples", "text/turtle", "application/rdf+xml", "application/trig", "application/n-quads")
SMALL = 100
"""Lines of a graph that no server cuts."""
MOST = 1_000_000
MANY = f"SELECT (1 AS ?x) WHERE {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {MOST}"
"""More rows than any limit that matters, of two bytes each."""


def graphs_of(accept: tuple[str, ...]) -> bool:
    """Whether a graph was asked for; one may be empty."""
    return accept[:1] != () and accept[0] in GRAPHS


class Cuts:
    """What is known of a server's limit. server: its name for itself, "" before its first answer."""

    def __init__(self) -> None:
        self.server = ""
        self._rows: int | None = None

    def checked(
        self, body: IO[bytes], reply: Reply, accept: tuple[str, ...], ask: Callable[[str], IO[bytes]]
    ) -> IO[bytes]:
        """The answer, if it is all there.

        Args:
            ask: puts a query, for CSV.

        Raises:
            Fault: "partial".
        """
        self.server = reply.headers.get("server", "")
        if graphs_of(accept) and self.server.lower().startswith(CUTS_GRAPHS):
            lines = sum(1 for _ in body)
            body.seek(0)
            if lines >= SMALL and lines >= self._limit(ask):
                body.close()
                raise Fault("partial", f"it gives no more than {self._rows} rows", rows=self._rows)
        return body

    def _limit(self, ask: Callable[[str], IO[bytes]]) -> int:
        if self._rows is None:
            try:
                ask(MANY).close()
                self._rows = MOST
            except Fault as fault:
                if fault.rows is None:
                    raise
                self._rows = fault.rows
        return self._rows
