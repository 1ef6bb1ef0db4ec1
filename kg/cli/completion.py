"""kg completion"""

import click

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", short_help="Print what makes the shell complete kg's words.")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print a script that makes the shell complete kg's commands and options.

    \b
    Examples:
      kg completion bash > ~/.local/share/bash-completion/completions/kg
      kg completion zsh > ~/.zfunc/_kg
      kg completion fish > ~/.config/fish/completions/kg.fish
    """
    from click.shell_completion import get_completion_class

    from kg.cli.group import cli

    script = get_completion_class(shell)
    if script:
        # source() would run the shell first to ask for its version; the template itself needs no shell.
        made = script(cli, {}, "kg", "_KG_COMPLETE")
        click.echo(made.source_template % made.source_vars())
