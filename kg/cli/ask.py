"""kg ask"""

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from
from kg.errors import QueryError, UnknownName

if TYPE_CHECKING:
    from kg.ask.questions import FindPeople, Question
    from kg.store.interface import Store

BETTER = ("related", "show", "tree")
"""Commands that may answer plain English in the place of a query; none of them changes anything."""

OWN = "Folder of your own questions.  [default: questions in kg's settings folder]"

Chosen = tuple["Question", Sequence[str], str]
"""A question, the values for it, and its SPARQL with them."""


def _complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from kg.ask.questions import files

    return [CompletionItem(name) for name in files(()) if name.startswith(incomplete)]


@click.command("ask", short_help="Ask a saved question, or in plain English.")
@click.argument("question", required=False, shell_complete=_complete)
@click.argument("values", metavar="[NAME]...", nargs=-1)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(("table", "csv", "tsv", "json", "xml", "ndjson", "markdown")),
    help="[default: a table, in a pipe plain text]",
)
@click.option("--sparql", is_flag=True, help="Print the query instead of asking it.")
@options(click.option("--questions", metavar="DIR", help=OWN), STORE, ONTOLOGY, NAMESPACE)
@click.pass_context
def command(
    context: click.Context,
    /,
    question: str | None,
    values: tuple[str, ...],
    name: str | None,
    sparql: bool,
    **flags: str,
) -> None:
    """Ask a saved question, by its name or in plain English; it tells which question it took that for. Without
    QUESTION, list them. Drop NAME.rq into ~/.config/kg/questions (or --questions DIR, or questions/ of an --ontology
    folder) and ask it as kg ask NAME; docs/questions.md shows how to write one.

    \b
    Examples:
      kg ask
      kg ask father "Prince Harry"
      kg ask "who is Prince Harry's father?"
      kg ask "how are William and Meghan related?"
      kg ask siblings "Prince Harry" -f csv
    """
    from kg.ask import questions
    from kg.cli.tables import columns

    console, settings = context.ensure_object(Console), settings_from(**flags)
    known = questions.load(questions.files(settings.ontology, settings.questions).values())
    if not question:
        for line in columns([(one.usage, one.title) for one in known.values()]):
            click.echo(line)
        return
    from kg.cli.people import finder
    from kg.store.opening import open_read_only

    readings = _readings(known, question, values)
    opened = open_read_only(settings.store, settings.namespace)
    asked, given, text = _chosen(readings, finder(opened, settings))
    in_english = (question, *values) != (asked.name, *given)
    if in_english:
        console.remark(f"{_shown(asked, given)}\n")
    if sparql:
        click.echo(text)
    elif in_english and asked.command and not name:
        _hand_over(console, asked, given, flags)
    else:
        _answer(console, opened, text, name)


def _readings(
    known: "dict[str, Question]", question: str, values: Sequence[str]
) -> "list[tuple[Question, Sequence[str]]]":
    """What may be meant, the likeliest first.

    Raises:
        QueryError: nothing that is known.
    """
    from kg.ask import questions
    from kg.ask.wording import near, understood

    named = known.get(question)
    if named and questions.fits(named, values):
        return [(named, values)]
    text = " ".join((question, *values))
    found: list[tuple[Question, Sequence[str]]] = [(u.question, u.values) for u in understood(text, known.values())]
    if found:
        return found
    if named:
        questions.check_number(named, values)
    if " " not in text or get_close_matches(question, known, 1, 0.75):
        questions.named(known, question)
    like = near(text, known.values())
    hint = "see them all with: kg ask" if not like else f"perhaps: {'; '.join(f'kg ask {one.usage}' for one in like)}"
    raise QueryError(f"no saved question understands {text!r}", hint=hint)


def _chosen(readings: "Sequence[tuple[Question, Sequence[str]]]", people: "FindPeople") -> Chosen:
    """The likeliest reading whose names are known.

    Raises:
        UnknownName: of the likeliest, if there is none.
    """
    from kg.ask import questions

    unknown: UnknownName | None = None
    for question, values in readings:
        try:
            return question, values, questions.bound(question, values, people)
        except UnknownName as error:
            unknown = unknown or error
    assert unknown is not None
    raise unknown


def _shown(question: "Question", values: Sequence[str]) -> str:
    """The command that asks the same."""
    from shlex import quote

    words = question.command if question.command else ("ask", question.name)
    plain = [word for word in words if not word.startswith("{")]
    return " ".join(["kg", *plain, *map(quote, values)])


def _hand_over(console: Console, question: "Question", values: Sequence[str], flags: Mapping[str, object]) -> None:
    """Lets another command answer: people would rather read its words than rows."""
    from kg.cli.group import cli

    name, *slots = question.command
    if name not in BETTER:
        hint = f"known: {', '.join(BETTER)}"
        raise QueryError(f"question {question.name}: {name} may not answer for it", hint=hint)
    by_name = {f"{{{one.name}}}": value for one, value in zip(question.parameters, values, strict=False)}
    given = [by_name.get(slot, slot) for slot in slots]
    for flag in ("store", "ontology", "namespace"):
        value = flags[flag]
        for one in value if isinstance(value, tuple) else (value,):
            given += [f"--{flag}", str(one)] if one else []
    with click.Context(cli, info_name="kg", obj=console) as above:
        other = cli.get_command(above, name)
        assert other is not None
        code = other.main(given, prog_name=f"kg {name}", standalone_mode=False, parent=above)
    if code:
        raise click.exceptions.Exit(code)


def _answer(console: Console, opened: "Store", sparql: str, name: str | None) -> None:
    from kg.ask.query import evaluating, run
    from kg.ask.results import RESULTS, rows_of
    from kg.cli.tables import print_rows, stoppable

    with stoppable(), evaluating():
        answer = run(opened.graph, sparql, opened.base)
        if name in RESULTS:
            RESULTS[name](answer, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        rows = rows_of(answer)
        if not rows[1]:
            console.remark("No answer in this graph.")
        print_rows(opened.graph, rows, opened.base, table=True if name == "table" else None)
