"""Files of RDF into the store, all of them or none."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg import __version__
from kg.errors import FormatError, StoreError
from kg.imports.mapping import Mapped, mapped
from kg.imports.reading import read
from kg.imports.terms import Foreign
from kg.infer import closure
from kg.model import DocumentGraph
from kg.store.interface import Store, Triples
from kg.store.iris import TYPE, document_iri, outside, term
from kg.store.quads import quads as written
from kg.vocabulary import Vocabulary

CLAIM = "Claim"
Unmapped = tuple[Quad, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file comes to. graphs: named graph -> its triples, to be written as they are. unmapped: what has no place,
    with the reason. restored: whether the file was kg's own export, kept triple by triple.
    """

    identity: str
    graphs: dict[NamedNode, Triples]
    people: int
    facts: int
    unmapped: tuple[Unmapped, ...] = ()
    restored: bool = False

    def counted(self) -> list[tuple[str, str, int]]:
        """(property, reason, how many), the most first."""
        found = Counter((quad.predicate.value, reason) for quad, reason in self.unmapped)
        return [(*key, n) for key, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


def prepare(path: Path, foreign: Foreign, vocabulary: Vocabulary, infer: bool = True) -> Imported:
    """Reads and maps one file; nothing is written.

    Args:
        infer: whether what follows by the ontology's axioms is added, as it is for texts.

    Raises:
        SourceError, FormatError: it is missing, broken, or holds nothing that the ontology knows.
    """
    identity = path.as_posix()
    found = read(path, identity, vocabulary.base, foreign.contexts)
    if any(q.predicate == TYPE and foreign.moved(_text(q.object)) == vocabulary.iri(CLAIM) for q in found):
        return _restored(identity, found, foreign, vocabulary)
    result = mapped(found, identity, foreign, vocabulary)
    if not result.graph.facts and not result.graph.entities:
        hint = "see what kg import knows: ontology/imports.toml, and `kg ontology show RELATION`"
        raise FormatError(f"{path}: none of its {len(found)} triples has a place in the ontology", hint=hint)
    return _mapped(identity, result, vocabulary, infer)


def _mapped(identity: str, result: Mapped, vocabulary: Vocabulary, infer: bool) -> Imported:
    graph: DocumentGraph = closure(result.graph, vocabulary) if infer else result.graph
    by_name: dict[NamedNode, list[tuple[NamedNode, NamedNode, object]]] = {}
    for quad in written(graph, vocabulary, reader=f"kg {__version__} import"):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.graph_name, NamedNode)
        by_name.setdefault(quad.graph_name, []).append((quad.subject, quad.predicate, quad.object))
    own = document_iri(vocabulary.base, identity)
    by_name.setdefault(own, []).extend([*result.same, (own, outside("dcterms", "source"), Literal(identity))])
    people = sum(one.type == "Person" for one in graph.entities)
    return Imported(
        identity=identity,
        graphs=dict(by_name),
        people=people,
        facts=len(graph.facts),
        unmapped=tuple(result.unmapped),
    )


def _restored(identity: str, found: Sequence[Quad], foreign: Foreign, vocabulary: Vocabulary) -> Imported:
    """kg's own export: each named graph under its name, what is in none under the file's."""
    own = document_iri(vocabulary.base, identity)
    by_name: dict[NamedNode, Triples] = {}
    ordered = sorted(found, key=lambda quad: str(quad.graph_name))
    for name, group in groupby(ordered, key=lambda quad: quad.graph_name):
        by_name[name if isinstance(name, NamedNode) else own] = [
            (_moved(q.subject, foreign), _moved(q.predicate, foreign), _moved(q.object, foreign))  # type: ignore[misc]
            for q in group
        ]
    if own in by_name:
        about = [
            (own, TYPE, term(vocabulary.base, "Document")),
            (own, outside("dcterms", "identifier"), Literal(identity)),
        ]
        by_name[own] = [*by_name[own], *about]
    triples = {triple for group in by_name.values() for triple in group}
    kinds = [vocabulary.iri(name) for name in ("Person", CLAIM)]
    people, facts = (len({s for s, p, o in triples if p == TYPE and _text(o) == kind}) for kind in kinds)
    return Imported(identity=identity, graphs=by_name, people=people, facts=facts, restored=True)


def _moved(node: object, foreign: Foreign) -> object:
    return NamedNode(foreign.moved(node.value)) if isinstance(node, NamedNode) else node


def _text(node: object) -> str:
    return node.value if isinstance(node, NamedNode | Literal) else ""


def store(opened: Store, base: str, files: Sequence[Imported], tell: Callable[[str], None] = lambda _: None) -> None:
    """Writes all files, each into graphs of its own that are replaced as a whole, in one transaction.

    Args:
        base: the namespace that they were prepared for.

    Raises:
        StoreFull, StoreError: nothing was kept; or the store's namespace is another.
    """
    changed: dict[NamedNode, list[tuple[NamedNode, NamedNode, object]]] = {}
    for one in files:
        for name, triples in one.graphs.items():
            changed.setdefault(name, []).extend(triples)
    if opened.base != base:
        hint = f"say --namespace {opened.base}"
        raise StoreError(f"{opened.place}: this store's namespace is {opened.base}, not {base}", hint=hint)
    tell(f"writing {sum(map(len, changed.values()))} triples …")
    opened.replace(changed)
