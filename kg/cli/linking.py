"""What `kg link` does with a store and with texts, and how it shows it."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.errors import KgError
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.link.cache import Use
    from kg.link.linking import Decided
    from kg.link.types import Linked
    from kg.model import DocumentGraph
    from kg.wikidata.session import Session

Decision = tuple[str, str, tuple[str, ...]]
VERDICTS = {"accept": "accepted", "reject": "rejected", "nil": "nil", "undo": "undo"}
COLUMNS = ("person", "QID", "label", "description", "score", "why")
WHY = 3
"""Reasons in a row of the table."""


def decision(flags: dict[str, object]) -> Decision | None:
    """(name, verdict, Q numbers) that --accept, --reject, --nil or --undo ask for; takes the flags out.

    Raises:
        KgError: the Q number is none.
    """
    found: list[Decision] = []
    for flag, verdict in VERDICTS.items():
        value = flags.pop(flag)
        if isinstance(value, tuple) and value:
            name, qid = value
            if not (qid[:1] == "Q" and qid[1:].isdigit()):
                raise KgError(f"{qid!r} is no item of Wikidata", hint='items are named "Q" and a number: Q152316')
            found.append((name, verdict, (qid,)))
        elif isinstance(value, str):
            found.append((value, verdict, ()))
    if len(found) > 1:
        raise KgError("one decision at a time", hint="give one of --accept, --reject, --nil, --undo")
    return found[0] if found else None


def find(session: "Session", settings: Settings, name: str) -> list[str]:
    """The people of a name.

    Raises:
        UnknownName: nobody bears it.
    """
    from kg.cli.people import finder

    return [node.value for node in finder(session.opened, settings)(name)]


def decide(
    console: Console, session: "Session", settings: Settings, name: str, verdict: str, qids: tuple[str, ...]
) -> "dict[str, Decided]":
    """All decisions with this one; kept only when the links are."""
    who = find(session, settings, name)
    several = f" ({len(who)} people of this name)" if len(who) > 1 else ""
    console.remark(f"{name}: {' '.join((verdict, *qids))}{several}")
    return session.deciding(who, verdict, qids)


# ------------------------------------------------------------------ showing
def shown(console: Console, session: "Session", linked: "Sequence[Linked]", form: str, candidates: bool) -> None:
    """The table, the candidates, or a line of JSON for each person."""
    if form == "jsonl":
        for one in linked:
            click.echo(json.dumps(_fields(one), ensure_ascii=False))
    elif candidates:
        for one in linked:
            for line in _candidates(one):
                click.echo(line)
    else:
        _table(linked)
    made = sum(bool(one.qid) for one in linked)
    doubtful = sum(one.verdict == "doubtful" for one in linked)
    where = session.asked.source.name
    console.remark(f"{len(linked)} people: {made} linked, {doubtful} doubtful  ({where})")
    if session.asked.shipped:
        console.remark("Asked offline: the slice that comes with kg knows only some 42,000 people of Wikidata.")


def _row(one: "Linked") -> tuple[str, ...]:
    name = one.person.names[0]
    if not one.candidates:
        return (name, "", "", "", "", "no candidate" if one.verdict != "by hand" else "by hand: not in Wikidata")
    top = next((c for c in one.candidates if c.item.id == one.qid), one.candidates[0])
    why = "; ".join(said for said, _ in top.reasons[:WHY])
    if one.qid:
        why = f"by hand; {why}" if one.verdict == "by hand" else why
        return (name, one.qid, top.item.label, top.item.description, f"{one.score:.2f}", why)
    return (
        name,
        "?",
        f"{top.item.label} ({top.item.id})?",
        top.item.description,
        f"{top.score:.2f}",
        f"doubtful: {why}",
    )


def _table(linked: "Sequence[Linked]") -> None:
    order = {"by hand": 0, "linked": 0, "doubtful": 1, "unknown": 2}
    rows = [
        _row(one) for one in sorted(linked, key=lambda one: (order[one.verdict], one.person.names[0], one.person.id))
    ]
    if not sys.stdout.isatty():
        for row in (COLUMNS, *rows):
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console as Terminal
    from rich.table import Table

    table = Table(*COLUMNS, header_style="bold", show_edge=False, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Terminal().print(table)


def _candidates(one: "Linked") -> Iterator[str]:
    yield click.style(one.person.names[0], bold=True) + f"  ({one.verdict}; nobody of these: {one.nil:.2f})"
    for candidate in one.candidates:
        item = candidate.item
        yield f"  {candidate.score:.2f}  {item.id}  {item.label}" + (
            f" — {item.description}" if item.description else ""
        )
        for said, weight in candidate.reasons:
            yield f"        {'+' if weight > 0 else '−'}{abs(weight):.1f}  {said}"
    if not one.candidates:
        yield "  no candidate"


def _fields(one: "Linked") -> dict[str, object]:
    return {
        "person": one.person.id,
        "name": one.person.names[0],
        "qid": one.qid or None,
        "score": one.score,
        "verdict": one.verdict,
        "candidates": [
            {"qid": c.item.id, "label": c.item.label, "score": c.score, "why": [said for said, _ in c.reasons]}
            for c in one.candidates
        ],
    }


# ------------------------------------------------------------------ texts without a store
def print_lines(console: Console, source: str, settings: Settings, use: "Use", form: str) -> None:
    """Links the people of texts; a line for each mention of a name, or a table of people."""
    from kg import build
    from kg.link import terms as link_terms
    from kg.link.items import Items
    from kg.link.linking import link
    from kg.link.signals import weights
    from kg.read import documents
    from kg.wikidata import people
    from kg.wikidata.opening import open_source

    vocabulary = build.vocabulary(settings)
    terms = link_terms.load(vocabulary)
    asked = open_source(settings, terms, use)
    items = Items(asked.source, terms)
    for graph in build.graphs(documents((source,), recover=console.bad_source), settings):
        linked = link(*people.of_document(graph, vocabulary, terms), items, weights())
        if form == "table":
            _table(linked)
        else:
            for line in _mentions(graph, {one.person.id: one for one in linked}):
                click.echo(json.dumps(line, ensure_ascii=False))
    if asked.shipped:
        console.remark("Asked offline: the slice that comes with kg knows only some 42,000 people of Wikidata.")
    if console.failed:
        raise click.exceptions.Exit(1)


def _mentions(graph: "DocumentGraph", linked: "Mapping[str, Linked]") -> Iterator[dict[str, object]]:
    found = [(m.span.start, m.span.end, m.text, e.id) for e in graph.entities for m in e.mentions
             if m.kind == "name" and e.id in linked]  # fmt: skip
    for start, end, text, who in sorted(found):
        one = linked[who]
        yield {
            "document": graph.document.id,
            "start": start,
            "end": end,
            "text": text,
            "qid": one.qid or None,
            "score": one.score,
            "candidates": [{"qid": c.item.id, "score": c.score} for c in one.candidates],
        }
