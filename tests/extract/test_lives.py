"""Lives in brackets behind a name."""

import pytest

from kg.extract import lives
from kg.extract.dates import Clock
from tests.extract.trees import lexicon, tree

CLOCK = Clock(lexicon())
SIGNS = (frozenset({"born", "b."}), frozenset({"died", "d."}))


def life(written: str) -> dict[str, str]:
    """What the words behind "Bach" tell, cut at blanks: "born" and "died", as quoted."""
    made = tree("\n".join(["Bach - PROPN - 0 root PERSON", *(f"{form} - NUM - 1 dep" for form in written.split())]))
    found = lives.ends(made, 0, CLOCK.read(made, ""), SIGNS)
    return {("born", "died")[which]: made.quote(first, last) for which, first, last in found}


@pytest.mark.parametrize("dash", ["-", "–", "—", "−"])
def test_a_life_in_brackets(dash: str) -> None:
    assert life(f"( 21 March 1685 {dash} 28 July 1750 )") == {"born": "21 March 1685", "died": "28 July 1750"}
    assert life(f"[ 1685 {dash} 1750 ]") == {"born": "1685", "died": "1750"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("( 21 March 1685 , Eisenach – 28 July 1750 , Leipzig )",
         {"born": "21 March 1685, Eisenach", "died": "28 July 1750, Leipzig"}),
        ("( Ghent , c. 1448 – Antwerp , 1509 )", {"born": "Ghent, c. 1448", "died": "Antwerp, 1509"}),
        ("( born 4 May 1931 in Tartu ; died 3 June 2001 )", {"born": "4 May 1931 in Tartu", "died": "3 June 2001"}),
        ("( born 1931 , died 2001 )", {"born": "1931,", "died": "2001"}),
        ("( b. 1950 )", {"born": "1950"}),
        ("( d. 1779 )", {"died": "1779"}),
        ("( b. 1900 – 1980 )", {"born": "1900", "died": "1980"}),
        ("( née Marsh ; born 1950 )", {"born": "1950"}),
        ("( 1950 - 05 - 12 – 1999 - 06 - 03 )", {}),
        ("( 1811 – 73 )", {"born": "1811", "died": "73"}),
    ],
)  # fmt: skip
def test_more_that_brackets_tell(written: str, told: dict[str, str]) -> None:
    assert life(written) == told


@pytest.mark.parametrize(
    "written",
    [
        "( 1685 )",
        "( 1685 - )",
        "( - 1750 )",
        "( left - right )",
        "( 1685 - 1750",
        "1685 - 1750",
        "( 2001 – 2009 )",  # a term of office rather than a life
        "( 1750 – 1685 )",
        "( 1685 – 1950 )",
        "( 1685 , 1750 )",
        "(",
        "",
    ],
)
def test_what_may_be_anything_tells_no_life(written: str) -> None:
    assert life(written) == {}
