"""kg stats"""

import click

from kg.cli.options import NAMESPACE, STORE, options, settings_from


@click.command("stats", short_help="Count what the store holds.")
@options(STORE, NAMESPACE)
def command(**flags: object) -> None:
    """Count what the store holds: documents, people, claims, and how often each relation is asserted.

    \b
    Examples:
      kg stats
      kg stats --store family.store
    """
    from kg.ask.counts import counts
    from kg.store.opening import open_read_only

    settings = settings_from(**flags)
    opened = open_read_only(settings.store, settings.namespace)
    for name, number in counts(opened.graph, opened.base):
        click.echo(f"{number:>9,}  {name}" if name else "")
