"""A Virtuoso of this machine for the time of a `with` block: a real triple store with ways of its own."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SECRET = "only-for-the-test"
USER, PASSWORD = "kg", "only: for-the-test"
"""Somebody who may change graphs, by /sparql-auth and /sparql-graph-crud-auth."""
STARTS = 3
"""How often to start: somebody else may take a port between our finding it free and the server's binding it."""
INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 30
"""


def need() -> None:
    """Skips where Virtuoso is not installed; fails there under KG_REQUIRE_SERVICES=1."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        missing = "Virtuoso is not installed (Debian: virtuoso-opensource-7)"
        if os.environ.get("KG_REQUIRE_SERVICES") == "1":
            pytest.fail(missing)
        pytest.skip(missing)


@contextmanager
def virtuoso(folder: Path, data: Path | None = None, rows: int = 100_000) -> Iterator[str]:
    """Serves a file of Turtle, or nothing yet; gives the address of the SPARQL service. Any number run side by side.

    Args:
        rows: that it gives at most.
    """
    running, sql, url = _started(folder, rows)
    try:
        _isql(sql, f"DB.DBA.USER_CREATE('{USER}', '{PASSWORD}')")
        _isql(sql, f'GRANT SPARQL_UPDATE TO "{USER}"')
        _isql(sql, f'GRANT SPARQL_SELECT TO "{USER}"')
        if data:
            _isql(sql, f"DB.DBA.TTLP_MT(file_to_string_output('{data}'), '', 'urn:slice'); checkpoint;")
        yield url
    finally:
        running.kill()
        running.wait()


def _started(folder: Path, rows: int) -> "tuple[subprocess.Popen[bytes], int, str]":
    for last in (False,) * (STARTS - 1) + (True,):
        sql, http = _port(), _port()
        ini = folder / "virtuoso.ini"
        ini.write_text(INI.format(folder=folder, sql=sql, http=http, rows=rows), encoding="utf-8")
        server = ("virtuoso-t", "+foreground", "+configfile", str(ini))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        if not (folder / "virtuoso.db").exists():
            first = (*server, "+pwdold", "dba", "+pwddba", SECRET)
            subprocess.run(first, timeout=120, check=False, **quiet)  # type: ignore[call-overload]
        running: subprocess.Popen[bytes] = subprocess.Popen(server, **quiet)  # type: ignore[call-overload]
        try:
            url = f"http://127.0.0.1:{http}/sparql"
            _wait(url, running)
        except OSError:
            running.kill()
            running.wait()
            if last:
                raise
        else:
            return running, sql, url
    raise AssertionError("unreachable")


def _isql(port: int, command: str) -> None:
    isql = ("isql-vt", f"127.0.0.1:{port}", "dba", SECRET, f"exec={command}")
    done = subprocess.run(isql, capture_output=True, text=True, timeout=60, check=False)
    assert "Error" not in done.stdout + done.stderr, done.stdout + done.stderr


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, server: "subprocess.Popen[bytes]", seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > until or server.poll() is not None:
                raise
            time.sleep(0.3)
        else:
            return
