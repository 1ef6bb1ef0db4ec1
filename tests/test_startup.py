"""What the small commands load: never the heavy packages, so that they start at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"spacy", "thinc", "onnxruntime", "tokenizers", "numpy", "rdflib", "SPARQLWrapper", "requests", "rich"}
HEAVY |= {"prompt_toolkit", "pygments"}
STORY = "Tom Reed's father, John Reed, is a baker.\n"
PROGRAM = """
import json, sys
from kg.cli.boundary import run
code = run(json.loads(sys.argv[1]))
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def run(folder: Path, *arguments: str) -> tuple[int, set[str]]:
    """Runs one command in a process of its own: its exit code, and the packages that it loaded."""
    command = (sys.executable, "-c", PROGRAM, json.dumps(arguments))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, {name.split(".")[0] for name in modules}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small store."""
    path = tmp_path_factory.mktemp("startup")
    (path / "story.txt").write_text(STORY, encoding="utf-8")
    assert run(path, "--quiet", "add", "story.txt")[0] == 0
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("extract", "--help"),
        ("query", "SELECT ?c ?f WHERE { ?c kg:father ?f }"),
        ("ask", "father", "Tom Reed"),
        ("show", "Tom Reed"),
        ("export",),
        ("stats",),
        ("ontology", "list"),
        ("add", "story.txt"),  # nothing has changed, so nothing is read
    ],
    ids=" ".join,
)
def test_small_commands_load_nothing_heavy(folder: Path, arguments: tuple[str, ...]) -> None:
    code, loaded = run(folder, *arguments)
    assert code == 0
    assert loaded & HEAVY == set()


def test_help_does_not_load_the_store(folder: Path) -> None:
    assert "pyoxigraph" not in run(folder, "--help")[1]
