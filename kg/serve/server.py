"""Runs the application in uvicorn."""

import asyncio
import errno
import logging
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from kg.errors import ServiceError
from kg.serve.app import application
from kg.serve.log import Say, stamped
from kg.serve.options import Options

CLOSING = 3
"""Seconds that running answers get when the server is stopped."""

BACKLOG = 512
"""Connections that wait to be accepted."""


class Guarded(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """A connection that is cut when its client takes nothing for too long.

    Closing it would wait for ever: what is still to be sent has to go out first.
    """

    stall = 10.0
    """Seconds, far below the time-out: while it lasts, a worker waits with the client. Set by `run`."""

    _timer: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """The client does not keep up."""
        super().pause_writing()
        self._timer = self.loop.call_later(self.stall, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._stop()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class _ToLog(logging.Handler):
    """uvicorn's own errors, in our log."""

    def __init__(self, say: Say) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        from kg.serve.answering import Cut

        if not (record.exc_info and isinstance(record.exc_info[1], Cut)):
            self._say(self.format(record))


def listening(options: Options) -> socket.socket:
    """A socket that listens where the options say.

    Raises:
        ServiceError: somebody else listens there, or the name is not ours.
    """
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it every answer takes 40 ms more.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((options.host, options.port))
        opened.listen(BACKLOG)  # from here on clients may come; they wait until the workers are up
    except OSError as error:
        opened.close()
        taken = error.errno == errno.EADDRINUSE
        hint = "choose another --port; 0 takes a free one" if taken else "choose another --host"
        raise ServiceError(f"{options.host}:{options.port}: {error.strerror or error}", hint=hint) from error
    return opened


def run(options: Options, opened: socket.socket, say: Say) -> None:
    """Serves until it is stopped by a signal."""
    log = stamped(say)
    handler = _ToLog(log)
    logger = logging.getLogger("uvicorn")
    logger.handlers, logger.propagate = [handler], False
    Guarded.stall = min(Guarded.stall, options.time_out / 3)
    settings: dict[str, Any] = {
        "http": Guarded,
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "lifespan": "on",
        "timeout_graceful_shutdown": CLOSING,
        "backlog": BACKLOG,
    }
    uvicorn.Server(uvicorn.Config(application(options, log), **settings)).run(sockets=[opened])
