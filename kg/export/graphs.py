"""Networks as files: GraphML (http://graphml.graphdrawing.org/), GEXF 1.3 (https://gexf.net/), tables of nodes and
edges (comma-separated, RFC 4180), the same with the headers of neo4j-admin import, and Cypher statements.

All write what kg.export.network keeps of a graph, and lose what it loses.
"""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from kg.export.network import EDGE_FIELDS, Network, Node

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold; they are left out."""
BATCH = 500
"""Rows in one statement of Cypher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFormat:
    """One way to write a network: as one text, or as several files in a folder (file name -> text)."""

    name: str
    suffixes: tuple[str, ...]
    text: Callable[[Network], Iterator[str]] | None = None
    files: Callable[[Network], Mapping[str, Iterator[str]]] | None = None


# ------------------------------------------------------------------ XML
def graphml(network: Network) -> Iterator[str]:
    """One directed graph; an edge's id says source, relation and target."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in ("kind", "label", *network.columns):
        yield f'  <key id={_quoted(f"n-{name}")} for="node" attr.name={_quoted(name)} attr.type="string"/>\n'
    kinds = {"confidence": "double", "inferred": "boolean"}
    for name in EDGE_FIELDS:
        yield f'  <key id="e-{name}" for="edge" attr.name="{name}" attr.type="{kinds.get(name, "string")}"/>\n'
    yield '  <graph edgedefault="directed">\n'
    for node in network.nodes:
        yield f"    <node id={_quoted(node.iri)}>{_data('n', _columns(node))}</node>\n"
    for number, edge in enumerate(network.edges):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        yield f'    <edge id="e{number}" {ends}>{_data("e", edge.attributes)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(side: str, attributes: Mapping[str, str]) -> str:
    return "".join(f"<data key={_quoted(f'{side}-{name}')}>{_xml(text)}</data>" for name, text in attributes.items())


def gexf(network: Network) -> Iterator[str]:
    """One directed graph with the label and kind of each node and the relation of each edge as its label."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '  <graph defaultedgetype="directed" mode="static">\n'
    columns = ("kind", *network.columns)
    for owner, names in (("node", columns), ("edge", EDGE_FIELDS)):
        kinds = {"confidence": "double", "inferred": "boolean"} if owner == "edge" else {}
        listed = "".join(
            f'      <attribute id="{n}" title={_quoted(name)} type="{kinds.get(name, "string")}"/>\n'
            for n, name in enumerate(names)
        )
        yield f'    <attributes class="{owner}">\n{listed}    </attributes>\n'
    yield "    <nodes>\n"
    for node in network.nodes:
        values = _attvalues(columns, _columns(node))
        yield f"      <node id={_quoted(node.iri)} label={_quoted(node.label)}>{values}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for number, edge in enumerate(network.edges):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)} label={_quoted(edge.relation)}"
        yield f'      <edge id="{number}" {ends}>{_attvalues(EDGE_FIELDS, edge.attributes)}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _attvalues(columns: Sequence[str], attributes: Mapping[str, str]) -> str:
    told = "".join(
        f'<attvalue for="{n}" value={_quoted(attributes[name])}/>'
        for n, name in enumerate(columns)
        if attributes.get(name)
    )
    return f"<attvalues>{told}</attvalues>" if told else ""


def _columns(node: Node) -> dict[str, str]:
    return {"kind": node.kind, "label": node.label, **node.attributes}


def _xml(text: str) -> str:
    # Not xml.sax.saxutils, which loads an HTTP client. A bare carriage return would be read as a line feed.
    return html.escape(NOT_XML.sub("", text)).replace("\r", "&#13;")


def _quoted(text: str) -> str:
    """An attribute's value, in which white space would be read as spaces."""
    return f'"{_xml(text)}"'.replace("\n", "&#10;").replace("\t", "&#9;")


