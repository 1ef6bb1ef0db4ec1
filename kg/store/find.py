"""People by name: as written, else without regard to case and accents, else without titles, else by the nearest."""

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import UnknownName
from kg.naming import without_titles
from kg.store.interface import Store
from kg.store.iris import ALIAS, LABEL, TYPE, term

NEAREST = 4
"""How many names an error offers."""


def people(opened: Store, name: str, titles: Callable[[], Iterable[str]] = list) -> list[NamedNode]:
    """The people who bear a name, sorted; several when several documents speak of a bearer of it.

    Args:
        titles: gives the words that may stand before a name ("Prince", "Dr."); called only if they are needed.

    Raises:
        UnknownName: nobody bears it; offers the nearest names.
    """
    written = " ".join(name.split())
    exact = _exactly(opened, written)
    if exact:
        return exact
    names = _all_names(opened)
    for form in _forms(titles):
        wanted = form(written)
        found = {node for text, nodes in names.items() if form(text) == wanted for node in nodes}
        if found and wanted:
            return sorted(found, key=str)
    near = nearest(written, names)
    hint = f"the nearest names: {', '.join(near)}" if near else "nobody here has such a name"
    raise UnknownName(f"nobody in this graph is called {written!r}", hint=hint)


def _forms(titles: Callable[[], Iterable[str]]) -> Iterator[Callable[[str], str]]:
    yield folded
    yield _without(frozenset(map(folded, titles())))


def folded(text: str) -> str:
    """A name without case, accents, full stops and doubled spaces: "Émile  St. John" -> "emile st john"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(bare.replace(".", " ").replace("’", "'").casefold().split())


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names most like one, best first: those spelt like it, then those with a word like one of its words."""
    wanted = folded(name)
    words = set(wanted.split())
    by_form: dict[str, str] = {}
    for one in sorted(names):
        by_form.setdefault(folded(one), one)
    known = sorted({word for form in by_form for word in form.split()})
    like = {near for word in words for near in difflib.get_close_matches(word, known, NEAREST, 0.75)}
    shared = sorted((form for form in by_form if like & set(form.split())), key=lambda form: (len(form), form))
    alike = difflib.get_close_matches(wanted, by_form, NEAREST, 0.6)
    return [by_form[form] for form in dict.fromkeys([*alike, *shared])][:NEAREST]


def _exactly(opened: Store, name: str) -> list[NamedNode]:
    """By index, so that a graph of a million people answers at once."""
    # The class stands in each branch: behind the union, Oxigraph would first collect everybody of that class.
    kind = f"?x {TYPE} {term(opened.base, 'Person')}"
    forms = " UNION ".join(f"{{ ?x {predicate} {Literal(name)} . {kind} }}" for predicate in (LABEL, ALIAS))
    query = f"SELECT DISTINCT ?x WHERE {{ {forms} }}"
    found = opened.graph.query(query, use_default_graph_as_union=True)
    rows = found if isinstance(found, QuerySolutions) else ()
    return sorted((row["x"] for row in rows if isinstance(row["x"], NamedNode)), key=str)


def _all_names(opened: Store) -> dict[str, list[NamedNode]]:
    names: dict[str, list[NamedNode]] = {}
    graph = opened.graph
    bearers = {quad.subject for quad in graph.quads_for_pattern(None, TYPE, term(opened.base, "Person"), None)}
    for predicate in (LABEL, ALIAS):
        for quad in graph.quads_for_pattern(None, predicate, None, None):
            if quad.subject in bearers and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                names.setdefault(quad.object.value, []).append(quad.subject)
    return names


def _without(titles: frozenset[str]) -> Callable[[str], str]:
    """A folding that drops titles from the front of a name, the longest first, as long as something remains."""
    longest = max((len(title.split()) for title in titles), default=0)

    return lambda text: " ".join(without_titles(folded(text).split(), titles, longest))
