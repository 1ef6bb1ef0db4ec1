"""Learns the weights of kg/link/weights.toml.   python -m training.linking ../shared [--write]

A conditional random field over pairs of people (Lafferty et al. 2001): the probability of the right two states among
all pairs of states, nobody included, is made as large as possible over the training part of the kin pairs (half of them
with their relation taken out, and some with a person taken out) and of FewRel's sentences. bench/linking.py measures on
the other part.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench import linking_cases as cases
from bench.linking import FEWREL, opened, split
from kg.link import linking, together
from kg.link.items import Items
from kg.link.signals import weights
from kg.link.terms import Way
from kg.link.together import State
from kg.link.types import Item, Tie
from kg.model import Gender

KIN_STATEMENTS, FEWREL_SENTENCES = 450, 2000
LEFT_OUT = 0.3
"""Share of the kin pairs of which one person is unknown to Wikidata."""
MARGINS = (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99)
"""Probabilities from which links might be made; kg/link/weights.toml holds those that were chosen."""
PARTS = 3
"""Of the samples: on each in turn margins are tried that the others taught."""
EPOCHS, RATE, DECAY = 80, 0.1, 0.002
PRIOR: dict[str, float] = {
    "name.only": 1.0,
    "name.titled": 2.0,
    "name.same.regnal": 3.0,
    "name.within.regnal": 2.0,
    "name.beyond.regnal": 0.0,
    "name.spelt.regnal": 1.0,
    "name.ends.regnal": 0.0,
    "name.part.regnal": -2.0,
    "name.head": -1.0,
    "name.other": -2.0,
    "nobody.taken": -1.0,
    "kin.text": 4.0,
    "name.same.many": 4.0,
    "name.same.one": 2.0,
    "name.within.many": 3.0,
    "name.within.one": 0.5,
    "name.beyond.many": 1.0,
    "name.beyond.one": 0.0,
    "name.ends.many": 0.5,
    "name.ends.one": 0.0,
    "name.part.many": -2.0,
    "name.part.one": -1.0,
    "name.spelt.many": 1.0,
    "name.spelt.one": 0.0,
    "name.first": 1.0,
    "name.last": 0.5,
    "name.explained": 0.5,
    "name.unexplained": -1.0,
    "name.label": 0.5,
    "name.also": 0.5,
    "fame": 0.6,
    "fame.one": 0.3,
    "gender": 0.5,
    "gender.clash": -3.0,
    "dates": 2.5,
    "dates.clash": -4.0,
    "alive.clash": -3.0,
    "words": 1.0,
    "words.clash": -0.5,
    "title": 0.5,
    "title.clash": -0.5,
    "text.namesake": -2.0,
    "text.home": 0.5,
    "text.abroad": -0.5,
    "text.label": 1.0,
    "text.told": 1.0,
    "text.strange": 0.0,
    "text.life": 2.0,
    "text.then": 0.5,
    "text.never": -1.0,
    "kin": 8.0,
    "kin.other": 4.0,
    "kin.full": -3.0,
    "kin.near": 4.0,
    "surname": 3.0,
    "surname.other": 1.5,
    "name.shared": 1.0,
    "works": 0.5,
    "described": 0.5,
    "couple": 0.5,
    "couple.same": -1.0,
    "junior": 1.0,
    "junior.clash": -2.0,
    "told": 3.0,
    "country": 0.7,
    "country.clash": -0.7,
    "ages": 0.7,
    "ages.clash": -3.0,
    "self": -8.0,
    "nobody": 5.0,
    "nobody.one": 1.0,
    "nobody.regnal": 1.0,
    "nobody.both": 1.0,
    "nobody.tied": 0.0,
}
"""Where the weights start, and what those are drawn to that the data say little of (dates, titles, gender)."""
SIGNED = {
    "gender": 1,
    "name.label": 1,
    "ages.clash": -1,
    "gender.clash": -1,
    "country.clash": -1,
    "kin.full": -1,
    "nobody.taken": -1,
}
"""What cannot speak the other way, however few examples there are."""
LEAST = {"fame": 0.3}
"""Fame is told by sitelinks where there are any; what slices have instead tells less than those will."""
PAIRED = (
    "kin", "kin.other", "kin.full", "kin.near", "surname", "surname.other", "name.shared", "told", "country",
    "country.clash", "works", "described", "couple", "couple.same", "junior", "junior.clash", "gender", "gender.clash",
    "ages", "ages.clash", "self", "nobody.both", "nobody.taken", "nobody.tied",
)  # fmt: skip
"""Signals of two people together."""
FILE = Path(__file__).resolve().parents[1] / "kg" / "link" / "weights.toml"

Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True)
class Sample:
    """Signals of the states of one and other, those of each pair of them (of PAIRED); which two are right.

    told: whether a text tells it, or it is made from a kin pair.
    """

    one: Array
    other: Array
    both: Array
    right: tuple[int, int]
    told: bool


def samples(shared: Path, names: Sequence[str]) -> Iterator[Sample]:
    """The training part of both collections."""
    source, terms, statements, hidden = opened(shared)
    items = Items(cases.Hidden(source, hidden), terms)
    chance = random.Random(7)
    train = [s for s in statements if split(s) == "train"]
    for statement in chance.sample(train, min(KIN_STATEMENTS, len(train))):
        items.fetch((statement[0], statement[2]))
        for forms in cases.FORMS:
            drop = chance.choice(("one", "other")) if chance.random() < LEFT_OUT else ""
            yield from _sample(cases.kin_case(statement, forms, items), items, names, drop)
    known = source.people()
    sentences = [c for c in cases.fewrel(shared / FEWREL, known, terms) if cases.share(c.id, "split") < 0.5]
    for case in chance.sample(sentences, min(FEWREL_SENTENCES, len(sentences))):
        yield from _sample(case, items, names, "")


def _sample(case: cases.Case, items: Items, names: Sequence[str], drop: str) -> Iterator[Sample]:
    found, tied = linking.candidates(case.people, case.ties, items)
    gone = case.gold.get(drop, "")
    states, right = [], []
    for person in case.people:
        gold = case.gold[person.id]
        qids = [qid for qid in found[person.id] if person.id != drop or qid != gold]
        known = [replace(items[q], kin=_without(items[q], gone)) for q in qids]
        these = together.states(person, known, tied[person.id], items.terms.names, weights())
        states.append(these)
        right.append(next((k for k, s in enumerate(these) if s.item and s.item.id == gold), 0))
    tie = case.ties[0]
    if tie.one != case.people[0].id:
        states.reverse()
        right.reverse()
    yield _arrays(states[0], states[1], tie, (right[0], right[1]), names, bool(case.people[0].text))


def _without(item: Item, gone: str) -> frozenset[tuple[Way, str, Gender]]:
    """An item's kin but for somebody whom Wikidata shall not know."""
    return frozenset(one for one in item.kin if one[1] != gone)


