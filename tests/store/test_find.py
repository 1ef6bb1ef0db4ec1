"""People by name."""

import pytest

from kg.errors import UnknownName
from kg.store.documents import put
from kg.store.embedded import Opened, open_read_only, open_to_write
from kg.store.find import folded, nearest, people
from kg.store.quads import quads
from kg.vocabulary import load
from tests.made import document, graph


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("find") / "kg.store"
    words = load()
    with open_to_write(folder) as writing:
        for identity in ("a.txt", "b.txt"):
            made = document(identity=identity)
            put(writing, made, quads(graph(made), words))
    return open_read_only(folder)


def titles() -> list[str]:
    return ["Prince", "King", "Dr.", "Crown Prince"]


@pytest.mark.parametrize(
    "name",
    ["Prince Harry", "prince harry", "PRINCE  HARRY", "Harry", "Dr. Harry", "Crown Prince Harry", "Dr Prince Harry"],
)
def test_every_way_to_write_a_name_finds_the_bearer_in_both_documents(opened: Opened, name: str) -> None:
    found = people(opened, name, titles)
    assert len(found) == 2
    assert all("prince-harry" in one.value for one in found)


def test_accents_and_apostrophes_do_not_matter(opened: Opened) -> None:
    assert people(opened, "zoe o’brien") == people(opened, "Zoë O'Brien")


def test_an_unknown_name_gets_the_nearest(opened: Opened) -> None:
    with pytest.raises(UnknownName) as raised:
        people(opened, "Megan Markel")
    assert "Meghan Markle" in raised.value.hint


@pytest.mark.parametrize("name", ["", " ", "Prince", "…", "\\", '" } #'])
def test_strange_names_are_unknown_names(opened: Opened, name: str) -> None:
    with pytest.raises(UnknownName):
        people(opened, name, titles)


def test_folding() -> None:
    assert folded("Émile  ST. John") == "emile st john"


def test_nearest_prefers_spelling_then_shared_words() -> None:
    assert nearest("Jon Smith", ["John Smith", "Ann Smith", "Peter Brown"])[:2] == ["John Smith", "Ann Smith"]
