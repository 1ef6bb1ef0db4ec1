"""The store on disk, and what may happen to it."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError, StoreError, StoreFull, StoreLocked, StoreMissing
from kg.store import marker
from kg.store.documents import holds, put
from kg.store.embedded import open_read_only, open_to_write
from kg.store.quads import quads, sort_key
from kg.vocabulary import load
from tests.made import document, graph

WORDS = load()
READER = "test 1"


def add(folder: Path, text: str, identity: str = "a.txt") -> None:
    made = document(text, identity)
    with open_to_write(folder) as opened:
        put(opened, made, quads(graph(made), WORDS, reader=READER))


def content(folder: Path) -> list[str]:
    return [str(quad) for quad in sorted(open_read_only(folder).graph, key=sort_key)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "kg.store"
    add(folder, "Tom | father | John")
    return folder


# ------------------------------------------------------------------ adding
def test_the_same_again_changes_nothing(store: Path) -> None:
    before = content(store)
    with open_to_write(store) as opened:
        assert holds(opened, document("Tom | father | John", "a.txt"), READER) == "unchanged"
    add(store, "Tom | father | John")
    assert content(store) == before


def test_a_changed_text_replaces_all_that_it_said(store: Path, tmp_path: Path) -> None:
    with open_to_write(store) as opened:
        assert holds(opened, document("Tom | mother | Ann", "a.txt"), READER) == "replaced"
        assert holds(opened, document("Tom | mother | Ann", "b.txt"), READER) == "added"
    add(store, "Tom | mother | Ann")
    fresh = tmp_path / "fresh.store"
    add(fresh, "Tom | mother | Ann")
    assert content(store) == content(fresh)


@pytest.mark.parametrize(
    "changed", [{"reader": "test 2"}, {"date": "2024-02-08"}, {"title": "A title"}], ids=lambda changed: str(*changed)
)
def test_another_reader_date_or_title_reads_again(store: Path, changed: dict[str, str]) -> None:
    reader = changed.pop("reader", READER)
    with open_to_write(store) as opened:
        assert holds(opened, document("Tom | father | John", "a.txt", **changed), reader) == "replaced"


def test_documents_do_not_touch_each_other(store: Path) -> None:
    add(store, "Tom | mother | Ann", "b.txt")
    add(store, "", "b.txt")
    assert any("father" in line for line in content(store))
    assert not any("mother" in line for line in content(store))


def test_old_logs_are_tidied(store: Path) -> None:
    for _ in range(4):
        add(store, "Tom | father | John")
    assert len(list(store.glob("LOG.old.*"))) <= 1


# ------------------------------------------------------------------ opening
def test_reading_beside_a_writer(store: Path) -> None:
    with open_to_write(store):
        assert content(store)


def missing(folder: Path) -> Path:
    return folder / "nothing"


def foreign(folder: Path) -> Path:
    (folder / "letters.txt").write_text("mine")
    return folder


def a_file(folder: Path) -> Path:
    (folder / "file").write_text("mine")
    return folder / "file"


def damaged(folder: Path) -> Path:
    (folder / marker.NAME).write_text("{")
    return folder


def newer(folder: Path) -> Path:
    (folder / marker.NAME).write_text('{"version": 99, "namespace": "https://kg.example/"}')
    return folder


@pytest.mark.parametrize(
    ("make", "to_read", "to_write"),
    [
        (missing, StoreMissing, None),
        (foreign, StoreMissing, StoreError),
        (a_file, StoreMissing, StoreError),
        (damaged, StoreError, StoreError),
        (newer, StoreError, StoreError),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_is_no_store(make: type, to_read: type[KgError], to_write: type[KgError] | None, tmp_path: Path) -> None:
    folder = make(tmp_path)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(to_read) as raised:
        open_read_only(folder)
    assert raised.value.hint
    if to_write:
        with pytest.raises(to_write), open_to_write(folder):
            pass
        assert sorted(path.name for path in tmp_path.rglob("*")) == before, "nothing was written into it"


def test_a_store_keeps_its_namespace(store: Path) -> None:
    with pytest.raises(StoreError, match=r"namespace is https://kg\.example/"):
        open_read_only(store, "https://me.org/")


def test_a_crash_right_after_the_marker_leaves_a_store_to_fill(tmp_path: Path) -> None:
    (tmp_path / marker.NAME).write_text('{"version": 1, "namespace": "https://kg.example/"}')
    with pytest.raises(StoreMissing, match="empty"):
        open_read_only(tmp_path)
    add(tmp_path, "Tom | father | John")
    assert content(tmp_path)


# ------------------------------------------------------------------ other processes
HOLD = """
import sys, time
from pathlib import Path
from kg.store.embedded import open_to_write
with open_to_write(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""

ADD_ON = """
import sys
from pathlib import Path
from tests.store.test_embedded import add, big
print("start", flush=True)
for number in range(1000):
    add(Path(sys.argv[1]), big(number), "big.txt")
"""


def big(number: int) -> str:
    """A text whose facts all carry one number, so that a half-written one would show two."""
    return "".join(f"Person{number} X{i} | father | Father{number} Y{i}\n" for i in range(300))


def start(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def held(store: Path) -> Iterator[Path]:
    with start(HOLD, str(store)) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield store
        other.kill()


def test_a_second_writer_is_told(held: Path) -> None:
    with pytest.raises(StoreLocked, match="another process") as raised, open_to_write(held):
        pass
    assert raised.value.hint
    assert content(held), "reading goes on meanwhile"


@pytest.mark.parametrize("wait", [0.15, 0.4, 0.9], ids=str)
def test_kill_9_in_mid_write_leaves_all_or_nothing(wait: float, store: Path) -> None:
    before = set(content(store))
    with start(ADD_ON, str(store)) as other:
        assert other.stdout is not None
        other.stdout.readline()
        time.sleep(wait)
        other.send_signal(signal.SIGKILL)
        other.communicate()
    after = set(content(store))
    assert before <= after
    said = {
        line.split("Father")[1].split(" ")[0]
        for line in after - before
        if "/rdf-schema#label" in line and "Father" in line
    }
    assert len(said) <= 1, "two versions of one document at once"
    if after - before:
        number = int(said.pop())
        expected = quads(graph(document(big(number), "big.txt")), WORDS, reader=READER)
        assert after - before == {str(quad) for quad in expected}
    add(store, "Tom | mother | Ann")  # and it can be written again


FILL = """
import resource, sys
from pathlib import Path
from kg.errors import StoreFull
from tests.store.test_embedded import add, big
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    for number in range(1000):
        add(Path(sys.argv[1]), big(number), f"{number}.txt")
        print(number, flush=True)
except StoreFull as error:
    print("full:", error.message, "|", error.hint)
"""


def check_full(folder: Path, output: str) -> int:
    """The store is read as if nothing had happened.

    Returns:
        how many documents were complete.
    """
    lines = output.splitlines()
    assert lines[-1].startswith("full:"), output
    assert "disk is full" in lines[-1]
    parts = [
        {str(q) for q in quads(graph(document(big(n), f"{n}.txt")), WORDS, reader=READER)} for n in range(len(lines))
    ]
    # The last one may be whole already when only its way from the journal to the tables found no room.
    assert set(content(folder)) in (set().union(*parts[:-1]), set().union(*parts))
    return len(lines) - 1


def test_a_quota_that_is_full(tmp_path: Path) -> None:
    folder = tmp_path / "kg.store"
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(folder), "400000"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    check_full(folder, done.stdout)


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A real file system of 12 MB, where this user may mount one."""
    command = f"mount -t tmpfs -o size=12m tmpfs {tmp_path}"
    if os.geteuid() or subprocess.run(command.split(), capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        folder = tmp_path / "kg.store"
        done = subprocess.run(
            [sys.executable, "-c", FILL, str(folder)], capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert check_full(folder, done.stdout) > 0
        with pytest.raises(StoreFull), open_to_write(folder) as opened:
            put(opened, document(big(1), "x"), quads(graph(document(big(1), "x")), WORDS))
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_limits_are_not_left_on() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
