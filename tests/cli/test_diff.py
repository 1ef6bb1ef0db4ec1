"""kg diff: agree, new, conflict, with both sides' evidence; and QuickStatements for the new."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg
from tests.link.family import SLICE

TEXT = (
    "Tom Reed | father | John Reed\n"
    "Tom Reed | sibling | Zoë Reed\n"
    "Tom Reed | birthDate | =1949\n"
    "John Reed | birthDate | =1920\n"
    "Zoë Reed | birthDate | =1955-02-03\n"
    "Tom Reed | spouse | Anna Holt\n"
    "Tom Reed | sibling | Ed Reed | denied\n"
)


@pytest.fixture
def linked(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """A linked store whose document has a URL."""
    monkeypatch.setenv("KG_CACHE", "cache")
    monkeypatch.setenv("KG_WIKIDATA", "slice.ttl")
    Path("slice.ttl").write_text(SLICE, encoding="utf-8")
    line = {"id": "reeds", "text": TEXT, "url": "https://example.org/reeds", "date": "2024-02-08"}
    Path("reeds.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert kg("-q", "add", "reeds.jsonl").code == 0
    assert kg("-q", "link").code == 0
    return kg


def test_both_sides_are_compared(linked: Kg) -> None:
    found = json.loads(linked("diff", "-f", "json").out)
    verdicts = {(one["name"], one["relation"], one["text"]): one["verdict"] for one in found}
    assert verdicts == {
        ("Tom Reed", "father", "John Reed"): "agree",
        ("Tom Reed", "sibling", "Zoë Reed"): "new",
        ("Tom Reed", "birth date", "1949"): "conflict",
        ("John Reed", "birth date", "1920"): "agree",  # a year agrees with a day of it
        ("Zoë Reed", "birth date", "1955-02-03"): "new",
        ("Tom Reed", "spouse", "Anna Holt"): "agree",
    }
    conflict = next(one for one in found if one["verdict"] == "conflict")
    assert conflict["wikidata"] == ["1950-01-01"]  # and not the deprecated 1890
    assert conflict["statements"] == ["http://www.wikidata.org/entity/statement/Q901-b"]
    assert conflict["evidence"][0]["quote"] == "Tom Reed | birthDate | =1949"


def test_new_facts_become_quickstatements_with_url_date_and_quote(linked: Kg) -> None:
    lines = linked("diff", "--quickstatements").out.splitlines()
    source = 'S854|"https://example.org/reeds"|S577|+2024-02-08T00:00:00Z/11|S1683|en:'
    assert f'Q901|P3373|Q904|{source}"Tom Reed ¦ sibling ¦ Zoë Reed"' in lines
    assert f'Q904|P569|+1955-02-03T00:00:00Z/11|{source}"Zoë Reed ¦ birthDate ¦ =1955-02-03"' in lines
    assert len(lines) == 2


def test_a_page_and_a_table(linked: Kg) -> None:
    page = linked("diff", "Tom Reed", "-f", "html").out
    assert page.startswith("<!DOCTYPE html>")
    assert '<tr class="conflict">' in page
    assert linked("diff").out.splitlines()[0].startswith("verdict\tperson\tQID")
    assert "\tZoë Reed\tQ904\t" in linked("diff").out
    assert "unsaid\t" in linked("diff", "--all").out


def test_nobody_linked(kg: Kg) -> None:
    Path("reeds.txt").write_text(TEXT, encoding="utf-8")
    kg("-q", "add", "reeds.txt")
    ran = kg("diff")
    assert (ran.code, "link first: kg link" in ran.err) == (1, True)
