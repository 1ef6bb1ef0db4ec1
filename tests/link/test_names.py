"""How a name in a text fits a name in Wikidata."""

import pytest

from kg.link.names import NameWords, alike, bare, folded, grade, head

KINDS = NameWords(titles=frozenset(("king", "prince", "the", "emperor", "lady")), small=frozenset(("of",)))


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
        ("Tutankhamun", "Tutankhamon", "spelt"),
        ("Michael IX Palaeologus", "Michael IX Palaiologos", "spelt"),
        ("Ann Reed", "Tom Reed", "part"),
    ],
)
def test_grades(text: str, name: str, expected: str) -> None:
    assert grade(bare(text, KINDS), bare(name, KINDS), KINDS) == expected


def test_folding_and_titles() -> None:
    assert folded("Søren  O’Brien-Łuk") == "soren obrien luk"
    assert bare("The Emperor Zhongzong", KINDS) == ("zhongzong",)
    assert bare("King", KINDS) == ("king",)  # something remains


def test_what_stands_before_a_comma_or_brackets_is_a_name_by_itself() -> None:
    assert head("King Otto I, Holy Roman Emperor", KINDS) == ("otto", "i")
    assert head("Maria Feodorovna (Dagmar of Denmark)", KINDS) == ("maria", "feodorovna")
    assert head("Tom Reed", KINDS) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("subhas", "subhash", True), ("tom", "tim", False), ("elisabeth", "elizabeth", True), ("karl", "marl", False)],
)
def test_spellings(one: str, other: str, same: bool) -> None:
    assert alike(one, other) == same
