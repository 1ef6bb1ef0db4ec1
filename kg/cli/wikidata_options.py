"""Options of the commands that ask Wikidata."""

from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.link.cache import Use

WIKIDATA = (
    click.option("--wikidata", metavar="FILE|URL", help="A slice, or a SPARQL service.  [default: Wikidata's own]"),
    click.option(
        "--offline", is_flag=True, help="Ask no service: use kept answers, else the slice that comes with kg."
    ),
    click.option("--refresh", is_flag=True, help="Ask again, whatever is kept."),
)


def use_of(flags: dict[str, object]) -> "Use":
    """How kept answers are used.

    Raises:
        KgError: the two flags exclude each other.
    """
    if flags.get("offline") and flags.get("refresh"):
        raise KgError("--offline and --refresh exclude each other", hint="leave one out")
    return "offline" if flags.get("offline") else "refresh" if flags.get("refresh") else "normal"
