"""Remarks and progress on stderr; answers on stdout."""

import sys
from dataclasses import dataclass

from kg.errors import KgError

CLEAR_LINE = "\r\x1b[K"


@dataclass(slots=True)
class Console:
    """How much a run says. verbosity: -1 errors only, 0 remarks, 1 every step.

    failed: whether a source was bad. kept: what to say of the store when Ctrl-C stops the run.
    """

    verbosity: int = 0
    debug: bool = False
    failed: bool = False
    kept: str = ""
    _progress: bool = False

    def say(self, text: str) -> None:
        """A line that is always said."""
        self._clear()
        print(text, file=sys.stderr)

    def remark(self, text: str) -> None:
        """A line that --quiet leaves out."""
        if self.verbosity >= 0:
            self.say(text)

    def detail(self, text: str) -> None:
        """A line that --verbose asks for."""
        if self.verbosity >= 1:
            self.say(text)

    def error(self, error: KgError) -> None:
        """The form of every error: what is wrong, and what to do."""
        self.say(f"Error: {error.message}")
        if error.hint:
            self.say(f"Hint: {error.hint}")

    def bad_source(self, error: KgError) -> None:
        """Tells of one source and lets the others be read; the exit code tells of it at the end."""
        self.error(error)
        self.failed = True

    def progress(self, text: str) -> None:
        """A line that the next one overwrites; only where a person watches."""
        if self.verbosity >= 0 and sys.stderr.isatty():
            print(f"{CLEAR_LINE}{text[:100]}", end="", file=sys.stderr, flush=True)
            self._progress = True

    def _clear(self) -> None:
        if self._progress:
            print(CLEAR_LINE, end="", file=sys.stderr)
            self._progress = False

    def done(self) -> None:
        """Takes the progress line away."""
        self._clear()
        sys.stderr.flush()
