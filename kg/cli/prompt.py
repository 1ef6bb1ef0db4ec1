"""kg query -i: a prompt that takes one query after the other. The only file that imports prompt_toolkit.

A query is sent by Enter once its brackets are closed; until then Enter begins a new line. A line that begins with a
full stop is a word to the prompt itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.rdf import SparqlLexer

from kg.ask.binding import declared
from kg.ask.places import FUNCTIONS
from kg.ask.words import FORMS, OPEN, SHUT, form, tokens
from kg.cli.asking import FORMATS, Asked, answer, explained, show
from kg.cli.console import Console
from kg.cli.tables import columns, stoppable
from kg.errors import FormatError, KgError, QueryError
from kg.vocabulary import Vocabulary

KEYWORDS = (
    *FORMS,
    *("WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "VALUES", "BIND", "DISTINCT", "LIMIT", "OFFSET"),
    *("ORDER BY", "GROUP BY", "HAVING", "NOT EXISTS", "EXISTS", "DESC", "FROM", "FROM NAMED", "PREFIX"),
)
WORD = re.compile(r"(?:[?$]|\.)?[\w:-]*$")
WELCOME = "Ask in SPARQL; Enter sends what is complete, Tab completes, .help tells more, Ctrl-D ends."

Terms = Callable[[], Mapping[str, str]]
"""Gives what can be completed, with what it means; called when it is first needed."""


def converse(asked: Asked, terms: Terms, console: Console, history: Path | None = None) -> None:
    """Asks until the user has no more questions.

    Args:
        history: a file for what was asked; None for the user's own.
    """
    session: PromptSession[str] = PromptSession(
        history=_history(history or platformdirs.user_state_path("kg") / "query-history"),
        completer=Suggesting(terms),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        lexer=PygmentsLexer(SparqlLexer),
        key_bindings=_keys(),
        multiline=True,
        prompt_continuation=lambda width, _line, _wrapped: "…".rjust(width - 1) + " ",
    )
    console.remark(WELCOME)
    while True:
        try:
            text = session.prompt("kg> ").strip()
        except KeyboardInterrupt:
            continue  # the line is taken back
        except EOFError:
            return
        if text in (".exit", ".quit"):
            return
        with suppress(BrokenPipeError):
            asked = _one(asked, text, console)


def _one(asked: Asked, text: str, console: Console) -> Asked:
    """Does what was typed; an error is told and ends nothing."""
    try:
        if text.startswith("."):
            return _command(asked, text)
        if text:
            with stoppable():
                show(asked, answer(asked, text))
    except KgError as error:
        console.error(error)
    return asked


def complete(text: str) -> bool:
    """Whether a text can be sent: a word to the prompt, a query with all brackets closed, or a line left empty."""
    if not text.strip() or text.lstrip().startswith(".") or text.endswith("\n"):
        return True
    depth, groups = 0, 0
    for found in tokens(text):
        if found.lastgroup == "mark" and found[0] in "\"'":
            return False  # a text that has no end
        depth += (found[0] in OPEN) - (found[0] in SHUT)
        groups += found[0] == "{"
    return depth <= 0 and bool(form(text)) and (groups > 0 or form(text) == "DESCRIBE")


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if complete(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


def _history(path: Path) -> History:
    """What was asked before; where it cannot be kept, only of this time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


