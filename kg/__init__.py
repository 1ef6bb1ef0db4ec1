"""kg: English text about people -> a knowledge graph of people and kin that can be asked, checked and exported."""

TYPE_CHECKING = False  # typing's own takes longer to load than all of `kg query`
if TYPE_CHECKING:
    from os import PathLike

    from kg.graph import Graph

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(path: "str | PathLike[str]", namespace: str = "") -> "Graph":  # noqa: A001 (read as kg.open)
    """Opens a store that `kg add` made, to query and export it.

    Args:
        namespace: what its IRIs must begin with, or "" for whatever it was made with.

    Raises:
        kg.errors.StoreError: there is no store at this path.
    """
    from kg.graph import open_graph  # `import kg` alone loads nothing

    return open_graph(path, namespace)
