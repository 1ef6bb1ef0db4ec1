"""The ontology as the program sees it: Turtle files in, RelationTypes out.

The shipped ontology is always there; further folders add to it. Whatever is broken is said before anything is read.
What stands here is imported when it is first used: a query needs the names of the namespaces and nothing else.
"""

TYPE_CHECKING = False  # typing's own would take longer to load than the names
if TYPE_CHECKING:
    from kg.vocabulary.loading import load, shipped
    from kg.vocabulary.names import DEFAULT_BASE, prefixes
    from kg.vocabulary.types import ClassTerm, Vocabulary

__all__ = ["DEFAULT_BASE", "ClassTerm", "Vocabulary", "load", "prefixes", "shipped"]

_HOMES = {
    "DEFAULT_BASE": "names",
    "prefixes": "names",
    "ClassTerm": "types",
    "Vocabulary": "types",
    "load": "loading",
    "shipped": "loading",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
