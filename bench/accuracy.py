"""How right the facts are, on marked texts that are no part of this repository.   python -m bench.accuracy

Looks in $KG_SHARED, else in ../shared, for eval/score.py and its gold files; says so and stops where they are missing.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.command import KG

ROOT = Path(__file__).resolve().parent.parent
GOLD = (
    ("facts", "eval/stories.dev.jsonl"),
    ("facts", "eval/passages.dev.jsonl"),
    ("pairs", "corpora/relations/knowledgenet.fold3.jsonl"),
)


def score(scorer: Path, kind: str, gold: Path, folder: Path) -> str:
    """The scorer's report on what kg extracts from the texts of one gold file."""
    corpus, facts = folder / "corpus.jsonl", folder / "facts.jsonl"
    with corpus.open("wb") as out:
        subprocess.run((sys.executable, scorer, "corpus", gold), check=True, stdout=out)
    with facts.open("wb") as out:
        subprocess.run((*KG, "--quiet", "extract", corpus, "-f", "jsonl"), check=True, stdout=out)
    report = subprocess.run((sys.executable, scorer, kind, gold, facts), check=True, capture_output=True, text=True)
    return report.stdout


def main() -> None:
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    scorer = shared / "eval" / "score.py"
    if not scorer.is_file():
        print(f"No marked texts: {scorer} is not there. Set KG_SHARED to the folder that holds eval/score.py.")
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind, name in GOLD:
            if (shared / name).is_file():
                print(f"== {name}", score(scorer, kind, shared / name, Path(folder)), sep="\n", flush=True)


if __name__ == "__main__":
    main()
