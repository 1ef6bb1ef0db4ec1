"""The error tree, and that foreign errors stop at the adapter that meets them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg import errors
from kg.ask.query import run
from kg.errors import KgError, ModelError, OntologyError, QueryError, SourceError, StoreError, StoreMissing
from kg.extract.reader import Reader
from kg.read import documents
from kg.settings import load as load_settings
from kg.store.embedded import open_read_only
from kg.vocabulary import DEFAULT_BASE, load

TREE = {name: value for name, value in vars(errors).items() if isinstance(value, type)}


def test_everything_is_a_kg_error_with_a_message_and_a_hint() -> None:
    for kind in TREE.values():
        assert issubclass(kind, KgError)
        error = kind("what is wrong", hint="what to do")
        assert (str(error), error.message, error.hint) == ("what is wrong", "what is wrong", "what to do")
        assert error.exit_code in (1, 3)
        assert kind.__doc__


def test_the_drawn_tree_is_the_real_one() -> None:
    drawn = {}
    trail: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]*)([A-Z]\w+)(?: |$)", line)
        if found and found[2] in TREE:
            trail[len(found[1]) // 4 :] = [found[2]]
            drawn[found[2]] = trail[-2] if len(trail) > 1 else "Exception"
    assert drawn == {name: kind.__bases__[0].__name__ for name, kind in TREE.items()}


# ---------------------------------------------------------------- adapters
def binary(folder: Path) -> object:
    (folder / "a.txt").write_bytes(b"\x00\x01\x02")
    return list(documents([str(folder / "a.txt")]))


def latin1(folder: Path) -> object:
    (folder / "a.txt").write_bytes("Jürgen".encode("latin-1"))
    return list(documents([str(folder / "a.txt")]))


def broken_jsonl(folder: Path) -> object:
    (folder / "a.jsonl").write_text('{"id": ', encoding="utf-8")
    return list(documents([str(folder / "a.jsonl")]))


def broken_turtle(folder: Path) -> object:
    (folder / "a.ttl").write_text("kg:father a [", encoding="utf-8")
    return load([folder])


def broken_settings(folder: Path) -> object:
    (folder / "kg.toml").write_text("store = [", encoding="utf-8")
    return load_settings(folder=folder, environment={})


ADAPTERS: list[tuple[type[KgError], Callable[[Path], object]]] = [
    (SourceError, lambda folder: list(documents([str(folder / "missing.txt")]))),
    (SourceError, lambda folder: list(documents([str(folder)]))),
    (SourceError, binary),
    (SourceError, latin1),
    (SourceError, broken_jsonl),
    (OntologyError, broken_turtle),
    (OntologyError, lambda _: load(base="no base")),
    (QueryError, lambda _: run(Store(), "SELECT WHERE {", DEFAULT_BASE)),
    (StoreMissing, lambda folder: open_read_only(folder / "missing.store")),
    (StoreError, lambda folder: open_read_only(folder)),
    (ModelError, lambda _: Reader(load(), model="no_such_pipeline")),
    (KgError, broken_settings),
]


@pytest.mark.parametrize(("kind", "act"), ADAPTERS)
def test_foreign_errors_stop_at_the_adapter(kind: type[KgError], act: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(kind) as caught:
        act(tmp_path)
    assert caught.value.message
    assert "\n" not in caught.value.message or kind is QueryError, "one line; only a query's place needs more"
