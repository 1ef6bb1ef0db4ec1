"""The saved questions: files with SPARQL and a head of comments. A new question is one new file.

    # title: Who is the father of …?
    # parameters: person year:text?
    # example: kg ask father "Prince Harry"
    # asks: [who is] {person}('s|') father
    # command: show {person}
    SELECT … WHERE { ?person kg:father ?x … }

A parameter is a variable of the query: a person unless ":text" or ":number" says otherwise; "?" lets it be left out.
"asks" lines are plain English for it (kg.ask.wording); "command" names a command of kg that answers English better.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.ask.words import pattern_start
from kg.errors import QueryError
from kg.vocabulary.names import XSD

HEAD = re.compile(r"^#\s*(title|parameters|example|asks|command):[ \t]*(.*)$", re.MULTILINE)
PARAMETER = re.compile(r"(\w+)(?::(\w+))?(\?)?")

Node = NamedNode | Literal
FindPeople = Callable[[str], Sequence[Node]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A variable that the user gives. kind: "person", "text" or "number"."""

    name: str
    kind: str = "person"
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A saved query. name: of its file. asks: patterns of plain English. command: what answers those, or ()."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    example: str
    sparql: str
    asks: tuple[str, ...] = ()
    command: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        shown = (f"[{one.name.upper()}]" if one.optional else one.name.upper() for one in self.parameters)
        return " ".join([self.name, *shown])


def _number(text: str) -> list[Node]:
    if not re.fullmatch(r"[+-]?\d+", text):
        raise QueryError(f"{text!r} is no number")
    return [Literal(str(int(text)), datatype=NamedNode(XSD + "integer"))]


KINDS: dict[str, Callable[[str, FindPeople], Sequence[Node]]] = {
    "person": lambda text, find: find(text),
    "text": lambda text, _find: [Literal(text)],
    "number": lambda text, _find: _number(text),
}


def files(ontology: Iterable[Path], own: str = "") -> dict[str, Path]:
    """The files of questions by name: those of the ontology's folders, the shipped ones first, then the user's own.

    Args:
        own: folder of the user's own; "" for questions/ among the user's settings (~/.config/kg on Linux).
    """
    import platformdirs

    from kg.vocabulary import shipped

    folder = Path(own) if own else platformdirs.user_config_path("kg") / "questions"
    paths = [path for one in (shipped(), *ontology) for path in sorted(one.glob("questions/*.rq"))]
    return {path.stem: path for path in (*paths, *sorted(folder.glob("*.rq")))}


def load(files: Iterable[Path]) -> dict[str, Question]:
    """The questions of these files by name, sorted; a later file of the same name wins.

    Raises:
        QueryError: a file without title, or with a parameter that is not understood.
    """
    found = {path.stem: _question(path) for path in files}
    return dict(sorted(found.items()))


def named(questions: dict[str, Question], name: str) -> Question:
    """The question of that name.

    Raises:
        QueryError: there is none; offers the nearest.
    """
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, 3, 0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "see them all with: kg ask"
    raise QueryError(f"there is no saved question {name!r}", hint=hint)


def bound(question: Question, values: Sequence[str], people: FindPeople) -> str:
    """The question's SPARQL with its parameters filled in; a name stands for all who bear it.

    Raises:
        QueryError: too few or too many values. UnknownName: from `people`.
    """
    check_number(question, values)
    clauses = []
    for parameter, value in zip(question.parameters, values, strict=False):
        nodes = " ".join(str(node) for node in KINDS[parameter.kind](value, people))
        clauses.append(f" VALUES ?{parameter.name} {{ {nodes} }}")
    if not clauses:
        return question.sparql
    at = pattern_start(question.sparql)
    # On the same line, so that an error's line number is the file's.
    return question.sparql[:at] + "".join(clauses) + question.sparql[at:]


def fits(question: Question, values: Sequence[str]) -> bool:
    """Whether these are neither too few nor too many values."""
    needed = sum(not one.optional for one in question.parameters)
    return needed <= len(values) <= len(question.parameters)


def check_number(question: Question, values: Sequence[str]) -> None:
    """Raises:
    QueryError: too few or too many values for this question.
    """
    needed, most = sum(not one.optional for one in question.parameters), len(question.parameters)
    if not fits(question, values):
        wanted = str(most) if needed == most else f"{needed} to {most}"
        problem = f"takes {wanted} name{'' if wanted == '1' else 's'}, {len(values)} given"
        raise QueryError(f"the question {question.name} {problem}", hint=f"usage: kg ask {question.usage}")


def _question(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    lines = HEAD.findall(text)
    head = dict(lines)
    if not head.get("title", "").strip():
        raise QueryError(f"{path}: this question has no title", hint="begin the file with: # title: Who is …?")
    return Question(
        name=path.stem,
        title=head["title"].strip(),
        parameters=tuple(_parameter(path, word) for word in head.get("parameters", "").replace(",", " ").split()),
        example=head.get("example", "").strip(),
        sparql=text,
        asks=tuple(value.strip() for key, value in lines if key == "asks"),
        command=tuple(head.get("command", "").split()),
    )


def _parameter(path: Path, word: str) -> Parameter:
    found = PARAMETER.fullmatch(word)
    kind = (found[2] or "person") if found else ""
    if not found or kind not in KINDS:
        hint = f"write a variable's name, or name:kind with one of {', '.join(KINDS)}"
        raise QueryError(f"{path}: the parameter {word!r} is not understood", hint=hint)
    return Parameter(name=found[1], kind=kind, optional=bool(found[3]))


def check(question: Question, run: Callable[[str], object]) -> None:
    """Runs a question with made-up values.

    Raises:
        QueryError: names the question, and what is wrong with its SPARQL.
    """
    made_up = {"person": "nobody", "text": "nothing", "number": "0"}
    values = [made_up[parameter.kind] for parameter in question.parameters]
    try:
        run(bound(question, values, lambda _name: [NamedNode("urn:nobody")]))
    except QueryError as error:
        raise QueryError(f"question {question.name}: {error.message}", hint=error.hint) from error
