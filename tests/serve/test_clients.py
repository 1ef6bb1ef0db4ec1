"""Other people's clients, unchanged."""

import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.serving import TOKEN, Served

SPARQLWrapper = pytest.importorskip("SPARQLWrapper")
NODE_MODULES = Path(os.environ.get("KG_NODE_MODULES", Path(__file__).resolve().parents[2] / "node_modules"))
COMUNICA = NODE_MODULES / ".bin" / "comunica-sparql"
REQUIRED = os.environ.get("KG_REQUIRE_SERVICES") == "1"
KG = "https://kg.example/ns#"
FATHERS = f"SELECT ?name WHERE {{ ?x <{KG}father>/<http://www.w3.org/2000/01/rdf-schema#label> ?name }}"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_sparqlwrapper_asks(served: Served, method: str, form: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{served.url}sparql", returnFormat=form)
    client.setMethod(method)
    client.setQuery(FATHERS)
    assert "King Charles III" in str(client.query().convert() if form == "json" else client.query().convert().toxml())


def test_sparqlwrapper_updates_with_basic_authorization(writable: Served) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{writable.url}sparql")
    client.setHTTPAuth(SPARQLWrapper.BASIC)
    client.setCredentials("kg", TOKEN)
    client.setMethod(SPARQLWrapper.POST)
    client.setQuery("INSERT DATA { GRAPH <urn:wrapped> { <urn:s> <urn:p> 1 } }")
    client.query()
    assert writable.query("ASK { GRAPH <urn:wrapped> { ?s ?p ?o } }").text == "true\n"
    client.setCredentials("kg", "wrong")
    with pytest.raises(Exception, match=r"401|[Uu]nauthorized"):
        client.query()


def test_sparqlwrapper_tells_a_bad_query(served: Served) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{served.url}sparql")
    client.setQuery("SELECT ?x WHERE {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


def test_rdflib_sparqlstore_reads(served: Served) -> None:
    graph = Graph(SPARQLStore(f"{served.url}sparql", returnFormat="json"))
    assert [str(name) for row in graph.query(FATHERS).bindings for name in row.values()] == ["King Charles III"]
    store = SPARQLStore(f"{served.url}sparql")
    assert len(list(store.triples((None, URIRef(f"{KG}father"), None)))) == 1


def test_rdflib_sparqlstore_writes(writable: Served) -> None:
    address = f"{writable.url}sparql"
    store = SPARQLUpdateStore(address, address, auth=("kg", TOKEN))
    graph = Graph(store, identifier=URIRef("urn:rdflib"))
    graph.add((URIRef("urn:s"), URIRef("urn:p"), Literal("Zoë")))
    assert writable.query("SELECT ?o WHERE { GRAPH <urn:rdflib> { ?s ?p ?o } }").text == "o\r\nZoë\r\n"


@pytest.mark.services
@pytest.mark.skipif(not shutil.which("curl") and not REQUIRED, reason="curl is not installed")
def test_curl(served: Served) -> None:
    base = ("curl", "--silent", "--fail", "--header", "Accept: text/csv", f"{served.url}sparql")
    for arguments in (("--data-urlencode", f"query={FATHERS}"), ("--get", "--data-urlencode", f"query={FATHERS}")):
        assert subprocess.check_output((*base, *arguments)) == b"name\r\nKing Charles III\r\n"


def test_a_spreadsheet_or_pandas_reads_the_csv_by_its_address(served: Served) -> None:
    """As pandas.read_csv(address) does: a GET that takes anything, told only by its parameters."""
    import csv

    answer = served.ask("GET", f"/sparql?query={quote(FATHERS)}", headers={"accept": "text/csv,*/*;q=0.1"})
    assert list(csv.DictReader(io.StringIO(answer.text))) == [{"name": "King Charles III"}]


@pytest.mark.services
@pytest.mark.skipif(not COMUNICA.exists() and not REQUIRED, reason=f"comunica is not there: npm install ({COMUNICA})")
def test_comunica(served: Served) -> None:
    command = (str(COMUNICA), f"sparql@{served.url}sparql", FATHERS, "-t", "application/sparql-results+json")
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    (row,) = json.loads(done.stdout)["results"]["bindings"]
    assert row["name"]["value"] == "King Charles III"


def test_our_own_client(writable: Served) -> None:
    """kg.endpoint, as it asks any store: queries, updates and graphs, with the token of KG_TOKEN."""
    from kg.endpoint.access import access_from
    from kg.endpoint.sparql import Endpoint

    address = f"{writable.url}sparql"
    access = access_from({"KG_TOKEN": TOKEN})
    client = Endpoint(address, update=address, graphs=f"{writable.url}store", access=access)
    assert json.loads(client.query(FATHERS))["results"]["bindings"][0]["name"]["value"] == "King Charles III"
    client.update("INSERT DATA { GRAPH <urn:own> { <urn:s> <urn:p> 1 } }")
    client.put("urn:put", b"<urn:s> <urn:p> <urn:o> .")
    with client.get("urn:put") as body:
        assert body.read() == b"<urn:s> <urn:p> <urn:o> .\n"
    client.delete("urn:put")
    assert writable.query("ASK { GRAPH <urn:own> { ?s ?p ?o } }").text == "true\n"
    assert writable.query("ASK { GRAPH <urn:put> { ?s ?p ?o } }").text == "false\n"