# ------------------------------------------------------------------ completion
class Suggesting(Completer):
    """Completes prefixes, the ontology's terms, SPARQL's words and the variables of the query."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._loaded: Mapping[str, str] | None = None

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """What may stand where the cursor is. The names of the arguments are prompt_toolkit's."""
        del complete_event
        found = WORD.search(document.text_before_cursor)
        begun = found[0] if found else ""
        for text, meaning in self._offered(begun, document.text):
            if text.lower().startswith(begun.lower()) and text != begun:
                yield Completion(text, start_position=-len(begun), display_meta=meaning)

    def _offered(self, begun: str, text: str) -> Iterable[tuple[str, str]]:
        if begun.startswith("."):
            return [(name, meaning) for name, (meaning, _) in COMMANDS.items()]
        if begun[:1] in ("?", "$"):
            names = {one[0][1:] for one in tokens(text) if one.lastgroup == "variable"} - {begun[1:]}
            return [(begun[0] + name, "") for name in sorted(names)]
        if self._loaded is None:
            self._loaded = self._terms()
        terms = self._loaded.items()
        if ":" in begun:
            return terms
        prefixes = dict.fromkeys(name.partition(":")[0] + ":" for name, _ in terms)
        words = ((word, "") for word in (*KEYWORDS, *(f"{name}(" for name in FUNCTIONS)))
        return [*((name, "prefix") for name in prefixes), *words] if begun else []


# ------------------------------------------------------------------ words to the prompt
def _command(asked: Asked, text: str) -> Asked:
    name, _, rest = text.partition(" ")
    if name not in COMMANDS:
        raise QueryError(f"{name} is unknown", hint=f"known: {', '.join(COMMANDS)}")
    return COMMANDS[name][1](asked, rest.strip())


def _help(asked: Asked, _rest: str) -> Asked:
    for line in columns([(name, meaning) for name, (meaning, _) in COMMANDS.items()]):
        print(line)
    print(
        "\nEnter sends a query once its brackets are closed; an empty line sends it as it is, Alt-Enter begins a line."
    )
    return asked


def _format(asked: Asked, rest: str) -> Asked:
    if rest and rest not in FORMATS:
        raise FormatError(f"there is no format {rest!r}", hint=f"known: {', '.join(FORMATS)}")
    return replace(asked, name=rest or None)


def _limit(asked: Asked, rest: str) -> Asked:
    if rest and not rest.isdigit():
        raise QueryError(f"{rest!r} is no number", hint="write .limit 20, or .limit for none")
    return replace(asked, most=int(rest) if rest else None)


def _prefix(asked: Asked, rest: str) -> Asked:
    if rest:
        return replace(asked, extra={**asked.extra, **declared([rest])})
    for line in columns([(f"{name}:", iri) for name, iri in sorted(asked.known.items())]):
        print(line)
    return asked


def _explain(asked: Asked, rest: str) -> Asked:
    print("\n".join(explained(asked, rest)))
    return asked


def _exit(asked: Asked, _rest: str) -> Asked:
    return asked  # the loop has seen it before


COMMANDS: dict[str, tuple[str, Callable[[Asked, str], Asked]]] = {
    ".help": ("this list", _help),
    ".format": ("NAME: how answers are printed; without NAME as usual", _format),
    ".limit": ("N: at most N rows; without N all", _limit),
    ".prefix": ("P=IRI: declare a prefix; without it list those known", _prefix),
    ".explain": ("QUERY: what a query asks, step by step", _explain),
    ".exit": ("end; so does Ctrl-D", _exit),
}
"""Words to the prompt -> what each does, in words and as a function of what is asked."""


def terms_of(vocabulary: Vocabulary, known: Mapping[str, str]) -> dict[str, str]:
    """What an ontology gives to complete: "kg:father" -> what it means; and a name for each other prefix."""
    own = {f"kg:{one.name}": one.comment for one in vocabulary.classes.values()}
    own |= {f"kg:{one.name}": one.comment for one in vocabulary.relations.values()}
    others = (
        "rdf:type",
        "rdf:subject",
        "rdf:predicate",
        "rdf:object",
        "rdfs:label",
        "skos:altLabel",
        "skos:exactMatch",
    )
    more = ("oa:exact", "oa:hasSource", "oa:start", "oa:end", "dcterms:identifier", "dcterms:title", "dcterms:created")
    return {**dict(sorted(own.items())), **dict.fromkeys([*others, *more, *(f"{name}:" for name in known)], "")}
