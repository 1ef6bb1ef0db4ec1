"""A small graph, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.documents import put
from kg.store.embedded import open_to_write
from kg.store.quads import quads
from kg.vocabulary import load
from tests.made import document, graph
from tests.serving import Served, serving

LIMITS = ("--time-out", "8", "--memory", "300", "--workers", "2", "--max-request", "2", "--max-answer", "8")


def fill(folder: Path) -> Path:
    """A store with the made story."""
    made = document()
    with open_to_write(folder) as opened:
        put(opened, made, quads(graph(made), load(), reader="test"))
    return folder


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Read-only, with small limits."""
    folder = tmp_path_factory.mktemp("served")
    with serving(fill(folder / "kg.store"), folder, *LIMITS) as server:
        yield server


@pytest.fixture(scope="package")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """With updates."""
    folder = tmp_path_factory.mktemp("writable")
    with serving(fill(folder / "kg.store"), folder, *LIMITS, "--writable") as server:
        yield server
