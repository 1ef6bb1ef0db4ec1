"""Wikidata's API, where SPARQL does not tell: the same items, fifty at a time, what has moved and what is missing."""

import json
import os
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.endpoint import Api, Endpoint, Patience
from kg.errors import ServiceError
from kg.link import terms as link_terms
from kg.link.cache import Cache
from kg.link.entities import Entities
from kg.link.items import Items
from kg.link.remote import Remote
from kg.link.slices import open_slice
from kg.link.terms import Terms
from kg.vocabulary import load
from tests.link.family import SLICE
from tests.services.faulty import FAULTS, faulty
from tests.services.sparql import sparql_service
from tests.services.wikibase import Json, Wikibase, wikibase

pytestmark = pytest.mark.network

QUICK = Patience(deadline=1.5, silence=0.5, tries=2, first_wait=0.01, longest_wait=0.02, most=1 << 20)
SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[3] / "shared")) / "wikidata"
FOUR = ("Q42", "Q53713", "Q8413", "Q182397")


@pytest.fixture(scope="module")
def terms() -> Terms:
    return link_terms.load(load())


def family() -> Store:
    store = Store()
    store.load(SLICE.encode(), format=RdfFormat.TURTLE)
    return store


def remote(url: str, api: str, cache: Path, terms: Terms, patience: Patience = QUICK) -> Remote:
    """Wikidata behind a SPARQL service that lags behind its API."""
    answers = Cache(cache)
    entities = Entities(api, Api(api, patience=patience).get, answers, terms)
    return Remote(f"{url}/query", Endpoint(f"{url}/query").query, answers, terms, entities)


def claim(value: str | Json | None, rank: str = "normal") -> Json:
    told = {"snaktype": "value", "datavalue": {"value": value}} if value else {"snaktype": "somevalue"}
    return {"mainsnak": told, "rank": rank}


ANN: Json = {
    "id": "Q77",
    "type": "item",
    "labels": {"mul": {"language": "mul", "value": "Ann Holt"}, "de": {"language": "de", "value": "Anne Holt"}},
    "descriptions": {"en": {"language": "en", "value": "British painter (1899–1950)"}},
    "aliases": {"en": [{"language": "en", "value": "Annie Holt"}]},
    "claims": {
        "P31": [claim({"id": "Q5"})],
        "P569": [
            claim({"time": "+1890-01-01T00:00:00Z"}, "deprecated"),
            claim({"time": "+1901-00-00T00:00:00Z"}, "preferred"),
            claim({"time": "+1850-00-00T00:00:00Z"}),
        ],
        "P570": [claim(None)],
        "P22": [claim({"id": "Q903"})],
        "P106": [claim({"id": "Q1028181"})],
    },
    "sitelinks": {"enwiki": {}, "dewiki": {}},
}
PAINTER: Json = {"id": "Q1028181", "labels": {"en": {"language": "en", "value": "painter"}}, "aliases": {}}


def test_an_item_that_only_the_api_knows_is_told_in_full(terms: Terms, tmp_path: Path) -> None:
    with sparql_service() as service, wikibase(Wikibase(complete={"Q77": ANN, "Q1028181": PAINTER})) as api:
        ann = Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(["Q77"])["Q77"]
    assert (ann.names, ann.description) == (("Ann Holt", "Annie Holt"), "British painter (1899–1950)")
    assert (ann.born, ann.died, ann.human, ann.fame) == (1901, 1950, True, 2.0)  # the best rank; the description's year
    assert ann.works == ("painter",)
    assert ann.kin == {("up", "Q903", "male")}
    assert api.asked[0]["maxlag"] == "5"
    assert api.asked[0]["languages"] == "en|mul"


def test_the_api_tells_what_the_slice_tells(terms: Terms, tmp_path: Path) -> None:
    (tmp_path / "slice.ttl").write_text(SLICE, encoding="utf-8")
    here = open_slice(tmp_path / "slice.ttl", tmp_path, terms)
    qids = ["Q901", "Q902", "Q903"]
    with sparql_service() as service, wikibase(Wikibase(family())) as api:
        there = Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(qids)
    for qid, item in Items(here, terms).fetch(qids).items():
        assert (there[qid].names, there[qid].description) == (item.names, item.description)
        assert (there[qid].born, there[qid].gender, there[qid].fame) == (item.born, item.gender, item.fame)
    assert there["Q901"].kin == {("up", "Q903", "male"), ("beside", "Q905", "")}
    here.close()


