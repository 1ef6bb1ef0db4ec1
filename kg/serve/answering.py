"""One job of a worker as an HTTP answer: the status when the first piece is there, then the pieces as they come."""

import asyncio
from time import monotonic

from starlette.types import Message, Receive, Scope, Send

from kg.serve import frames
from kg.serve.frames import Frame
from kg.serve.log import Say, shown
from kg.serve.pool import Busy, Lent, Pool, WorkerDied

TOO_LONG = 504


class Cut(Exception):
    """An answer had to end in the middle; the server then closes the connection, so that nobody takes it for whole."""


class Answering:
    """An ASGI response.

    Args:
        pool: whose worker does the job. time_out: seconds, to the last byte. say: takes lines for the log.
        what: the query, for the log. headers: added to the answer's.
    """

    def __init__(
        self, pool: Pool, job: Frame, time_out: float, say: Say, what: str, headers: dict[str, str] | None = None
    ) -> None:
        self._pool, self._job, self._time_out, self._say, self._what = pool, job, time_out, say, what
        self._headers = headers or {}
        self._started = False

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        begun = monotonic()
        work = asyncio.ensure_future(self._work(send))
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                await work
                return
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)
        self._say(f"the client left after {monotonic() - begun:.1f} s, its query was stopped: {shown(self._what)}")

    async def _work(self, send: Send) -> None:
        """Waits for a worker no longer than the time-out, and lets it work no longer than that."""
        working = False
        try:
            async with asyncio.timeout(self._time_out) as limit, self._pool.worker() as worker:
                working = True
                limit.reschedule(asyncio.get_running_loop().time() + self._time_out)
                await self._relay(worker, send)
        except WorkerDied:
            self._say(f"a worker died of this: {shown(self._what)}")
            await self._fail(send, 500, "the request needs more than a worker can give, and ended it", "ask for less")
        except Busy:
            await self._fail(send, 503, "too many requests at once", "try again in a moment")
        except TimeoutError:
            if not working:
                await self._fail(send, 503, "too many requests at once", "try again in a moment")
                return
            self._say(f"stopped after {self._time_out:g} s: {shown(self._what)}")
            hint = "ask for less, or let the server wait longer: kg serve --time-out"
            await self._fail(send, TOO_LONG, f"stopped after {self._time_out:g} seconds", hint)

    async def _relay(self, worker: Lent, send: Send) -> None:
        frame = await worker.begin(self._job)
        while True:
            if frame.kind == frames.FAILED:
                fields = frame.fields
                await self._fail(send, fields["status"], fields["message"], fields["hint"])
                return
            last = frame.kind in (frames.WHOLE, frames.END)
            if not self._started:
                length = len(frame.body) if last else None
                await self._start(send, frame.fields.get("status", 200), frame.fields.get("type"), length)
            await send({"type": "http.response.body", "body": frame.body, "more_body": not last})
            if last:
                return
            frame = await worker.next()

    async def _fail(self, send: Send, status: int, message: str, hint: str) -> None:
        if self._started:
            raise Cut(message)
        body = f"{message}\n{f'Hint: {hint}' if hint else ''}".strip() + "\n"
        self._headers = {**self._headers, **({"retry-after": "1"} if status == 503 else {})}
        await self._start(send, status, "text/plain; charset=utf-8", len(body.encode()))
        await send({"type": "http.response.body", "body": body.encode()})

    async def _start(self, send: Send, status: int, media: str | None, length: int | None) -> None:
        headers = {"vary": "accept", **self._headers}
        if media:
            headers["content-type"] = media
        if length is not None and status != 204:
            headers["content-length"] = str(length)
        self._started = True
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        message: Message = {"type": "http.response.start", "status": status, "headers": raw}
        await send(message)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
