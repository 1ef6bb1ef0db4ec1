"""Words per second and peak memory of kg, beside a spaCy pipeline on the same texts.   python -m bench.speed [WORDS]

kg does the whole of `kg extract -f jsonl`: model, frames, people, facts, inference, and the lines. The peer
(bench/peer.py) does part of speech, dependencies and names, the work of en_core_web_sm. Each reads in a process of its
own on two cores (two threads, or two processes that read), after one warm-up text. A word is what stands between white
space.
"""

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from bench.corpus import texts

WORDS = 200_000
THREADS = "2"
LIMITS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"), THREADS)

Read = Callable[[list[str]], int]  # reads texts; how many results came out


def kg() -> Read:
    """kg with its shipped model, to lines of JSON, a process a core; their start counts."""
    from kg.build import graphs
    from kg.export.lines import lines
    from kg.model import Document
    from kg.settings import Settings

    def read(corpus: list[str]) -> int:
        documents: Iterator[Document] = (
            Document(id=f"d{i}", text=text, date="2024-02-08") for i, text in enumerate(corpus)
        )
        return sum(1 for _ in lines(graphs(documents, Settings(), jobs=int(THREADS))))

    return read


def spacy() -> Read:
    """The peer."""
    from bench.peer import pipeline

    nlp = pipeline()
    return lambda corpus: sum(len(doc.ents) for doc in nlp.pipe(corpus))


SIDES = {"kg": kg, "spacy": spacy}


def measure(side: str, words: int) -> dict[str, float]:
    """In this process: words per second, and the peak of resident memory in MiB."""
    corpus = texts(words)
    read = SIDES[side]()
    read(corpus[:1])
    started = time.perf_counter()
    results = read(corpus)
    seconds = time.perf_counter() - started
    for process in multiprocessing.active_children():
        process.join()  # only a child that has ended is counted
    unit = 1024**2 if sys.platform == "darwin" else 1024
    own, other = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = (own + int(THREADS) * other) / unit  # of all processes, if their peaks fell together
    read_words = sum(len(text.split()) for text in corpus)
    return {"words": read_words, "seconds": seconds, "speed": read_words / seconds, "MiB": peak, "results": results}


def in_a_process(side: str, words: int) -> dict[str, float]:
    command = (sys.executable, "-m", "bench.speed", str(words), side)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **LIMITS})
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    words = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[2], words)))
        return
    found = {side: in_a_process(side, words) for side in SIDES}
    for side, row in found.items():
        total = f"{row['words']:.0f} words in {row['seconds']:.1f} s"
        print(f"{side:6s} {row['speed']:8.0f} words/s   {row['MiB']:6.0f} MiB   {total}")
    print(f"kg reads {found['kg']['speed'] / found['spacy']['speed']:.2f} times as fast as the peer")


if __name__ == "__main__":
    main()
