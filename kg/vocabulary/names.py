"""The IRIs that the ontology's own grammar is written in. No relation stands here: relations are data."""

DEFAULT_BASE = "https://kg.example/"
"""Where the ontology is written. RFC 2606 reserves .example: nobody owns it, so it claims nobody's name."""

TERMS = "ns#"
"""What follows the base in the IRI of an ontology term."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WIKIDATA = "http://www.wikidata.org/"

OUTSIDE = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "rel": "http://purl.org/vocab/relationship/",
    "schema": "https://schema.org/",
    "skos": SKOS,
    "wd": WIKIDATA + "entity/",
    "wdt": WIKIDATA + "prop/direct/",
    "xsd": XSD,
}
"""Prefixes of vocabularies that are not ours."""

OWN = {
    "claim": "claim/",
    "document": "document/",
    "evidence": "evidence/",
    "kg": TERMS,
    "organisation": "organisation/",
    "person": "person/",
    "place": "place/",
    "position": "position/",
}
"""Prefixes of what we name ourselves, with what follows the base."""

LITERAL_KINDS = {XSD + "date": "date", XSD + "gYear": "year", XSD + "integer": "number", XSD + "string": "text"}
"""rdfs:range of a relation whose objects are literals -> RelationType.range."""


def prefixes(base: str) -> dict[str, str]:
    """All prefixes that a query may use without declaring them, sorted."""
    return dict(sorted({**OUTSIDE, **{prefix: base + rest for prefix, rest in OWN.items()}}.items()))


def local(iri: str) -> str:
    """The name behind the last "#" or "/" of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
