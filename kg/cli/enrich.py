"""kg enrich"""

import datetime

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from
from kg.cli.wikidata_options import WIKIDATA, use_of
from kg.errors import KgError


@click.command("enrich", short_help="Fetch what Wikidata says of the linked people.")
@click.argument("name", required=False)
@click.option("--relations", metavar="NAME,…", help="Only these relations.  [default: all that Wikidata supplies]")
@click.option("--depth", type=click.IntRange(1, 3), default=1, show_default=True, help="Steps of kin to follow.")
@options(*WIKIDATA, STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(console: Console, /, name: str | None, relations: str | None, depth: int, **flags: object) -> None:
    """Fetch what Wikidata says of the linked people, with its statements as evidence, into graphs of their own: what
    the texts say stays apart. Fetched again, a graph is replaced; what Wikidata no longer says goes.

    \b
    Examples:
      kg enrich
      kg enrich "Prince Harry" --relations spouse,child
      kg enrich --depth 2 --refresh
    """
    from kg.cli import linking
    from kg.wikidata.facts import enrich, wanted_relations
    from kg.wikidata.session import open_session

    settings = settings_from(**flags)
    session = open_session(settings, use_of(flags))
    who = frozenset(linking.find(session, settings, name)) if name else frozenset()
    qids = session.linked(who)
    if not qids:
        raise KgError("nobody here is linked to Wikidata", hint="link first: kg link")
    chosen = wanted_relations(session.vocabulary, relations.split(",") if relations else ())
    done = enrich(session, qids, chosen, depth, datetime.date.today().isoformat())
    console.remark(f"{done.items} items, {done.facts} facts  ({session.asked.source.name})")
