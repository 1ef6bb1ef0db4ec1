"""kg export, in the formats that hold the whole graph for other programs."""

from io import BytesIO
from pathlib import Path

import pytest
from ged4py.parser import GedcomReader
from pyoxigraph import RdfFormat, parse

from kg.cli.export import EVERY
from tests.cli.conftest import Kg

FOLDERS = ("csv", "neo4j")


@pytest.mark.parametrize("name", [name for name in EVERY if name != "html"])
def test_every_format_is_the_same_bytes_again(name: str, filled: Kg) -> None:
    where = ("-o", "out") if name in FOLDERS else ()
    ran = filled("export", "-f", name, *where)
    assert (ran.code, ran.err) == (0, "")
    first = ran.out or "".join(path.read_text() for path in sorted(Path("out").iterdir()))
    again = filled("export", "-f", name, *where)
    assert first == (again.out or "".join(path.read_text() for path in sorted(Path("out").iterdir())))
    assert "King Charles III" in first


def test_suffixes_choose(filled: Kg) -> None:
    for name, begins in (("a.graphml", "<?xml"), ("a.gexf", "<?xml"), ("a.cypher", "CREATE"), ("a.ged", "0 HEAD")):
        assert filled("export", "-o", name).code == 0
        assert Path(name).read_text().startswith(begins)


def test_two_tables_need_a_folder(filled: Kg) -> None:
    ran = filled("export", "-f", "csv")
    assert (ran.code, "kg export -f csv -o" in ran.err) == (1, True)
    assert filled("export", "-f", "csv", "-o", "tables").code == 0
    assert sorted(path.name for path in Path("tables").iterdir()) == ["edges.csv", "nodes.csv"]


def test_gedcom_holds_everybody(filled: Kg) -> None:
    with GedcomReader(BytesIO(filled("export", "-f", "gedcom").out.encode())) as reader:
        people = {one.name.format(): one for one in reader.records0("INDI")}
    assert set(people) == {"Prince Harry", "King Charles III", "Meghan Markle", "Trevor", "Zoë O'Brien"}
    with GedcomReader(BytesIO(filled("export", "-f", "gedcom").out.encode())) as reader:
        harry = next(one for one in reader.records0("INDI") if one.name.format() == "Prince Harry")
        assert harry.father.name.format() == "King Charles III"


def test_what_is_streamed_is_the_graph(filled: Kg) -> None:
    whole = set(parse(filled("export", "-f", "trig").out.encode(), format=RdfFormat.TRIG))
    for name, form in (("nquads", RdfFormat.N_QUADS), ("jsonld", RdfFormat.JSON_LD)):
        assert set(parse(filled("export", "-f", name).out.encode(), format=form)) == whole
