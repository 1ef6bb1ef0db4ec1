"""Reading on all cores: the same function in several processes, the graphs in the order of the documents.

Little text is read in this process, for another takes a second or two to load the model. What comes out does not depend
on how many processes read it. A pool of processes rather than spaCy's `nlp.pipe(n_process=2)`, which sends whole Docs
between processes and is slower than one process on short texts.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection

from kg.errors import KgError
from kg.model import Document, DocumentGraph

ReadDocument = Callable[[Document], DocumentGraph]
Load = Callable[[int], ReadDocument]
"""Loads the reader for so many threads; pickled by name, so a function of a module, or a partial of one."""

LITTLE = 20_000  # code points, about 3,500 words: less text than this is not worth a second process
BATCH = 20_000  # code points that one process gets at a time
AHEAD = 3  # batches a process that are read ahead of what is taken


def graphs(documents: Iterable[Document], load: Load, jobs: int = 0) -> Iterator[DocumentGraph]:
    """The graph of each document, in order.

    Args:
        load: gives the reader, in this process and in others.
        jobs: how many processes read; 0 for one a core.

    Raises:
        KgError: what loading raises; what the documents raise, after the graphs of those before; a process was killed.
    """
    broken: list[KgError] = []
    waiting = _until_broken(documents, broken)
    jobs = jobs or _cores()
    own = [load(0)]
    size = 0
    for document in waiting:
        yield own[0](document)
        size += len(document.text)
        if jobs > 1 and size > LITTLE:
            yield from _pooled(waiting, own.pop(), load, jobs)
            break
    if broken:
        raise broken[0]


def _until_broken(documents: Iterable[Document], broken: list[KgError]) -> Iterator[Document]:
    """The documents up to the first that cannot be had; what is wrong with that goes to broken."""
    try:
        yield from documents
    except KgError as error:
        broken.append(error)


def _pooled(documents: Iterator[Document], read: ReadDocument, load: Load, jobs: int) -> Iterator[DocumentGraph]:
    """read: reads a first batch in this process, while the others load the model."""
    batches = _batches(documents)
    here, first = next(batches, []), next(batches, None)
    if first is None:
        yield from map(read, here)
        return
    context = get_context("spawn")
    lifeline, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(load, lifeline))
    try:
        with _deaf():
            futures: deque[Future[list[DocumentGraph]]] = deque([pool.submit(_read, first)])
        futures.extend(pool.submit(_read, batch) for batch in islice(batches, jobs * AHEAD))
        yield from map(read, here)
        del read  # its memory is worth more in the other processes
        while futures:
            yield from futures.popleft().result()
            futures.extend(pool.submit(_read, batch) for batch in islice(batches, 1))
    except BrokenProcessPool as error:
        raise KgError(
            "a process that read texts was killed, perhaps for want of memory", hint="try again with --jobs 1"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        held.close()  # else the end of this process would wait for what they have begun
        lifeline.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started meanwhile never hears Ctrl-C, which is for this process alone, not even while it still imports;
    here it is heard a moment later."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if sum(len(d.text) for d in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _cores() -> int:
    """The cores that this process may use."""
    with suppress(AttributeError):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# ------------------------------------------------------------------ in the other processes
_reader: list[ReadDocument] = []


def _start(load: Load, lifeline: Connection) -> None:
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _reader.append(load(1))


def _end_with(lifeline: Connection) -> None:
    """Ends this process, whatever it does, when the one that started it is done with it or is no more."""
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(0)


def _read(batch: list[Document]) -> list[DocumentGraph]:
    return [_reader[0](document) for document in batch]
