"""The same questions to a Virtuoso: names, families and statements, in its own reading of SPARQL 1.1."""

from pathlib import Path

import pytest

from kg.endpoint import Endpoint
from kg.errors import KgError
from kg.link import terms as link_terms
from kg.link.cache import Cache
from kg.link.items import Items
from kg.link.linking import link
from kg.link.remote import Remote
from kg.link.signals import weights
from kg.link.slices import open_slice
from kg.link.statements import statements
from kg.link.types import Person, Tie
from kg.vocabulary import load
from tests.link.family import SLICE
from tests.services.virtuoso import need, virtuoso

PROPERTIES = ("P22", "P26", "P40", "P569")


@pytest.mark.services
@pytest.mark.network
def test_a_virtuoso_tells_what_a_slice_tells(tmp_path: Path) -> None:
    need()
    terms = link_terms.load(load())
    data = tmp_path / "slice.ttl"
    data.write_text(SLICE, encoding="utf-8")
    here = open_slice(data, tmp_path, terms)
    folder = tmp_path / "virtuoso"
    folder.mkdir()
    (folder / "slice.ttl").write_text(SLICE, encoding="utf-8")
    with virtuoso(folder, folder / "slice.ttl") as url:
        endpoint = Endpoint(url)
        there = Remote(url, endpoint.query, Cache(tmp_path / "answers"), terms)
        people = [Person(id="t", names=("Tom Reed",)), Person(id="j", names=("Jack Reed",))]
        ties = [Tie(one="t", other="j", way="up", gender="male")]
        assert [one.qid for one in link(people, ties, Items(there, terms), weights())] == ["Q901", "Q903"]
        qids = ["Q901", "Q903"]  # a slice has a stand-in for the sitelinks of the others
        assert Items(there, terms).fetch(qids) == Items(here, terms).fetch(qids)
        told = statements(there, qids, PROPERTIES, terms)
        assert [(s.item, s.prop, s.value, s.end, s.back) for s in told] == [
            (s.item, s.prop, s.value, s.end, s.back) for s in statements(here, qids, PROPERTIES, terms)
        ]
        with pytest.raises(KgError, match=r"SP030|syntax"):
            endpoint.query("SELECT WHERE {")
    here.close()
