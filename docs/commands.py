"""docs/cli.md: the --help of every command, as the program prints it."""

from collections.abc import Iterator

import click

from kg.cli.group import cli

WIDTH = 100
INTRODUCTION = """# The command line

What `kg --help` and `kg COMMAND --help` print. A first hour with these commands is in [tutorial.md](tutorial.md).
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_command(cli, "kg", None)])


def _command(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=cli.context_settings["help_option_names"],
    )
    yield f"## {context.command_path}\n"
    yield f"```\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found:
                yield from _command(found, inner, context)
