"""A process that answers one request after the other, started by the pool: python -m kg.serve.worker SETTINGS.

It is there to be killed: Oxigraph has no time-out, and an aggregate cannot be interrupted from Python.
"""

import json
import os
import select
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from kg.errors import KgError, StoreError, StoreFull, StoreLocked, StoreMissing
from kg.serve import frames
from kg.serve.asked import Asked, NotFound
from kg.serve.frames import Frame
from kg.serve.holding import Reader, Writer
from kg.serve.jobs import READS, WRITES, Job, MediaTypeUnknown, NotAcceptable
from kg.serve.sink import AnswerTooLarge, Sink
from kg.store.embedded import translated

GRACE = 5
"""Seconds after the time-out at which a worker whose server is gone ends by itself."""

IDLE = 1.0
"""Seconds without an update after which the store is free for other writers."""

STATUS: tuple[tuple[type[KgError], int], ...] = (
    (NotAcceptable, 406),
    (NotFound, 404),
    (MediaTypeUnknown, 415),
    (AnswerTooLarge, 507),
    (StoreLocked, 503),
    (StoreMissing, 503),
    (StoreFull, 507),
    (StoreError, 500),
    (KgError, 400),
)


class Worker:
    """settings: what the pool hands on of Options, and whether it writes."""

    def __init__(self, settings: dict[str, Any], into: IO[bytes]) -> None:
        folder, base = Path(settings["store"]), settings["namespace"]
        self._settings, self._into = settings, into
        self._reader, self._writer = Reader(folder, base), Writer(folder, base)
        self._jobs: dict[str, Job] = WRITES if settings["writes"] else READS

    def run(self, source: IO[bytes]) -> None:
        """Does jobs until the pipe ends."""
        self._send(Frame(frames.READY))
        while True:
            # Only a writer has something to do while nothing comes.
            while self._settings["writes"] and not select.select([source], [], [], IDLE)[0]:
                self._writer.close_when_idle(IDLE)
            job = frames.read(source)
            if job is None:
                self._writer.close()
                return
            _set_alarm(self._settings["time_out"] + GRACE)
            self._do(job)
            _set_alarm(0)

    def _do(self, job: Frame) -> None:
        try:
            if not self._answer(job, again=not self._settings["writes"]):
                self._answer(job, again=False)
        except KgError as error:
            status = next(status for kind, status in STATUS if isinstance(error, kind))
            self._fail(status, error.message, error.hint)
        except MemoryError:
            self._fail(507, "this needs more memory than a request may have", "ask for less")

    def _answer(self, job: Frame, *, again: bool) -> bool:
        """Does a job.

        Args:
            again: whether the job may be done a second time, from a new opening of the store: a writer may have
                removed a file that the old one had still to read.

        Returns:
            whether it is done.
        """
        sink = Sink(self._send, self._settings["answer"])
        opened = self._writer.opened() if self._settings["writes"] else self._reader.opened()
        try:
            with translated(opened.folder):
                folders = tuple(map(Path, self._settings["ontology"]))
                asked = Asked(opened, self._settings["union"], job.fields, job.body, folders)
                self._jobs[job.fields["job"]](asked, sink)
        except StoreError:
            self._reader.forget()
            if again and not sink.started:
                return False
            raise
        sink.close()
        return True

    def _fail(self, status: int, message: str, hint: str) -> None:
        self._send(Frame(frames.FAILED, {"status": status, "message": message, "hint": hint}))

    def _send(self, frame: Frame) -> None:
        self._into.write(frame.pack())
        self._into.flush()


def main() -> None:
    """Reads the settings from the command line and jobs from stdin; answers on stdout."""
    settings = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=1 << 17)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what some library prints is no answer
    _limit_memory(settings["memory"])
    with suppress(BrokenPipeError):
        Worker(settings, answers).run(sys.stdin.buffer)


def _set_alarm(seconds: float) -> None:
    """The system ends this process then, whatever it does, even if its server is gone; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(limit: int) -> None:
    """A query that wants more fails or dies alone. Where the system has no such limit, there is none."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


if __name__ == "__main__":
    main()
