"""The one composition: sources -> documents -> readings -> facts -> the store. Stages meet here and nowhere else."""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import kg
from kg.errors import SourceError
from kg.model import MIN_SCORE, Document, DocumentGraph, Entity
from kg.settings import Settings
from kg.vocabulary import DEFAULT_BASE, Vocabulary
from kg.vocabulary import load as load_vocabulary

"""How likely a fact must be to be told, in 0..1."""

WEIGHTS = (".onnx", ".npy", ".json")
"""Files of the model that change what it reads."""

ReadDocument = Callable[[Document], DocumentGraph]


def vocabulary(settings: Settings, base: str = "") -> Vocabulary:
    """The ontology that the settings ask for.

    Args:
        base: the namespace of the store in use, which wins over an unset one.

    Raises:
        OntologyError: names the file, the term and what is wrong.
    """
    return load_vocabulary(settings.ontology, settings.namespace or base or DEFAULT_BASE)


def pipeline(
    words: Vocabulary, settings: Settings, min_score: float = MIN_SCORE, threads: int = 0, explain: bool = False
) -> ReadDocument:
    """Loads the model; gives the function that turns a document into its part of the graph.

    Args:
        min_score: facts less likely than this, in 0..1, are left out.
        threads: of the network; 0 for all cores.
        explain: whether the graph keeps the reading that it was made from.

    Raises:
        ModelError: the model is missing or does not fit.
    """
    # Imported here: spaCy and onnxruntime take a second, which commands that only ask must not pay.
    from kg.extract.reader import Reader
    from kg.infer import closure
    from kg.resolve import resolve

    reader = Reader(words, settings.model, threads)

    def read(document: Document) -> DocumentGraph:
        reading = reader.read(document, words=explain)
        graph = closure(resolve(reading, words, min_score), words)
        return replace(graph, reading=reading) if explain else graph

    return read


def load_pipeline(settings: Settings, base: str, min_score: float, threads: int, explain: bool = False) -> ReadDocument:
    """The pipeline with all that it needs, for any process; a blank text has an empty graph."""
    read = pipeline(vocabulary(settings, base), settings, min_score, threads, explain)
    return lambda document: read(document) if document.text.strip() else DocumentGraph(document=document)


def graphs(
    documents: Iterable[Document],
    settings: Settings,
    min_score: float = MIN_SCORE,
    jobs: int = 0,
    base: str = "",
    explain: bool = False,
) -> Iterator[DocumentGraph]:
    """The graph of each document, in order. Ontology and model are loaded when the first document is there: a bad
    source is told at once.

    Args:
        jobs: how many processes read; 0 for one a core.
        base: the namespace of the store in use.
        explain: whether each graph keeps the reading that it was made from.
    """
    from kg import workers

    waiting = iter(documents)
    first = next(waiting, None)
    if first is not None:
        yield from workers.graphs(
            _chain(first, waiting), partial(load_pipeline, settings, base, min_score, explain=explain), jobs
        )


def reader_version(words: Vocabulary, settings: Settings) -> str:
    """What a document is read with; a document that another version has read is read again."""
    ontology = _digest(path for pattern in ("*.ttl", "*.toml") for path in words.files(pattern))
    own_model = Path(__file__).parent / "models" / "en"
    model = settings.model or f"en {_digest(path for path in sorted(own_model.glob('*')) if path.suffix in WEIGHTS)}"
    return f"kg {kg.__version__}, ontology {ontology}, model {model}"


def _digest(paths: Iterable[Path]) -> str:
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()[:12]


# ------------------------------------------------------------------ adding to a store
@dataclass(slots=True)
class Summary:
    """What became of the documents of one run. outcomes: added, replaced, unchanged -> how many."""

    outcomes: Counter[str] = field(default_factory=Counter)
    people: int = 0
    facts: int = 0

    def count(self, outcome: str, graph: DocumentGraph | None = None) -> None:
        self.outcomes[outcome] += 1
        if graph:
            self.people += people_of(graph)
            self.facts += len(graph.facts)


Report = Callable[[Document, str, DocumentGraph | None], None]


def add(documents: Iterable[Document], settings: Settings, report: Report, jobs: int = 0) -> Summary:
    """Reads documents into the store. Each is a transaction of its own; those that have not changed are not read.

    Args:
        report: called after each document with what became of it, and its graph if it was read.
        jobs: how many processes read; 0 for one a core.

    Raises:
        KgError: from the sources, the model or the store; the documents before it are kept.
    """
    from kg.store import documents as kept
    from kg.store import opening
    from kg.store.quads import quads

    exists = opening.exists(settings.store)
    # A blank text can only empty what is there; and nothing to add makes no store.
    waiting = (document for document in documents if exists or document.text.strip())
    first = next(waiting, None)
    summary = Summary()
    if first is None:
        return summary
    words = vocabulary(settings)
    with opening.open_to_write(settings.store, settings.namespace) as opened:
        words = words if words.base == opened.base else vocabulary(settings, opened.base)
        version = reader_version(words, settings)
        skipped: deque[Document] = deque()
        changed = _changed(_chain(first, waiting), lambda d: kept.holds(opened, d, version), skipped)
        for graph in graphs(changed, settings, jobs=jobs, base=words.base):
            outcome = kept.holds(opened, graph.document, version)  # again: the run may hold a document twice
            kept.put(opened, graph.document, quads(graph, words, reader=version))
            _tell(skipped, summary, report)
            summary.count(outcome, graph)
            report(graph.document, outcome, graph)
        _tell(skipped, summary, report)
    return summary


def _changed(
    documents: Iterable[Document], holds: Callable[[Document], str], skipped: deque[Document]
) -> Iterator[Document]:
    """The documents that have to be read; the others go to skipped."""
    for document in documents:
        outcome = holds(document)
        if outcome == "unchanged":
            skipped.append(document)
        elif outcome != "added" or document.text.strip():
            yield document


def _tell(skipped: deque[Document], summary: Summary, report: Report) -> None:
    while skipped:
        summary.count("unchanged")
        report(skipped.popleft(), "unchanged", None)


def _chain(first: Document, rest: Iterator[Document]) -> Iterator[Document]:
    yield first
    yield from rest


def people_of(graph: DocumentGraph) -> int:
    """How many people a document speaks of."""
    ends = (end for fact in graph.facts for end in (fact.subject, fact.object) if isinstance(end, Entity))
    return len({entity.id for entity in (*graph.entities, *ends) if entity.type == "Person"})


def non_blank(documents: Iterable[Document], remark: Callable[[str], None]) -> Iterator[Document]:
    """Passes documents on; tells of each blank one.

    Raises:
        SourceError: at the end, when there was nothing but blank text.
    """
    blank: list[str] = []
    total = 0
    for document in documents:
        total += 1
        if not document.text.strip():
            blank.append(document.id)
            remark(f"{document.id}: this text is empty")
        yield document
    if blank and len(blank) == total:
        raise SourceError(f"{blank[0]}: nothing to read: every text is empty")
