"""The command line. `main` is the only place that turns errors into messages and exit codes."""

import sys
from collections.abc import Sequence
from typing import NoReturn

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits with its code."""
    try:
        from kg.cli.boundary import main
    except KeyboardInterrupt:  # before there is a boundary to say anything
        sys.exit(130)
    main(arguments)
