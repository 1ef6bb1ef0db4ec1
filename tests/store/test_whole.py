"""What an export reads of a store: sorted, the same by lines as by quads, and the merged triples each once."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from kg import sorting
from kg.store import whole
from kg.store.documents import put
from kg.store.embedded import open_read_only, open_to_write
from kg.store.quads import quads
from kg.vocabulary import load
from tests.made import STORY, document, graph

ODD = STORY + 'Prince Harry | position | =a "b" \\ \x01\x0b\x7f\x85\u2028 \U0001f451, é\tf\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "kg.store"
    with open_to_write(path) as opened:
        for name, text in (("a.txt", STORY), ("b.txt", ODD), ("c.txt", "Ann | father | Tom\n")):
            made = document(text, name)
            put(opened, made, quads(graph(made), load(), reader="x"))
    return path


@pytest.mark.parametrize("most", [0, 1000, sorting.MOST])
def test_lines_are_the_sorted_quads(folder: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting.Sorter.__init__, "__defaults__", (most,))
    opened = open_read_only(folder)
    groups = list(whole.by_graph(opened))
    assert len(groups) == 6
    found = [quad for group in groups for quad in group]
    assert b"".join(whole.quad_lines(opened)) == serialize(found, format=RdfFormat.N_QUADS)
    triples = sorted({quad.triple for quad in found}, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    assert b"".join(whole.triple_lines(opened)) == serialize(triples, format=RdfFormat.N_TRIPLES)
