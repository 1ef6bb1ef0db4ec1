"""Each bad input: its own message, its own exit code, no traceback, and the store as before."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg import build
from kg.cli.tables import stoppable
from kg.read.text import LARGEST
from tests.cli.conftest import Kg


def large(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 50 * 10**6)


def foreign() -> None:
    Path("letters").mkdir()
    Path("letters/a.txt").write_text("mine")


def nothing() -> None:
    """Needs no preparation."""


Case = tuple[Callable[[], object], Sequence[str], str, str]
BAD: dict[str, Case] = {
    "missing file": (nothing, ["add", "stroy.txt"], "stroy.txt: no such file", "did you mean story.txt?"),
    "folder without texts": (lambda: Path("none").mkdir(), ["add", "none"], "none: no texts in this folder", ".txt"),
    "binary file": (lambda: Path("a.txt").write_bytes(b"\0\1"), ["add", "a.txt"], "binary", "plain text"),
    "wrong encoding": (lambda: Path("a.txt").write_bytes(b"Zo\xeb"), ["add", "a.txt"], "not UTF-8 (byte 2", "iconv"),
    "empty text": (lambda: Path("a.txt").write_text(""), ["add", "a.txt"], "every text is empty", ""),
    "50 MB in one file": (lambda: large(Path("a.txt")), ["add", "a.txt"], "more than 20 MB", ".jsonl"),
    "syntax error": (nothing, ["query", "SELECT * {\n ?x kg:father }"], "line 2, column 15\n   ?x kg:father }\n", ""),
    "unknown prefix": (nothing, ["query", "SELECT * { ?x foo:a ?y }"], "line 1", "unknown prefix foo:"),
    "SERVICE": (nothing, ["query", "SELECT * { SERVICE <http://x/> {} }"], "SERVICE is refused", "by itself"),
    "missing data": (nothing, ["query", "--data", "a.ttl", "ASK {}"], "a.ttl: no such file", ""),
    "unknown data": (nothing, ["query", "--data", "story.txt", "ASK {}"], "no RDF format", ".ttl"),
    "missing query file": (nothing, ["query", "--file", "a.rq"], "a.rq: cannot be read", ""),
    "unknown name": (nothing, ["show", "Megan"], "nobody in this graph is called 'Megan'", "Meghan"),
    "unknown name asked": (nothing, ["ask", "father", "Megan"], "nobody in this graph", "Meghan"),
    "unknown question": (nothing, ["ask", "fahter", "x"], "no saved question 'fahter'", "father"),
    "too few names": (nothing, ["ask", "father"], "takes 1 name, 0 given", "kg ask father PERSON"),
    "no store": (nothing, ["export", "--store", "none"], "none: there is no store", "kg add"),
    "foreign folder read": (foreign, ["export", "--store", "letters"], "not a kg store", "--store"),
    "foreign folder written": (foreign, ["add", "story.txt", "--store", "letters"], "not a kg store", "empty folder"),
    "a file as store": (nothing, ["add", "story.txt", "--store", "story.txt"], "a file, not a store", "--store"),
    "other namespace": (nothing, ["add", "story.txt", "--namespace", "https://me.org/"], "namespace is", "--store"),
    "bad namespace": (nothing, ["extract", "story.txt", "--namespace", "me"], "namespace 'me'", "https://"),
    "bad settings": (lambda: Path("kg.toml").write_text("x = 1"), ["stats"], "unknown key 'x'", "known keys"),
    "missing ontology": (nothing, ["add", "story.txt", "--ontology", "none"], "none: no such folder", ".ttl"),
    "unknown suffix": (nothing, ["export", "-o", "a.foo"], "no format has the suffix '.foo'", ".ttl"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case: str, filled: Kg) -> None:
    prepare, arguments, message, hint = BAD[case]
    before = filled("export", "-f", "nquads").out
    prepare()
    ran = filled(*arguments)
    assert ran.code == 1
    assert ran.out == ""
    assert "Error: " in ran.err
    assert message in ran.err
    assert hint in ran.err
    assert "Traceback" not in ran.err
    Path("kg.toml").unlink(missing_ok=True)
    assert filled("export", "-f", "nquads").out == before


def test_the_limit_is_below_what_the_table_tries() -> None:
    assert LARGEST < 50 * 10**6


def test_the_caret_stands_under_the_error(filled: Kg) -> None:
    lines = filled("query", "SELECT * {\n ?x kg:father }").err.splitlines()
    assert lines[2].index("^") == lines[1].index("}")


def test_an_empty_text_makes_no_store(kg: Kg) -> None:
    Path("a.txt").write_text("\n")
    assert kg("add", "a.txt").code == 1
    assert not Path("kg.store").exists()


def test_a_bug_is_owned_up_to(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "pipeline", lambda *_arguments: 1 / 0)
    ran = kg("extract", "story.txt")
    assert ran.code == 1
    assert "Sorry, this is a bug" in ran.err
    assert "Traceback" not in ran.err
    assert "ZeroDivisionError" in kg("--debug", "extract", "story.txt").err


# ------------------------------------------------------------------ other processes
ROOT = Path(__file__).resolve().parents[2]

SLOW = """
import sys, time
from kg import build
from kg.cli import main
from tests.made import graph
def slowly(document):
    print("reading", document.id, file=sys.stderr, flush=True)
    if document.id == "b.txt":
        time.sleep(60)
    return graph(document)