def test_fifty_at_a_time_and_only_what_sparql_does_not_know(terms: Terms, tmp_path: Path) -> None:
    unknown = [f"Q{n}" for n in range(5000, 5120)]
    with sparql_service(family()) as service, wikibase(Wikibase(family())) as api:
        items = Items(remote(service.url, api.url, tmp_path, terms), terms)
        items.fetch([*unknown, "Q901"])
        assert [len(one["ids"].split("|")) for one in api.asked] == [50, 50, 20]
        assert items.missing == set(unknown)
        Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(unknown)
        assert len(api.asked) == 3  # the answers were kept


def test_what_has_moved_is_told_as_what_it_is_now(terms: Terms, tmp_path: Path) -> None:
    with sparql_service() as service, wikibase(Wikibase(family(), moved={"Q1": "Q901"})) as api:
        assert Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(["Q1"])["Q1"].id == "Q901"
    moved = SLICE + "wd:Q2 <http://www.w3.org/2002/07/owl#sameAs> wd:Q901 .\n"
    (tmp_path / "slice.ttl").write_text(moved, encoding="utf-8")
    here = open_slice(tmp_path / "slice.ttl", tmp_path, terms)
    assert Items(here, terms).fetch(["Q2"])["Q2"].id == "Q901"
    here.close()
    store = Store()
    store.load(moved.encode(), format=RdfFormat.TURTLE)
    with sparql_service(store) as service, wikibase(Wikibase()) as api:
        assert Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(["Q2"])["Q2"].id == "Q901"
        assert api.asked == []


def test_a_name_that_nobody_bears_is_searched(terms: Terms, tmp_path: Path) -> None:
    with sparql_service(family()) as service, wikibase(Wikibase(family())) as api:
        source = remote(service.url, api.url, tmp_path, terms)
        assert list(source.named([("Tom Re",), ("Anna Holt",)])) == [["Q901", "Q902"], ["Q905"]]
        assert [one["search"] for one in api.asked] == ["Tom Re"]


def test_servers_that_lag_are_asked_again(terms: Terms, tmp_path: Path) -> None:
    with sparql_service() as service, wikibase(Wikibase(family(), lags=1)) as api:
        assert Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(["Q901"])["Q901"].label == "Tom Reed"
        api.lags = 9
        with pytest.raises(ServiceError, match="Waiting for") as caught:
            remote(service.url, api.url, tmp_path, terms).tells(["Q902"])
        assert caught.value.kind == "throttled"


@pytest.mark.parametrize("fault", [one for one in FAULTS if one not in ("400", "partial", "rows", "wrong type")])
def test_each_fault_is_told_and_nothing_of_it_is_kept(terms: Terms, tmp_path: Path, fault: str) -> None:
    with (
        sparql_service() as service,
        wikibase(Wikibase(family())) as api,
        faulty(api.url[: -len("/w/api.php")]) as proxy,
    ):
        proxy.fault, proxy.kinds[""] = fault, "application/json"
        source = remote(service.url, f"{proxy.url}/w/api.php", tmp_path, terms)
        with pytest.raises(ServiceError) as caught:
            source.tells(["Q901"])
        assert caught.value.exit_code == 3
        proxy.fault = ""
        assert source.tells(["Q901"])["Q901"]["label"] == ["Tom Reed"]


@pytest.mark.skipif(not (SHARED / "json").is_dir(), reason="set KG_SHARED to the folder that holds wikidata/")
def test_complete_items_are_the_same_as_json_and_as_rdf(terms: Terms, tmp_path: Path) -> None:
    complete = {qid: json.loads((SHARED / "json" / f"{qid}.json").read_text())["entities"][qid] for qid in FOUR}
    with sparql_service() as service, wikibase(Wikibase(complete=complete)) as api:
        told = Items(remote(service.url, api.url, tmp_path, terms), terms).fetch(FOUR)
    for qid in FOUR:
        source = open_slice(SHARED / f"entity_{qid}.ttl", tmp_path, terms)
        item = Items(source, terms).fetch([qid])[qid]
        assert (told[qid].label, told[qid].aliases, told[qid].description) == (
            item.label,
            item.aliases,
            item.description,
        )
        assert (told[qid].born, told[qid].died, told[qid].gender) == (item.born, item.died, item.gender)
        assert told[qid].kin == item.kin
        assert told[qid].human
        source.close()
