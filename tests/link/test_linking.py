"""Families are linked as families, over a slice and over a SPARQL service alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.endpoint import Endpoint
from kg.link import terms as link_terms
from kg.link.cache import Cache
from kg.link.items import Items
from kg.link.linking import Decided, link
from kg.link.remote import Remote
from kg.link.signals import weights
from kg.link.slices import open_slice
from kg.link.source import Source
from kg.link.terms import Terms
from kg.link.types import Person, Tie
from kg.vocabulary import load
from tests.link.family import SLICE
from tests.services.sparql import sparql_service

TOM, JOHN = Person(id="tom", names=("Tom Reed", "Tom")), Person(id="john", names=("John",), gender="male")
FATHER = Tie(one="tom", other="john", way="up", gender="male", said="father")


@pytest.fixture(scope="module")
def terms() -> Terms:
    return link_terms.load(load())


@pytest.fixture(params=["slice", "service"])
def source(request: pytest.FixtureRequest, tmp_path: Path, terms: Terms) -> Iterator[Source]:
    """The same data as a file and behind HTTP."""
    if request.param == "slice":
        (tmp_path / "slice.ttl").write_text(SLICE, encoding="utf-8")
        opened = open_slice(tmp_path / "slice.ttl", tmp_path, terms)
        yield opened
        opened.close()
        return
    store = Store()
    store.load(SLICE.encode(), format=RdfFormat.TURTLE)
    with sparql_service(store) as service:
        url = f"{service.url}/query"
        yield Remote(url, Endpoint(url).query, Cache(tmp_path), terms)


@pytest.mark.network
def test_a_family_decides_who_is_meant(source: Source, terms: Terms) -> None:
    items = Items(source, terms)
    alone = link([TOM], [], items, weights())[0]
    assert alone.candidates[0].item.id == "Q902"  # the famous rower
    tom, john = link([TOM, JOHN], [FATHER], items, weights())
    assert (tom.qid, john.qid) == ("Q901", "Q903")
    assert any("kinship with John Reed" in said for said, weight in tom.candidates[0].reasons if weight > 0)


@pytest.mark.network
def test_sources_tell_the_same(source: Source, terms: Terms) -> None:
    item = Items(source, terms).fetch(["Q901"])["Q901"]
    assert (item.label, item.born, item.gender, item.fame) == ("Tom Reed", 1950, "male", 3.0)
    assert item.kin == {("up", "Q903", "male"), ("beside", "Q905", "")}
    john = Items(source, terms).fetch(["Q903"])["Q903"]
    assert john.names == ("John Reed", "Jack Reed")  # a label in "mul" only
    assert {(way, other) for way, other, _ in john.kin} == {("down", "Q901"), ("down", "Q904")}


@pytest.mark.network
def test_what_is_no_person_or_has_no_english_name_is_no_candidate(source: Source) -> None:
    found = source.named([("Reed",), ("Mia Sand",), ("Nobody Known",)])
    assert "Q906" not in found[0]
    assert list(found[1]) == list(found[2]) == []


def test_what_was_decided_by_hand_stands_and_helps_the_others(tmp_path: Path, terms: Terms) -> None:
    (tmp_path / "slice.ttl").write_text(SLICE, encoding="utf-8")
    items = Items(open_slice(tmp_path / "slice.ttl", tmp_path, terms), terms)
    by_hand = {"tom": Decided(accepted="Q902")}
    tom, john = link([TOM, JOHN], [FATHER], items, weights(), by_hand)
    assert (tom.qid, tom.verdict, tom.score) == ("Q902", "by hand", 1.0)
    assert john.qid == ""  # the rower is no son of his
    rejected = link([TOM, JOHN], [FATHER], items, weights(), {"tom": Decided(rejected=frozenset(("Q901",)))})[0]
    assert "Q901" not in [candidate.item.id for candidate in rejected.candidates]
    nobody = link([TOM], [], items, weights(), {"tom": Decided(nobody=True)})[0]
    assert (nobody.qid, nobody.verdict, nobody.candidates) == ("", "by hand", ())
    items.source.close()  # type: ignore[attr-defined]
