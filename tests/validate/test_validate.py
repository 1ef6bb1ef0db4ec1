"""What is wrong with a graph is found, told, and quoted."""

import json
import random
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.cli.validate import CHECKS as SHOWN
from kg.store.quads import quads
from kg.validate.checking import CHECKS, check
from kg.validate.cycles import components, cycles
from kg.validate.findings import Report
from kg.validate.shapes import SH, shapes
from kg.vocabulary import DEFAULT_BASE, load
from kg.vocabulary.names import OWL
from tests.cli.conftest import Kg
from tests.cli.conftest import kg as kg
from tests.families import iri
from tests.families import store as family
from tests.made import document, graph

WORDS = load()
SANE = """
Tom | father | John
Tom | mother | Ann
Tom | birthDate | =1990
John | birthDate | =1960-02-03
John | deathDate | =2010
John | spouse | Ann
Tom | gender | :male
"""


def found(text: str, *only: str) -> set[tuple[str, str]]:
    """(check, whom) of all findings in a family."""
    report = check(family(text), WORDS, only) if only else check(family(text), WORDS)
    return {(one.check, one.focus.name) for one in report.findings}


def test_a_sane_family_conforms() -> None:
    assert check(family(SANE), WORDS) == Report(people=3, checks=("cycles", "families", "shapes"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom | father | John\nJohn | birthDate | =1990\nTom | birthDate | =1980-05-01", ("childAfterParent", "Tom")),
        ("John | son | Tom\nJohn | birthDate | =1990\nTom | birthDate | =1980", ("childAfterParent", "Tom")),
        ("Tom | father | John\nJohn | birthDate | =1980\nTom | birthDate | =1985", ("parentOldEnough", "Tom")),
        ("Tom | father | John\nJohn | birthDate | =1880\nTom | birthDate | =1985", ("parentYoungEnough", "Tom")),
        ("Tom | mother | Ann\nAnn | deathDate | =1980\nTom | birthDate | =1981", ("bornOfTheLiving", "Tom")),
        ("Tom | father | John\nJohn | deathDate | =1980\nTom | birthDate | =1982", ("begottenByTheLiving", "Tom")),
        ("Tom | birthDate | =1980-05-02\nTom | deathDate | =1980-05-01", ("deathAfterBirth", "Tom")),
        ("Tom | birthDate | =1680\nTom | deathDate | =1980", ("lifeOfAHuman", "Tom")),
        ("Tom | father | Max\nAnn | mother | Max", ("oneGender", "Max")),
        ("Tom | spouse | Tom", ("notOneself", "Tom")),
        ("Tom | birthDate | =1980\nTom | birthDate | =1981-01-01", ("birthDateShape", "Tom")),
        ("Tom | father | John\nTom | father | Max", ("fatherAtMost", "Tom")),
        ("Tom | father | John\nTom | mother | John", ("fatherNot-mother", "Tom")),
        ("Tom | birthPlace | John", ("birthPlaceRange", "Tom")),
        ("Tom | father | =1980", ("fatherRange", "Tom")),
    ],
)  # fmt: skip
def test_each_fault_is_found(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


def test_dates_told_less_exactly_do_not_contradict() -> None:
    assert found("Tom | birthDate | =1980\nTom | birthDate | =1980-05-01") == set()
    assert found("Tom | father | John\nTom | birthDate | =1980\nJohn | birthDate | =1980-05-01", "families") == {
        ("parentOldEnough", "Tom")
    }


# ------------------------------------------------------------------ circles
def test_circles_are_shortest_and_told() -> None:
    assert cycles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("b", "a"), ("e", "e")]) == [["a", "b"], ["e"]]
    text = "Ann | mother | Bea\nCea | child | Bea\nCea | father | Ann"
    (one,) = check(family(text), WORDS, ("cycles",)).findings
    assert (one.check, one.message) == ("ancestryCircle", "descends from oneself: Ann → Bea → Cea → Ann")


def test_people_who_are_the_same_close_a_circle() -> None:
    held = family("Ann | mother | Bea\nCea | mother | Ann")
    held.add(Quad(iri("Bea"), NamedNode(OWL + "sameAs"), iri("Cea")))
    assert len(check(held, WORDS, ("cycles",)).findings) == 1


