"""The formats that Oxigraph writes well. Sorted quads without blank nodes make their bytes the same in every run."""

from collections.abc import Callable, Sequence

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.vocabulary.names import prefixes


def _nquads(quads: Sequence[Quad], _base: str) -> bytes:
    return _bytes(quads, RdfFormat.N_QUADS)


def _ntriples(quads: Sequence[Quad], _base: str) -> bytes:
    return _bytes(_triples(quads), RdfFormat.N_TRIPLES)


def _rdfxml(quads: Sequence[Quad], base: str) -> bytes:
    return _bytes(_triples(quads), RdfFormat.RDF_XML, base)


def _triples(quads: Sequence[Quad]) -> list[Triple]:
    """The triples of all graphs, each once, by subject."""
    found = {quad.triple for quad in quads}
    return sorted(found, key=lambda triple: (str(triple.subject), str(triple.predicate), str(triple.object)))


def _bytes(statements: Sequence[Quad] | Sequence[Triple], form: RdfFormat, base: str = "") -> bytes:
    return serialize(statements, format=form, prefixes=prefixes(base) if base else None) or b""


WRITERS: dict[str, Callable[[Sequence[Quad], str], bytes]] = {
    "nquads": _nquads,
    "ntriples": _ntriples,
    "rdfxml": _rdfxml,
}
