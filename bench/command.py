"""Runs kg as a child process, as a user's shell would."""

import sys

KG = (sys.executable, "-c", "from kg.cli import main; main()")
