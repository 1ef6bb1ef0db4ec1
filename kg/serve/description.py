"""What the endpoint says of itself: https://www.w3.org/TR/sparql11-service-description/"""

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.serve.negotiation import ROWS, TRIPLES
from kg.vocabulary.names import OUTSIDE

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"

NAMED = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "text/n3": "N3",
}
"""Media type -> the W3C's name of the format, https://www.w3.org/ns/formats/."""


def describe(url: str, *, writable: bool, union: bool, form: RdfFormat) -> bytes:
    """The description in RDF.

    Args:
        url: of the endpoint. writable: whether it takes updates. union: whether the default graph is all graphs.
    """
    service = NamedNode(url)
    dataset, default = NamedNode(url + "#dataset"), NamedNode(url + "#default-graph")
    kind = NamedNode(OUTSIDE["rdf"] + "type")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if writable else [])]
    features = ["UnionDefaultGraph"] if union else []
    triples = [
        Triple(service, kind, _sd("Service")),
        Triple(service, _sd("endpoint"), service),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, kind, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), default),
        Triple(default, kind, _sd("Graph")),
        *(Triple(service, _sd("supportedLanguage"), _sd(name)) for name in languages),
        *(Triple(service, _sd("feature"), _sd(name)) for name in features),
        *(
            Triple(service, _sd("resultFormat"), NamedNode(FORMATS + NAMED[media]))
            for media in dict.fromkeys((*ROWS, *TRIPLES))
            if media in NAMED
        ),
    ]
    known = {"sd": SD, "formats": FORMATS, "rdf": OUTSIDE["rdf"]}
    return serialize(triples, format=form, prefixes=known) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
