"""kg explain"""

import json

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from


@click.command("explain", short_help="Tell why the graph holds a fact, or why not.")
@click.argument("subject")
@click.argument("relation")
@click.argument("object", required=False)
@click.option("-f", "--format", "chosen", type=click.Choice(("text", "json")), default="text", help="[default: text]")
@options(STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(
    console: Console,
    /,
    subject: str,
    relation: str,
    object: str | None,  # noqa: A002
    chosen: str,
    **flags: object,
) -> None:
    """Tell why the graph holds a fact: the claims it rests on, what these follow from, and the sentences at the bottom
    with the words that carried them marked. For a fact that is not there it tells what speaks against it: that it was
    dropped, denied, only reported, or never said. Without OBJECT, all objects of the relation are explained.

    Marked are [the subject], [the object] and *the word for the relation*; on a terminal in colours. Exits with 1 when
    the graph does not hold the fact.

    \b
    Examples:
      kg explain "Prince Harry" father "King Charles III"
      kg explain Meghan "parent-in-law"
      kg explain "Ann Hill" position mayor -f json
    """
    from kg import build
    from kg.ask import carried, explain
    from kg.cli.ends import Ends, relation_named
    from kg.cli.explaining import as_json, as_lines
    from kg.store.opening import open_read_only

    settings = settings_from(**flags)
    opened = open_read_only(settings.store, settings.namespace)
    words = build.vocabulary(settings, opened.base)
    asked = relation_named(words, relation)
    find = Ends(opened, settings, asked)
    found = explain.explain(opened.graph, opened.base, find.subjects(subject), asked.iri, find.objects(object))
    known = carried.irregular(words)
    if chosen == "json":
        click.echo(json.dumps(as_json(found, words, known), ensure_ascii=False))
    else:
        for line in as_lines(found, (subject, asked.label, object or "?"), words, known):
            click.echo(line)
    if not found.holds:
        console.detail("The graph does not hold this.")
        raise click.exceptions.Exit(1)
