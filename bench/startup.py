"""How long the small commands take to start, beside the smallest click program.   python -m bench.startup

Each is the median of seven fresh processes, taken in turn so that a busy moment hits all alike.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.command import KG

ROUNDS = 7
SMALL = '{"id": "small", "text": "Tom Reed\'s father, John Reed, is a baker."}\n'
QUERY = "SELECT ?child ?father WHERE { ?child kg:father ?father }"


def seconds(command: Sequence[str], folder: Path) -> float:
    """Wall time of one run in a folder."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "small.jsonl").write_text(SMALL, encoding="utf-8")
        seconds((*KG, "add", "small.jsonl"), folder)
        commands = {
            "import click": (sys.executable, "-c", "import click"),
            "kg --help": (*KG, "--help"),
            "kg query": (*KG, "query", QUERY),
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(ROUNDS):
            for label, command in commands.items():
                times[label].append(seconds(command, folder))
    median = {label: statistics.median(row) for label, row in times.items()}
    for label, value in median.items():
        print(f"{label:14s} {value * 1000:6.0f} ms   {value / median['import click']:4.2f} x import click")


if __name__ == "__main__":
    main()
