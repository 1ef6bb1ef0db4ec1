"""RDF of others: what each term comes to, what has no place, and that nothing is lost in silence."""

import json
from pathlib import Path

import pytest

from kg.imports.terms import load as foreign
from kg.vocabulary import load
from tests.cli.conftest import Kg
from tests.cli.conftest import kg as kg

HEAD = """@prefix kg: <https://kg.example/ns#> . @prefix schema: <http://schema.org/> . @prefix x: <http://x.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix rel: <http://purl.org/vocab/relationship/> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
TOM = "x:tom a foaf:Person ; foaf:name 'Tom Reed' . x:john foaf:name 'John Reed' . "
ASK = "ASK {{ ?t rdfs:label 'Tom Reed' . ?j rdfs:label 'John Reed' . {} }}"


def holds(kg: Kg, pattern: str) -> bool:
    return "true" in kg("query", ASK.format(pattern)).out


@pytest.mark.parametrize(
    ("triples", "pattern"),
    [
        ("x:tom schema:parent x:john", "?t kg:parent ?j"),
        ("x:john schema:children x:tom", "?t kg:parent ?j"),
        ("x:tom rel:childOf x:john", "?t kg:parent ?j"),
        ("x:john rel:parentOf x:tom", "?t kg:parent ?j"),
        ("x:tom rel:siblingOf x:john", "?j kg:sibling ?t"),
        ("x:tom wdt:P22 x:john", "?t kg:father ?j"),
        ("x:john wdt:P40 x:tom", "?t kg:parent ?j"),
        ("x:tom wdt:P26 x:john", "?j kg:spouse ?t"),
        ("x:tom kg:mother x:john", "?t kg:parent ?j"),
        ("x:tom schema:parent x:john . x:john schema:gender 'Male'", "?t kg:father ?j"),
        ("x:tom wdt:P40 x:john . x:john wdt:P21 wd:Q6581072", "?t kg:daughter ?j"),
        ("x:tom schema:birthDate '1984-02'", "?t kg:birthDate '1984-02'^^xsd:gYearMonth"),
        ("x:tom wdt:P569 '1984-02-03T00:00:00Z'^^xsd:dateTime", "?t kg:birthDate '1984-02-03'^^xsd:date"),
        ("x:tom schema:birthPlace 'Leeds'", "?t kg:birthPlace/rdfs:label 'Leeds'"),
        ("x:tom schema:memberOf [ a schema:Organization ; schema:name 'Chess Club' ]",
         "?t kg:memberOf/rdfs:label 'Chess Club'"),
        ("x:tom owl:sameAs wd:Q42", "?t owl:sameAs wd:Q42"),
    ],
)  # fmt: skip
def test_terms_of_others_are_read(triples: str, pattern: str, kg: Kg) -> None:
    # A node of no known kind is nobody: not every triple tells of what kind John is.
    Path("a.ttl").write_text(f"{HEAD}{TOM} x:john a foaf:Person . {triples} .")
    ran = kg("import", "a.ttl", "--strict")
    assert (ran.code, "without a place" in ran.err) == (0, False), ran.err
    assert holds(kg, pattern)


def test_what_has_no_place_is_told_written_and_refused_by_strict(kg: Kg) -> None:
    odd = (
        "x:tom foaf:knows x:john ; schema:employee x:john ; schema:birthDate 'long ago' ; schema:gender 'Q' ; a x:Cat ."
    )
    Path("a.ttl").write_text(f"{HEAD}{TOM}x:tom schema:parent x:john . {odd} x:rock rdfs:label 'Rock' .")
    strict = kg("import", "a.ttl", "--strict")
    assert (strict.code, "6 triples have no place; nothing was imported" in strict.err) == (1, True)
    assert not Path("kg.store").exists()
    ran = kg("import", "a.ttl", "--unmapped", "rest.nq")
    assert ran.code == 0
    reasons = (
        "foaf/0.1/knows>: no relation",
        "birthDate>: the value is not",
        "gender>: no gender",
        "type>: no class",
        "employee>: no relation",
        "label>: of a node of no known kind",
    )
    for told in reasons:
        assert told in ran.err
    assert len(Path("rest.nq").read_text().splitlines()) == 6


def test_every_fact_has_its_triple_and_is_explained(kg: Kg) -> None:
    Path("a.ttl").write_text(f"{HEAD}{TOM}x:tom schema:parent x:john . x:john schema:gender 'male' .")
    kg("import", "a.ttl")
    said = kg("explain", "tom reed", "father", "john reed")
    assert said.code == 0
    assert "[<http://x.org/tom>]" in said.out
    assert "a.ttl" in said.out


def test_json_ld_of_schema_org_needs_no_network(kg: Kg) -> None:
    told = {"@context": "https://schema.org", "@type": "Person", "name": "Tom Reed",
            "parent": {"@type": "Person", "name": "John Reed"}}  # fmt: skip
    Path("a.jsonld").write_text(json.dumps(told))
    assert kg("import", "a.jsonld", "--strict").code == 0
    assert holds(kg, "?t kg:parent ?j")
    first = kg("export", "-f", "nquads").out
    kg("import", "a.jsonld")
    assert kg("export", "-f", "nquads").out == first, "the same file gives the same graph, blank nodes and all"


def test_all_files_or_none(kg: Kg) -> None:
    Path("good.ttl").write_text(f"{HEAD}{TOM}x:tom schema:parent x:john .")
    Path("bad.ttl").write_text("this is no Turtle")
    assert kg("import", "good.ttl", "bad.ttl").code == 1
    assert not Path("kg.store").exists()
    Path("rocks.ttl").write_text("<http://x.org/a> <http://x.org/b> 1 .")
    ran = kg("import", "rocks.ttl")
    assert (ran.code, "none of its 1 triples" in ran.err) == (1, True)
    assert kg("import", "good.ttl", "--dry-run").code == 0
    assert not Path("kg.store").exists()


@pytest.mark.parametrize("name", ["nquads", "trig", "jsonld"])
def test_what_kg_exports_comes_back_as_it_was(name: str, kg: Kg) -> None:
    assert kg("-q", "add", "story.txt").code == 0
    suffix = {"nquads": "nq", "trig": "trig", "jsonld": "jsonld"}[name]
    kg("export", "-o", f"graph.{suffix}")
    assert kg("import", f"graph.{suffix}", "--store", "copy").code == 0
    assert kg("export", "-f", "nquads", "--store", "copy").out == kg("export", "-f", "nquads").out


def test_a_merged_export_keeps_every_triple(kg: Kg) -> None:
    assert kg("-q", "add", "story.txt").code == 0
    kg("export", "-o", "graph.ttl")
    assert kg("import", "graph.ttl", "--store", "copy").code == 0
    before, after = (
        set(kg("export", "-f", "ntriples", *where).out.splitlines()) for where in ((), ("--store", "copy"))
    )
    assert before <= after
    assert len(after - before) == 2, "only that the file is a document, and its name"


def test_alignments_lead_to_the_most_general_relation() -> None:
    found = foreign(load())
    assert found.relations["https://schema.org/parent"] == "parent"
    assert found.relations["http://www.wikidata.org/prop/direct/P3373"] == "sibling"
    assert found.relations["https://schema.org/employee"] == ""
    assert {name for name in found.relations.values() if name} <= set(load().relations)
    assert {name for name in found.classes.values() if name} <= set(load().classes)


STATEMENTS = """@prefix p: <http://www.wikidata.org/prop/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> . @prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
x:tom wdt:P31 wd:Q5 ; rdfs:label 'Tom Reed' ; p:P26 x:s1 , x:s2 ; p:P22 x:s3 , x:s4 ; p:P569 x:s5 ; wdt:P22 x:john ;
  wdt:P569 '1950-01-01T00:00:00Z'^^xsd:dateTime .
