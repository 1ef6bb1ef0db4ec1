"""kg link"""

from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import MODEL, NAMESPACE, ONTOLOGY, STORE, options, settings_from
from kg.cli.wikidata_options import WIKIDATA, use_of

if TYPE_CHECKING:
    pass


@click.command("link", short_help="Find the people of the store in Wikidata.")
@click.argument("name", required=False)
@click.option("--candidates", is_flag=True, help="Show every candidate of NAME with what speaks for and against it.")
@click.option("--accept", nargs=2, metavar="NAME QID", help="This person is that item, whatever the signals say.")
@click.option("--reject", nargs=2, metavar="NAME QID", help="This person is not that item.")
@click.option("--nil", metavar="NAME", help="Wikidata does not know this person.")
@click.option("--undo", metavar="NAME", help="Forget what was decided of this person by hand.")
@click.option("--from", "source", metavar="SOURCE", help="Link the people of texts instead, without a store.")
@click.option("-f", "--format", "layout", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@options(*WIKIDATA, STORE, ONTOLOGY, NAMESPACE, MODEL)
@click.pass_obj
def command(
    console: Console, /, name: str | None, candidates: bool, source: str | None, layout: str, **flags: object
) -> None:
    """Find the people of the store in Wikidata, each document's family together. Links that are sure enough are kept in
    the store as skos:exactMatch; doubtful ones are listed and not linked. What is decided by hand is kept and replayed.

    \b
    Examples:
      kg link
      kg link --offline                        only what comes with kg, a small part of Wikidata
      kg link "Prince Harry" --candidates
      kg link --accept "Prince Harry" Q152316
      kg link --from corpus.jsonl -f jsonl > links.jsonl
    """
    from kg.cli import linking
    from kg.wikidata.session import open_session

    decision = linking.decision(flags)
    settings = settings_from(**flags)
    if source:
        linking.print_lines(console, source, settings, use_of(flags), layout)
        return
    session = open_session(settings, use_of(flags))
    who = frozenset(linking.find(session, settings, name)) if name else frozenset()
    by_hand = linking.decide(console, session, settings, *decision) if decision else None
    linked = session.link(who, by_hand)
    if not candidates:
        session.keep(linked, by_hand)
    linking.shown(console, session, [one for one in linked if not who or one.person.id in who], layout, candidates)
