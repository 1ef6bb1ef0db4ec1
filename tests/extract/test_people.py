"""Names of one document joined into people."""

import pytest

from kg.extract import mentions
from kg.extract.people import People
from tests.extract.trees import lexicon, tree, words

LEXICON = lexicon()


def people(text: str) -> People:
    """The people of "John Reed ; Reed", names in text order."""
    return People(mentions.find(tree(words(text)), "made", LEXICON), LEXICON)


def who(text: str) -> list[str]:
    """Each person as the mentions that are taken for him, "John Reed = Reed", in order of first mention."""
    found = people(text)
    return [" = ".join(found.spots.all[i].mention.text for i in p.spots) for p in found.all]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        pytest.param("John Reed ; John Reed", ["John Reed = John Reed"], id="the same name"),
        pytest.param("John Reed ; Reed", ["John Reed = Reed"], id="surname"),
        pytest.param("John Reed ; John", ["John Reed = John"], id="first name"),
        pytest.param("Reed ; John Reed", ["Reed = John Reed"], id="surname before the full name"),
        pytest.param("John Reed ; Mr Reed", ["John Reed = Mr Reed"], id="title and surname"),
        pytest.param("John Reed ; John A. Reed", ["John Reed = John A. Reed"], id="initial"),
        pytest.param("Zoë Hill ; ZOE HILL", ["Zoë Hill = ZOE HILL"], id="accents and capitals"),
        pytest.param("John Reed ; Ann Reed", ["John Reed", "Ann Reed"], id="two who share a surname"),
        pytest.param("John Reed ; John Hill", ["John Reed", "John Hill"], id="two who share a first name"),
        pytest.param("John ; Ann", ["John", "Ann"], id="two single names"),
        pytest.param("John Reed ; Hill", ["John Reed", "Hill"], id="a surname of nobody yet"),
        pytest.param("John Paul Reed ; Paul", ["John Paul Reed", "Paul"], id="a middle name is no form of address"),
    ],
)
def test_names_that_are_one_person(text: str, persons: list[str]) -> None:
    assert who(text) == persons


# ------------------------------------------------------------------ several who may be meant
@pytest.mark.parametrize(
    ("text", "persons"),
    [
        pytest.param(
            "John Reed ; Ann Reed ; Reed", ["John Reed", "Ann Reed = Reed"], id="a surname means the last one named"
        ),
        pytest.param(
            "John Reed ; Ann Reed ; John Reed ; Reed", ["John Reed = John Reed = Reed", "Ann Reed"], id="last of all"
        ),
        pytest.param(
            "John Reed ; Reed ; Ann Reed ; Reed", ["John Reed = Reed = Reed", "Ann Reed"], id="whom it meant before"
        ),
        pytest.param(
            "Tom James ; James Reed ; Mr James", ["Tom James = Mr James", "James Reed"], id="title before a surname"
        ),
        pytest.param(
            "Sir Tom Reed ; Tom Hill ; Lady Reed", ["Sir Tom Reed", "Tom Hill", "Lady Reed"], id="gender of a title"
        ),
    ],
)
def test_several_bear_the_word(text: str, persons: list[str]) -> None:
    assert who(text) == persons


def test_mrs_reed_is_not_john() -> None:
    assert who("Ann Reed ; John Reed ; Mrs Reed") == ["Ann Reed = Mrs Reed", "John Reed"]


# ------------------------------------------------------------------ numbers and generations
@pytest.mark.parametrize(
    ("text", "persons"),
    [
        pytest.param("King Charles III ; Charles", ["King Charles III = Charles"], id="number left out"),
        pytest.param("Charles I ; Charles III", ["Charles I", "Charles III"], id="the first and the third"),
        pytest.param("Charles II ; Charles III", ["Charles II", "Charles III"], id="the second and the third"),
        pytest.param("Henry V ; Henry VIII ; Henry V", ["Henry V = Henry V", "Henry VIII"], id="and back"),
        pytest.param("Tom Reed Sr. ; Tom Reed Jr.", ["Tom Reed Sr.", "Tom Reed Jr."], id="father and son"),
        pytest.param("Tom Reed Jr. ; Tom Reed", ["Tom Reed Jr. = Tom Reed"], id="generation left out"),
    ],
)  # fmt: skip
def test_numbers_tell_people_apart(text: str, persons: list[str]) -> None:
    assert who(text) == persons


# ------------------------------------------------------------------ what is learned of a person
def test_titles_names_and_gender_add_up() -> None:
    (person,) = people("Harry ; Prince Harry ; HRH Prince Harry").all
    assert person.titles == {"Prince", "HRH"}
    assert person.gender == "male"
    assert person.forms == {("harry",)}
    assert person.named


def test_first_names_suggest_a_gender_without_settling_it() -> None:
    (person,) = people("Mary Reed").all
    assert (person.gender, person.guess) == ("", "female")
    assert person.fits("male"), "a guess excludes nobody"


def test_fits() -> None:
    (person,) = people("Mrs Reed").all
    assert [person.fits(g) for g in ("female", "male", "")] == [True, False, True]


def test_organisations_and_places_are_nobody() -> None:
    made = tree(words("Reed", "ORG"))
    assert People(mentions.find(made, "made", LEXICON), LEXICON).all == []
