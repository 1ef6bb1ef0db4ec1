"""How a name in a text fits a name in Wikidata."""

import pytest

from kg.link.names import bare, folded, grade

TITLES = frozenset(("king", "prince", "the", "emperor", "lady"))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Tom Reed", "tom reed", "same"),
        ("King Louis XI", "Louis XI of France", "within"),
        ("Rupprecht", "Rupprecht, Crown Prince of Bavaria", "within"),
        ("Otto II", "Otto III", ""),
        ("George Louis of Hanover", "George Louis", "beyond"),
        ("Tom James Reed", "Tom Arthur Reed", "ends"),
        ("Naomi Foner", "Naomi Campbell", "part"),
        ("Ann", "Tom Reed", ""),
        ("Émile Zola", "Emile Zola", "same"),
    ],
)
def test_grades(text: str, name: str, expected: str) -> None:
    assert grade(bare(text, TITLES), bare(name, TITLES), TITLES) == expected


def test_folding_and_titles() -> None:
    assert folded("Søren  O’Brien-Łuk") == "soren obrien luk"
    assert bare("The Emperor Zhongzong", TITLES) == ("zhongzong",)
    assert bare("King", TITLES) == ("king",)  # something remains