# ------------------------------------------------------------------ tables
def tables(network: Network) -> dict[str, Iterator[str]]:
    """nodes.csv and edges.csv, with headers that Gephi and pandas understand."""
    return {
        "nodes.csv": _csv([["Id", "Label", "Kind", *network.columns], *_node_rows(network)]),
        "edges.csv": _csv([["Source", "Target", "Type", *EDGE_FIELDS], *_edge_rows(network, "Directed")]),
    }


def neo4j(network: Network) -> dict[str, Iterator[str]]:
    """nodes.csv and edges.csv with the headers of neo4j-admin database import."""
    columns = [f"{name}:string" for name in network.columns]
    edges = [[edge.source, edge.target, _type(edge.relation), *_told(edge.attributes)] for edge in network.edges]
    return {
        "nodes.csv": _csv([["iri:ID", "label:string", ":LABEL", *columns], *_node_rows(network)]),
        "edges.csv": _csv([[":START_ID", ":END_ID", ":TYPE", *(f"{name}:string" for name in EDGE_FIELDS)], *edges]),
    }


def _node_rows(network: Network) -> Iterator[list[str]]:
    for node in network.nodes:
        yield [node.iri, node.label, node.kind, *(node.attributes.get(name, "") for name in network.columns)]


def _edge_rows(network: Network, kind: str) -> Iterator[list[str]]:
    for edge in network.edges:
        yield [edge.source, edge.target, kind, *_told(edge.attributes)]


def _told(attributes: Mapping[str, str]) -> list[str]:
    return [attributes.get(name, "") for name in EDGE_FIELDS]


def _csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(row)
        yield line.getvalue()


# ------------------------------------------------------------------ Cypher
def cypher(network: Network) -> Iterator[str]:
    """Statements that make the graph in Neo4j and its kin, or bring it up to date: nodes by IRI, edges by type."""
    yield "CREATE CONSTRAINT thing_iri IF NOT EXISTS FOR (n:Thing) REQUIRE n.iri IS UNIQUE;\n"
    kinds = sorted({node.kind for node in network.nodes})
    for kind in kinds:
        of_kind = [
            {"iri": n.iri, "fields": {"label": n.label, **n.attributes}} for n in network.nodes if n.kind == kind
        ]
        label = f" SET n:{_name(kind)}" if kind else ""
        for rows in _batches(of_kind):
            yield f"UNWIND {rows} AS row MERGE (n:Thing {{iri: row.iri}}){label} SET n += row.fields;\n"
    for relation in sorted({edge.relation for edge in network.edges}):
        of_type = [{"from": e.source, "to": e.target, "fields": dict(e.attributes)}
                   for e in network.edges if e.relation == relation]  # fmt: skip
        for rows in _batches(of_type):
            yield f"UNWIND {rows} AS row MATCH (a:Thing {{iri: row.from}}), (b:Thing {{iri: row.to}}) "
            yield f"MERGE (a)-[r:{_type(relation)}]->(b) SET r += row.fields;\n"


def _batches(rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for at in range(0, len(rows), BATCH):
        yield _cypher(rows[at : at + BATCH])


def _cypher(value: object) -> str:
    """A literal: maps have bare keys, and the escapes of strings are those of JSON."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_name(str(key))}: {_cypher(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_cypher, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else f"`{name.replace('`', '``')}`"


def _type(relation: str) -> str:
    """parentInLaw -> PARENT_IN_LAW, as is the custom there."""
    return _name(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", relation).upper())


GRAPHS: dict[str, GraphFormat] = {
    one.name: one
    for one in (
        GraphFormat(name="graphml", suffixes=(".graphml",), text=graphml),
        GraphFormat(name="gexf", suffixes=(".gexf",), text=gexf),
        GraphFormat(name="csv", suffixes=(), files=tables),
        GraphFormat(name="neo4j", suffixes=(), files=neo4j),
        GraphFormat(name="cypher", suffixes=(".cypher", ".cql"), text=cypher),
    )
}


def graph_format(path: str) -> GraphFormat | None:
    """The format that a file's suffix tells, or None."""
    suffix = PurePath(path).suffix.lower()
    return next((one for one in GRAPHS.values() if suffix in one.suffixes), None)
