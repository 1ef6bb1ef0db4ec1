"""Networks: what is kept of a graph, and that parsers that are not ours read each format back."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping

import networkx
import pytest

from kg.export.graphs import GRAPHS, graph_format
from kg.export.network import network
from kg.store.quads import quads, sort_key
from kg.vocabulary import DEFAULT_BASE, load
from tests.conftest import REQUIRED
from tests.export.test_formats import written
from tests.made import document, graph

STORY = """\
Prince Harry | father | King Charles III
Prince Harry | spouse | Meghan <Markle> & "Sons"
Zoë | sibling | Prince Harry | denied
Zoë | birthDate | =1984-02-03
Zoë | position | =chief executive, Halden "Foods" \\ Sons
"""
FOUND = network(sorted(quads(graph(document(STORY)), load()), key=sort_key), DEFAULT_BASE)
NAMES = {node.iri: node.label for node in FOUND.nodes}
EDGES = {(NAMES[e.source], e.relation, NAMES[e.target]) for e in FOUND.edges}


def text(name: str) -> str:
    writer = GRAPHS[name].text
    assert writer
    return "".join(writer(FOUND))


def files(name: str) -> Mapping[str, list[dict[str, str]]]:
    writer = GRAPHS[name].files
    assert writer
    return {
        file: list(csv.DictReader(io.StringIO("".join(lines), newline=""))) for file, lines in writer(FOUND).items()
    }


def test_what_is_kept() -> None:
    assert ("Prince Harry", "father", "King Charles III") in EDGES
    assert ("Prince Harry", "parent", "King Charles III") in EDGES
    assert not any(relation == "sibling" for _, relation, _ in EDGES), "what is denied is no edge"
    zoe = next(node for node in FOUND.nodes if node.label == "Zoë")
    assert (zoe.kind, zoe.attributes["birthDate"]) == ("Person", "1984-02-03")
    harry = next(node for node in FOUND.nodes if node.label == "Prince Harry")
    assert (harry.attributes["altLabel"], harry.attributes["gender"]) == ("Harry", "male")
    by_relation = {edge.relation: edge.attributes for edge in FOUND.edges}
    assert by_relation["father"]["quote"] == "Prince Harry | father | King Charles III"
    assert (by_relation["father"]["inferred"], by_relation["parent"]["inferred"]) == ("false", "true")
    assert by_relation["father"]["documents"] == "story.txt"
    assert not any("claim/" in node.iri or "evidence/" in node.iri for node in FOUND.nodes)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_nodes_edges_and_attributes(name: str) -> None:
    read = {"graphml": networkx.read_graphml, "gexf": lambda file: networkx.read_gexf(file, version="1.3")}[name]
    found = read(io.BytesIO(text(name).encode()))
    assert {iri: fields["label"] for iri, fields in found.nodes(data=True)} == NAMES
    told = {(NAMES[a], fields["relation"], NAMES[b]) for a, b, fields in found.edges(data=True)}
    assert told <= EDGES
    assert found.number_of_edges() == len(FOUND.edges) or name == "gexf"
    assert any(fields.get("confidence") == 0.97 for *_, fields in found.edges(data=True))


def test_tables_are_csv_for_gephi_and_for_neo4j() -> None:
    tables = files("csv")
    assert {row["Id"]: row["Label"] for row in tables["nodes.csv"]} == NAMES
    assert {(NAMES[r["Source"]], r["relation"], NAMES[r["Target"]]) for r in tables["edges.csv"]} == EDGES
    admin = files("neo4j")
    assert {row["iri:ID"]: row["label:string"] for row in admin["nodes.csv"]} == NAMES
    assert {row[":TYPE"] for row in admin["edges.csv"]} >= {"FATHER", "PARENT", "SPOUSE"}


def test_cypher_escapes_and_tells_all() -> None:
    told = text("cypher")
    assert told.startswith("CREATE CONSTRAINT")
    strings = {json.loads(one) for one in re.findall(r'"(?:[^"\\]|\\.)*"', told)}
    assert set(NAMES) | set(NAMES.values()) <= strings
    assert "MERGE (a)-[r:FATHER]->(b)" in told
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", told)
    for left, right in ("{}", "[]", "()"):
        assert bare.count(left) == bare.count(right)


def test_control_characters_do_not_break_xml() -> None:
    odd = network(quads(graph(document("A\x00\x01nn | father | Tom")), load()), DEFAULT_BASE)
    writer = GRAPHS["graphml"].text
    assert writer
    found = networkx.read_graphml(io.BytesIO("".join(writer(odd)).encode()))
    assert {fields["label"] for _, fields in found.nodes(data=True)} == {"Ann", "Tom"}


def test_suffixes() -> None:
    found = graph_format("a/B.GraphML")
    assert found
    assert found.name == "graphml"
    assert graph_format("a.ttl") is None


@pytest.mark.services
@pytest.mark.parametrize(("name", "form"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml")])
def test_rapper_reads_what_is_written(name: str, form: str) -> None:
    if not shutil.which("rapper"):
        assert not REQUIRED, "rapper is missing: apt-get install raptor2-utils"
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    command = ["rapper", "-q", "-i", form, "-o", "ntriples", "-", "https://kg.example/"]
    done = subprocess.run(command, input=written(name), capture_output=True, check=True, timeout=60)
    assert len(set(done.stdout.splitlines())) == len(set(written("ntriples").splitlines()))
