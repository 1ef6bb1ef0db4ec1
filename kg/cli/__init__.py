"""The command line. `main` is the only place that turns errors into messages and exit codes."""

from kg.cli.boundary import main

__all__ = ["main"]
