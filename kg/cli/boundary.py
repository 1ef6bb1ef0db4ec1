"""Where every error ends: as one clear message and an exit code.

0 good, 1 the input or the answer is bad, 2 wrong usage, 3 a service did not answer; and as shells have it,
130 stopped by Ctrl-C and 141 nobody reads our output any more.
"""

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg.cli.console import Console
from kg.cli.group import ClosedPipeError, cli
from kg.errors import KgError

INTERRUPTED = 128 + signal.SIGINT
CLOSED_PIPE = 128 + signal.SIGPIPE
BUG = 1


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits with its code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Runs one command.

    Returns:
        the exit code; whatever went wrong has been said on stderr.
    """
    console = Console()
    try:
        # Commands return nothing; click returns the code of an Exit.
        code = cli.main(list(arguments), prog_name="kg", standalone_mode=False, obj=console)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KgError as error:
        console.error(error)
        return error.exit_code
    except ClosedPipeError:
        return closed_pipe()
    except (KeyboardInterrupt, click.Abort):
        console.say(f"Stopped. {console.kept}".strip())
        return INTERRUPTED
    except OSError as error:
        return unwritten(error, console)
    except Exception as error:  # noqa: BLE001 (the boundary)
        return _bug(error, console)
    return int(code or 0)


def unwritten(error: OSError, console: Console | None = None) -> int:
    """What is wrong with our own output: nobody reads it, the disk is full, a drive is lost. The errors of sources and
    stores are KgErrors by now."""
    if isinstance(error, BrokenPipeError):
        return closed_pipe()
    (console or Console()).error(KgError(f"{error.filename or 'output'}: {error.strerror or error}"))
    return BUG


def closed_pipe() -> int:
    """Keeps the interpreter from failing again when it flushes stdout at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED_PIPE


def _bug(error: Exception, console: Console) -> int:
    if console.debug:
        import traceback

        traceback.print_exception(error)
    else:
        console.say(f"Sorry, this is a bug in kg ({type(error).__name__}: {error}).")
        console.say("Please report it with what kg --debug … says for the same command.")
    return BUG
