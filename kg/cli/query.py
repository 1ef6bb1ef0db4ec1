"""kg query"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import NAMESPACE, STORE, options, settings_from, write
from kg.errors import FormatError, SourceError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.ask.query import Answer

# The keys of kg.ask.results.RESULTS and what this file adds; a test holds them together. Naming them here keeps
# Oxigraph out of `kg query --help`.
FORMATS = ("table", "csv", "tsv", "json", "xml", "ndjson", "markdown", "turtle", "ntriples", "rdfxml")


@click.command("query", short_help="Ask in SPARQL.")
@click.argument("sparql", required=False)
@click.option("-f", "--format", "name", type=click.Choice(FORMATS), help="[default: a table, in a pipe plain text]")
@click.option("--file", metavar="FILE", help="Read the query from a file.")
@click.option("--data", metavar="FILE", multiple=True, help="Ask this RDF file, not the store; may be repeated.")
@click.option("--bind", metavar="VAR=VALUE", multiple=True, help="Set a variable: text, number, kg:name or <IRI>.")
@click.option(
    "--time-out", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Stop after this long."
)
@click.option("--exit", "exit_code", is_flag=True, help="Exit with 1 when ASK says false.")
@options(STORE, NAMESPACE)
def command(
    sparql: str | None,
    name: str | None,
    file: str | None,
    data: tuple[str, ...],
    bind: tuple[str, ...],
    time_out: float | None,
    exit_code: bool,
    **flags: object,
) -> None:
    """Ask in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE; - reads the query from stdin. The prefixes kg, person,
    rdf, rdfs, xsd, schema, skos, foaf, prov, oa, dcterms, wd and some more are known.

    \b
    Examples:
      kg query 'SELECT ?child ?father WHERE { ?child kg:father ?father }'
      kg query -f csv 'SELECT ?name WHERE { ?x a kg:Person ; rdfs:label ?name }' > people.csv
      kg query --data graph.ttl 'ASK { ?x kg:spouse ?y }' --exit
      kg query --file children.rq --time-out 10
      kg query 'SELECT ?x WHERE { ?x rdfs:label ?name }' --bind name="Prince Harry"
    """
    from kg.ask import binding
    from kg.ask.query import from_files, run
    from kg.cli.tables import stoppable
    from kg.store.embedded import open_read_only
    from kg.vocabulary.names import DEFAULT_BASE

    text = _text(sparql, file)
    settings = settings_from(**flags)
    with stoppable(time_out):
        if data:
            graph, base = from_files(map(Path, data)), settings.namespace or DEFAULT_BASE
        else:
            opened = open_read_only(settings.store, settings.namespace)
            graph, base = opened.graph, opened.base
        yes = _print(graph, run(graph, binding.bind(text, bind, base), base), name, base)
    if exit_code and not yes:
        raise click.exceptions.Exit(1)


def _text(sparql: str | None, file: str | None) -> str:
    if (sparql is None) == (file is None):
        raise click.UsageError("give a query, or --file FILE" if sparql is None else "give a query or --file, not both")
    try:
        return Path(file).read_text(encoding="utf-8") if file else sys.stdin.read() if sparql == "-" else str(sparql)
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file or 'stdin'}: this is not UTF-8") from error


def _print(graph: "Store", answer: "Answer", name: str | None, base: str) -> bool:
    """Prints an answer in the form asked for, or in its natural one.

    Returns:
        False only for an ASK that says no.
    """
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.ask.results import RESULTS, quads_of, rows_of
    from kg.cli.tables import print_rows
    from kg.export.turtle import turtle

    if name in RESULTS:
        write(None, RESULTS[name](answer))
    elif isinstance(answer, QueryBoolean):
        click.echo("true" if answer else "false")
    elif isinstance(answer, QuerySolutions):
        if name == "turtle":
            raise FormatError("turtle holds triples, not rows", hint="use CONSTRUCT, or -f csv, tsv, json, xml")
        print_rows(graph, rows_of(answer), base, table=True if name == "table" else None)
    elif name == "table":
        raise FormatError("a table holds rows, not triples", hint="use SELECT, or -f turtle, ntriples, rdfxml")
    else:
        write(None, [turtle(quads_of(answer), base).encode()])
    return not isinstance(answer, QueryBoolean) or bool(answer)