def test_components_agree_with_networkx() -> None:
    import networkx

    chance = random.Random(7)
    for _ in range(20):
        edges = {(str(chance.randrange(30)), str(chance.randrange(30))) for _ in range(40)}
        following: dict[str, list[str]] = {}
        for a, b in sorted(edges):
            following.setdefault(a, []).append(b)
        ours = {tuple(one) for one in components(following)}
        assert ours == {tuple(sorted(c)) for c in networkx.strongly_connected_components(networkx.DiGraph(list(edges)))}


def test_a_hundred_thousand_people_and_a_line_of_as_many_generations() -> None:
    """Linear, and without recursion: the time-out of the suite is the judge."""
    people = 100_000
    chance = random.Random(3)
    edges = [(str(n), str(n + 1)) for n in range(people)]  # one line, the longest that can be
    edges += [(str(n), str(chance.randrange(n + 1, people + 1))) for n in range(people)]
    assert cycles(edges) == []
    assert cycles([*edges, ("99999", "99990")]) != []


# ------------------------------------------------------------------ claims and quotes
def test_a_finding_names_the_claims_and_quotes_them() -> None:
    held = Store()
    held.extend(quads(graph(document("Tom | father | John\nTom | father | Max", "a.txt")), WORDS))
    (one,) = [f for f in check(held, WORDS).findings if f.check == "fatherAtMost"]
    assert [claim.sentences[0].text for claim in one.claims] == ["Tom | father | John", "Tom | father | Max"]
    assert all(claim.iri.startswith(DEFAULT_BASE + "claim/") for claim in one.claims)


def test_denied_claims_are_no_fault() -> None:
    held = Store()
    held.extend(quads(graph(document("Tom | father | John\nTom | father | Max | denied", "a.txt")), WORDS))
    assert check(held, WORDS).findings == ()


def test_pyshacl_alone_comes_to_the_same_as_our_one_query() -> None:
    """The SPARQL constraints that we answer at once for all are SHACL as it is written."""
    import pyshacl
    import rdflib

    text = "Tom | father | John\nTom | parent | John\nJohn | birthDate | =1990\nTom | birthDate | =1980"
    held = family(text)
    data = rdflib.Graph()
    for quad in held:
        data.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    wanted = rdflib.Graph()
    wanted.parse(data="".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in shapes(WORDS)), format="nt")
    _, results, _ = pyshacl.validate(data, shacl_graph=wanted, allow_warnings=True)
    told = {str(o).rsplit("#")[-1] for o in results.objects(None, rdflib.URIRef(SH + "sourceShape"))}
    assert "childAfterParent" in told
    assert told >= {one for one, _ in found(text, "families")}


# ------------------------------------------------------------------ the command
BAD = """@prefix kg: <https://kg.example/ns#> . @prefix x: <http://x.org/> .
x:a a kg:Person ; kg:mother x:b . x:b a kg:Person ; kg:mother x:a .
"""


def test_the_command(kg: Kg) -> None:
    assert SHOWN == CHECKS, "the command line knows the checks without loading them"
    Path("bad.ttl").write_text(BAD)
    text = kg("validate", "--data", "bad.ttl", "--only", "cycles")
    assert (text.code, "descends from oneself: a → b → a" in text.out) == (1, True)
    assert "1 violation (2 people; cycles)" in text.err
    told = json.loads(kg("validate", "--data", "bad.ttl", "--only", "cycles", "-f", "json").out)
    assert (told["conforms"], told["findings"][0]["check"]) == (False, "ancestryCircle")
    table = kg("validate", "--data", "bad.ttl", "--only", "cycles", "-f", "table").out.splitlines()
    assert table[0].split("\t") == ["severity", "check", "who", "what"]
    assert kg("-q", "add", "story.txt").code == 0
    good = kg("validate")
    assert (good.code, good.out) == (0, "")
    assert "Nothing is wrong" in good.err


def test_literals_of_the_wrong_kind_are_told_with_their_value() -> None:
    held = family("Tom | birthDate | =1980")
    held.add(Quad(iri("Tom"), NamedNode(WORDS.iri("birthPlace")), Literal("Leeds")))
    (one,) = check(held, WORDS, ("shapes",)).findings
    assert (one.check, one.values[0].name) == ("birthPlaceRange", "Leeds")
