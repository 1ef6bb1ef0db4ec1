"""The group `kg` and the table of its commands."""

import importlib
from typing import cast

import click

import kg
from kg.cli.console import Console

COMMANDS: dict[str, tuple[str, str]] = {
    "extract": ("kg.cli.extract", "Print what texts say about people, without a store."),
    "add": ("kg.cli.add", "Read texts into the store."),
    "ask": ("kg.cli.ask", "Ask a saved question, or in plain English."),
    "query": ("kg.cli.query", "Ask in SPARQL."),
    "update": ("kg.cli.update", "Change the graph in SPARQL."),
    "show": ("kg.cli.show", "Show all that is known of one person, with quotes."),
    "explain": ("kg.cli.explain", "Tell why the graph holds a fact, or why not."),
    "related": ("kg.cli.related", "Tell how two people are related, with quotes."),
    "tree": ("kg.cli.tree", "Draw a family tree: terminal, SVG, HTML, GEDCOM, …"),
    "link": ("kg.cli.link", "Find the people of the store in Wikidata."),
    "enrich": ("kg.cli.enrich", "Fetch what Wikidata says of the linked people."),
    "diff": ("kg.cli.diff", "Compare what texts say with Wikidata."),
    "wikidata": ("kg.cli.wikidata", "Make a slice of Wikidata for offline work."),
    "cache": ("kg.cli.cache", "Show or clear the answers that are kept."),
    "validate": ("kg.cli.validate", "Check the graph: shapes, ages, circles of ancestors."),
    "export": ("kg.cli.export", "Write the graph as Turtle, JSON-LD, GraphML, GEDCOM, …"),
    "import": ("kg.cli.importing", "Take RDF of others, or of kg, into the store."),
    "serve": ("kg.cli.serve", "Serve the graph: a page, and a SPARQL endpoint."),
    "stats": ("kg.cli.stats", "Count what the store holds."),
    "ontology": ("kg.cli.ontology", "List, show or check the relations."),
    "completion": ("kg.cli.completion", "Print what makes the shell complete kg's words."),
}
"""name -> (module with a command called `command`, its one line of help). The line stands here so that `kg --help`
imports no command; a test holds it to the command's own."""


VERBOSITY = "more"
"""The parameter by which a command is known to hear -v, -q and --debug already."""


class Commands(click.Group):
    """A group that imports a command when it is called. The names of the arguments are click's."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        return _heard(cast(click.Command, importlib.import_module(COMMANDS[cmd_name][0]).command))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # click would exit with 1 before our boundary sees it.
            raise ClosedPipeError from error


def _heard(command: click.Command) -> click.Command:
    """The command, which takes the flags of how much is said behind its name, too, as people write them there."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _heard(one)
    if not any(parameter.name == VERBOSITY for parameter in command.params):
        command.params += [
            _flag(VERBOSITY, ("-v", "--verbose"), 1),
            _flag("less", ("-q", "--quiet"), -1),
            _flag("traceback", ("--debug",), None),
        ]
    return command


def _flag(name: str, spellings: tuple[str, ...], verbosity: int | None) -> click.Option:
    def hear(context: click.Context, _parameter: click.Parameter, given: bool) -> None:
        console = context.find_object(Console)
        if given and console and verbosity is None:
            console.debug = True
        elif given and console and verbosity is not None:
            console.verbosity = verbosity

    return click.Option([name, *spellings], is_flag=True, expose_value=False, hidden=True, callback=hear)


class ClosedPipeError(Exception):
    """Nobody reads our output any more."""


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 good, 1 bad input or answer, 2 wrong usage, 3 a service did not answer.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say more on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--debug", is_flag=True, help="Show the traceback of a bug.")
@click.version_option(kg.__version__, prog_name="kg")
@click.pass_context
def cli(context: click.Context, verbose: bool, quiet: bool, debug: bool) -> None:
    """Text about people -> a graph of who is related to whom, with the sentence that says so.

    \b
    Examples:
      kg extract story.txt
      kg add stories/
      kg ask father "Prince Harry"
      kg query 'SELECT ?child ?father WHERE { ?child kg:father ?father }'
      kg show "Meghan Markle"
      kg export -o graph.ttl
    """
    console = context.ensure_object(Console)
    console.verbosity = -1 if quiet else int(verbose)
    console.debug = debug
