"""kg related"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from

if TYPE_CHECKING:
    from kg.family import KinPath


@click.command("related", short_help="Tell how two people are related, with quotes.")
@click.argument("name")
@click.argument("other")
@click.option("-f", "--format", "chosen", type=click.Choice(("text", "json")), default="text", help="[default: text]")
@options(STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(console: Console, /, name: str, other: str, chosen: str, **flags: object) -> None:
    """Tell how two people are related: the English word for it, and the shortest path between them with the
    sentences that it rests on. Exits with 1 when the graph knows of none.

    \b
    Examples:
      kg related "Meghan Markle" "King Charles III"
      kg related William Meghan -f json
    """
    from kg import build
    from kg.ask.kinship import load
    from kg.ask.related import related
    from kg.ask.ties import Ties
    from kg.cli.people import finder
    from kg.store.opening import open_read_only

    settings = settings_from(**flags)
    opened = open_read_only(settings.store, settings.namespace)
    find = finder(opened, settings)
    ends = find(name), find(other)
    ties = Ties(graph=opened.graph, base=opened.base, kinship=load(build.vocabulary(settings, opened.base)))
    path = related(ties, *ends)
    if path is None:
        console.remark(f"This graph knows no tie of kin between {name} and {other}.")
        raise click.exceptions.Exit(1)
    for line in _json(path) if chosen == "json" else _lines(path):
        click.echo(line)


def _lines(path: "KinPath") -> Iterator[str]:
    if not path.steps:
        yield f"{path.start.name} and {path.end.name} are {path.term}."
        return
    yield click.style(f"{path.end.name} is {_whose(path.start.name)} {path.term}.", bold=True)
    yield f"{path.start.name} is {_whose(path.end.name)} {path.back}."
    yield ""
    yield path.start.name
    for depth, step in enumerate(path.steps):
        past = click.style(" (over)", dim=True) if step.ended else ""
        yield f"{'   ' * depth}└─ {step.term}: {step.person.name}{past}"
        for quote in step.quotes:
            yield f"{'   ' * (depth + 1)}   “{quote.text}” {click.style(quote.document, dim=True)}"


def _whose(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _json(path: "KinPath") -> Iterator[str]:
    steps = [
        {
            "term": step.term,
            "person": {"iri": step.person.iri, "name": step.person.name},
            "relation": step.relation,
            "inverse": step.inverse,
            "ended": step.ended,
            "quotes": [{"text": quote.text, "document": quote.document} for quote in step.quotes],
        }
        for step in path.steps
    ]
    start = {"iri": path.start.iri, "name": path.start.name}
    yield json.dumps({"start": start, "term": path.term, "back": path.back, "steps": steps}, ensure_ascii=False)
