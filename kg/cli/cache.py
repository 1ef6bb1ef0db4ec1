"""kg cache"""

import datetime

import click

from kg.cli.console import Console
from kg.cli.options import settings_from


@click.group("cache", short_help="Show or clear the answers that are kept.")
def command() -> None:
    """Answers of Wikidata and indexes of slices are kept in a folder of your own (KG_CACHE), so that nothing is asked
    twice. `--refresh` asks again; `--offline` asks nothing.

    \b
    Examples:
      kg cache info
      kg cache clear
    """


@command.command("info")
def info() -> None:
    """Where the cache is, how many answers it holds, how large and how old they are.

    \b
    Examples:
      kg cache info
    """
    from kg.link.cache import Cache
    from kg.wikidata.opening import cache_folder

    found = Cache(cache_folder(settings_from())).contents()
    click.echo(f"folder\t{found.folder}")
    click.echo(f"answers\t{found.answers}")
    click.echo(f"slices\t{found.slices}")
    click.echo(f"size\t{found.size / 1e6:.1f} MB")
    for name, when in (("oldest", found.oldest), ("newest", found.newest)):
        if when is not None:
            click.echo(f"{name}\t{datetime.datetime.fromtimestamp(when).isoformat(sep=' ', timespec='minutes')}")


@command.command("clear")
@click.pass_obj
def clear(console: Console, /) -> None:
    """Forget all answers and indexes. Nothing in a store is touched.

    \b
    Examples:
      kg cache clear
    """
    from kg.link.cache import Cache
    from kg.wikidata.opening import cache_folder

    cache = Cache(cache_folder(settings_from()))
    size = cache.contents().size
    cache.clear()
    console.remark(f"{cache.folder}: {size / 1e6:.1f} MB freed")
