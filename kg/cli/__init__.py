"""The command line. `main` is the only place that turns errors into messages and exit codes."""

from __future__ import annotations

import sys

from kg.cli import short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["main"]

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits with its code."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        found = short.answer(given)
        if found is None:
            from kg.cli import boundary
    except KeyboardInterrupt:  # before there is a boundary to say anything
        sys.exit(INTERRUPTED)
    if found is None:
        boundary.main(given)
    sys.exit(_print(found))


def _print(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        from kg.cli.boundary import unwritten

        return unwritten(error)
    return 0