x:john wdt:P31 wd:Q5 ; rdfs:label 'John Reed' . x:ann wdt:P31 wd:Q5 ; rdfs:label 'Ann' .
x:s1 ps:P26 x:ann ; wikibase:rank wikibase:NormalRank ; pq:P580 '1975-06-01T00:00:00Z'^^xsd:dateTime ;
  pq:P582 '1990-01-01T00:00:00Z'^^xsd:dateTime .
x:s3 ps:P22 x:john ; wikibase:rank wikibase:NormalRank .
x:s4 ps:P22 x:ann ; wikibase:rank wikibase:DeprecatedRank .
x:s5 ps:P569 '1950-01-01T00:00:00Z'^^xsd:dateTime ; wikibase:rank wikibase:NormalRank ; psv:P569 x:v .
x:v wikibase:timePrecision 9 .
"""


def test_statement_nodes_of_wikidata_are_read_with_rank_dates_and_precision(kg: Kg) -> None:
    Path("a.ttl").write_text(f"{HEAD}{STATEMENTS}")
    ran = kg("import", "a.ttl")
    assert "as deprecated" in ran.err
    assert holds(kg, "?t kg:father ?j ; kg:birthDate '1950'^^xsd:gYear")
    ended = "?c rdf:predicate kg:spouse ; kg:phase kg:former ; kg:start '1975-06-01'^^xsd:date ; kg:end ?end"
    assert holds(kg, ended)
    assert "false" in kg("query", "ASK { ?t kg:father/rdfs:label 'Ann' }").out
    assert "1" in kg("query", "SELECT (COUNT(*) AS ?n) { ?c rdf:predicate kg:birthDate }").out
    assert "false" in kg("query", "ASK { ?t kg:birthDate '1950-01-01'^^xsd:date }").out
