"""Family trees: what is gathered, and what each format says of it. Pictures are also parsed and measured."""

import re
import xml.etree.ElementTree as ElementTree
from io import BytesIO
from itertools import pairwise

import pytest
from ged4py.parser import GedcomReader

from kg.ask.families import family
from kg.export.tree import TREES, Drawing, chart, fan, place
from kg.family import Family
from tests.families import iri, ties

CLAN = """
Ann <Hill> | mother | Eve
Ann <Hill> | father | Adam
Bob | mother | Eve
Bob | father | Adam
Hal | mother | Eve
Hal | father | Max
Cora | mother | Ann <Hill>
Cora | father | Karl
Ann <Hill> | husband | Karl
Adam | birthDate | =1901
Adam | deathDate | =1970-03-02
Dan | father | Bob
"""


@pytest.fixture(scope="module")
def clan() -> Family:
    return family(ties(CLAN), iri("Eve").value, up=3, down=3)


def drawn(clan: Family, name: str, style: str = "auto", down: bool = True, up: bool = False) -> str:
    return "".join(TREES[name].write(Drawing(family=clan, down=down, up=up, style=style, title="Eve & all")))


def test_what_is_gathered(clan: Family) -> None:
    # Fathers of children who are not known to be partners of the root are no part of a tree of descendants.
    assert {one.name for one in clan.people.values()} == {"Eve", "Ann <Hill>", "Bob", "Hal", "Cora", "Dan", "Karl"}
    assert [clan.people[one].name for one in clan.children[clan.root]] == ["Ann <Hill>", "Bob", "Hal"]


def test_ancestors() -> None:
    found = family(ties(CLAN), iri("Cora").value, up=2)
    assert [found.people[one].name for one in found.parents[found.root]] == ["Karl", "Ann <Hill>"]
    assert {one.name for one in found.people.values()} == {"Cora", "Karl", "Ann <Hill>", "Adam", "Eve"}
    shown = drawn(found, "text", down=False, up=True)
    assert "   ├─ Adam (1901–1970)\n   └─ Eve\n" in shown


def test_a_generation_that_is_too_many_is_left_out_as_a_whole() -> None:
    found = family(ties(CLAN), iri("Eve").value, down=3, most=3)
    assert len(found.people) == 1
    assert found.cut == {found.root}


def test_text(clan: Family) -> None:
    assert drawn(clan, "text") == "Eve\n├─ Ann <Hill>  ⚭ Karl\n│  └─ Cora\n├─ Bob\n│  └─ Dan\n└─ Hal\n"


@pytest.mark.parametrize("style", ["rows", "fan"])
def test_svg_names_everybody_and_keeps_cards_apart(clan: Family, style: str) -> None:
    root = ElementTree.fromstring(drawn(clan, "svg", style))
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert {"Eve & all", "Ann <Hill>", "Cora", "Hal"} <= set(titles)
    cards = place.picture(clan, chart.descendants(clan), None).cards
    for one in cards:
        for other in cards:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert one is other or apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_a_fan_of_many_has_room_for_every_name() -> None:
    lines = [
        f"Child {n} | mother | Eve\n" + "".join(f"Grand {n}-{m} | mother | Child {n}\n" for m in range(9))
        for n in range(30)
    ]
    many = family(ties("".join(lines)), iri("Eve").value, down=2)
    labels = fan.picture(many, chart.descendants(many)).labels
    assert len(labels) == 300
    outer = sorted((one for one in labels if "/person/grand" in one.person), key=lambda one: one.angle)
    for one, other in pairwise(outer):
        assert (other.angle - one.angle) / 57.3 * one.radius > fan.SIZE


def test_html_is_one_file_that_fetches_nothing(clan: Family) -> None:
    page = drawn(clan, "html")
    assert "Ann &lt;Hill&gt;" in page
    assert "<Hill>" not in page
    assert set(re.findall(r"https?://[^\s\"'<>]+", page)) <= {"http://www.w3.org/2000/svg", *map(str, clan.people)}


def test_diagrams(clan: Family) -> None:
    assert drawn(clan, "mermaid").startswith("flowchart LR\n")
    assert drawn(clan, "dot").count(" -> c") == drawn(clan, "mermaid").count("---")


def test_an_independent_parser_reads_the_gedcom(clan: Family) -> None:
    with GedcomReader(BytesIO(drawn(clan, "gedcom").encode())) as reader:
        people = {one.name.format(): one for one in reader.records0("INDI")}
        assert set(people) == {one.name for one in clan.people.values()}
        assert people["Cora"].mother.name.format() == "Ann <Hill>"
        assert people["Cora"].father.name.format() == "Karl"
        assert people["Karl"].sex == "M" or people["Karl"].sex == "U"


def test_dates_in_gedcom() -> None:
    found = family(ties(CLAN), iri("Cora").value, up=2)
    assert "2 DATE 2 MAR 1970\n" in drawn(found, "gedcom")
    import gedcom7

    records = gedcom7.loads(drawn(found, "gedcom7"))
    assert sum(one.tag == "INDI" for one in records) == len(found.people)
