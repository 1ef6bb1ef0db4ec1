"""Reading in several processes: the same graphs in the same order, and no process for little text."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator

import pytest

from kg import workers
from kg.errors import KgError
from kg.model import Document, DocumentGraph


def told_by(threads: int) -> Callable[[Document], DocumentGraph]:
    """A reader that writes down which process read a document, and with how many threads."""
    return lambda document: DocumentGraph(document=Document(id=document.id, text=f"{os.getpid()} {threads}"))


def dying(threads: int) -> Callable[[Document], DocumentGraph]:
    """A reader that is killed in any process but the first."""
    return told_by(threads) if threads == 0 else lambda _document: os._exit(9)


def endless(threads: int) -> Callable[[Document], DocumentGraph]:
    """A reader that does not come to an end with what it reads in any process but the first."""

    def read(document: Document) -> DocumentGraph:
        if threads and document.id not in ("d5", "d6"):
            time.sleep(300)
        return DocumentGraph(document=document)

    return read


def texts(count: int, size: int) -> Iterator[Document]:
    return (Document(id=f"d{k}", text="x" * size) for k in range(count))


def test_little_text_is_read_here() -> None:
    graphs = list(workers.graphs(texts(5, 100), told_by, jobs=2))
    assert {g.document.text for g in graphs} == {f"{os.getpid()} 0"}


def test_much_text_is_read_in_order_by_others() -> None:
    graphs = list(workers.graphs(texts(40, workers.LITTLE // 4), told_by, jobs=2))
    assert [g.document.id for g in graphs] == [f"d{k}" for k in range(40)]
    readers = {g.document.text for g in graphs}
    assert f"{os.getpid()} 0" in readers
    assert len(readers) > 1
    assert all(text.endswith(" 1") for text in readers - {f"{os.getpid()} 0"})


def test_what_came_before_a_broken_source_is_read() -> None:
    def documents() -> Iterator[Document]:
        yield from texts(9, workers.LITTLE // 4)
        raise KgError("gone")

    graphs = workers.graphs(documents(), told_by, jobs=2)
    assert [next(graphs).document.id for _ in range(9)] == [f"d{k}" for k in range(9)]
    with pytest.raises(KgError, match="gone"):
        next(graphs)


def test_one_job_is_this_process() -> None:
    graphs = list(workers.graphs(texts(10, workers.LITTLE), told_by, jobs=1))
    assert {g.document.text for g in graphs} == {f"{os.getpid()} 0"}


def test_a_killed_process_is_told() -> None:
    with pytest.raises(KgError, match="was killed"):
        list(workers.graphs(texts(10, workers.LITTLE), dying, jobs=2))


def lives(process: int | None) -> bool:
    """Whether there is such a process; one that has ended counts until somebody asks how."""
    multiprocessing.active_children()
    try:
        os.kill(process or 0, 0)
    except ProcessLookupError:
        return False
    return True


def test_who_no_longer_waits_leaves_nobody_reading() -> None:
    graphs = workers.graphs(texts(30, workers.LITTLE // 4), endless, jobs=2)
    while next(graphs).document.id != "d6":  # by now others read, too
        pass
    reading = [process.pid for process in multiprocessing.active_children()]
    graphs.close()  # type: ignore[attr-defined]  # as Ctrl-C does
    assert len(reading) == 2
    deadline = time.monotonic() + 10
    while any(map(lives, reading)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(lives, reading))
