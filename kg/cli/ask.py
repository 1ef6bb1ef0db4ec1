"""kg ask"""

import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from


def _complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in _files(()) if name.startswith(incomplete)]


@click.command("ask", short_help="Ask a saved question: kg ask father NAME.")
@click.argument("question", required=False, shell_complete=_complete)
@click.argument("values", metavar="[NAME]...", nargs=-1)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(("table", "csv", "tsv", "json", "xml")),
    help="[default: a table, in a pipe plain text]",
)
@options(STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(
    console: Console, /, question: str | None, values: tuple[str, ...], name: str | None, **flags: object
) -> None:
    """Ask a saved question. Without QUESTION, list them. A folder given with --ontology may hold further ones in
    questions/NAME.rq.

    \b
    Examples:
      kg ask
      kg ask father "Prince Harry"
      kg ask siblings "Prince Harry" -f csv
    """
    from kg.ask import questions
    from kg.cli.tables import columns, print_rows, stoppable

    settings = settings_from(**flags)
    known = questions.load(_files(settings.ontology).values())
    if not question:
        for line in columns([(one.usage, one.title) for one in known.values()]):
            click.echo(line)
        return

    from kg.ask.query import run
    from kg.ask.results import RESULTS, rows_of
    from kg.cli.people import finder
    from kg.store.opening import open_read_only

    asked = questions.named(known, question)
    questions.check_number(asked, values)
    opened = open_read_only(settings.store, settings.namespace)
    with stoppable():
        sparql = questions.bound(asked, values, finder(opened, settings))
        answer = run(opened.graph, sparql, opened.base)
        if name in RESULTS:
            RESULTS[name](answer, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            rows = rows_of(answer)
            if not rows[1]:
                console.remark("No answer in this graph.")
            print_rows(opened.graph, rows, opened.base, table=True if name == "table" else None)


def _files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """The files of questions by name, shipped ones first; the ontology itself is not read for this."""
    from kg.vocabulary import shipped

    paths = (path for folder in (shipped(), *folders) for path in sorted(folder.glob("questions/*.rq")))
    return {path.stem: path for path in paths}
