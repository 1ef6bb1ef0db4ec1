"""Made sentences: the templates of made.toml, filled with names of many cultures, all their relations marked."""

import itertools
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.arcs import LABEL, LABELS, Arcs, inside
from training.corpora import Example, Words

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "made.toml").read_text(encoding="utf-8"))
GIVEN = Path(__file__).parent / "given-names.txt"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_LISTS = {"O": "companies", "U": "universities", "L": "places", "P": "parties", "N": "numbers"}

Given = dict[str, list[str]]  # gender -> first names


def sentences(words: Words, copies: int, rng: random.Random) -> Iterator[Example]:
    """So many sentences of each template."""
    given = {line.split(":")[0]: line.split()[1:] for line in GIVEN.read_text(encoding="utf-8").splitlines()}
    for (n, made), k in itertools.product(enumerate(TABLE["made"]), range(copies)):
        text, places = filled(made["text"], given, rng)
        cut = words(text)
        example = Example(f"made {n} {k}", [w for w, *_ in cut], [(a, b) for _, a, b in cut])
        ends = {slot: inside(example.offsets, *place)[-1] for slot, place in places.items()}
        told = [arc.split() for arc in made["arcs"]]
        positive = {(LABEL[name], ends[s], ends[o]) for name, s, o in told if s in ends and o in ends}
        example.arcs = Arcs(frozenset(range(len(LABELS))), positive, _open(example, places, positive))
        yield example


def filled(template: str, given: Given, rng: random.Random) -> tuple[str, dict[str, tuple[int, int]]]:
    """A sentence, and where the name of each slot stands in it."""
    while choice := _CHOICE.search(template):
        template = template[: choice.start()] + rng.choice(choice[1].split("|")) + template[choice.end() :]
    gender = rng.choice(sorted(given))
    text, at = "", 0
    places: dict[str, tuple[int, int]] = {}
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        word = _word(slot[1], gender, given, rng)
        if slot[1] != "his":
            places[slot[1]] = (len(text), len(text) + len(word))
        text, at = text + word, slot.end()
    return text + template[at:], places


def _word(slot: str, gender: str, given: Given, rng: random.Random) -> str:
    """What fills a slot; A has the gender, others have any."""
    names = TABLE["names"]
    if slot == "his":
        return str(names["his"][gender])
    if slot == "Y":
        return str(rng.randint(1820, 2024))
    if slot in _LISTS:
        return str(rng.choice(names[_LISTS[slot]]))
    first = rng.choice(given[gender if slot == "A" else rng.choice(sorted(given))])
    return first if rng.random() < 0.2 else f"{first} {rng.choice(names['surnames'].split())}"


def _open(
    example: Example, places: dict[str, tuple[int, int]], positive: set[tuple[int, int, int]]
) -> set[tuple[int, int, int]]:
    """The same arcs between other words of the two names say nothing."""
    whole = {inside(example.offsets, *p)[-1]: inside(example.offsets, *p) for p in places.values()}
    return {(k, i, j) for k, s, o in positive for i in whole[s] for j in whole[o]} - positive
