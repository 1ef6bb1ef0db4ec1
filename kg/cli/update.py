"""kg update"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, STORE, options, settings_from
from kg.cli.query import written
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.ask.updating import Changes


@click.command("update", short_help="Change the graph in SPARQL.")
@click.argument("sparql", required=False)
@options(
    click.option("--file", metavar="FILE", help="Read the update from a file."),
    click.option("--dry-run", is_flag=True, help="Print what would change, and change nothing."),
    click.option("--prefix", metavar="P=IRI", multiple=True, help="Declare a prefix; may be repeated."),
    click.option("--endpoint", metavar="URL", help="Change a SPARQL service elsewhere, not the store."),
    STORE,
    NAMESPACE,
)
@click.pass_obj
def command(
    console: Console, /, sparql: str | None, file: str | None, dry_run: bool, endpoint: str | None, **flags: Any
) -> None:
    """Change the graph with SPARQL Update, all of it or nothing; - reads the update from stdin. The prefixes of kg
    query are known. What each document says stands in a graph of its own: write GRAPH ?g { … }. kg add of a changed
    document replaces that graph. LOAD and SERVICE are refused.

    \b
    Examples:
      kg update 'INSERT DATA { GRAPH <urn:mine> { person:tom kg:nickname "Tommy" } }'
      kg update --dry-run 'DELETE WHERE { GRAPH ?g { ?x kg:age ?age } }'
      kg update --file changes.ru
    """
    from kg.ask import binding

    text, extra, settings = written(sparql, file, "update"), binding.declared(flags["prefix"]), settings_from(**flags)
    place = endpoint or settings.store
    if not isinstance(place, Path):
        if dry_run:
            raise click.UsageError("--dry-run works on a store on this machine")
        _send(endpoint, text, extra, settings)
        console.remark(f"{place} has done it; what changed it does not say.")
        return
    act = _tried if dry_run else _done
    changes = act(text, extra, place, settings.namespace)
    if dry_run:
        for line in changes.lines():
            click.echo(line)
    console.remark(_told(changes, dry_run))
    _hint(console, text, changes)


def _done(text: str, extra: dict[str, str], folder: Path, base: str) -> "Changes":
    """Changes the store; an update that cannot be done leaves it as it was."""
    from kg.ask import updating
    from kg.store.copies import on_copy
    from kg.store.embedded import open_to_write, translated
    from kg.vocabulary.names import DEFAULT_BASE

    updating.check(text, base or DEFAULT_BASE, extra)
    with open_to_write(folder, base) as opened:
        base = opened.base
        if updating.is_one(text):
            changes = updating.count(opened.graph, text, opened.base, extra)
        else:
            changes = on_copy(opened.graph, opened.folder, lambda copy: updating.carry_out(copy, text, base, extra))
        with translated(opened.folder):
            updating.change(opened.graph, text, opened.base, extra)
    return changes


def _tried(text: str, extra: dict[str, str], folder: Path, base: str) -> "Changes":
    """Changes a copy of the store."""
    from kg.ask import updating
    from kg.store.copies import on_copy
    from kg.store.embedded import open_read_only
    from kg.vocabulary.names import DEFAULT_BASE

    updating.check(text, base or DEFAULT_BASE, extra)
    opened = open_read_only(folder, base)
    base = opened.base
    return on_copy(opened.graph, opened.folder, lambda copy: updating.carry_out(copy, text, base, extra))


def _send(url: str | None, text: str, extra: dict[str, str], settings: Settings) -> None:
    """Sends an update to a service, or to a store that is one."""
    from kg.ask.words import with_prefixes
    from kg.vocabulary.names import DEFAULT_BASE, prefixes

    if url:
        from kg.cli.asking import service

        known = {**prefixes(settings.namespace or DEFAULT_BASE), **extra}
        service(url, settings).update(with_prefixes(text, known))
        return
    from kg.store.opening import open_read_only

    opened = open_read_only(settings.store, settings.namespace)
    opened.update(with_prefixes(text, {**prefixes(opened.base), **extra}))


def _told(changes: "Changes", dry_run: bool) -> str:
    added, removed = len(changes.added), len(changes.removed)
    if not added and not removed:
        return "Nothing would change." if dry_run else "Nothing changed."
    plural = "" if added == 1 else "s"
    return f"{added:,} quad{plural} {'would be ' if dry_run else ''}added, {removed:,} removed."


def _hint(console: Console, text: str, changes: "Changes") -> None:
    """Most who change nothing have forgotten where the facts are."""
    from kg.ask.updating import names_graphs

    if not changes.added and not changes.removed and not names_graphs(text):
        console.remark("Hint: what documents say is in a graph each; write GRAPH ?g { … } around it.")
