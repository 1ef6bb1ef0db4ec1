"""Which format an answer has: RFC 9110, section 12.5.1, over the formats that Oxigraph writes."""

import re
from collections.abc import Iterable

from pyoxigraph import QueryResultsFormat, RdfFormat

ROWS: dict[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Of SELECT and ASK, the preferred one first."""

TRIPLES: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
}
"""Of CONSTRUCT, DESCRIBE and single graphs."""

DATASETS: dict[str, RdfFormat] = {
    media: rdf
    for media, rdf in sorted(TRIPLES.items(), key=lambda item: item[0] != "application/trig")
    if rdf.supports_datasets
}
"""Of all graphs at once."""

UTF8 = frozenset({"text/turtle", "text/csv", "text/tab-separated-values", "text/n3", "text/plain"})
"""Text types that say their encoding."""

QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.IGNORECASE)


def choose(accept: str, offered: Iterable[str]) -> str:
    """The media type that the client likes best; among equals the one offered first. "" if it takes none.

    Args:
        accept: the Accept header; an empty one takes all.
    """
    ranges = [*_ranges(accept)] or [("*/*", 1.0)]
    best, best_quality = "", 0.0
    for media in offered:
        quality = _quality(media, ranges)
        if quality > best_quality:
            best, best_quality = media, quality
    return best


def content_type(media: str) -> str:
    """The header's value."""
    return f"{media}; charset=utf-8" if media in UTF8 else media


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        media, *parameters = part.split(";")
        if media.strip():
            qualities = [found[1] for one in parameters if (found := QUALITY.fullmatch(one))]
            yield media.strip().lower(), float(qualities[0]) if qualities else 1.0


def _quality(media: str, ranges: Iterable[tuple[str, float]]) -> float:
    """Of the ranges that fit, the most exact one counts."""
    forms = ("*/*", f"{media.split('/')[0]}/*", media)
    fitting = [(forms.index(one), quality) for one, quality in ranges if one in forms]
    return max(fitting)[1] if fitting else 0.0
