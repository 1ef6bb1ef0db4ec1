"""What badly meant or unlucky requests do: they fail by themselves, others are served, and the log says so."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.serve.options import usual_workers
from tests.serve.conftest import LIMITS, fill
from tests.serving import Served, serving

SMALL = "SELECT ?name WHERE { ?x kg:father/rdfs:label ?name }"
# Some 10^9 rows of the little graph, counted, so that nothing comes out before the time-out.
PRODUCT = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?a != ?m) }"
PATHS = "SELECT * WHERE { ?a (!<urn:x>|!<urn:y>)* ?b . ?c (!<urn:x>)* ?d . ?e (!<urn:x>)* ?f } ORDER BY ?a ?d"
ENDLESS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def workers(server: Served) -> set[int]:
    """Process ids of the workers that are alive."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return set(map(int, children.read_text().split()))


def served_still(server: Served) -> bool:
    return server.query(SMALL).text == "name\r\nKing Charles III\r\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { sErViCe SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # comment\n <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "SELECT * WHERE " + "{" * (1 << 20),
        "SELECT * WHERE " + "{" * 5000 + "}" * 5000,
        "SELECT * WHERE { ?s ?p " + "(" * 100_000,
        "SELECT * WHERE { FILTER(" + "!" * 20_000 + "true) }",
        "\x00",
    ],
    ids=lambda text: text[:40].strip(),
)
def test_queries_that_reach_out_or_break_parsers_are_refused(served: Served, query: str) -> None:
    answer = served.ask("POST", "/sparql", query.encode(), {"content-type": "application/sparql-query"})
    assert answer.status in (400, 500, 504), answer
    assert "root:" not in answer.text
    assert served_still(served)


def test_a_query_without_end_is_stopped_and_others_are_served_meanwhile(served: Served) -> None:
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(served.query, PRODUCT)
        time.sleep(0.5)
        assert served_still(served)
        assert not slow.done()
        assert slow.result().status == 504
    assert served.waits_for("stopped after")


def test_paths_without_end_are_stopped(served: Served) -> None:
    assert served.query(PATHS).status in (500, 504, 507)  # by memory or by time
    assert served_still(served)


def test_an_answer_above_the_limit_is_cut_so_that_nobody_takes_it_for_whole(served: Served) -> None:
    with pytest.raises(Exception, match=r"IncompleteRead|Connection"):
        served.query(ENDLESS)
    assert served_still(served)


def test_a_query_that_wants_all_memory_fails_alone(served: Served) -> None:
    tenfold = " ".join(f"BIND(CONCAT({', '.join([f'?x{n}'] * 10)}) AS ?x{n + 1})" for n in range(9))
    greedy = served.query(f"SELECT ?x9 WHERE {{ BIND('0123456789' AS ?x0) {tenfold} }}")
    assert greedy.status in (500, 507), greedy
    assert served_still(served)


def test_a_client_that_never_reads_is_cut_off_and_its_worker_is_free_again(served: Served) -> None:
    request = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    stuck = [socket.create_connection(served.address) for _ in range(2)]  # as many as there are workers
    try:
        for one in stuck:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.sendall(request)
        assert served_still(served)
    finally:
        for one in stuck:
            one.close()
    assert served_still(served)


