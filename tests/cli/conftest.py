"""The command line in this process, with a reader of made texts instead of the model."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import build
from kg.cli.boundary import run
from kg.model import Document, DocumentGraph
from tests.made import STORY, graph


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Kg = Callable[..., Ran]


class Reads:
    """What stands in for the pipeline: it reads made texts."""

    def __call__(self, document: Document) -> DocumentGraph:
        return graph(document)

    def graphs(self, documents: Iterable[Document]) -> Iterator[DocumentGraph]:
        return map(graph, documents)


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Kg:
    """Runs `kg …` in an empty folder that holds story.txt."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(build, "pipeline", lambda *_arguments: Reads())
    Path("story.txt").write_text(STORY, encoding="utf-8")

    def kg(*arguments: str) -> Ran:
        capfd.readouterr()
        code = run(list(arguments))
        said = capfd.readouterr()
        return Ran(code, said.out, said.err)

    return kg


@pytest.fixture
def filled(kg: Kg) -> Kg:
    """The same with a store that holds story.txt."""
    assert kg("-q", "add", "story.txt").code == 0
    return kg
