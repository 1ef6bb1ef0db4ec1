"""Asking and exporting a large store, each beside bare pyoxigraph in the same run.

    python -m bench.queries [--people 180000] [--store FOLDER] [--rounds 5] [point] [kin] [export]

A made-up population (bench/population.py; six quads a person) is loaded into FOLDER, or found there. Each row is whole
processes, taken in turn so that a busy moment hits all alike: the median wall time and CPU
time (user and system) with their ratios to the peer's above, and the most memory that any round had. On a busy machine
only the CPU times mean something.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from bench.command import KG
from bench.population import name, person, population, quads
from kg.store import marker
from kg.vocabulary.names import DEFAULT_BASE

Command = Sequence[str]
LONGEST = 30.0
"""Seconds that a plain property path is given; what takes longer is told as that."""

BARE = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store.read_only(sys.argv[1])
"""
POINT = BARE + "for row in store.query(sys.argv[2], use_default_graph_as_union=True): print(row[0])"
DUMP = BARE + "store.dump(sys.stdout.buffer, format=RdfFormat.N_QUADS)"


def fill(folder: Path, people: int) -> None:
    """A store with the population, unless there is one."""
    if (folder / marker.NAME).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(str(folder))
    data = folder.with_suffix(".nq")
    with data.open("w", encoding="utf-8") as file:
        file.writelines(quads(population(people)))
    store.bulk_load(path=data, format=RdfFormat.N_QUADS)
    store.flush()
    data.unlink()
    (folder / marker.NAME).write_text(marker.text(DEFAULT_BASE), encoding="utf-8")


def measured(command: Command) -> tuple[float, float, float]:
    """Seconds, CPU seconds and MiB of one process; endless seconds for one that had to be stopped."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        seconds = time.perf_counter() - began
        if pid:
            break
        if seconds > LONGEST:
            process.kill()
        time.sleep(0.002)
    process.returncode = os.waitstatus_to_exitcode(status)
    said = process.stderr.read().decode() if process.stderr else ""
    if process.stderr:
        process.stderr.close()
    if process.returncode not in (0, -9):
        raise SystemExit(f"{' '.join(command)} failed:\n{said}")
    done = seconds if process.returncode == 0 else float("inf")
    return done, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(title: str, commands: Mapping[str, Command], rounds: int) -> None:
    """Times of commands in turn; the first is the peer of the others."""
    found: dict[str, list[tuple[float, float, float]]] = {label: [] for label in commands}
    for _ in range(rounds):
        for label, command in commands.items():
            if not found[label] or found[label][-1][0] < float("inf"):
                found[label].append(measured(command))
    print(f"{title}\n{'':24s}      wall     ratio       CPU     ratio     most memory")
    peer = None
    for label, rows in found.items():
        wall, cpu = (statistics.median(row[column] for row in rows) for column in (0, 1))
        stopped = wall == float("inf")
        peer = peer or (wall, cpu)
        ratios = (
            "" if stopped or peer[0] == float("inf") else f"{one / two:.2f} x"
            for one, two in zip((wall, cpu), peer, strict=True)
        )
        first, second = ratios
        shown = f"> {LONGEST:.0f} s" if stopped else f"{wall:.2f} s"
        most = max(row[2] for row in rows)
        print(f"  {label:22s} {shown:>10s} {first:>9s} {cpu:7.2f} s {second:>9s} {most:9.0f} MiB")
    sys.stdout.flush()


def point(store: Path, rounds: int) -> None:
    """One person's father."""
    query = f"SELECT ?x WHERE {{ {person(_late(store))} <{DEFAULT_BASE}ns#father> ?x }}"
    commands = {
        "pyoxigraph": (sys.executable, "-c", POINT, str(store), query),
        "kg query": (*KG, "query", "--store", str(store), query),
    }
    compare("One father, looked up", commands, rounds)


def kin(store: Path, rounds: int) -> None:
    """How two people of the last generations are related, and the ancestors of one."""
    one, other = _late(store), _late(store) - 7
    steps = "|".join(
        f"<{DEFAULT_BASE}ns#{name}>|^<{DEFAULT_BASE}ns#{name}>" for name in ("father", "mother", "husband")
    )
    path = f"SELECT ?x WHERE {{ {person(one)} ({steps})* ?x FILTER(?x = {person(other)}) }}"
    up = f"SELECT ?x WHERE {{ {person(one)} (<{DEFAULT_BASE}ns#father>|<{DEFAULT_BASE}ns#mother>)+ ?x }}"
    related = {
        "property path": (sys.executable, "-c", POINT, str(store), path),
        "kg related": (*KG, "related", "--store", str(store), name(one), name(other)),
    }
    tree = {
        "property path": (sys.executable, "-c", POINT, str(store), up),
        "kg tree": (*KG, "tree", "--store", str(store), name(one), "--show", "ancestors", "-g", "12", "-f", "mermaid"),
    }
    compare("How two people are related", related, rounds)
    compare("All ancestors of one", tree, rounds)


def export(store: Path, rounds: int) -> None:
    """The whole graph as N-Quads."""
    commands = {
        "pyoxigraph": (sys.executable, "-c", DUMP, str(store)),
        "kg export": (*KG, "export", "--store", str(store), "-f", "nquads"),
    }
    compare("All of it as N-Quads", commands, rounds)


PARTS = {"point": point, "kin": kin, "export": export}


def _late(store: Path) -> int:
    """A person of the last generation."""
    graph = Store.read_only(str(store))
    answer = graph.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?x a ?type } }")
    return int(next(iter(answer))[0].value) - 20  # type: ignore[arg-type]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    options.add_argument("--people", type=int, default=180_000)
    options.add_argument("--store", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with nullcontext(str(given.store.parent)) if given.store else tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder) / "kg.store"
        fill(store, given.people)
        for part in given.parts or PARTS:
            PARTS[part](store, given.rounds)


if __name__ == "__main__":
    main()
