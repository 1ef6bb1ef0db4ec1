"""Tries again where that may help: with back-off and jitter, as the service asks, and never past the deadline."""

import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import tenacity

from kg.endpoint.access import Patience
from kg.endpoint.faults import FOREIGN, KINDS, Fault, error_of, fault_of

T = TypeVar("T")

ANSWERED = ("rejected", "partial")
"""Faults of the request, not of the service."""


class Trying:
    """The requests to one service. Safe for threads: their number at a time is limited, and strikes are shared."""

    def __init__(self, url: str, patience: Patience) -> None:
        self.service = urlsplit(url).hostname or url
        self.patience = patience
        self._slots = threading.BoundedSemaphore(patience.parallel)
        self._strikes = 0

    def run(self, once: Callable[[float], T], *, update: bool = False) -> T:
        """Calls `once` until it answers.

        Args:
            once: makes the request; is given the time.monotonic() at which it must be done. Raises Fault or FOREIGN.
            update: whether it changes something, so that it is sent again only if it surely did not arrive.

        Raises:
            ServiceError, QueryError: the last of its faults.
        """
        if self._strikes >= self.patience.strikes:
            raise error_of(Fault("stopped"), self.service)
        until = time.monotonic() + self.patience.deadline
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda error: _again(error, update)),
            stop=tenacity.stop_any(
                tenacity.stop_after_attempt(self.patience.tries), tenacity.stop_before_delay(self.patience.deadline)
            ),
            wait=self._wait,
            reraise=True,
        )
        try:
            answer: T = retrying(self._slotted, once, until)
        except Fault as fault:
            self._strikes += fault.kind not in ANSWERED
            raise error_of(fault, self.service) from fault
        self._strikes = 0
        return answer

    def _slotted(self, once: Callable[[float], T], until: float) -> T:
        if not self._slots.acquire(timeout=max(0.0, until - time.monotonic())):
            raise Fault("deadline")
        try:
            return within(until, lambda: once(until))
        finally:
            self._slots.release()

    def _wait(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, Fault) else None
        if asked is not None:
            return asked
        waits = tenacity.wait_random_exponential(self.patience.first_wait, self.patience.longest_wait)
        return float(waits(state))


def _again(error: BaseException, update: bool) -> bool:
    if not isinstance(error, Fault):
        return False
    kind = KINDS[error.kind]
    return kind.unsent if update else kind.again


def within(until: float, call: Callable[[], T]) -> T:
    """Runs a call in a thread and waits for it until a moment, whatever it hangs on (look-ups have no time-out).

    Raises:
        Fault: the call's own, or "deadline"; the thread is then left to end by itself.
    """
    done: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def work() -> None:
        try:
            done.put((call(), None))
        except BaseException as error:  # to be raised where it is waited for
            done.put((None, error))
            if not isinstance(error, Exception):
                raise

    threading.Thread(target=work, daemon=True).start()
    try:
        answer, error = done.get(timeout=max(0.001, until - time.monotonic()))
    except queue.Empty:
        raise Fault("deadline") from None
    if isinstance(error, FOREIGN):
        raise fault_of(error) from error
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]  # there is no error, so there is an answer, if only None
