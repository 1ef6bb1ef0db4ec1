"""The page as one file that needs no server: the graph, the scripts and the style inside it.

For graphs up to some thousand people: every person's card is in it. SPARQL and the saved questions need a server.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.serve.asked import Asked
from kg.serve.pages import tell
from kg.store.embedded import Opened
from kg.store.interface import Store as Kept
from kg.store.iris import TYPE, term

PAGE = Path(__file__).parent / "page"
MODULES = (
    *(
        "dom",
        "offline",
        "api",
        "picker",
        "graph",
        "people",
        "related",
        "tree",
        "documents",
        "questions",
        "sparql",
        "app",
    ),
)
"""In an order in which each comes after those that it imports."""

IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function (\w+))", re.MULTILINE)
STYLE, SCRIPT, ICON = (
    '<link rel="stylesheet" href="style.css">',
    '<script type="module" src="app.js"></script>',
    '<link rel="icon" href="icon.svg">',
)


def standalone(store: Kept, ontology: tuple[Path, ...] = ()) -> Iterator[bytes]:
    """The file, piece by piece; the same graph gives the same bytes."""
    opened = store if isinstance(store, Opened) else copied(store)
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    head, _, rest = html.partition(STYLE)
    middle, _, tail = rest.partition(SCRIPT)
    body, _, end = tail.rpartition("</body>")
    yield head.replace(ICON, "").encode()
    yield f"<style>\n{(PAGE / 'style.css').read_text(encoding='utf-8')}</style>".encode()
    yield f"{middle}{body}".encode()
    yield b'<script type="application/json" id="kg-data">'
    yield from _data(opened, ontology)
    yield b"</script>\n"
    yield f'<script type="module">\n{bundle()}</script>\n</body>{end}'.encode()


def copied(store: Kept) -> Opened:
    """A copy in memory of a store that is asked by the network: every person's card is some ten questions."""
    graph = Store()
    graph.extend(store.graph)
    return Opened(graph, store.base, Path(str(store.place)))


def bundle() -> str:
    """The modules as one script, each in a scope of its own."""
    return "".join(_module(name) for name in MODULES)


def _module(name: str) -> str:
    source = (PAGE / f"{name}.js").read_text(encoding="utf-8")
    names = ", ".join(found[2] for found in EXPORT.finditer(source))
    source = EXPORT.sub(r"\1", IMPORT.sub(r"const \1 = \2_module;", source))
    return f"const {name}_module = (() => {{\n{source}\nreturn {{ {names} }};\n}})();\n"


def _data(opened: Opened, ontology: tuple[Path, ...]) -> Iterator[bytes]:
    def told(name: str, **fields: str) -> Any:
        return tell(name, Asked(opened, True, {"q": "", "iri": "", "id": "", **fields}, b"", ontology))

    people = {quad.subject for quad in opened.graph.quads_for_pattern(None, TYPE, term(opened.base, "Person"), None)}
    iris = sorted(one.value for one in people if isinstance(one, NamedNode))
    yield b'{"numbers":' + _json(told("numbers")) + b',"cards":{'
    for number, iri in enumerate(iris):
        yield (b"," if number else b"") + _json(iri) + b":" + _json(told("card", iri=iri))
    yield b'},"families":{'
    drawn = ((iri, told("family", iri=iri)) for iri in iris)
    for number, (iri, family) in enumerate(pair for pair in drawn if pair[1]["people"] > 1):
        yield (b"," if number else b"") + _json(iri) + b":" + _json(family)
    yield b'},"documents":['
    for number, one in enumerate(told("documents")["documents"]):
        yield (b"," if number else b"") + _json({**one, **told("document", id=one["id"])})
    yield b"]}"


def _json(value: object) -> bytes:
    """JSON that may stand inside a script element: nothing in it can end that."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode()
