"""What the page may ask for: the name in its address, /api/NAME, and the function that tells it.

The functions are imported when they are first asked for: a worker that only answers SPARQL starts without them.
"""

import importlib
import json
from collections.abc import Callable
from typing import cast

from kg.serve.asked import Asked
from kg.serve.sink import Sink

PAGES: dict[str, tuple[str, str]] = {
    "search": ("kg.serve.cards", "search"),
    "card": ("kg.serve.cards", "person"),
    "around": ("kg.serve.cards", "around"),
    "family": ("kg.serve.kin", "family"),
    "related": ("kg.serve.kin", "related"),
    "documents": ("kg.serve.reading", "documents"),
    "document": ("kg.serve.reading", "document"),
    "questions": ("kg.serve.reading", "saved"),
    "answer": ("kg.serve.reading", "answer"),
    "terms": ("kg.serve.reading", "terms"),
    "numbers": ("kg.serve.reading", "numbers"),
}


def tell(name: str, asked: Asked) -> object:
    """The answer as a JSON value."""
    module, function = PAGES[name]
    return cast(Callable[[Asked], object], getattr(importlib.import_module(module), function))(asked)


def page(asked: Asked, sink: Sink) -> None:
    """The answer as JSON, written."""
    sink.head = {"type": "application/json"}
    told = tell(asked.fields["page"], asked)
    sink.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