def _arrays(
    one: Sequence[State], other: Sequence[State], tie: Tie, right: tuple[int, int], names: Sequence[str], told: bool
) -> Sample:
    place = {name: k for k, name in enumerate(names)}
    first, second = np.zeros((len(one), len(names)), "f4"), np.zeros((len(other), len(names)), "f4")
    both = np.zeros((len(one), len(other), len(PAIRED)), "f4")
    for array, these in ((first, one), (second, other)):
        for k, state in enumerate(these):
            for name, strength in state.signals.items():
                array[k, place[name]] = strength
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            for name, strength in together.factor(tie, a, b).items():
                both[i, j, PAIRED.index(name)] = strength
    return Sample(first, second, both, right, told)


def learn(found: Sequence[Sample], names: Sequence[str]) -> Array:
    """Adam on the mean log likelihood; weights that must have a sign keep it."""
    prior = np.array([PRIOR[name] for name in names], "f4")
    w, paired = prior.copy(), [names.index(name) for name in PAIRED]
    m, v = np.zeros_like(w), np.zeros_like(w)
    for epoch in range(1, EPOCHS + 1):
        gradient, total = DECAY * (w - prior), 0.0
        for sample in found:
            p = _shares(sample, w, paired)
            i, j = sample.right
            total -= float(np.log(p[i, j] + 1e-12))
            expected = p.sum(1) @ sample.one + p.sum(0) @ sample.other
            gradient += (expected - sample.one[i] - sample.other[j]) / len(found)
            gradient[paired] += (np.tensordot(p, sample.both, 2) - sample.both[i, j]) / len(found)
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w = w - RATE * (m / (1 - 0.9**epoch)) / (np.sqrt(v / (1 - 0.999**epoch)) + 1e-8)
        for name, sign in SIGNED.items():
            k = names.index(name)
            w[k] = sign * max(0.0, sign * w[k])
        for name, least in LEAST.items():
            w[names.index(name)] = max(least, w[names.index(name)])
        if epoch % 10 == 0:
            print(f"epoch {epoch}: mean loss {total / len(found):.4f}", flush=True)
    return w


