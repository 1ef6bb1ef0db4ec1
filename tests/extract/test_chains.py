"""Who is meant by pronouns, descriptions and groups, on trees written by hand, with the weights that ship."""

import pytest

from kg.extract import mentions
from kg.extract.chains import Chains, Resolver
from kg.extract.frames import Matcher
from kg.extract.mentions import Spots
from kg.extract.people import Person
from kg.extract.ranking import load_weights
from tests.extract.ties import LEXICON
from tests.extract.trees import tree

MATCHER = Matcher(LEXICON)
ANN_MET_TOM = """
Ann     -     PROPN - 2 nsubj PERSON
met     meet  VERB  - 0 root
Tom     -     PROPN - 2 obj PERSON
.       -     PUNCT - 2 punct
"""


def resolved(written: str) -> tuple[Spots, Chains]:
    made = tree(written)
    spots = mentions.find(made, "story", LEXICON)
    matches = tuple(MATCHER.matches(made))
    return spots, Resolver(made, spots, LEXICON, MATCHER, matches, load_weights()).resolve()


def name(spots: Spots, person: Person | None) -> str:
    """How the text names a person, a group by its members; "?" for somebody unnamed, "" for nobody."""
    if person is None:
        return ""
    if person.groups:
        return " + ".join(name(spots, p) for p in person.groups)
    named = [spots.all[k].mention.name for k in person.spots if spots.all[k].mention.name]
    return named[0] if named else "?"


def who(written: str, mention: str) -> str:
    """Whom the last mention with this text means."""
    spots, chains = resolved(written)
    k = [k for k, s in enumerate(spots.all) if s.mention.text == mention][-1]
    return name(spots, chains.person(k))


# ------------------------------------------------------------------ pronouns
@pytest.mark.parametrize(("pronoun", "person"), [("He", "Tom"), ("She", "Ann")])
def test_a_pronoun_is_somebody_of_its_gender(pronoun: str, person: str) -> None:
    assert who(f"{ANN_MET_TOM}\n{pronoun} - PRON - 2 nsubj\nleft leave VERB - 0 root", pronoun) == person


QUEEN = """
Queen   -     PROPN - 2 nmod:desc TITLE
Eve     -     PROPN - 3 nsubj PERSON
left    leave VERB  - 0 root
.       -     PUNCT - 3 punct

He      -     PRON  - 2 nsubj
stayed  stay  VERB  - 0 root
"""


def unnamed(written: str, mention: str) -> bool:
    """Whether the last mention with this text means somebody without a name."""
    spots, chains = resolved(written)
    k = [k for k, s in enumerate(spots.all) if s.mention.text == mention][-1]
    person = chains.person(k)
    return person is not None and person.spots == [k] and not person.named


def test_where_nobody_has_the_gender_somebody_without_a_name_is_meant() -> None:
    assert unnamed(QUEEN, "He")


def test_him_is_not_the_subject_of_his_own_clause() -> None:
    assert unnamed("Tom - PROPN - 2 nsubj PERSON\nsaw see VERB - 0 root\nhim - PRON - 2 obj", "him")


def test_himself_is_the_subject() -> None:
    assert who("Tom - PROPN - 2 nsubj PERSON\nsaw see VERB - 0 root\nhimself - PRON - 2 obj", "himself") == "Tom"


HIS_FATHER = """
Tom     -     PROPN -    2 nsubj PERSON
met     meet  VERB  -    0 root
his     -     PRON  PRP$ 4 nmod:poss
father  -     NOUN  -    2 obj
John    -     PROPN -    4 appos PERSON
"""


def test_nobody_is_his_own_father() -> None:
    assert who(HIS_FATHER, "his") == "Tom"


def test_a_description_beside_a_name_is_that_person() -> None:
    assert who(HIS_FATHER, "his father") == "John"


# ------------------------------------------------------------------ descriptions
def test_a_father_known_by_name_is_meant_by_her_father() -> None:
    hers = HIS_FATHER.replace("Tom", "Ann").replace("his ", "her ")
    again = "Her - PRON PRP$ 2 nmod:poss\nfather - NOUN - 3 nsubj\nleft leave VERB - 0 root"
    assert who(f"{hers}\n{again}", "Her father") == "John"


def test_an_unknown_father_is_somebody_new() -> None:
    written = "Ann - PROPN - 3 nmod:poss PERSON\n's - PART - 1 case\nfather - NOUN - 4 nsubj\nleft leave VERB - 0 root"
    assert who(written, "Ann's father") == "?"


def test_a_title_alone_is_its_last_bearer() -> None:
    written = QUEEN.partition("\n\n")[0]
    again = "The - DET - 2 det\nQueen - PROPN - 3 nsubj TITLE\nsmiled smile VERB - 0 root"
    assert who(f"{written}\n\n{again}", "The Queen") == "Eve"


def test_an_age_tells_who_is_meant() -> None:
    written = """
    Ann     -     PROPN -  6 nsubj PERSON
    ,       -     PUNCT -  1 punct
    39      -     NUM   -  1 appos
    ,       -     PUNCT -  1 punct
    quietly -     ADV   -  6 advmod
    met     meet  VERB  -  0 root
    Eve     -     PROPN -  6 obj PERSON
    .       -     PUNCT -  6 punct

    The     -     DET   -  2 det
    39-year-old - NOUN  -  3 nsubj
    left    leave VERB  -  0 root
    """
    assert who(written, "The 39-year-old") == "Ann"


# ------------------------------------------------------------------ groups
BOTH = """
Ann     -     PROPN - 4 nsubj PERSON
and     -     CCONJ - 3 cc
Tom     -     PROPN - 1 conj PERSON
came    come  VERB  - 0 root
.       -     PUNCT - 4 punct
"""


@pytest.mark.parametrize(
    ("words", "mention"),
    [
        ("They - PRON - 2 nsubj\nleft leave VERB - 0 root", "They"),
        ("The - DET - 2 det\ncouple - NOUN - 3 nsubj\nleft leave VERB - 0 root", "The couple"),
    ],
)
def test_two_joined_people_are_a_group(words: str, mention: str) -> None:
    assert who(f"{BOTH}\n{words}", mention) == "Ann + Tom"


def test_their_sons_are_not_the_two() -> None:
    written = f"{BOTH}\nThe - DET - 2 det\nsons son NOUN NNS 3 nsubj\nleft leave VERB - 0 root"
    assert who(written, "The sons") == ""


def test_names_are_sure_and_choices_less() -> None:
    spots, chains = resolved(f"{ANN_MET_TOM}\nHe - PRON - 2 nsubj\nleft leave VERB - 0 root")
    sure = {s.mention.text: chains.sure[k] for k, s in enumerate(spots.all)}
    assert sure["Ann"] == sure["Tom"] == 1.0
    assert 0.5 <= sure["He"] < 1.0
