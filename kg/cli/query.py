"""kg query"""

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.asking import FORMATS, answer, asked_of, explained, show
from kg.cli.console import Console
from kg.cli.options import NAMESPACE, STORE, options, settings_from
from kg.errors import SourceError

BIND = 'Set a variable: text, number, kg:name, <IRI> or "1984"^^xsd:gYear.'
SECONDS = click.FloatRange(min=0, min_open=True)
ASKING = options(
    click.option("-f", "--format", "name", type=click.Choice(FORMATS), help="[default: a table, in a pipe plain text]"),
    click.option("--file", metavar="FILE", help="Read the query from a file."),
    click.option("--data", metavar="FILE", multiple=True, help="Ask RDF files, not the store; may be repeated."),
    click.option("--endpoint", metavar="URL", help="Ask a SPARQL service elsewhere, not the store."),
    click.option("--prefix", metavar="P=IRI", multiple=True, help="Declare a prefix; may be repeated."),
    click.option("--bind", metavar="VAR=VALUE", multiple=True, help=BIND),
    click.option("--limit", type=click.IntRange(0), metavar="N", help="At most N rows."),
    click.option("--time-out", type=SECONDS, metavar="SECONDS", help="Stop after this long."),
    click.option("--allow-service", metavar="URL", multiple=True, help="Let SERVICE ask this address, no other."),
    click.option("-i", "--interactive", is_flag=True, help="Ask one query after the other at a prompt."),
    click.option("--explain", is_flag=True, help="Say what the query asks, step by step; do not ask it."),
    click.option("--exit", "exit_code", is_flag=True, help="Exit with 1 when ASK says false."),
    STORE,
    NAMESPACE,
)


@click.command("query", short_help="Ask in SPARQL.")
@click.argument("sparql", required=False)
@ASKING
@click.pass_obj
def command(
    console: Console,
    /,
    sparql: str | None,
    file: str | None,
    interactive: bool,
    explain: bool,
    exit_code: bool,
    **flags: Any,
) -> None:
    """Ask in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE; - reads the query from stdin. The prefixes kg, person,
    rdf, rdfs, xsd, schema, skos, foaf, prov, oa, dcterms, wd and some more are known.

    \b
    Examples:
      kg query 'SELECT ?child ?father WHERE { ?child kg:father ?father }'
      kg query -f csv 'SELECT ?name WHERE { ?x a kg:Person ; rdfs:label ?name }' > people.csv
      kg query --data graph.ttl --data more.nq.gz 'ASK { ?x kg:spouse ?y }' --exit
      kg extract story.txt | kg query --data - 'SELECT ?x WHERE { ?x a kg:Person }'
      kg query --file children.rq --limit 20 --time-out 10
      kg query 'SELECT ?x WHERE { ?x rdfs:label ?name }' --bind name="Prince Harry"
      kg query -i
      kg query --endpoint https://query.wikidata.org/sparql 'SELECT ?x WHERE { ?x wdt:P22 wd:Q43274 }'
    """
    from kg.cli.tables import stoppable

    if interactive:
        _interactive(console, sparql or file, flags)
        return
    text = written(sparql, file)
    with stoppable(flags["time_out"]):
        asked = asked_of(flags)
        if explain:
            click.echo("\n".join(explained(asked, text)))
            return
        yes = show(asked, answer(asked, text))
    if exit_code and not yes:
        raise click.exceptions.Exit(1)


def _interactive(console: Console, given: str | None, flags: dict[str, Any]) -> None:
    if given or not sys.stdin.isatty():
        raise click.UsageError("-i asks at a terminal; give no query with it")
    from kg import build
    from kg.cli.prompt import converse, terms_of

    asked, settings = asked_of(flags), settings_from(**flags)
    converse(asked, lambda: terms_of(build.vocabulary(settings, asked.base), asked.known), console)


def written(sparql: str | None, file: str | None, what: str = "query") -> str:
    """The text that was given: as it is, of a file, or from stdin.

    Raises:
        SourceError: it cannot be read.
    """
    if (sparql is None) == (file is None):
        problem = f"give a {what}, or --file FILE" if sparql is None else f"give a {what} or --file, not both"
        raise click.UsageError(problem)
    try:
        if file and file != "-":
            return Path(file).read_text(encoding="utf-8")
        return sys.stdin.buffer.read().decode("utf-8") if file or sparql == "-" else str(sparql)
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file or 'stdin'}: this is not UTF-8") from error
