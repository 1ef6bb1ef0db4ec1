"""kg diff"""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, OUTPUT, STORE, options, settings_from, write
from kg.cli.wikidata_options import WIKIDATA, use_of
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.link.terms import Terms
    from kg.wikidata.comparing import Compared

COLUMNS = ("verdict", "person", "QID", "relation", "text", "Wikidata", "evidence")
STYLE = "body{font:15px sans-serif;margin:2em}td,th{padding:.3em .8em;text-align:left;vertical-align:top}\
tr.conflict{background:#fde8e6}tr.new{background:#e7f4e8}"


@click.command("diff", short_help="Compare what texts say with Wikidata.")
@click.argument("name", required=False)
@click.option(
    "-f", "--format", "layout", type=click.Choice(("table", "json", "html")), default="table", show_default=True
)
@click.option("--all", "everything", is_flag=True, help="Also what only Wikidata says.")
@click.option("--quickstatements", is_flag=True, help="The new facts for a person to review and upload.")
@options(OUTPUT, *WIKIDATA, STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(
    console: Console,
    /,
    name: str | None,
    layout: str,
    everything: bool,
    quickstatements: bool,
    output: str | None,
    **flags: object,
) -> None:
    """Compare what the texts say of linked people with Wikidata: agree, new to Wikidata, conflict, with the evidence of
    both sides. Nothing is changed, here or there; --quickstatements only prints.

    \b
    Examples:
      kg diff
      kg diff "Prince Harry" -f html -o harry.html
      kg diff --quickstatements > review.txt
    """
    from kg.cli import linking
    from kg.wikidata.comparing import compare
    from kg.wikidata.session import open_session

    session = open_session(settings_from(**flags), use_of(flags))
    if not session.linked():
        raise KgError("nobody here is linked to Wikidata", hint="link first: kg link")
    who = frozenset(linking.find(session, settings_from(**flags), name)) if name else frozenset()
    found = compare(session, who)
    if quickstatements:
        write(output, _quickstatements(console, found, session.terms))
        return
    shown = [one for one in found if everything or one.verdict != "unsaid"]
    write(output, LAYOUTS[layout](shown))
    counts = {
        verdict: sum(one.verdict == verdict for one in found) for verdict in ("agree", "new", "conflict", "unsaid")
    }
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    console.remark(f"{told}  ({session.asked.source.name})")


def _quickstatements(console: Console, found: "Sequence[Compared]", terms: "Terms") -> Iterator[bytes]:
    from kg.wikidata.quickstatements import lines

    left = 0
    for _, line in lines(found, terms):
        left += not line
        if line:
            yield f"{line}\n".encode()
    if left:
        console.remark(f"{left} new facts are left out: their document has no URL, or their object no item")


def _row(one: "Compared") -> tuple[str, ...]:
    quotes = "; ".join(f"“{where.quote}” ({where.url or where.document})" for where in one.evidence)
    known = ", ".join(one.wikidata)
    return (one.verdict, one.name, one.qid, one.relation, one.text, known, quotes or "; ".join(one.statements))


def _table(found: "Sequence[Compared]") -> Iterator[bytes]:
    for row in (COLUMNS, *map(_row, found)):
        yield ("\t".join(" ".join(cell.split()) for cell in row) + "\n").encode()


def _json(found: "Sequence[Compared]") -> Iterator[bytes]:
    yield (json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n").encode()


def _html(found: "Sequence[Compared]") -> Iterator[bytes]:
    head = "".join(f"<th>{cell}</th>" for cell in COLUMNS)
    rows = "".join(
        f'<tr class="{one.verdict}">' + "".join(f"<td>{html.escape(cell)}</td>" for cell in _row(one)) + "</tr>\n"
        for one in found
    )
    title = "Texts and Wikidata"
    page = f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>\n'
    yield f"{page}<h1>{title}</h1>\n<table><tr>{head}</tr>\n{rows}</table></html>\n".encode()


LAYOUTS = {"table": _table, "json": _json, "html": _html}
