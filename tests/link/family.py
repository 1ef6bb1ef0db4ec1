"""A small made Wikidata: the Reeds and the Holts, two of whom bear one name. Nothing of it is real."""

PREFIXES = """\
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SLICE = (
    PREFIXES
    + """
wd:Q901 rdfs:label "Tom Reed"@en ; schema:description "British baker (born 1950)"@en ; wdt:P31 wd:Q5 ;
  wdt:P21 wd:Q6581097 ; wdt:P22 wd:Q903 ; wdt:P569 "1950-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:sitelinks 3 ;
  p:P22 wds:Q901-a ; p:P569 wds:Q901-b , wds:Q901-c ; p:P26 wds:Q901-d ; wdt:P26 wd:Q905 .
wds:Q901-a ps:P22 wd:Q903 ; wikibase:rank wikibase:NormalRank ;
  prov:wasDerivedFrom <http://www.wikidata.org/reference/r1> .
<http://www.wikidata.org/reference/r1> pr:P854 <https://example.org/reeds> .
wds:Q901-b ps:P569 "1950-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:rank wikibase:NormalRank .
wds:Q901-c ps:P569 "1890-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:rank wikibase:DeprecatedRank .
wds:Q901-d ps:P26 wd:Q905 ; wikibase:rank wikibase:NormalRank ; pq:P580 "1975-06-01T00:00:00Z"^^xsd:dateTime ;
  pq:P582 "1990-01-01T00:00:00Z"^^xsd:dateTime .
wd:Q902 rdfs:label "Tom Reed"@en ; schema:description "American rower"@en ; wdt:P31 wd:Q5 ; wdt:P21 wd:Q6581097 ;
  wdt:P569 "1931-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:sitelinks 90 .
wd:Q903 rdfs:label "John Reed"@mul ; skos:altLabel "Jack Reed"@en ; wdt:P31 wd:Q5 ; wdt:P21 wd:Q6581097 ;
  wdt:P569 "1920-01-01T00:00:00Z"^^xsd:dateTime ; wdt:P40 wd:Q904 ; p:P40 wds:Q903-a ; wikibase:sitelinks 4 .
wds:Q903-a ps:P40 wd:Q904 ; wikibase:rank wikibase:NormalRank .
wd:Q904 rdfs:label "Zoë Reed"@en ; wdt:P31 wd:Q5 ; wdt:P21 wd:Q6581072 .
wd:Q905 rdfs:label "Anna Holt"@en ; wdt:P31 wd:Q5 ; wdt:P21 wd:Q6581072 .
wd:Q906 rdfs:label "Reed"@en ; schema:description "family name"@en ; wdt:P31 wd:Q101352 .
wd:Q907 rdfs:label "Mia Sand"@de ; wdt:P31 wd:Q5 .
"""
)
