"""kg wikidata"""

from pathlib import Path

import click

from kg.cli.console import Console
from kg.cli.options import ONTOLOGY, OUTPUT, options, settings_from, write
from kg.cli.wikidata_options import WIKIDATA, use_of


@click.group("wikidata", short_help="Make a slice of Wikidata for offline work.")
def command() -> None:
    """Parts of Wikidata as files of your own.

    \b
    Examples:
      kg wikidata slice --people-like people.ttl -o slice.nt
    """


@command.command("slice")
@click.option("--people-like", metavar="FILE", required=True, help="RDF with people; whoever may be one is taken.")
@options(OUTPUT, *WIKIDATA, ONTOLOGY)
@click.pass_obj
def slice_(console: Console, /, people_like: str, output: str | None, **flags: object) -> None:
    """A slice of Wikidata with everybody who may be one of the people of a graph, and their kin, as N-Triples. Any
    command takes it: kg link --wikidata slice.nt

    \b
    Examples:
      kg export -o people.ttl && kg wikidata slice --people-like people.ttl -o slice.nt
    """
    from kg import build
    from kg.link import terms as link_terms
    from kg.wikidata.opening import open_source
    from kg.wikidata.slicing import names_in, slice_lines

    settings = settings_from(**flags)
    terms = link_terms.load(build.vocabulary(settings))
    source = open_source(settings, terms, use_of(flags)).source
    lines = slice_lines(names_in(Path(people_like)), source, terms)
    write(output, (f"{line}\n".encode() for line in lines))
    console.remark(f"{len(lines)} triples  ({source.name})")
