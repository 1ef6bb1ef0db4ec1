"""Turtle files -> Terms: who says what of which term, and in which file it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import OntologyError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NIL = RDF + "nil"
TRUE = frozenset({"true", "1"})

Node = NamedNode | BlankNode
Object = NamedNode | BlankNode | Literal | Triple


@dataclass(slots=True)
class Terms:
    """The statements of all files, by subject and predicate, in the order in which they were read.

    said: subject -> predicate IRI -> objects, as keys, each once. files: the file in which a subject first stands.
    """

    said: dict[str, dict[str, dict[Object, None]]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def objects(self, subject: str, predicate: str) -> Iterable[Object]:
        return self.said.get(subject, {}).get(predicate, ())

    def iris(self, subject: str, predicate: str) -> list[str]:
        return [o.value for o in self.objects(subject, predicate) if isinstance(o, NamedNode)]

    def texts(self, subject: str, predicate: str) -> list[str]:
        return [o.value for o in self.objects(subject, predicate) if isinstance(o, Literal)]

    def blanks(self, subject: str, predicate: str) -> list[str]:
        """The bracketed nodes, as keys into `said`."""
        return [key(o) for o in self.objects(subject, predicate) if isinstance(o, BlankNode)]

    def true(self, subject: str, predicate: str) -> bool:
        return any(text in TRUE for text in self.texts(subject, predicate))

    def members(self, head: str) -> Iterator[str]:
        """The IRIs of an RDF list, given the key of its first cell."""
        while head and head != NIL:
            yield from self.iris(head, RDF + "first")
            head = next(map(key, self.objects(head, RDF + "rest")), "")

    def of_type(self, *types: str) -> list[str]:
        """The IRIs of the terms of any of these classes, sorted."""
        wanted = set(types)
        return sorted(s for s in self.said if not s.startswith("_:") and wanted & set(self.iris(s, RDF + "type")))


def key(node: Object) -> str:
    """A node as a key into Terms.said."""
    if isinstance(node, Triple):
        return str(node)
    return f"_:{node.value}" if isinstance(node, BlankNode) else node.value


def read(folders: Sequence[Path], written_base: str, base: str) -> Terms:
    """Reads all .ttl files of the folders, each folder's in the order of their names.

    Args:
        folders: where the files lie; one without a .ttl file is no error (it may hold questions only).
        written_base, base: an IRI that begins with the first is read as if it began with the second.

    Raises:
        OntologyError: a folder is missing, a file cannot be read or is no Turtle.
    """
    terms = Terms()
    for folder in folders:
        if not folder.is_dir():
            raise OntologyError(f"{folder}: no such folder", hint="an ontology is a folder that holds .ttl files")
        for path in sorted(folder.glob("*.ttl")):
            _add(terms, path, written_base, base)
    return terms


def _add(terms: Terms, path: Path, written_base: str, base: str) -> None:
    def moved(iri: str) -> str:
        return base + iri[len(written_base) :] if iri.startswith(written_base) else iri

    for subject, predicate, object_ in _statements(path):
        if isinstance(object_, NamedNode) and base != written_base:
            object_ = NamedNode(moved(object_.value))
        name = moved(key(subject))
        terms.said.setdefault(name, {}).setdefault(moved(predicate.value), {})[object_] = None
        terms.files.setdefault(name, path)


def _statements(path: Path) -> list[tuple[Node, NamedNode, Object]]:
    try:
        text = path.read_bytes()
        quads = list(parse(text, format=RdfFormat.TURTLE, base_iri=path.resolve().as_uri(), rename_blank_nodes=True))
    except SyntaxError as error:
        where = f" line {error.lineno}:" if error.lineno else ""
        raise OntologyError(f"{path}:{where} {_plain(error.msg)}", hint="the file is not valid Turtle") from error
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror}") from error
    return [(q.subject, q.predicate, q.object) for q in quads if not isinstance(q.subject, Triple)]


def _plain(message: str) -> str:
    """The parser's message without its own account of the line."""
    return message.split(": ", 1)[-1] if message.startswith("Parser error") else message
