"""The error tree. Every error that a user can cause or meet is a KgError; anything else is a bug.

KgError                 exit code 1: the input or the answer is bad
├── SourceError         a source that is missing, empty, binary, wrongly encoded or too large
├── OntologyError       a broken ontology: names the file, the term and what is missing
├── QueryError          a SPARQL text that does not parse or cannot be run
├── UnknownName         a name that nobody in the graph bears
├── ModelError          a model that is missing or does not fit
├── StoreError          a folder that is no store, or a store that cannot be opened or written
│   ├── StoreMissing
│   ├── StoreLocked
│   └── StoreFull
├── FormatError         a format that is unknown or does not hold what it was asked to hold
└── ServiceError        exit code 3: a service did not answer
"""


class KgError(Exception):
    """What went wrong, in one line, and what to do about it.

    Args:
        message: what is wrong.
        hint: what the user can do, or "".
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(KgError):
    """A source that cannot be read as text."""


class OntologyError(KgError):
    """An ontology that does not say what it must."""


class QueryError(KgError):
    """A query that does not parse or cannot be run."""


class UnknownName(KgError):
    """A name that nobody in the graph bears."""


class ModelError(KgError):
    """A language model that is missing or does not fit."""


class FormatError(KgError):
    """An unknown format, or one that cannot hold the data."""


class StoreError(KgError):
    """A store that cannot be opened, read or written."""


class StoreMissing(StoreError):
    """There is no store where one was looked for."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class StoreFull(StoreError):
    """The disk is full; nothing of the change was kept."""


class ServiceError(KgError):
    """A remote service that did not answer as it must. kind: which fault it was, a key of kg.endpoint.KINDS."""

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "", kind: str = "") -> None:
        super().__init__(message, hint=hint)
        self.kind = kind
