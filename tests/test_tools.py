"""tools/find-python: picks a Python that fits, and says what to do where there is none."""

import os
import subprocess
import sys
from pathlib import Path

FIND = Path(__file__).resolve().parent.parent / "tools" / "find-python"


def find(path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs it with nothing but one folder on PATH."""
    return subprocess.run(
        ("/bin/sh", FIND), env={"PATH": str(path), **environment}, capture_output=True, text=True, check=False
    )


def fake(folder: Path, name: str, version: str) -> None:
    """A Python that answers like one of that version."""
    fits = version >= "3.11"
    (folder / name).write_text(f"#!/bin/sh\n[ $# = 2 ] && exit {0 if fits else 1}\necho Python {version}\n")
    (folder / name).chmod(0o755)


def test_the_python_at_hand_fits() -> None:
    done = find(Path(os.defpath), PYTHON=sys.executable)
    assert (done.returncode, done.stdout.strip()) == (0, sys.executable)


def test_an_old_python3_gives_way_to_a_newer_one(tmp_path: Path) -> None:
    fake(tmp_path, "python3", "3.09")
    fake(tmp_path, "python3.12", "3.12")
    assert find(tmp_path).stdout.strip() == "python3.12"


def test_where_there_is_none_it_says_what_to_do(tmp_path: Path) -> None:
    fake(tmp_path, "python3", "3.09")
    done = find(tmp_path)
    assert done.returncode == 1
    assert "python3 is Python 3.09" in done.stderr
    assert "make PYTHON=" in done.stderr
