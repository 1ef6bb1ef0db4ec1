"""kg enrich: Wikidata's statements in graphs of their own, replaced by --refresh, and nothing of a failure."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from tests.cli.conftest import Kg
from tests.cli.test_link import family
from tests.link.family import SLICE
from tests.services.faulty import faulty
from tests.services.sparql import sparql_service
from tests.store.snapshot import snapshot

__all__ = ["family"]

FACTS = "SELECT ?r ?o { GRAPH ?g { <http://www.wikidata.org/entity/Q901> ?r ?o } FILTER(CONTAINS(STR(?g), '/item/')) }"


@pytest.fixture
def linked(family: Kg) -> Kg:
    assert family("-q", "link").code == 0
    return family


def test_statements_become_facts_with_their_evidence(linked: Kg) -> None:
    assert linked("enrich", "Tom Reed").code == 0
    found = linked("query", FACTS).out
    assert "kg:father\twd:Q903" in found
    assert "kg:birthDate\t1950-01-01" in found
    assert "1890" not in found  # a deprecated statement
    how = linked("query", "SELECT ?end ?phase ?from { ?c rdf:object <http://www.wikidata.org/entity/Q905> ; "
                 "kg:end ?end ; kg:phase ?phase ; prov:wasDerivedFrom ?from }").out  # fmt: skip
    assert "1990-01-01\tkg:former\t<http://www.wikidata.org/entity/statement/Q901-d>" in how
    assert "https://example.org/reeds" in linked("query", "SELECT ?s { ?c dcterms:source ?s }").out


def test_what_stands_on_the_other_item_is_read_from_this_side(linked: Kg) -> None:
    assert linked("enrich", "Zoë Reed", "--relations", "child").code == 0
    assert "wd:Q903\twd:Q904" in linked("query", "SELECT ?p ?c { ?p kg:child ?c }").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--relations", "rival"), "supplies no relation 'rival'"), (("Nobody",), "nobody in this graph")],
)
def test_wrong_use(linked: Kg, arguments: tuple[str, ...], said: str) -> None:
    ran = linked("enrich", *arguments)
    assert ran.code == 1
    assert said in ran.err


def test_nobody_linked(family: Kg) -> None:
    assert "link first: kg link" in family("enrich").err


@pytest.mark.network
def test_refreshed_facts_replace_the_old_ones_and_a_failure_nothing(linked: Kg) -> None:
    store = Store()
    store.load(SLICE.encode(), format=RdfFormat.TURTLE)
    with sparql_service(store) as service, faulty(service.url) as proxy:
        url = f"{proxy.url}/query"
        assert linked("enrich", "--wikidata", url).code == 0
        assert "wd:Q905" in linked("query", FACTS).out
        gone = NamedNode("http://www.wikidata.org/entity/Q905")
        for quad in list(store.quads_for_pattern(None, None, gone, None)):
            store.remove(quad)
        assert linked("enrich", "--wikidata", url).code == 0  # answers are kept
        assert "wd:Q905" in linked("query", FACTS).out
        before = snapshot(Path("kg.store"))
        proxy.fault = "403"
        ran = linked("enrich", "--wikidata", url, "--refresh")
        assert (ran.code, "HTTP 403" in ran.err) == (3, True)
        assert snapshot(Path("kg.store")) == before
        proxy.fault = ""
        assert linked("enrich", "--wikidata", url, "--refresh").code == 0
        assert "wd:Q905" not in linked("query", FACTS).out
