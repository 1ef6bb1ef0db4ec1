"""Point queries a second through kg serve, beside rdflib-endpoint in the same run.   python -m bench.endpoint [PEOPLE]

PEOPLE made-up people (default 20,000) in both; four clients, each asking one query after the other, in turn a
second of one and a second of the other. Without rdflib-endpoint (from PyPI) only kg serve is measured.
"""

import importlib.util
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import RdfFormat, Store

from kg.store import marker
from kg.vocabulary.names import DEFAULT_BASE
from tests.serving import serving

ROUNDS, SECONDS, CLIENTS = 5, 1.0, 4
KG = "https://kg.example/ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def people(number: int) -> Iterator[str]:
    """N-Quads of people in families of five, a father each."""
    for one in range(number):
        iri = f"<https://kg.example/person/p{one}>"
        yield f"{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Person> <urn:g> .\n"
        yield f'{iri} <{LABEL}> "Person {one}" <urn:g> .\n'
        yield f"{iri} <{KG}father> <https://kg.example/person/p{one // 5}> <urn:g> .\n"


def asking(address: tuple[str, int], path: str, number: int, seed: int) -> int:
    """How many queries one client gets answered in the time."""
    connection = HTTPConnection(*address)
    until, done = time.perf_counter() + SECONDS, 0
    while time.perf_counter() < until:
        person = (seed * 7919 + done * 104729) % number
        query = f"SELECT ?f WHERE {{ <https://kg.example/person/p{person}> <{KG}father> ?f }}"
        connection.request("GET", f"{path}?query={quote(query)}", headers={"Accept": "application/sparql-results+json"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        assert f"person/p{person // 5}".encode() in body, body
        done += 1
    return done


PEER = """
import sys
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
import uvicorn
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), log_level="error")
"""


@contextmanager
def peer(data: Path) -> Iterator[tuple[str, int]]:
    """rdflib-endpoint over an rdflib graph in memory."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen((sys.executable, "-c", PEER, str(data), str(port)), stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 300
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait()


def rounds(addresses: dict[str, tuple[tuple[str, int], str]], number: int) -> dict[str, list[int]]:
    """Answers of each round by engine, in turn."""
    found: dict[str, list[int]] = {name: [] for name in addresses}
    with ProcessPoolExecutor(CLIENTS) as pool:
        for turn in range(ROUNDS + 1):
            for name, (address, path) in addresses.items():
                seeds = range(turn * CLIENTS, (turn + 1) * CLIENTS)
                jobs = [pool.submit(asking, address, path, number, seed) for seed in seeds]
                answered = sum(job.result() for job in jobs)
                if turn:  # the first round warms up
                    found[name].append(answered)
    return found


def main() -> None:
    number = int(sys.argv[1]) if sys.argv[1:] else 20_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "people.nq"
        data.write_text("".join(people(number)), encoding="utf-8")
        (folder / "kg.store").mkdir()
        store = Store(str(folder / "kg.store"))
        store.bulk_load(path=data, format=RdfFormat.N_QUADS)
        store.flush()
        del store
        (folder / "kg.store" / marker.NAME).write_text(marker.text(DEFAULT_BASE), encoding="utf-8")
        with serving(folder / "kg.store", folder, "--workers", "2") as served:
            addresses = {"kg serve": (served.address, "/sparql")}
            if importlib.util.find_spec("rdflib_endpoint"):
                with peer(data) as other:
                    report(rounds({**addresses, "rdflib-endpoint": (other, "/")}, number))
            else:
                report(rounds(addresses, number))


def report(found: dict[str, list[int]]) -> None:
    medians = {name: statistics.median(row) / SECONDS for name, row in found.items()}
    for name, value in medians.items():
        span = f"{min(found[name])}–{max(found[name])}"
        print(f"{name:16s} {value:6.0f} point queries a second (median of {ROUNDS}; {span})")
    if len(medians) > 1:
        one, other = medians.values()
        print(f"ratio            {one / other:6.1f}")


if __name__ == "__main__":
    main()
