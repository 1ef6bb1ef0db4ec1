"""A graph of RDF as nodes and edges with attributes, which programs that draw and count networks read.

What becomes of it: people, organisations, places and positions are nodes; a plain triple between two is an edge;
values (dates, titles, other names) are attributes of the node. Of a claim its edge keeps the confidence, since when and
until when it holds, whether it was inferred, the documents and the first sentence.
What is lost: claims that the graph does not assert (denied, reported, dropped), the places of words, who said it, and
which of several values came from which document.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocabulary.names import OUTSIDE, RDF, RDFS, SKOS, TERMS, local

RECORDS = ("Claim", "Evidence", "Document", "Link", "Decision")
"""Classes of what tells of the graph itself."""

OA, DCTERMS = OUTSIDE["oa"], OUTSIDE["dcterms"]
NAMED = {RDFS + "label": "label", SKOS + "altLabel": "altLabel", SKOS + "exactMatch": "exactMatch"}
SEVERAL = "; "
EDGE_FIELDS = ("relation", "inferred", "confidence", "phase", "start", "end", "documents", "quote")

Fields = dict[str, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """kind: local name of its class, or "". attributes: name -> text; several values are joined by "; "."""

    iri: str
    kind: str
    label: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """attributes: EDGE_FIELDS that are known."""

    source: str
    target: str
    relation: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """nodes: sorted by IRI; edges: by source, relation and target. columns: all attributes that some node has."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    columns: tuple[str, ...]


def network(quads: Iterable[Quad], base: str) -> Network:
    """The nodes and edges of a graph."""
    kg = base + TERMS
    said: dict[str, Fields] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            objects = said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            if quad.object not in objects:
                objects.append(quad.object)
    records = {iri for iri, fields in said.items() if _kind(fields, kg) in RECORDS}
    claims = _claims(said, records, kg)
    kept = {iri: fields for iri, fields in said.items() if iri not in records and _tells(fields, kg)}
    edges = sorted(_edges(kept, claims, kg), key=lambda one: (one.source, one.relation, one.target))
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [_node(iri, said.get(iri, {}), kg) for iri in sorted({*kept, *ends})]
    columns = sorted({name for node in nodes for name in node.attributes})
    return Network(nodes=tuple(nodes), edges=tuple(edges), columns=tuple(columns))


def _kind(fields: Fields, kg: str) -> str:
    kinds = [one.value.removeprefix(kg) for one in fields.get(RDF + "type", ()) if one.value.startswith(kg)]
    return min(kinds, default="")


def _tells(fields: Fields, kg: str) -> bool:
    """Whether it is somebody or something, and no graph of provenance."""
    return bool(_kind(fields, kg)) or any(predicate.startswith(kg) for predicate in fields)


def _node(iri: str, fields: Fields, kg: str) -> Node:
    labels = sorted(one.value for one in fields.get(RDFS + "label", ()))
    attributes: dict[str, list[str]] = {}
    for predicate, objects in fields.items():
        name = predicate.removeprefix(kg) if predicate.startswith(kg) else NAMED.get(predicate, "")
        for one in objects:
            if (
                name
                and name != "label"
                and (isinstance(one, Literal) or one.value.startswith(kg) or name in NAMED.values())
            ):
                attributes.setdefault(name, []).append(local(one.value) if isinstance(one, NamedNode) else one.value)
    joined = {name: SEVERAL.join(sorted(texts)) for name, texts in sorted(attributes.items())}
    return Node(iri=iri, kind=_kind(fields, kg), label=labels[0] if labels else local(iri), attributes=joined)


def _edges(
    kept: Mapping[str, Fields], claims: Mapping[tuple[str, str, str], Mapping[str, str]], kg: str
) -> Iterator[Edge]:
    for iri, fields in kept.items():
        for predicate, objects in fields.items():
            if not predicate.startswith(kg):
                continue
            for one in objects:
                if isinstance(one, NamedNode) and not one.value.startswith(kg):
                    name = predicate.removeprefix(kg)
                    told = claims.get((iri, predicate, one.value), {})
                    yield Edge(source=iri, target=one.value, relation=name, attributes={"relation": name, **told})


# ------------------------------------------------------------------ what claims tell of edges
def _claims(said: Mapping[str, Fields], records: Iterable[str], kg: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """(subject, relation, object) -> what its surest affirmed claim tells."""
    found: dict[tuple[str, str, str], tuple[float, dict[str, str]]] = {}
    for iri in sorted(records):
        fields = said[iri]
        triple = tuple(_first(fields, RDF + name) for name in ("subject", "predicate", "object"))
        if not all(triple) or _first(fields, kg + "polarity") != kg + "affirmed" or _first(fields, kg + "dropped"):
            continue
        sure = float(_first(fields, kg + "confidence") or 1)
        key = (triple[0], triple[1], triple[2])
        if key not in found or found[key][0] < sure:
            found[key] = (sure, _told(said, fields, kg))
    return {key: told for key, (_, told) in found.items()}


def _told(said: Mapping[str, Fields], fields: Fields, kg: str) -> dict[str, str]:
    sentences = sorted(
        (_first(said.get(e.value, {}), OA + "hasSource"), int(_first(said.get(e.value, {}), OA + "start") or 0),
         _first(said.get(e.value, {}), OA + "exact"))
        for e in fields.get(kg + "evidence", ())
    )  # fmt: skip
    documents = {_first(said.get(source, {}), DCTERMS + "identifier") for source, *_ in sentences} - {""}
    told = {
        "inferred": "true" if kg + "inferredFrom" in fields and not sentences else "false",
        "confidence": _first(fields, kg + "confidence"),
        "phase": local(_first(fields, kg + "phase")),
        "start": _first(fields, kg + "start"),
        "end": _first(fields, kg + "end"),
        "documents": SEVERAL.join(sorted(documents)),
        "quote": " ".join(sentences[0][2].split()) if sentences else "",
    }
    return {name: text for name, text in told.items() if text}


def _first(fields: Fields, predicate: str) -> str:
    return fields[predicate][0].value if fields.get(predicate) else ""
