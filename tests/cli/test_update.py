"""kg update: all or nothing, and it says what changed."""

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Kg
from tests.services.sparql import sparql_service

MINE = "INSERT DATA { GRAPH <urn:mine> { person:tom kg:nickname 'Tommy' , 'T.' } }"
ALL = "DELETE WHERE { GRAPH ?g { ?x kg:father ?y } }"


def test_an_update_says_what_it_changed(filled: Kg) -> None:
    ran = filled("update", MINE)
    assert (ran.code, ran.out, ran.err) == (0, "", "2 quads added, 0 removed.\n")
    assert filled("update", MINE).err == "Nothing changed.\n"
    assert filled("query", "SELECT (COUNT(*) AS ?n) { ?x kg:nickname ?y }").out == "n\n2\n"
    Path("more.ru").write_text(f"{ALL} ; DELETE DATA {{ GRAPH <urn:mine> {{ person:tom kg:nickname 'T.' }} }}")
    assert filled("update", "--file", "more.ru").err == "0 quads added, 2 removed.\n"
    assert filled("query", "ASK { ?x kg:father ?y }").out == "false\n"
    assert not list(Path("kg.store").glob("copy-*"))


def test_a_dry_run_changes_nothing(filled: Kg) -> None:
    before = filled("export", "-f", "nquads").out
    ran = filled("update", "--dry-run", ALL)
    assert ran.err == "0 quads would be added, 1 removed.\n"
    assert ran.out.startswith("- <https://kg.example/person/prince-harry-")
    assert ran.out.count("\n") == 1
    assert filled("export", "-f", "nquads").out == before
    assert not list(Path("kg.store").glob("copy-*"))


def test_an_update_that_fails_changes_nothing(filled: Kg) -> None:
    before = filled("export", "-f", "nquads").out
    for update, said in (
        (f"{ALL} ; DROP GRAPH <urn:none>", "nothing has changed"),
        ("DELETE WHERE { GRAPH ?g { ?x kg:father } }", "line 1, column"),
        ("LOAD <http://127.0.0.1:1/>", "LOAD is refused"),
        ("SELECT * { ?s ?p ?o }", "line 1"),
    ):
        ran = filled("update", update)
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err
    assert filled("export", "-f", "nquads").out == before


def test_who_forgets_the_graphs_is_told(filled: Kg) -> None:
    assert "write GRAPH ?g" in filled("update", "DELETE WHERE { ?x kg:father ?y }").err


def test_no_store_is_made_by_a_bad_update(kg: Kg) -> None:
    assert kg("update", "INSERT DATA {").code == 1
    assert not Path("kg.store").exists()
    assert kg("update", MINE).code == 0
    assert kg("query", "ASK { ?x kg:nickname 'T.' }").out == "true\n"


def test_a_service_elsewhere(kg: Kg) -> None:
    with sparql_service() as service:
        assert kg("update", MINE, "--endpoint", service.url + "/query").code == 0
        assert len(service.store) == 2
    assert kg("update", MINE, "--endpoint", "http://127.0.0.1:9/", "--dry-run").code == 2


HELD = """
import sys, time
import os
import subprocess
import sys
from pathlib import Path
from pyoxigraph import Store
from kg.store.copies import on_copy
def hold(copy):
    print("there", flush=True)
    time.sleep(60)
on_copy(Store.read_only("kg.store"), Path("kg.store"), hold)
"""


def test_what_a_killed_trial_left_goes_with_the_next(filled: Kg) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen([sys.executable, "-c", HELD], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stdout.readline() == b"there\n"
        assert filled("update", MINE, "--dry-run").code == 0
        assert len(list(Path("kg.store").glob("copy-*"))) == 1  # it is still in use
        process.kill()
    assert len(list(Path("kg.store").glob("copy-*"))) == 1
    assert filled("update", MINE, "--dry-run").code == 0
    assert not list(Path("kg.store").glob("copy-*"))
