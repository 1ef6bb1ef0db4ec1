"""The built wheel alone: an empty environment without the dev tools, an empty folder outside the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STORY = "Tom Reed's father, John Reed, is a baker.\n"
NEEDED = (
    "kg/cli/__init__.py",
    "kg/extract/dialects.toml",
    "kg/link/slice.ttl.gz",
    "kg/link/weights.toml",
    "kg/models/en/model.onnx",
    "kg/models/en/tokenizer.json",
    "kg/serve/page/index.html",
    "kg/serve/page/app.js",
    "kg/ontology/people.ttl",
    "kg/ontology/frames.toml",
    "kg/ontology/wikidata.toml",
    "kg/ontology/questions/father.rq",
    "kg/export/picture/page.css",
    "kg_people/config.cfg",
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the source distribution as for a release."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    run(commands / "python", "-m", "pip", "install", "--quiet", wheel, folder=folder)
    return commands


def run(*command: str | Path, folder: Path, stdin: str = "") -> str:
    """Runs a command in a folder, with nothing of this checkout on its path; what it prints."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=folder, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.timeout(900)
def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert set(NEEDED) - names == set()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"kg", "kg_people"}


@pytest.mark.timeout(900)
def test_it_extracts_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    assert "kg:father" in run(installed / "kg", "extract", "-", folder=tmp_path, stdin=STORY)
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    run(installed / "kg", "add", "story.txt", folder=tmp_path)
    assert "John Reed" in run(installed / "kg", "ask", "father", "Tom Reed", folder=tmp_path)
