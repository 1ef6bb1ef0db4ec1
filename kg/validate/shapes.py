"""The shapes: those that follow from the relations' own blocks, and those of ontology/shapes/*.ttl."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.model import RelationType
from kg.vocabulary import DEFAULT_BASE, Vocabulary
from kg.vocabulary.names import RDF, RDFS, TERMS, XSD

SH = "http://www.w3.org/ns/shacl#"
TYPE = NamedNode(RDF + "type")
DATATYPES = {
    "date": ("date", "gYearMonth", "gYear"),
    "year": ("gYear", "integer"),
    "number": ("integer",),
    "text": ("string",),
}
"""RelationType.range -> the datatypes that its values may have: a date is as exact as it is known."""

Node = NamedNode | BlankNode | Literal
Shapes = list[Triple]


def shapes(vocabulary: Vocabulary) -> Shapes:
    """All shapes, in the vocabulary's namespace.

    Raises:
        OntologyError: a file of shapes is no Turtle.
    """
    made = list(_not_oneself(vocabulary))
    made += [triple for relation in vocabulary.relations.values() for triple in _shape(relation, vocabulary)]
    return [*made, *(triple for path in vocabulary.files("shapes/*.ttl") for triple in _read(path, vocabulary.base))]


def queries(wanted: Shapes) -> str:
    """The texts of the SPARQL constraints, for whoever needs to know what they ask for."""
    return "\n".join(
        t.object.value for t in wanted if t.predicate.value == SH + "select" and isinstance(t.object, Literal)
    )


# ------------------------------------------------------------------ from the relations
def _shape(relation: RelationType, vocabulary: Vocabulary) -> Iterator[Triple]:
    """domain, range, kg:atMost and disjointness of one relation, each with a message of its own."""
    shape = NamedNode(f"{relation.iri}Shape")
    yield Triple(shape, TYPE, _sh("NodeShape"))
    yield Triple(shape, NamedNode(RDFS + "label"), Literal(f"what has a {relation.label}", language="en"))
    yield Triple(shape, _sh("targetSubjectsOf"), NamedNode(relation.iri))
    yield Triple(shape, _sh("class"), NamedNode(vocabulary.iri(relation.domain)))
    yield Triple(shape, _sh("message"), Literal(f"has a {relation.label}, but is no {relation.domain}"))
    if relation.range in DATATYPES:
        yield from _values(relation)
    else:
        is_one = (_sh("class"), NamedNode(vocabulary.iri(relation.range)))
        yield from _property(relation, "Range", f"has as {relation.label} what is no {relation.range}", is_one)
    if relation.at_most and relation.range not in DATATYPES:
        most = (_sh("maxCount"), Literal(str(relation.at_most), datatype=NamedNode(XSD + "integer")))
        yield from _property(relation, "AtMost", f"has more than {relation.at_most} {relation.label}", most)
    for name in (other for other in relation.disjoint if other > relation.name):  # the other says it of itself
        other = vocabulary.relations[name]
        message = f"has the same one as {relation.label} and as {other.label}"
        yield from _property(relation, f"Not-{name}", message, (_sh("disjoint"), NamedNode(other.iri)))


def _not_oneself(vocabulary: Vocabulary) -> Iterator[Triple]:
    """Nobody is kin to oneself, in any relation of kin."""
    shape, node = (NamedNode(vocabulary.base + TERMS + name) for name in ("notOneself", "notOneselfRule"))
    kin = [NamedNode(one.iri) for one in vocabulary.relations.values() if one.family]
    yield Triple(shape, TYPE, _sh("NodeShape"))
    yield Triple(shape, NamedNode(RDFS + "label"), Literal("nobody is kin to oneself", language="en"))
    yield from (Triple(shape, _sh("targetSubjectsOf"), one) for one in kin)
    yield Triple(shape, _sh("sparql"), node)
    yield Triple(node, TYPE, _sh("SPARQLConstraint"))
    yield Triple(node, _sh("message"), Literal("is said to be kin to oneself"))
    paths = "|".join(map(str, kin))
    yield Triple(
        node, _sh("select"), Literal(f"SELECT $this ?value WHERE {{ ?value {paths} $this FILTER(?value = $this) }}")
    )


def _property(relation: RelationType, what: str, message: str, constraint: tuple[NamedNode, Node]) -> Iterator[Triple]:
    about = NamedNode(f"{relation.iri}{what}")
    yield Triple(NamedNode(f"{relation.iri}Shape"), _sh("property"), about)
    yield Triple(about, TYPE, _sh("PropertyShape"))
    yield Triple(about, _sh("path"), NamedNode(relation.iri))
    yield Triple(about, _sh("message"), Literal(message))
    yield Triple(about, *constraint)


def _values(relation: RelationType) -> Iterator[Triple]:
    """The datatypes of the values; a date is as exact as it is known."""
    kinds = [NamedNode(XSD + name) for name in DATATYPES[relation.range]]
    message = f"has a {relation.label} that is no {relation.range}"
    head: Node = NamedNode(RDF + "nil")
    for kind in reversed(kinds):
        cell, choice = (BlankNode(f"{relation.name}{what}{kind.value.rsplit('#')[-1]}") for what in ("Cell", "Choice"))
        yield Triple(choice, _sh("datatype"), kind)
        yield Triple(cell, NamedNode(RDF + "first"), choice)
        yield Triple(cell, NamedNode(RDF + "rest"), head)
        head = cell
    yield from _property(relation, "Range", message, (_sh("or"), head))
    if relation.at_most:
        yield from _one_date(relation)


def _one_date(relation: RelationType) -> Iterator[Triple]:
    """Two dates contradict each other unless one is the other told less exactly."""
    node = NamedNode(f"{relation.iri}Once")
    yield Triple(node, TYPE, _sh("SPARQLConstraint"))
    yield Triple(NamedNode(f"{relation.iri}Shape"), _sh("sparql"), node)
    yield Triple(node, _sh("message"), Literal(f"has two values for {relation.label}: {{?value}} and {{?other}}"))
    select = f"""SELECT $this ?value ?other WHERE {{ $this <{relation.iri}> ?value , ?other .
      FILTER(STR(?value) < STR(?other) && !STRSTARTS(STR(?other), STR(?value))) }}"""
    yield Triple(node, _sh("select"), Literal(select))


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


# ------------------------------------------------------------------ from files
def _read(path: Path, base: str) -> Iterator[Triple]:
    """A file's triples; what is in the namespace that all files are written in goes to the one in use."""
    try:
        found = [quad.triple for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE, rename_blank_nodes=True)]
    except SyntaxError as error:
        raise OntologyError(f"{path}: {error.msg}", hint="the file is not valid Turtle") from error
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror}") from error
    for triple in found:
        yield Triple(_moved(triple.subject, base), triple.predicate, _moved(triple.object, base))  # type: ignore[arg-type]


def _moved(node: object, base: str) -> object:
    ours = DEFAULT_BASE + TERMS
    if isinstance(node, NamedNode) and node.value.startswith(ours):
        return NamedNode(base + node.value.removeprefix(DEFAULT_BASE))
    if isinstance(node, Literal) and ours in node.value:  # a namespace, or a query
        return Literal(node.value.replace(ours, base + TERMS), datatype=node.datatype)
    return node
