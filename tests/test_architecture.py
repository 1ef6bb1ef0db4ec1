"""The architecture's invariants, read from the source. ARCHITECTURE.md names these tests."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KG = ROOT / "kg"
CODE = ("kg", "training", "bench", "docs", "tests")

# From the ground up: a module imports only from rows below its own. Modules of one row of STAGES never meet.
STAGES = ("read", "extract", "resolve", "infer", "link", "store", "export", "ask")
RANK = {
    **dict.fromkeys(("model", "errors", "minting", "naming", "dataset", "sorting"), 0),
    **dict.fromkeys(("settings", "vocabulary", "family"), 1),
    **dict.fromkeys(("endpoint", "workers"), 2),
    **dict.fromkeys(STAGES, 3),
    **dict.fromkeys(("build", "graph", "wikidata", "validate", "imports"), 4),
    "serve": 5,  # as build does, it puts stages together
    "cli": 6,
    "__main__": 7,
    "": 7,  # kg/__init__.py, the public face
}
SIDEWAYS = {("vocabulary", "settings"), ("errors", "model"), ("model", "errors"), ("naming", "model")}

# Heavy or foreign packages, and the one room that may import each.
ROOMS = {
    "spacy": "extract",
    "thinc": "extract",
    "onnxruntime": "extract",
    "tokenizers": "extract",
    "numpy": "extract",
    "dateutil": "extract",
    "SPARQLWrapper": "endpoint",
    "requests": "endpoint",
    "urllib3": "endpoint",
    "tenacity": "endpoint",
    "starlette": "serve",
    "uvicorn": "serve",
    "pyshacl": "validate",
    "rich": "cli",
    "click": "cli",
    "prompt_toolkit": "cli",
    "pygments": "cli",
}
NOT_AT_RUN_TIME = {"torch", "onnx", "safetensors", "pytest", "hypothesis", "training", "tests", "bench"}

FILE_LINES, FUNCTION_LINES, COMMAND_LINES = 400, 40, 60
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}


# ---------------------------------------------------------------- reading the source
def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module(path: Path) -> str:
    """kg/read/text.py -> "kg.read.text"."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name: str) -> str:
    """The part of kg that a module belongs to: "kg.read.text" -> "read"; "" for kg itself."""
    return name.split(".")[1] if "." in name else ""


def imported(path: Path) -> Iterator[str]:
    """The full names of all that a file imports, inside functions too."""
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{base}.{alias.name}"


@cache
def modules() -> dict[str, Path]:
    return {module(path): path for path in files("kg")}


def target(name: str) -> str:
    """The module of kg that an imported name lies in: "kg.model.Document" -> "kg.model"."""
    while name not in modules() and "." in name:
        name = name.rpartition(".")[0]
    return name


def strings(path: Path) -> Iterator[ast.Constant]:
    """All string constants but docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


# ---------------------------------------------------------------- directions
def test_imports_go_one_way() -> None:
    wrong = []
    for name, path in modules().items():
        here = room(name)
        for other in {room(target(n)) for n in imported(path) if n.startswith("kg.")} - {"", here}:
            assert other in RANK, f"{name} imports kg.{other}, which has no row in RANK"
            if RANK[here] <= RANK[other] and (here, other) not in SIDEWAYS:
                wrong.append(f"{name} imports kg.{other}")
    assert not wrong


def test_every_room_has_a_row() -> None:
    assert {room(name) for name in modules()} - {"", *RANK} == set()


def test_the_package_itself_imports_nothing() -> None:
    """Whatever kg/__init__.py imports when it is loaded, every command pays for."""
    assert not any(isinstance(n, ast.Import | ast.ImportFrom) for n in tree(KG / "__init__.py").body)


def test_no_import_cycle() -> None:
    edges = {name: {target(n) for n in imported(path)} & set(modules()) - {name} for name, path in modules().items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in sorted(edges[name]):
                visit(other, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


@pytest.mark.parametrize("package", sorted(ROOMS))
def test_each_heavy_package_has_one_room(package: str) -> None:
    users = {name for name, path in modules().items() if package in {n.split(".")[0] for n in imported(path)}}
    assert {name for name in users if room(name) != ROOMS[package]} == set()


def test_nothing_of_training_or_tests_is_needed_to_run() -> None:
    for name, path in modules().items():
        assert {n.split(".")[0] for n in imported(path)} & NOT_AT_RUN_TIME == set(), name


def test_the_types_need_only_the_standard_library() -> None:
    assert {n.split(".")[0] for p in ("model.py", "errors.py") for n in imported(KG / p)} <= {"dataclasses", "typing"}


# ---------------------------------------------------------------- sizes and names
@pytest.mark.parametrize("path", files(*CODE), ids=module)
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            command = path.is_relative_to(KG / "cli") and bool(node.decorator_list)
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)]) if command else node.lineno
            lines = (node.end_lineno or first) - first + 1
            assert lines <= (COMMAND_LINES if command else FUNCTION_LINES), f"{place(path, first)} {node.name}"


def test_no_junk_drawers() -> None:
    assert [p for p in files(*CODE) if {p.stem, p.parent.name} & DRAWERS] == []


# ---------------------------------------------------------------- errors
def test_errors_are_caught_by_name() -> None:
    """No bare or blanket except: foreign errors are turned into KgErrors by name, everything else is a bug and shows.

    The one boundary is in kg/cli, and an adapter that must undo its work may catch all to raise again.
    """
    broad = {"Exception", "BaseException"}
    for path in files("kg"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ExceptHandler) or room(module(path)) == "cli":
                continue
            caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else broad
            again = any(isinstance(n, ast.Raise) for n in ast.walk(node))
            assert not caught & broad or again, place(path, node.lineno)


# ---------------------------------------------------------------- the map
def test_architecture_md_names_only_what_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    path = ""
    for named, test in re.findall(r"(tests/[\w/]+\.py)?(?:::(\w+))?", text):
        path = named or path
        if named:
            assert (ROOT / named).is_file(), named
        if test:
            assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{test}"
    for named in re.findall(r"^\| (kg/[\w/.]+) \|", text, re.MULTILINE):
        assert (ROOT / named).exists(), named
