"""Names apart from titles, and which two names may be one person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import names
from kg.extract.lexicon import Lexicon
from tests.extract.trees import lexicon as small_lexicon
from tests.extract.trees import tree, words

LEXICON: Lexicon = small_lexicon()


def titled(text: str, tagged: int = 0) -> tuple[list[str], str]:
    """The titles and the name proper of a person span; the tagger leaves out this many words before it."""
    lines = [line.rpartition(" ")[0] for line in words(text).splitlines()]
    made = tree("\n".join(lines))
    found = names.split(made, tagged, len(made) - 1, LEXICON)
    return [made.quote(a, b) for a, b in found.titles], made.quote(found.first, found.last)


@pytest.mark.parametrize(
    ("text", "titles", "name"),
    [
        ("Ann Hill", [], "Ann Hill"),
        ("Prince Harry", ["Prince"], "Harry"),
        ("Dr. Ann Hill", ["Dr."], "Ann Hill"),
        ("Vice President Kamala Harris", ["Vice President"], "Kamala Harris"),
        ("HRH Prince Harry", ["HRH", "Prince"], "Harry"),
        ("King Charles III", ["King"], "Charles III"),
        ("Mrs Reed", ["Mrs"], "Reed"),
        ("Queen", [], "Queen"),
        ("Ann Prince", [], "Ann Prince"),
        ("prince Harry", [], "prince Harry"),
    ],
)
def test_titles_apart_from_names(text: str, titles: list[str], name: str) -> None:
    assert titled(text) == (titles, name)


@pytest.mark.parametrize(
    ("text", "tagged", "titles"),
    [
        ("Prince Harry", 1, ["Prince"]),
        ("Vice President Kamala Harris", 2, ["Vice President"]),
        ("HRH Prince Harry", 1, ["HRH", "Prince"]),
        ("met Harry", 1, []),
    ],
)
def test_titles_before_the_tagged_span_belong_to_it(text: str, tagged: int, titles: list[str]) -> None:
    assert titled(text, tagged)[0] == titles


def test_a_title_in_the_sentence_before_is_not_his() -> None:
    made = tree("Prince - PROPN - 0 root\n\nHarry - PROPN - 0 root PERSON")
    assert names.split(made, 1, 1, LEXICON).titles == ()


@pytest.mark.parametrize(
    ("title", "gender"),
    [("King", "male"), ("Duchess of Kent", "female"), ("Dr", ""), ("Vice President", ""), ("Nobody", "")],
)
def test_the_gender_of_a_title(title: str, gender: str) -> None:
    assert LEXICON.title_gender(title) == gender


# ------------------------------------------------------------------ comparison
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Zoë O’Brien", "zoe o'brien"),
        ("ZOË O'BRIEN", "zoe o'brien"),
        ("J.K. Rowling", "j k rowling"),
        ("Jean-Luc", "jean luc"),
        ("  Ann   Hill ", "ann hill"),
    ],
)
def test_key(text: str, key: str) -> None:
    assert names.key(text) == key


@pytest.mark.parametrize(
    ("text", "parts", "suffix"),
    [
        ("Charles III", ("charles",), "iii"),
        ("Martin Luther King Jr.", ("martin", "luther", "king"), "jr"),
        ("Martin Luther King", ("martin", "luther", "king"), ""),
        ('Dwayne "The Rock" Johnson', ("dwayne", "the", "rock", "johnson"), ""),
        ("Ludwig van Beethoven", ("ludwig", "van", "beethoven"), ""),
        ("Junior", ("junior",), ""),
    ],
)
def test_parts_and_suffix(text: str, parts: tuple[str, ...], suffix: str) -> None:
    assert names.parts(text, LEXICON) == parts
    assert names.suffix(text, LEXICON) == suffix


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Ann Hill", "Ann Hill", True),
        ("Ann Hill", "Ann Marie Hill", True),
        ("A. Hill", "Ann Hill", True),
        ("J. K. Rowling", "Joanne Kathleen Rowling", True),
        ("J. K. Rowling", "Joanne Rowling", True),
        ("Ann M. Hill", "Ann Marie Hill", True),
        ("Ludwig Beethoven", "Ludwig van Beethoven", True),
        ("Ann Hill", "Eve Hill", False),
        ("Ann Hill", "Ann Reed", False),
        ("B. Hill", "Ann Hill", False),
        ("Ann Marie Hill", "Ann Louise Hill", False),
        ("Ann", "Ann Hill", False),
        ("Hill", "Hill", False),
    ],
)
def test_compatible(a: str, b: str, one: bool) -> None:
    left, right = names.parts(a, LEXICON), names.parts(b, LEXICON)
    assert names.compatible(left, right) is one
    assert names.compatible(right, left) is one


def test_a_surname_keeps_its_particle() -> None:
    full, short = names.parts("Ludwig van Beethoven", LEXICON), names.parts("van Beethoven", LEXICON)
    assert short == full[-1:] or names.compatible(full, short)


NAME = st.lists(st.text("abc", min_size=1, max_size=3), min_size=2, max_size=5).map(tuple)


@given(NAME, NAME)
def test_compatible_is_symmetric(a: tuple[str, ...], b: tuple[str, ...]) -> None:
    assert names.compatible(a, b) == names.compatible(b, a)


@given(NAME, st.data())
def test_a_name_without_a_middle_part_is_the_same_person(name: tuple[str, ...], data: st.DataObject) -> None:
    kept = tuple(w for w in name[1:-1] if data.draw(st.booleans()))
    assert names.compatible(name, (name[0], *kept, name[-1]))
