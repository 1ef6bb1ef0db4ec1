"""A file of RDF -> quads in one order, without blank nodes. Contexts of JSON-LD are data of the ontology: nothing is
fetched.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
)

from kg.ask.files import DATA_FORMATS, from_files
from kg.errors import FormatError, SourceError
from kg.minting import digest

Named = Callable[[BlankNode], NamedNode]


def read(path: Path, identity: str, base: str, contexts: Mapping[str, str]) -> list[Quad]:
    """The quads of a file, sorted.

    Args:
        identity: the file's name, which the IRIs of its blank nodes are made from. contexts: see Foreign.

    Raises:
        SourceError, FormatError: it is missing, or not what its suffix says.
    """
    suffix = PurePath(path.name.lower().removesuffix(".gz")).suffix
    is_json = DATA_FORMATS.get(suffix) == RdfFormat.JSON_LD
    graph = _json_ld(path, contexts) if is_json else from_files([path])
    return sorted(_named(graph, identity, base), key=str)


def _json_ld(path: Path, contexts: Mapping[str, str]) -> Store:
    try:
        data = path.read_bytes()
        told = json.loads((gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig"))
        graph = Store()
        graph.load(json.dumps(_offline(told, contexts)), format=RdfFormat.JSON_LD, base_iri=path.resolve().as_uri())
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file or directory") from error
    except (OSError, SyntaxError, ValueError) as error:
        hint = "it must be JSON-LD; contexts are not fetched: write the context into the file"
        raise FormatError(f"{path}: {error}", hint=hint) from error
    return graph


def _offline(told: object, contexts: Mapping[str, str]) -> object:
    """The same with the addresses of known contexts replaced by what they come to."""
    if isinstance(told, list):
        return [_offline(one, contexts) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        key: _context(value, contexts) if key == "@context" else _offline(value, contexts)
        for key, value in told.items()
    }


def _context(told: object, contexts: Mapping[str, str]) -> object:
    if isinstance(told, list):
        return [_context(one, contexts) for one in told]
    return {"@vocab": contexts[told]} if isinstance(told, str) and told in contexts else told


def _named(graph: Store, identity: str, base: str) -> Iterator[Quad]:
    """Quads with an IRI for every blank node, the same for the same file (RDF Dataset Canonicalization 1.0)."""
    quads = list(graph)
    if not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object, quad.graph_name)):
        yield from quads
        return
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)

    def named(node: object) -> NamedNode:
        assert isinstance(node, NamedNode | BlankNode)
        return NamedNode(f"{base}node/{digest(identity, node.value)}") if isinstance(node, BlankNode) else node

    for quad in dataset:
        if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
            yield quad
            continue
        object_ = quad.object if isinstance(quad.object, Literal) else named(quad.object)
        graph_name = named(quad.graph_name) if isinstance(quad.graph_name, BlankNode) else quad.graph_name
        yield Quad(named(quad.subject), quad.predicate, object_, graph_name)
