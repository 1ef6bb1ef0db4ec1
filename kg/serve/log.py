"""The log: one line a request on stderr, and what else happened."""

from collections.abc import Callable
from time import strftime

LONGEST = 300

Say = Callable[[str], None]


def stamped(say: Say) -> Say:
    """Puts the time of day before each line."""
    return lambda text: say(f"{strftime('%H:%M:%S')} {text}")


def shown(text: str) -> str:
    """A text from somebody else on one line, cut short, without control characters that a terminal would obey."""
    line = " ".join(text.split())
    safe = "".join(mark if mark.isprintable() else "�" for mark in line)
    return safe if len(safe) <= LONGEST else f"{safe[:LONGEST]}… ({len(text)} characters)"
