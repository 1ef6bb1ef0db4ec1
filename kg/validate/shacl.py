"""Shapes held against a graph: SHACL Core by pySHACL, SPARQL constraints of node shapes by one query each.

pySHACL asks a SPARQL constraint once for every focus node, which takes hours on 100,000 people; asked once for all of
them, with the focus nodes picked from the rows, it comes to the same (W3C SHACL, section 5.3, binds $this before).
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kg.ask.nodes import rows
from kg.errors import OntologyError, QueryError
from kg.validate.findings import Severity
from kg.validate.shapes import SH, Shapes
from kg.vocabulary.names import RDF, RDFS, local

if TYPE_CHECKING:
    import rdflib

SEVERITIES: Mapping[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}
TARGETS: Mapping[str, str] = {
    "targetClass": "SELECT ?x WHERE {{ ?x a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* {0} }}",
    "targetSubjectsOf": "SELECT ?x WHERE {{ ?x {0} ?y }}",
    "targetObjectsOf": "SELECT ?x WHERE {{ ?y {0} ?x }}",
    "targetNode": "SELECT ?x WHERE {{ VALUES ?x {{ {0} }} }}",
}
PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")

Node = NamedNode | Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result. nodes: all that take part; the focus first. message: with {?name} filled in by `named`."""

    severity: Severity
    shape: str
    focus: Node
    message: str
    path: str = ""
    value: Node | None = None
    nodes: tuple[Node, ...] = ()


Named = Callable[[Node], str]


def by_sparql(graph: Store, shapes: Shapes, base: str, named: Named) -> Iterator[Result]:
    """Results of the SPARQL constraints that node shapes have.

    Args:
        named: how to call a node in a message.

    Raises:
        OntologyError: a constraint's query does not parse.
    """
    said = _by_subject(shapes)
    for shape, constraint in _constraints(shapes):
        fields = said[constraint]
        declared = "".join(_prefixes(said, fields))
        (select,) = fields[SH + "select"]
        try:
            found = list(rows(graph, declared + select.value, base))
        except QueryError as error:
            raise OntologyError(f"shape {local(shape)}: {error.message}", hint=error.hint) from error
        if not found:
            continue
        focus = _focus(graph, said[shape], base)
        severity = _severity(fields, said[shape])
        message = _message(fields, said[shape])
        for row in found:
            if row.get("this") in focus:
                nodes = (row["this"], *(row[name] for name in sorted(row) if name != "this"))
                text = PLACEHOLDER.sub(lambda m, row=row: named(row[m[1]]) if m[1] in row else "?", message)  # type: ignore[misc]
                yield Result(severity=severity, shape=shape, focus=row["this"], message=text,
                             value=row.get("value"), nodes=nodes)  # fmt: skip


def _by_subject(shapes: Shapes) -> dict[str, dict[str, list[Any]]]:
    said: dict[str, dict[str, list[Any]]] = {}
    for triple in shapes:
        said.setdefault(_key(triple.subject), {}).setdefault(triple.predicate.value, []).append(triple.object)
    return said


def _key(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _constraints(shapes: Shapes) -> list[tuple[str, str]]:
    """Pairs of node shape and SPARQL constraint that a query can answer for all focus nodes at once."""
    said = _by_subject(shapes)
    pairs = [(_key(t.subject), _key(t.object)) for t in shapes if t.predicate.value == SH + "sparql"]
    return sorted((shape, constraint) for shape, constraint in pairs
                  if SH + "path" not in said[shape] and SH + "select" in said.get(constraint, {})
                  and SH + "deactivated" not in said[shape])  # fmt: skip


def _prefixes(said: Mapping[str, Mapping[str, Sequence[Any]]], fields: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    for owner in fields.get(SH + "prefixes", ()):
        for declared in said.get(_key(owner), {}).get(SH + "declare", ()):
            one = said[_key(declared)]
            yield f"PREFIX {one[SH + 'prefix'][0].value}: <{one[SH + 'namespace'][0].value}>\n"


def _focus(graph: Store, shape: Mapping[str, Sequence[Any]], base: str) -> set[Node]:
    found: set[Node] = set()
    for target, query in TARGETS.items():
        for node in shape.get(SH + target, ()):
            found |= {row["x"] for row in rows(graph, query.format(node), base)}
    return found


def _severity(*told: Mapping[str, Sequence[Any]]) -> Severity:
    found = [node for fields in told for node in fields.get(SH + "severity", ())]
    return SEVERITIES[local(found[0].value)] if found else "violation"


def _message(*told: Mapping[str, Sequence[Any]]) -> str:
    keys = (SH + "message", RDFS + "label")
    return next((str(fields[key][0].value) for key in keys for fields in told if key in fields), "is not as it must be")


# ------------------------------------------------------------------ SHACL Core
def by_pyshacl(graph: Store, shapes: Shapes) -> Iterator[Result]:
    """Results of all other constraints."""
    import pyshacl
    import rdflib

    answered = set(_constraints(shapes))
    rest = [t for t in shapes if (_key(t.subject), _key(t.object)) not in answered]
    wanted = {t.object for t in rest if isinstance(t.object, NamedNode)} | {NamedNode(RDF + "type")}
    data = rdflib.Graph()
    data.parse(data=_ntriples([q.triple for p in sorted(wanted, key=str)
                               for q in graph.quads_for_pattern(None, p, None)]), format="nt")  # fmt: skip
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it logs a traceback for every date before our era
    shapes_graph = rdflib.Graph().parse(data=_ntriples(rest), format="nt")
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes_graph, allow_warnings=True, allow_infos=True)
    sh = rdflib.Namespace(SH)
    for node in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        yield _result(results, node, sh)


def _ntriples(triples: Sequence[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _result(results: "rdflib.Graph", node: Any, sh: Any) -> Result:
    focus, path, value, shape, severity = (
        results.value(node, sh[name]) for name in ("focusNode", "resultPath", "value", "sourceShape", "resultSeverity")
    )
    message = min(map(str, results.objects(node, sh.resultMessage)), default="is not as it must be")
    nodes = tuple(_term(one) for one in (focus, value) if one is not None)
    return Result(
        severity=SEVERITIES[local(str(severity))],
        shape=str(shape),
        focus=_term(focus),
        message=message,
        path=str(path or ""),
        value=_term(value) if value is not None else None,
        nodes=nodes,
    )


def _term(node: Any) -> Node:
    """rdflib's node as Oxigraph's."""
    import rdflib

    if isinstance(node, rdflib.Literal):
        return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
    return NamedNode(str(node)) if isinstance(node, rdflib.URIRef) else Literal(str(node))