def _shares(sample: Sample, w: Array, paired: Sequence[int]) -> Array:
    """The probability of each pair of states."""
    scores = (sample.one @ w)[:, None] + (sample.other @ w)[None, :] + sample.both @ w[paired]
    p: Array = np.exp(scores - scores.max())
    p /= p.sum()
    return p


def _made(sample: Sample, w: Array, names: Sequence[str]) -> Iterator[tuple[str, float, bool]]:
    """The likeliest item of each of the two: what it rests on, its probability, whether it is right."""
    p = _shares(sample, w, [names.index(name) for name in PAIRED])
    kin = [PAIRED.index(name) for name in PAIRED if name in weights().kin]
    full = [k for k, name in enumerate(names) if name.startswith("name.") and name.endswith(".many")]
    best = [int(shares[1:].argmax()) + 1 if len(shares) > 1 else 0 for shares in (p.sum(1), p.sum(0))]
    tied = bool(sample.both[best[0], best[1], kin].any())
    for k, (shares, states) in enumerate(((p.sum(1), sample.one), (p.sum(0), sample.other))):
        if best[k]:
            rests = f"{'kin' if tied else 'alone'}.{'full' if states[best[k], full].any() else 'short'}"
            yield rests, float(shares[best[k]]), best[k] == sample.right[k]


def try_margins(found: Sequence[Sample], names: Sequence[str]) -> None:
    """Prints, by what a link rests on, in texts and in kin pairs, how many links margins would leave, how many wrong.

    On samples that the weights were not learned on, part by part.
    """
    made: dict[tuple[str, bool], list[tuple[float, bool]]] = defaultdict(list)
    for part in range(PARTS):
        w = learn([s for k, s in enumerate(found) if k % PARTS != part], names)
        for sample in found[part::PARTS]:
            for rests, share, right in _made(sample, w, names):
                made[rests, sample.told].append((share, right))
    for (rests, told), links in sorted(made.items()):
        for least in MARGINS:
            kept = [one for share, one in links if share >= least]
            of = "texts" if told else "pairs"
            print(f"{rests}, {of}: from {least:.2f} {len(kept)} links, {kept.count(False)} wrong")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="write kg/link/weights.toml")
    arguments = parser.parse_args()
    names = sorted(PRIOR)
    found = list(samples(arguments.shared, names))
    print(f"{len(found)} samples, {sum(s.both.nbytes for s in found) >> 20} MiB", flush=True)
    w = learn(found, names)
    learned = dict(zip(names, w, strict=True))
    text = FILE.read_text(encoding="utf-8")
    lines = "".join(f'"{name}" = {learned[name]:.3f}\n' for name in names)
    print(lines)
    if arguments.write:
        FILE.write_text(re.sub(r"(?s)(\[signals\]\n).*?(\n\[)", rf"\1{lines}\2", text), encoding="utf-8")
    try_margins(found, names)


if __name__ == "__main__":
    main()
