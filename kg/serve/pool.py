"""The worker processes: as many as may work at once, each lent to one request, killed when that ends early."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from kg.serve import frames
from kg.serve.frames import Frame
from kg.serve.options import Options

PIPE = 1 << 18
"""Bytes of an answer that wait in the server for a slow client; then the worker waits."""


class Busy(Exception):
    """More requests wait than may."""


class WorkerDied(Exception):
    """A worker ended in the middle of a job: killed by the system, or by a fault in native code."""


class Lent:
    """A worker process while one request has it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.clean = True

    async def begin(self, job: Frame) -> Frame:
        """Gives it a job, waits for the first frame of the answer.

        Raises:
            WorkerDied.
        """
        self.clean = False
        assert self.process.stdin is not None
        with suppress(ConnectionError):
            self.process.stdin.write(job.pack())
            await self.process.stdin.drain()
        return await self.next()

    async def next(self) -> Frame:
        """The next frame of the answer.

        Raises:
            WorkerDied.
        """
        assert self.process.stdout is not None
        try:
            frame = await frames.receive(self.process.stdout)
        except asyncio.IncompleteReadError as error:
            raise WorkerDied from error
        self.clean = frame.kind in (frames.WHOLE, frames.END, frames.FAILED)
        return frame


class Pool:
    """Workers of one kind.

    Args:
        writes: whether they change the store; then there is one.
    """

    def __init__(self, options: Options, *, writes: bool = False) -> None:
        self._settings = {
            "store": str(options.store),
            "namespace": options.base,
            "ontology": [str(folder) for folder in options.ontology],
            "union": options.union,
            "writes": writes,
            "time_out": options.time_out,
            "answer": options.answer,
            "memory": options.memory,
        }
        self._size = 1 if writes else options.workers
        self._most = options.waiting
        self._waiting = 0
        self._idle: asyncio.LifoQueue[asyncio.subprocess.Process | None] = asyncio.LifoQueue()
        self._all: set[asyncio.subprocess.Process] = set()
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the workers."""
        for process in await asyncio.gather(*(self._spawn() for _ in range(self._size))):
            self._idle.put_nowait(process)

    async def stop(self) -> None:
        """Ends all workers; those in mid-update get the time to close the store."""
        for task in self._starting:
            task.cancel()
        for process in self._all:
            if process.stdin is not None:
                process.stdin.close()
        for process in list(self._all):
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), 2)
            await _kill(process)

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Lent]:
        """Lends a worker. One that has not ended its job when it comes back is killed, and another one started.

        Raises:
            Busy: too many wait already.
        """
        if self._idle.empty() and self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            process = await self._idle.get()
        finally:
            self._waiting -= 1
        lent: Lent | None = None
        try:
            lent = Lent(process if process and _alive(process) else await self._spawn())
            yield lent
        finally:
            self._take_back(lent)

    def _take_back(self, lent: Lent | None) -> None:
        if lent is not None and lent.clean:
            self._idle.put_nowait(lent.process)
            return
        task = asyncio.ensure_future(self._replace(lent))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _replace(self, lent: Lent | None) -> None:
        if lent is not None:
            await _kill(lent.process)
            self._all.discard(lent.process)
        process = None
        try:
            process = await self._spawn()
        finally:
            self._idle.put_nowait(process)  # None: the system has no process to give now; the next request tries

    async def _spawn(self) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", "kg.serve.worker", json.dumps(self._settings))
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=PIPE)
        self._all.add(process)
        assert process.stdout is not None
        try:
            await frames.receive(process.stdout)  # it is ready
        except BaseException as error:
            await _kill(process)
            self._all.discard(process)
            if isinstance(error, asyncio.IncompleteReadError):
                raise WorkerDied from error
            raise
        return process


def _alive(process: asyncio.subprocess.Process) -> bool:
    """Whether it can work; one that the system has just killed is known by its pipe first."""
    return process.returncode is None and process.stdout is not None and not process.stdout.at_eof()


async def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def job(name: str, body: bytes = b"", **fields: Any) -> Frame:
    """A job for a worker, by its name in kg.serve.jobs."""
    return Frame(frames.JOB, {"job": name, **fields}, body)
