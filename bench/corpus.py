"""A corpus of any size from the stories of seeds/: the same on every run."""

import random
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def texts(words: int) -> list[str]:
    """At least so many words in all; each text is one story with its paragraphs in another order."""
    stories = [p.read_text(encoding="utf-8").partition("\n")[2] for p in sorted(SEEDS.glob("*.txt"))]
    rng = random.Random(1)
    out: list[str] = []
    total = 0
    while total < words:
        for story in stories:
            paragraphs = story.strip().split("\n\n")
            rng.shuffle(paragraphs)
            out.append("\n\n".join(paragraphs))
            total += len(story.split())
    return out
