"""Names on the command line -> people of the store."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.settings import Settings

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from kg.store.interface import Store


def finder(opened: "Store", settings: Settings) -> Callable[[str], "list[NamedNode]"]:
    """The function that looks a name up; titles are read only if it is not found as written."""
    from kg.store.find import people

    return lambda name: people(opened, name, lambda: _titles(settings))


def _titles(settings: Settings) -> list[str]:
    """The titles that the ontology's titles.toml files list."""
    import tomllib

    from kg.vocabulary import shipped

    found = []
    for folder in (shipped(), *settings.ontology):
        for path in sorted(folder.glob("titles.toml")):
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [title for table in tables.values() for words in table.values() for title in words]
    return found
