"""What the sentences around a name, its titles and its tail say for and against an item."""

import pytest

from kg.link import terms as link_terms
from kg.link.signals import alone
from kg.link.types import Item, Person
from kg.vocabulary import load

ACTOR = Item(id="Q1", label="David Holt", description="British actor (1941–2022)", born=1941, died=2022)
EMPEROR = Item(id="Q2", label="Emperor Wu of Han", description="emperor of China")
FREDERICK = Item(id="Q3", label="Frederick William III of Prussia", description="King of Prussia")
PHILIPPE = Item(id="Q4", label="Philippe of Belgium", description="seventh king")


def signals(item: Item, name: str, text: str = "") -> dict[str, float]:
    return alone(Person(id="p", names=(name,), text=text), item, link_terms.load(load()).names)


@pytest.mark.parametrize(
    ("item", "name", "text", "expected"),
    [
        (ACTOR, "David Holt", "The actor David Holt lives in Leeds.", "text.told"),
        (ACTOR, "David Holt", "The Australian cricketer David Holt scored.", "text.strange"),
        (ACTOR, "David Holt", "The Australian cricketer David Holt scored.", "text.abroad"),
        (ACTOR, "David Holt", "David Holt was born in London, England, in 1941.", "text.life"),
        (ACTOR, "David Holt", "In 1980 David Holt married.", "text.then"),
        (ACTOR, "David Holt", "In 1870 David Holt married.", "text.never"),
        (EMPEROR, "Emperor Wu", "Emperor Wu and his mother lived under the Han.", "text.label"),
        (ACTOR, "Holt", "Holt, a nephew of David Holt, paints.", "text.namesake"),
        (FREDERICK, "Frederick, Prince of Wales", "", "words.clash"),
        (PHILIPPE, "Philippe, King of the Belgians", "", "words"),
    ],
)
def test_what_speaks_for_and_against(item: Item, name: str, text: str, expected: str) -> None:
    assert expected in signals(item, name, text)


def test_a_first_name_before_a_comma_is_a_first_name() -> None:
    """ "William, Prince of Wales" is as good a William as William Stern."""
    found = signals(Item(id="Q5", label="William, Prince of Wales"), "Prince William")
    assert "name.first" in found
    assert "name.head" not in found


def test_a_full_name_that_the_text_gives_this_person_is_no_namesake() -> None:
    assert "text.namesake" not in signals(ACTOR, "David Holt", "David Holt paints.")
