"""kg extract"""

import sys
from collections.abc import Iterator

import click

from kg.cli.console import Console
from kg.cli.options import JOBS, MODEL, NAMESPACE, ONTOLOGY, OUTPUT, options, settings_from, write
from kg.export import FORMATS, Format, format_for
from kg.model import MIN_SCORE, DocumentGraph
from kg.settings import Settings


@click.command("extract", short_help="Print what texts say about people, without a store.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("-f", "--format", "name", type=click.Choice(list(FORMATS)), help="[default: FILE's suffix, else turtle]")
@options(OUTPUT)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="When texts without a date were written: YYYY-MM-DD.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1), default=MIN_SCORE, show_default=True, help="Leave out facts less sure."
)
@options(JOBS, ONTOLOGY, NAMESPACE, MODEL)
@click.pass_obj
def command(
    console: Console,
    /,
    sources: tuple[str, ...],
    name: str | None,
    output: str | None,
    date: object,
    min_score: float,
    jobs: int,
    **flags: object,
) -> None:
    """Print what texts say about people. A SOURCE is a file, a folder, a quoted glob, or - for stdin.

    \b
    Examples:
      kg extract story.txt
      kg extract stories/ -f jsonl > facts.jsonl
      kg extract 'news/*.txt' -o news.trig
      kg extract story.txt -o why.html
      pbpaste | kg extract - -f table --date 2024-02-08
    """
    from kg import build
    from kg.read import documents

    found = FORMATS[name] if name else format_for(output) if output and output != "-" else FORMATS["turtle"]
    settings = settings_from(**flags)
    day = str(date)[:10] if date else ""
    texts = build.non_blank(documents(sources, date=day, recover=console.bad_source), console.remark)
    write(
        output,
        _chunks(console, build.graphs(texts, settings, min_score, jobs, explain=bool(found.readings)), settings, found),
    )
    console.done()
    if console.failed:
        raise click.exceptions.Exit(1)


def _chunks(console: Console, /, graphs: Iterator[DocumentGraph], settings: Settings, form: Format) -> Iterator[bytes]:
    watched = _watched(console, graphs)
    for line in _lines(watched, settings, form):
        yield line.encode()
        if sys.stdout.isatty():
            sys.stdout.flush()
    if form.quads:
        from kg import build
        from kg.store.quads import quads, sort_key

        words = build.vocabulary(settings)
        version = build.reader_version(words, settings)
        found = {quad for graph in watched for quad in quads(graph, words, reader=version)}
        if found:
            yield form.quads(sorted(found, key=sort_key), words.base)


def _lines(graphs: Iterator[DocumentGraph], settings: Settings, form: Format) -> Iterator[str]:
    """What the formats give that write documents one by one."""
    if form.readings:
        from kg import build

        yield from form.readings(graphs, build.vocabulary(settings))
    if form.graphs:
        yield from form.graphs(graphs)


def _watched(console: Console, /, graphs: Iterator[DocumentGraph]) -> Iterator[DocumentGraph]:
    from kg import build

    for number, graph in enumerate(graphs, 1):
        console.progress(f"{number} read: {graph.document.id}")
        if graph.document.text.strip() and not build.people_of(graph):
            console.remark(f"{graph.document.id}: no people found")
        yield graph
