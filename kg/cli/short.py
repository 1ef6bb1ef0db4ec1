"""The short way of `kg query` in a pipe: what scripts ask a thousand times, answered before click, typing, pathlib and
re are even loaded, which take twice as long as the question.

Only the plainest command line goes this way, and only if all is well: at anything else it gives up without a word, and
the usual way does all of it, errors included. It never says anything that the usual way would not
(tests/cli/test_short.py).
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ELSEWHERE = ("SERVICE", "FROM")
"""Words of queries that want a look; so do names that merely contain them."""


def answer(arguments: Sequence[str]) -> str | None:
    """What `kg query` prints for these arguments.

    Returns:
        None where the usual way is to be gone.
    """
    given = _given(arguments)
    if given is None:
        return None
    folder, sparql = given
    from kg.store import marker

    try:
        with open(f"{folder}/{marker.NAME}", encoding="utf-8") as file:
            base = marker.base_of(file.read())
    except (OSError, UnicodeDecodeError):
        return None
    return _asked(folder, sparql, base) if base and os.path.exists(f"{folder}/{marker.DATABASE}") else None


def _given(arguments: Sequence[str]) -> tuple[str, str] | None:
    """Store and query, if nothing else is given, on the command line, in the environment or in kg.toml."""
    if len(arguments) not in (2, 4) or arguments[0] != "query" or sys.stdout.isatty() or os.path.exists("kg.toml"):
        return None
    rest = list(arguments[1:])
    folder = os.environ.get("KG_STORE") or "kg.store"
    if "--store" in rest[:-1] and len(rest) == 3:
        at = rest.index("--store")
        _, folder = rest.pop(at), rest.pop(at)
    sparql = rest[0]
    others = any(name.startswith("KG_") and name != "KG_STORE" for name in os.environ)
    plain = len(rest) == 1 and not sparql.startswith("-") and not any(word in sparql.upper() for word in ELSEWHERE)
    return (folder, sparql) if plain and folder and "://" not in folder and not others else None


def _asked(folder: str, sparql: str, base: str) -> str | None:
    import signal

    from pyoxigraph import QueryBoolean, QuerySolutions, Store

    from kg.ask.plain import plain_rows
    from kg.vocabulary.names import prefixes

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as kg.cli.tables.stoppable
    try:
        found = Store.read_only(folder).query(sparql, prefixes=prefixes(base), use_default_graph_as_union=True)
        if isinstance(found, QueryBoolean):
            return "true\n" if found else "false\n"
        if not isinstance(found, QuerySolutions):
            return None
        names = [variable.value for variable in found.variables]
        return "".join(plain_rows((names, [list(row) for row in found]), base))
    except (OSError, SyntaxError, ValueError, RuntimeError):
        return None
    finally:
        signal.signal(signal.SIGINT, before)
