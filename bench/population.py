"""A made population for timing questions about kin: families over generations, as N-Quads."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.vocabulary.names import DEFAULT_BASE, RDF, RDFS

GRAPH = f"<{DEFAULT_BASE}document/population>"
KG = DEFAULT_BASE + "ns#"
GENERATIONS = 12
CHILDREN = (0, 1, 2, 2, 2, 3, 3, 4)
BORN_FIRST, BETWEEN = 1660, 28
"""The year of the first births, and years between generations."""


@dataclass(slots=True)
class Population:
    """People by number. mothers, fathers: of each, or -1. husbands: wife -> husband. women: whether each is one."""

    mothers: list[int] = field(default_factory=list)
    fathers: list[int] = field(default_factory=list)
    women: list[bool] = field(default_factory=list)
    generations: list[int] = field(default_factory=list)
    husbands: dict[int, int] = field(default_factory=dict)

    def born(self, mother: int, father: int, generation: int, woman: bool) -> int:
        self.mothers.append(mother)
        self.fathers.append(father)
        self.generations.append(generation)
        self.women.append(woman)
        return len(self.women) - 1


def population(size: int, seed: int = 1) -> Population:
    """About `size` people over twelve generations; the same for the same seed."""
    chance = random.Random(seed)
    made = Population()
    growth = sum(CHILDREN) / len(CHILDREN) / 2
    first = int(size / sum(growth**g for g in range(GENERATIONS)))
    current = [made.born(-1, -1, 0, number % 2 == 0) for number in range(first)]
    for generation in range(1, GENERATIONS):
        wives = [one for one in current if made.women[one]]
        husbands = [one for one in current if not made.women[one]]
        chance.shuffle(husbands)
        current = []
        for wife, husband in zip(wives, husbands, strict=False):
            made.husbands[wife] = husband
            current += [
                made.born(wife, husband, generation, chance.random() < 0.5) for _ in range(chance.choice(CHILDREN))
            ]
    return made


def person(number: int) -> str:
    return f"<{DEFAULT_BASE}person/p{number}>"


def name(number: int) -> str:
    return f"Person {number}"


def quads(made: Population) -> Iterator[str]:
    """A line a quad: type, label, gender, year of birth, father, mother, spouse."""
    for number, woman in enumerate(made.women):
        me = person(number)
        yield f"{me} <{RDF}type> <{KG}Person> {GRAPH} .\n"
        yield f'{me} <{RDFS}label> "{name(number)}" {GRAPH} .\n'
        yield f"{me} <{KG}gender> <{KG}{'female' if woman else 'male'}> {GRAPH} .\n"
        year = BORN_FIRST + BETWEEN * made.generations[number] + number % BETWEEN
        yield f'{me} <{KG}birthDate> "{year}"^^<http://www.w3.org/2001/XMLSchema#gYear> {GRAPH} .\n'
        if made.mothers[number] >= 0:
            yield f"{me} <{KG}mother> {person(made.mothers[number])} {GRAPH} .\n"
            yield f"{me} <{KG}father> {person(made.fathers[number])} {GRAPH} .\n"
        if number in made.husbands:
            yield f"{me} <{KG}husband> {person(made.husbands[number])} {GRAPH} .\n"
