"""Defaults < kg.toml < environment < flags."""

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.settings import Settings, load


def test_the_layers(tmp_path: Path) -> None:
    def store(flags: dict[str, object], environment: dict[str, str]) -> str:
        return str(load(flags, environment=environment, folder=tmp_path).store)

    assert store({}, {}) == "kg.store"
    (tmp_path / "kg.toml").write_text('store = "file"\nontology = ["a", "b"]\n')
    assert store({"store": None}, {"OTHER": "x"}) == "file"
    assert store({"store": None}, {"KG_STORE": "environment"}) == "environment"
    assert store({"store": "flag"}, {"KG_STORE": "environment"}) == "flag"
    assert load(environment={}, folder=tmp_path).ontology == (Path("a"), Path("b"))
    assert load(environment={"KG_ONTOLOGY": "c:d"}, folder=tmp_path).ontology == (Path("c"), Path("d"))
    assert load({"ontology": ("e",)}, environment={}, folder=tmp_path).ontology == (Path("e"),)


def test_nothing_given(tmp_path: Path) -> None:
    assert load(environment={}, folder=tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("stoer = 'x'", "unknown key 'stoer'", "did you mean store?"),
        ("quite = 'x'", "unknown key", "known keys"),
        ("store = 7", "store must be text", "store ="),
        ("store = ['a']", "store must be text", ""),
        ("store", "kg.toml", "not valid TOML"),
    ],
)
def test_a_bad_file(text: str, message: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(text)
    with pytest.raises(KgError, match=message) as raised:
        load(environment={}, folder=tmp_path)
    assert hint in raised.value.hint
