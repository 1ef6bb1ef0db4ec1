"""kg link over a slice: a table, candidates, decisions by hand, texts without a store; and what a failure leaves."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg import build
from kg.model import Claim, Document, DocumentGraph
from tests.cli.conftest import Kg
from tests.link.family import SLICE
from tests.made import graph
from tests.services.faulty import faulty
from tests.services.sparql import sparql_service
from tests.services.wikibase import Wikibase, wikibase
from tests.store.snapshot import snapshot

STORY = "Tom Reed | father | John\nZoë Reed | birthDate | =1955-02-03\nTom Reed | sibling | Zoë Reed\n"


@pytest.fixture
def family(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """A store with a family, and a slice that knows them."""
    monkeypatch.setenv("KG_CACHE", "cache")
    monkeypatch.setenv("KG_WIKIDATA", "slice.ttl")
    Path("slice.ttl").write_text(SLICE, encoding="utf-8")
    Path("reeds.txt").write_text(STORY, encoding="utf-8")
    assert kg("-q", "add", "reeds.txt").code == 0
    return kg


def rows(out: str) -> dict[str, list[str]]:
    return {line.split("\t")[0]: line.split("\t")[1:] for line in out.splitlines()[1:]}


def test_a_family_is_linked_kept_and_shown(family: Kg) -> None:
    found = rows(family("link").out)
    assert [found[name][0] for name in ("Tom Reed", "John", "Zoë Reed")] == ["Q901", "Q903", "Q904"]
    assert "kinship with" in found["Tom Reed"][-1]
    assert "Wikidata: Q901 Tom Reed" in family("show", "Tom Reed").out
    first = family("export", "-f", "nquads").out
    assert family("link").code == 0
    assert family("export", "-f", "nquads").out == first  # the same again


def test_decisions_are_kept_and_replayed(family: Kg) -> None:
    assert rows(family("link", "--accept", "Tom Reed", "Q902").out)["Tom Reed"][0] == "Q902"
    assert "by hand" in rows(family("link").out)["Tom Reed"][-1]
    family("link", "--reject", "Tom Reed", "Q902")
    assert "Q902" not in family("link", "Tom Reed", "--candidates").out
    assert rows(family("link", "--nil", "John").out)["John"][0] == ""
    family("link", "--undo", "John")
    family("link", "--undo", "Tom Reed")
    assert rows(family("link").out)["John"][0] == "Q903"


def test_candidates_show_what_speaks_for_and_against(family: Kg) -> None:
    ran = family("link", "Tom Reed", "--candidates")
    assert ran.out.startswith("Tom Reed  (linked")
    assert "Q901" in ran.out
    assert "Q902" in ran.out
    assert "+" in ran.out
    assert "−" in ran.out
    assert "Wikidata:" not in family("show", "Tom Reed").out  # looking changes nothing


def test_texts_without_a_store_give_a_line_a_mention(family: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document) -> DocumentGraph:
        """The made graph, in which people know where they are named."""
        made = graph(document)
        places = {
            one.id: [claim.subject for fact in made.facts for claim in fact.evidence
                     if fact.subject.id == one.id and isinstance(claim, Claim)]
            for one in made.entities
        }  # fmt: skip
        return replace(made, entities=tuple(replace(e, mentions=tuple(places[e.id])) for e in made.entities))

    monkeypatch.setattr(build, "graphs", lambda texts, _settings: map(read, texts))
    ran = family("link", "--from", "reeds.txt", "-f", "jsonl")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert {(line["text"], line["qid"]) for line in lines} == {("Tom Reed", "Q901"), ("Zoë Reed", "Q904")}
    first = lines[0]
    assert (first["document"], STORY[first["start"] : first["end"]]) == ("reeds.txt", "Tom Reed")
    assert first["candidates"][0] == {"qid": "Q901", "score": first["score"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "Tom Reed", "152316"), "is no item of Wikidata"),
        (("--accept", "Nobody", "Q1"), "nobody in this graph"),
        (("--offline", "--refresh"), "exclude each other"),
        (("--wikidata", "missing.ttl"), "missing.ttl"),
        (("--wikidata", "reeds.txt"), "a slice of Wikidata is one of"),
        (("--nil", "John", "--undo", "John"), "one decision at a time"),
    ],
)
def test_wrong_use_is_told(family: Kg, arguments: tuple[str, ...], said: str) -> None:
    ran = family("link", *arguments)
    assert ran.code == 1
    assert said in ran.err
    assert "Hint:" in ran.err or said == "missing.ttl" or "slice" in said


# ------------------------------------------------------------------ a service that fails
@pytest.mark.network
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("403", "it refuses us (HTTP 403)"),
        ("404", "there is no such service"),
        ("429 retry-after long", "it wants 3600 s without requests"),
        ("500 time-out", "took it too long"),
        ("10 GB", "larger than allowed"),
        ("redirect", "it sends us elsewhere: to http://10.0.0.1/admin"),
    ],
)
def test_a_failing_service_leaves_the_store_as_it_was_and_a_rerun_goes_on(family: Kg, fault: str, said: str) -> None:
    store = Store()
    store.load(SLICE.encode(), format=RdfFormat.TURTLE)
    with sparql_service(store) as service, faulty(service.url) as proxy:
        proxy.fault = fault
        before = snapshot(Path("kg.store"))
        ran = family("link", "--wikidata", f"{proxy.url}/query")
        assert ran.code == 3
        assert f"127.0.0.1: {said}" in ran.err or said in ran.err
        assert snapshot(Path("kg.store")) == before
        proxy.fault = ""
        assert rows(family("link", "--wikidata", f"{proxy.url}/query").out)["Tom Reed"][0] == "Q901"


@pytest.mark.network
def test_offline_asks_nobody_and_kept_answers_serve(family: Kg) -> None:
    store = Store()
    store.load(SLICE.encode(), format=RdfFormat.TURTLE)
    with sparql_service(store) as service:
        url = f"{service.url}/query"
        assert family("link", "--wikidata", url, "--offline").code == 3  # nothing is kept yet
        assert rows(family("link", "--wikidata", url).out)["Tom Reed"][0] == "Q901"
        asked = len(service.asked)
        assert rows(family("link", "--wikidata", url, "--offline").out)["Tom Reed"][0] == "Q901"
        assert rows(family("link", "--wikidata", url).out)["Tom Reed"][0] == "Q901"
        assert len(service.asked) == asked
        family("link", "--wikidata", url, "--refresh")
        assert len(service.asked) == 2 * asked
    assert "answers\t" in family("cache", "info").out
    assert family("cache", "clear").code == 0
    assert "answers\t0" in family("cache", "info").out


def test_a_slice_is_made_from_a_slice(family: Kg) -> None:
    assert family("export", "-o", "people.ttl").code == 0
    assert family("wikidata", "slice", "--people-like", "people.ttl", "-o", "mine.nt").code == 0
    assert rows(family("link", "--wikidata", "mine.nt").out)["Tom Reed"][0] == "Q901"
    assert "Q907" not in Path("mine.nt").read_text(encoding="utf-8")


# ------------------------------------------------------------------ the API beside it
@pytest.mark.network
@pytest.mark.parametrize("fault", ["403", "429 retry-after long", "10 GB", "redirect", "500 time-out"])
def test_a_failing_api_leaves_the_store_as_it_was_and_a_rerun_goes_on(
    family: Kg, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    store.load(SLICE.replace('"Zoë Reed"', '"Zoë Reed-Holt"').encode(), format=RdfFormat.TURTLE)
    with (
        sparql_service(store) as service,
        wikibase(Wikibase(store)) as api,
        faulty(api.url.removesuffix("/w/api.php")) as proxy,
    ):
        proxy.fault, proxy.kinds[""] = fault, "application/json"
        monkeypatch.setenv("KG_WIKIDATA_API", f"{proxy.url}/w/api.php")
        before = snapshot(Path("kg.store"))
        ran = family("link", "--wikidata", f"{service.url}/query")
        assert (ran.code, "127.0.0.1: " in ran.err, "Hint:" in ran.err) == (3, True, True)
        assert snapshot(Path("kg.store")) == before
        proxy.fault = ""
        asked = len(service.asked)
        found = rows(family("link", "--wikidata", f"{service.url}/query").out)
        assert found["Zoë Reed"][0] == "Q904"  # nobody bears that name; the search found it
        assert not set(service.asked[:asked]) & set(service.asked[asked:])  # what was answered is kept


@pytest.mark.network
def test_an_item_that_is_no_more_is_told_and_one_that_was_merged_is_found(
    family: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    store.load(SLICE.encode(), format=RdfFormat.TURTLE)
    with sparql_service(store) as service, wikibase(Wikibase(store, moved={"Q1": "Q902"})) as api:
        monkeypatch.setenv("KG_WIKIDATA", f"{service.url}/query")
        monkeypatch.setenv("KG_WIKIDATA_API", api.url)
        ran = family("link", "--accept", "Tom Reed", "Q99")
        assert (ran.code, "Wikidata has no item Q99" in ran.err) == (1, True)
        assert rows(family("link", "--accept", "Tom Reed", "Q1").out)["Tom Reed"][0] == "Q902"
