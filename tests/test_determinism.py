"""Same input, same bytes out: in another process, with other hash seeds, in another order of documents."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STORIES = ("prince-harry.txt", "sports.txt")


def kg(*arguments: str, seed: int, folder: Path = ROOT / "seeds") -> bytes:
    command = (sys.executable, "-m", "kg", "--quiet", *arguments)
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE).stdout


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonl"])
def test_two_runs_give_the_same_bytes(form: str) -> None:
    first, second = (kg("extract", STORIES[0], "-f", form, seed=seed) for seed in (1, 2))
    assert first == second
    assert len(first) > 1000


def test_the_order_of_documents_does_not_matter() -> None:
    forth, back = (kg("extract", *stories, "-f", "nquads", seed=1) for stories in (STORIES, STORIES[::-1]))
    assert forth == back


def test_the_neighbours_of_a_document_do_not_matter() -> None:
    alone = kg("extract", STORIES[0], "-f", "nquads", seed=1).splitlines()
    together = kg("extract", *STORIES, "-f", "nquads", seed=1).splitlines()
    assert set(alone) <= set(together)


def test_no_blank_nodes() -> None:
    assert b"_:" not in kg("extract", STORIES[0], "-f", "nquads", seed=1)


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    store = str(tmp_path / "kg.store")
    exported = []
    for seed in (1, 2):
        kg("add", STORIES[0], "--store", store, seed=seed)
        exported.append(kg("export", "--store", store, "-f", "trig", seed=seed))
    assert exported[0] == exported[1]
