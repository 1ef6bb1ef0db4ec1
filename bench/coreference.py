"""Who is meant, measured through the whole reader.   python -m bench.coreference

GAP (Webster et al. 2018): one pronoun and two names a text; a name counts as found when it is in the pronoun's chain.
OntoGUM (Zhu et al. 2021): the chains of people; CoNLL F1, the mean of MUC, B-cubed and CEAF-e (Pradhan et al. 2014),
over mentions that overlap in their last word (the reader's spans hold no relative clauses).
Looks in $KG_SHARED, else in ../shared; says so and stops where the corpora are missing.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scipy.optimize import linear_sum_assignment

from kg.extract.reader import Reader
from kg.model import Document, Reading
from kg.vocabulary import load

ROOT = Path(__file__).resolve().parent.parent
Chain = frozenset[object]


def records(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def f1(hit: float, mine: float, gold: float) -> float:
    return 2 * hit / (mine + gold) if mine + gold else 0.0


# ------------------------------------------------------------------ GAP
def gap(reader: Reader, path: Path) -> str:
    n: dict[str, float] = defaultdict(float)
    for record in records(path):
        reading = reader.read(Document(id="gap", text=str(record["text"])))
        pronoun = _chain_at(reading, record["pronoun"])
        for name in ("A", "B"):
            found = pronoun is not None and pronoun == _chain_at(reading, record[name])
            gold = bool(record[f"{name}_coref"])
            n["hit"] += found and gold
            n["mine"] += found
            n["gold"] += gold
    precision, recall = n["hit"] / max(1, n["mine"]), n["hit"] / max(1, n["gold"])
    return f"GAP val  P {precision:.3f}  R {recall:.3f}  F1 {f1(n['hit'], n['mine'], n['gold']):.3f}"


def _chain_at(reading: Reading, span: object) -> int | None:
    """The chain of the mention that overlaps a span, the shortest of several."""
    assert isinstance(span, list)
    hits = [(m.span.end - m.span.start, i) for i, m in enumerate(reading.mentions)
            if m.span.start < span[1] and span[0] < m.span.end]  # fmt: skip
    of = {i: k for k, chain in enumerate(reading.chains) for i in chain}
    return next((of[i] for _, i in sorted(hits) if i in of), None)


# ------------------------------------------------------------------ OntoGUM
def ontogum(reader: Reader, path: Path) -> str:
    n: dict[str, float] = defaultdict(float)
    for record in records(path):
        text = str(record["text"])
        reading = reader.read(Document(id=str(record["id"]), text=text))
        clusters, person = record["clusters"], record["person"]
        assert isinstance(clusters, list)
        assert isinstance(person, list)
        gold = [frozenset(_last(text, a, b) for a, b in c) for c, p in zip(clusters, person, strict=True) if p]
        mine = [
            frozenset(_last(text, reading.mentions[i].span.start, reading.mentions[i].span.end) for i in chain)
            for chain in reading.chains
            if reading.mentions[chain[0]].type == "Person"
        ]
        _count([c for c in gold if len(c) > 1], [c for c in mine if len(c) > 1], n)
    scores = []
    for metric in ("muc", "b3", "ceaf"):
        precision = n[f"{metric} p"] / max(1e-9, n[f"{metric} pn"])
        recall = n[f"{metric} r"] / max(1e-9, n[f"{metric} rn"])
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
    return "OntoGUM dev, people  MUC {:.3f}  B3 {:.3f}  CEAFe {:.3f}  CoNLL {:.3f}".format(*scores, sum(scores) / 3)


def _last(text: str, a: int, b: int) -> int:
    """Where the last word of a mention begins; a possessive 's is none."""
    words = text[a:b].removesuffix("'s").removesuffix("\u2019s").rstrip()
    return a + words.rfind(" ") + 1


def _count(gold: Sequence[Chain], mine: Sequence[Chain], n: dict[str, float]) -> None:
    """Adds one document's numerators and denominators."""
    for side, left, right in (("r", gold, mine), ("p", mine, gold)):
        for chain in left:
            parts = Counter(
                next((k for k, other in enumerate(right) if m in other), -1 - i)
                for i, m in enumerate(sorted(chain, key=str))
            )
            n[f"muc {side}"] += len(chain) - len(parts)
            n[f"muc {side}n"] += len(chain) - 1
            n[f"b3 {side}"] += sum(v * v for k, v in parts.items() if k >= 0) / len(chain)
            n[f"b3 {side}n"] += len(chain)
    similar = [[2 * len(g & m) / (len(g) + len(m)) for m in mine] for g in gold]
    total = (
        sum(similar[i][j] for i, j in zip(*linear_sum_assignment(similar, maximize=True), strict=True))
        if gold and mine
        else 0.0
    )
    n["ceaf r"] += total
    n["ceaf p"] += total
    n["ceaf rn"] += len(gold)
    n["ceaf pn"] += len(mine)


def figures(folder: Path) -> Iterable[str]:
    reader = Reader(load(), threads=1)
    yield gap(reader, folder / "gap.val.jsonl")
    yield ontogum(reader, folder / "ontogum.dev.jsonl")


def main() -> None:
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / "corpora" / "coreference"
    if not folder.is_dir():
        print(f"No corpora: {folder} is not there. Set KG_SHARED to the folder that holds corpora/.")
        return
    for line in figures(folder):
        print(line, flush=True)


if __name__ == "__main__":
    main()
