"""kg add"""

import click

from kg.cli.console import Console
from kg.cli.options import JOBS, MODEL, NAMESPACE, ONTOLOGY, STORE, options, settings_from
from kg.model import Document, DocumentGraph


@click.command("add", short_help="Read texts into the store.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="When texts without a date were written: YYYY-MM-DD.")
@options(STORE, JOBS, ONTOLOGY, NAMESPACE, MODEL)
@click.pass_obj
def command(console: Console, /, sources: tuple[str, ...], date: object, jobs: int, **flags: object) -> None:
    """Read texts into the store. A SOURCE is a file, a folder, a quoted glob, or - for stdin.

    A text that has not changed is not read again; a changed one replaces what its former version said. A run that
    was stopped can be started again: it goes on where it ended.

    \b
    Examples:
      kg add stories/
      kg add article.txt --date 2024-02-08
      kg --verbose add corpus.jsonl --store family.store
    """
    from kg import build
    from kg.read import documents

    settings = settings_from(**flags)
    console.kept = "The documents added until now are kept; run the same again to go on."
    number = 0

    def report(document: Document, outcome: str, graph: DocumentGraph | None) -> None:
        nonlocal number
        number += 1
        console.progress(f"{number}: {document.id}")
        facts = f", {_count(len(graph.facts), 'fact')}" if graph else ""
        console.detail(f"{document.id}: {outcome}{facts}")
        if graph and document.text.strip() and not build.people_of(graph):
            console.remark(f"{document.id}: no people found")

    day = str(date)[:10] if date else ""
    texts = build.non_blank(documents(sources, date=day, recover=console.bad_source), console.remark)
    summary = build.add(texts, settings, report, jobs)
    outcomes = ", ".join(f"{_count(n, 'document')} {outcome}" for outcome, n in sorted(summary.outcomes.items()))
    if outcomes:
        read = (
            f": {_people(summary.people)}, {_count(summary.facts, 'fact')}" if summary.facts or summary.people else ""
        )
        console.remark(f"{outcomes}{read}  ({settings.store})")
    if console.failed:
        raise click.exceptions.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