def test_a_client_that_leaves_takes_its_query_with_it(served: Served) -> None:
    before = served.said().count("the client left")
    with socket.create_connection(served.address) as one:
        one.sendall(f"GET /sparql?query={quote(PRODUCT)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.3)
    until = time.monotonic() + 4  # well before the time-out
    while served.said().count("the client left") == before and time.monotonic() < until:
        time.sleep(0.05)
    assert served.said().count("the client left") == before + 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files in /proc")
def test_two_hundred_clients_at_once_and_nothing_leaks(tmp_path: Path) -> None:
    with serving(fill(tmp_path / "kg.store"), tmp_path) as server:
        pipes = Path(f"/proc/{server.process.pid}/fd")
        assert served_still(server)
        before = len([*pipes.iterdir()])
        with ThreadPoolExecutor(200) as pool:
            answers = list(pool.map(lambda _: server.query(SMALL), range(300)))
        assert {answer.status for answer in answers} == {200}
        assert {answer.text for answer in answers} == {"name\r\nKing Charles III\r\n"}
        until = time.monotonic() + 5
        while len([*pipes.iterdir()]) > before and time.monotonic() < until:
            time.sleep(0.1)
        assert len([*pipes.iterdir()]) <= before
        assert len(workers(server)) <= usual_workers()


def test_foreign_host_names_are_refused(served: Served) -> None:
    """A page elsewhere that has its name point here would come with that name (DNS rebinding)."""
    assert served.ask("GET", "/sparql", headers={"host": "evil.example"}).status == 421
    assert served.ask("GET", "/sparql", headers={"host": "localhost:1"}).status == 200


def test_pages_of_others_may_not_read(served: Served, tmp_path: Path) -> None:
    origin = {"origin": "https://other.example"}
    assert "access-control-allow-origin" not in served.ask("GET", "/sparql", headers=origin).headers
    with serving(fill(tmp_path / "kg.store"), tmp_path, "--cors", origin["origin"]) as open_one:
        allowed = open_one.ask("GET", "/sparql", headers=origin).headers
        assert allowed["access-control-allow-origin"] == origin["origin"]


def test_the_log_shows_no_control_characters(served: Served) -> None:
    served.ask("GET", "/%1b%5b2J%0aforged")
    assert "\x1b" not in served.said()
    assert "\nforged" not in served.said()


def test_a_kill_in_mid_update_leaves_all_or_nothing(tmp_path: Path) -> None:
    """The worker that writes is killed by the system; the endpoint goes on with another one."""
    product = "GRAPH ?g { ?s ?p ?o . ?t ?q ?r . ?u ?v ?w }"
    big = f"INSERT {{ GRAPH <urn:big> {{ ?s ?p ?n }} }} WHERE {{ {product} BIND(STRUUID() AS ?n) }}"
    with serving(fill(tmp_path / "kg.store"), tmp_path, *LIMITS, "--writable") as server:
        assert server.update("INSERT DATA { GRAPH <urn:small> { <urn:s> <urn:p> 1 } }").status == 204
        before = workers(server)
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(server.update, f"CLEAR GRAPH <urn:small> ; {big}")
            time.sleep(0.4)
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            assert slow.result().status == 500
        assert server.waits_for("a worker died")
        count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <urn:%s> { ?s ?p ?o } }"
        assert server.query(count % "big").text.split() == ["n", "0"]
        assert server.query(count % "small").text.split() == ["n", "1"]
        assert server.update("INSERT DATA { GRAPH <urn:small> { <urn:s> <urn:p> 2 } }").status == 204
        assert server.query(count % "small").text.split() == ["n", "2"]


def test_a_server_that_dies_takes_its_workers_with_it(tmp_path: Path) -> None:
    with serving(fill(tmp_path / "kg.store"), tmp_path, *LIMITS) as server:
        assert served_still(server)
        pids = workers(server)
        server.process.kill()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
            time.sleep(0.1)
        assert pids
        assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_queries_go_on_while_somebody_else_adds(served: Served, tmp_path: Path) -> None:
    """kg add in another process; what it commits is seen by the next query."""
    from kg.store.embedded import open_to_write

    folder = fill(tmp_path / "kg.store")
    with serving(folder, tmp_path) as server, open_to_write(folder) as opened:
        for number in range(1, 6):
            opened.graph.update(f"INSERT DATA {{ GRAPH <urn:added> {{ <urn:s> <urn:p> {number} }} }}")
            count = server.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH <urn:added> { ?s ?p ?o } }")
            assert count.text.split() == ["n", str(number)]
