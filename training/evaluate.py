"""Figures of an exported model, run as kg runs it.

    python -m training.evaluate --corpora DIR [--model DIR]

Syntax: GUM dev with gold words; once with gold sentences (LAS as in the CoNLL 2018 shared task: all words, subtypes
ignored), once with the sentences that the model finds. Names: raw text through the whole pipeline, exact spans. Corpora
differ on titles: in GUM and WNUT a person's span holds the titles before the name, and in GUM a title alone and a
people in the plural ("Americans") are persons too; Wikigold and UNER hold the bare name. Each is scored by its own
convention.
"""

import argparse
import collections
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import english
from kg.extract.decode import tree_of
from kg.extract.english import lemma_of
from kg.extract.network import Network
from training import corpora
from training.cuts import cut

Count = collections.Counter[str]
Spans = set[tuple[int, int]]


def syntax(network: Network, example: corpora.Example) -> Count:
    """Counts of one document with gold words and sentences."""
    gold = example.syntax
    assert gold is not None
    n: Count = collections.Counter()
    for a, b in cut(example, english.LONGEST, None, network.pieces):
        words = example.words[a:b]
        scores = network.run(words)
        heads = np.zeros(b - a, dtype=np.int64)
        starts = [i for i in range(a, b) if i == a or gold.sentence[i] != gold.sentence[i - 1]]
        for s, e in zip(starts, [*starts[1:], b], strict=True):
            s, e = s - a, e - a
            local = tree_of(scores.arcs[s:e][:, [0, *range(s + 1, e + 1)]])
            heads[s:e] = np.where(local > 0, local + s, 0)
        labels = network.label(scores, heads)
        for i in range(b - a):
            head = gold.head[a + i] - a if gold.head[a + i] else 0
            n["words"] += 1
            n["uas"] += heads[i] == head
            n["las"] += heads[i] == head and labels[i].split(":")[0] == gold.deprel[a + i].split(":")[0]
            n["upos"] += network.labels["upos"][scores.upos[i]] == gold.upos[a + i]
            n["lemma"] += lemma_of(words[i], network.labels["lemma"][scores.lemma[i]]) == gold.lemma[a + i]
    return n


def end_to_end(nlp: Language, example: corpora.Example) -> Count:
    """Counts of one document with gold words only: the model finds the sentences."""
    gold = example.syntax
    assert gold is not None
    doc = nlp.get_pipe("kg_reader")(Doc(nlp.vocab, words=example.words))
    n: Count = collections.Counter()
    for i, token in enumerate(doc):
        head = gold.head[i] - 1 if gold.head[i] else i
        right = token.head.i == head
        n["found las"] += right and token.dep_.split(":")[0] == gold.deprel[i].split(":")[0]
        starts = i == 0 or gold.sentence[i] != gold.sentence[i - 1]
        n["sentence hit"] += starts and bool(token.is_sent_start)
        n["sentence gold"] += starts
        n["sentence mine"] += bool(token.is_sent_start)
    return n


# file -> (the label of people, whether titles belong to the span, whether a title alone is a person)
NAMES = {
    "gum.dev": ("PER", True, True),
    "wikigold.all": ("PER", False, False),
    "uner_ewt.dev": ("PER", False, False),
    "wnut17.test": ("person", True, False),
}


def people(doc: Doc, with_titles: bool, alone: bool) -> Spans:
    """The spans of people in a Doc, by a corpus's convention, in characters."""
    out: Spans = set()
    ents = [e for e in doc.ents if e.label_ in ("PERSON", "TITLE")]
    begin = -1
    for k, e in enumerate(ents):
        follows = k + 1 < len(ents) and ents[k + 1].start == e.end
        start = begin if begin >= 0 else e.start_char
        begin = -1
        if e.label_ == "TITLE" and follows:
            begin = start
        elif e.label_ == "PERSON":
            out.add((start if with_titles else e.start_char, e.end_char))
        elif alone:
            out.add((start, e.end_char))
    if alone:  # "Americans" are people in GUM; kg tags them as a people
        out |= {(e.start_char, e.end_char) for e in doc.ents if e.label_ == "NORP" and e[-1].tag_ in ("NNS", "NNPS")}
    return out


def names(nlp: Language, path: Path, convention: tuple[str, bool, bool]) -> Count:
    label, with_titles, alone = convention
    n: Count = collections.Counter()
    for record in corpora.records(path):
        gold = {(a, b) for a, b, kind in record["ents"] if kind == label}
        mine = people(nlp(record["text"]), with_titles, alone)
        n["hit"] += len(gold & mine)
        n["gold"] += len(gold)
        n["mine"] += len(mine)
    return n


def f1(n: Count, prefix: str = "") -> str:
    hit, gold, mine = n[f"{prefix}hit"], n[f"{prefix}gold"], n[f"{prefix}mine"]
    return (
        f"P {hit / max(1, mine):.3f}  R {hit / max(1, gold):.3f}  F1 {2 * hit / max(1, gold + mine):.3f}  gold {gold}"
    )


def figures(folder: Path, model: str) -> Iterator[str]:
    nlp = english.pipeline(model)
    network = Network(Path(model) if model else english.MODEL)
    n: Count = collections.Counter()
    for example in corpora.conllu(folder / "syntax/gum.dev.conllu"):
        n += syntax(network, example) + end_to_end(nlp, example)
    for key in ("uas", "las", "upos", "lemma"):
        yield f"gum.dev {key:8} {100 * n[key] / n['words']:.2f}"
    yield f"gum.dev las with found sentences {100 * n['found las'] / n['words']:.2f}"
    yield f"gum.dev sentences {f1(n, 'sentence ')}"
    for name, convention in NAMES.items():
        yield f"{name:14} people  {f1(names(nlp, folder / 'names' / f'{name}.jsonl', convention))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", default="", help="folder of an exported model; the shipped one if left out")
    args = parser.parse_args()
    for line in figures(args.corpora, args.model):
        print(line, flush=True)


if __name__ == "__main__":
    main()