build.pipeline = lambda *arguments: slowly
main(["add", "a.txt", "b.txt"])
"""


def hears_ctrl_c() -> None:
    """Run in a new process: a shell that put the tests into the background hands down that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def slow_add() -> "subprocess.Popen[str]":
    """A `kg add` that has kept a.txt and is reading b.txt."""
    Path("a.txt").write_text("Tom | father | John")
    Path("b.txt").write_text("Ann | father | John")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=hears_ctrl_c,
    )
    assert process.stderr
    while "b.txt" not in process.stderr.readline():
        pass
    return process


def test_ctrl_c_in_mid_write(filled: Kg) -> None:
    with slow_add() as process:
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert said.strip() == "Stopped. The documents added until now are kept; run the same again to go on."
    after = filled("export").out
    assert "John" in after
    assert "Ann" not in after
    assert "1 document added, 1 document unchanged: 2 people, 2 facts" in filled("add", "a.txt", "b.txt").err


IMPORTING = """
import builtins
from kg.cli import main
whole = builtins.__import__
def interrupted(name, *rest):
    if name == "click":
        raise KeyboardInterrupt
    return whole(name, *rest)
builtins.__import__ = interrupted
main(["stats"])
"""


def test_ctrl_c_before_there_is_anything_to_stop() -> None:
    command = [sys.executable, "-c", IMPORTING]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 130
    assert done.stderr == b""


def test_ctrl_c_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stoppable():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_store_locked_by_a_writer(filled: Kg) -> None:
    with slow_add() as process:
        ran = filled("add", "story.txt", "a.txt")
        reading = filled("query", "ASK { ?x kg:father ?y }")
        process.kill()
    assert ran.code == 1
    assert "another process is writing to this store" in ran.err
    assert "Hint: wait" in ran.err
    assert reading.out == "true\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["export"],
        ["query", "SELECT * { ?x ?y ?z }"],
        ["ask"],
        ["show", "Harry"],
        ["stats"],
        ["ontology", "list"],
        ["--help"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_closed_pipe(arguments: list[str], filled: Kg) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    said = process.stderr.read().decode()
    assert process.wait(timeout=30) in (1, 141)  # click itself ends with 1 while it shows help
    assert said == ""
    process.stderr.close()


def test_output_on_a_full_disk(filled: Kg) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "export"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == "Error: output: No space left on device\n"


def test_ctrl_c_ends_a_long_query_at_once(filled: Kg) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", query],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        preexec_fn=hears_ctrl_c,
    )
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) in (-signal.SIGINT, 130)
    assert process.stderr
    process.stderr.close()
