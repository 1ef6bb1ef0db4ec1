"""--explain: what a query asks, in words."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.ask.explaining import explained
from kg.ask.plain import shortener
from kg.errors import QueryError
from kg.vocabulary import DEFAULT_BASE
from kg.vocabulary.names import prefixes

LONG = """SELECT DISTINCT ?x (COUNT(DISTINCT ?y) AS ?n) FROM <x:g> WHERE {
  ?x kg:father/kg:mother* ?y ; a kg:Person
  OPTIONAL { ?y rdfs:label ?l FILTER(LANG(?l) = "en" && ?x != kg:a) }
  { ?x kg:p "1984"^^xsd:gYear } UNION { GRAPH ?g { ?x ^kg:q|kg:r ?z } }
  MINUS { ?x kg:m ?y }
  FILTER(NOT EXISTS { ?x kg:n ?w } && (?l IN ("a", 2) || !BOUND(?l)))
  { SELECT ?x { ?x a ?t } LIMIT 3 }
  VALUES ?x { kg:a }
} GROUP BY ?x HAVING(COUNT(?y) > 2) ORDER BY DESC(?n) ?x LIMIT 5 OFFSET 2"""
TOLD = """Gives ?x, ?n
from <x:g>
?x a kg:Person                  1
?x kg:father/kg:mother* ?y      a path
and, where there is,
  ?y rdfs:label ?l              0
  only where LANG(?l) = "en" and ?x != kg:a
either
  ?x kg:p "1984"^^xsd:gYear     0
or
  in one graph, ?g,
    ?x ^kg:q|kg:r ?z            a path
but not (MINUS)
  ?x kg:m ?y                    0
by a query of its own
  ?x a ?t                       1
  at most 3 rows
with ?x = kg:a
only where there is no { ?x kg:n ?w } and (?l IN ("a", 2) or not BOUND(?l))
one row for each ?x
only where COUNT(?y) > 2
?n is COUNT(DISTINCT ?y)
sorted by ?n, highest first; ?x
no row twice
leaving out the first 2
at most 5 rows"""


def told(sparql: str) -> str:
    graph = Store()
    kind = NamedNode(prefixes(DEFAULT_BASE)["rdf"] + "type")
    graph.add(Quad(NamedNode("x:a"), kind, NamedNode(DEFAULT_BASE + "ns#Person"), NamedNode("x:g")))
    graph.add(Quad(NamedNode("x:a"), NamedNode("x:name"), Literal("Ann")))
    return "\n".join(explained(sparql, prefixes(DEFAULT_BASE), graph, shortener(DEFAULT_BASE)))


def test_every_part_of_a_query_is_told() -> None:
    lines = [line.split("  ")[0] if not line.startswith(" ") else line for line in TOLD.splitlines()]
    found = told(LONG).splitlines()
    assert [" ".join(line.split()) for line in found] == [" ".join(line.split()) for line in TOLD.splitlines()]
    assert len(lines) == len(found)


@pytest.mark.parametrize(
    ("sparql", "first"),
    [
        ("ASK { ?x kg:father ?y }", "Says whether there is anything"),
        ("DESCRIBE kg:a", "Describes kg:a"),
        ("CONSTRUCT { ?x kg:parent ?y } WHERE { ?x kg:father ?y }", "Makes triples"),
        ("SELECT * { ?b ?a ?c }", "Gives ?a, ?b, ?c"),
    ],
)
def test_the_other_forms(sparql: str, first: str) -> None:
    assert told(sparql).splitlines()[0] == first


def test_what_is_beyond_sparql_1_1_cannot_be_explained() -> None:
    with pytest.raises(QueryError, match=r"more than SPARQL 1\.1"):
        told("SELECT * { <<( ?a ?b ?c )>> ?p ?o }")
