"""Every saved question, asked of one small family."""

import re
import shlex
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from kg.ask import questions as saved
from kg.ask.query import run
from kg.vocabulary import DEFAULT_BASE, load, prefixes, shipped

FILES = sorted(shipped().glob("questions/*.rq"))
QUESTIONS = saved.load(FILES)

Triple = tuple[str, str, str]

WOMEN = {
    "person:berta",
    "person:anna",
    "person:dina",
    "person:kora",
    "person:zoe",
    "person:lea",
    "person:mia",
    "person:tess",
}
PEOPLE = "otto berta karl anna dina kora zoe wim hari lea mia archie peter tess"

# subject, relation, object, and what else is said of the claim. The sentence of a claim is its line here.
SAID = """
person:karl   kg:father      person:otto
person:karl   kg:mother      person:berta
person:anna   kg:father      person:otto
person:anna   kg:mother      person:berta
person:wim    kg:father      person:karl
person:wim    kg:mother      person:dina
person:hari   kg:father      person:karl
person:hari   kg:mother      person:dina
person:lea    kg:father      person:karl
person:lea    kg:mother      person:zoe
person:peter  kg:mother      person:anna
person:archie kg:father      person:hari
person:karl   kg:spouse      person:kora
person:hari   kg:spouse      person:mia
person:karl   kg:spouse      person:dina    kg:phase kg:former ; kg:start "1981"^^xsd:gYear ; kg:end "1996"^^xsd:gYear
person:karl   kg:partner     person:zoe     kg:phase kg:former
person:hari   kg:sibling     person:wim
person:hari   kg:sibling     person:lea
person:hari   kg:uncleOrAunt person:anna
person:hari   kg:cousin      person:peter
person:hari   kg:grandparent person:otto
person:anna   kg:nieceOrNephew person:hari
person:otto   kg:grandchild  person:hari
person:hari   kg:stepParent  person:kora
person:mia    kg:parentInLaw person:karl
person:mia    kg:siblingInLaw person:wim
person:archie kg:godparent   person:tess
person:archie kg:relative    person:zoe
person:archie kg:relative    person:hari
person:archie kg:relative    person:tess
person:otto   kg:honorificPrefix "King"
person:karl   kg:honorificPrefix "Prince"
person:karl   kg:honorificPrefix "Duke of Ems"
person:tess kg:position position:pm  kg:phase kg:former ; kg:start "1990-05-01"^^xsd:date ; kg:end "1994"^^xsd:gYear
person:karl   kg:birthDate   "1950-05-12"^^xsd:date
person:karl   kg:birthPlace  place:malmo
person:mia    kg:sibling     person:tess    kg:polarity kg:denied
person:mia    kg:sibling     person:tess    kg:confidence 0.4
person:wim    kg:partner     person:tess    kg:modality kg:reported ; kg:accordingTo "a neighbour"
person:lea    kg:mother      person:kora    kg:confidence 0.5
"""

# Rows are what the columns behind the colon give; parameters are local names of people, or texts.
ANSWERS = {
    "father hari": ("name title", [("Karl", "Duke of Ems, Prince")]),
    "mother hari": ("name", [("Dina",)]),
    "parents hari": ("name", [("Dina",), ("Karl",)]),
    "sons karl": ("name", [("Hari",), ("Wim",)]),
    "daughters karl": ("name", [("Lea",)]),
    "children karl": ("name with", [("Hari", "Dina"), ("Lea", "Kora, Zoe"), ("Wim", "Dina")]),
    "spouse karl": ("name", [("Kora",)]),
    "spouse mia": ("name", [("Hari",)]),
    "former-spouses karl": ("name from until", [("Dina", "1981", "1996")]),
    "partners karl": ("name when", [("Zoe", "former")]),
    "siblings hari": ("name", [("Lea",), ("Wim",)]),
    "half-siblings hari": ("name kind", [("Lea", "half"), ("Wim", "full")]),
    "grandparents hari": ("name title", [("Otto", "King")]),
    "grandchildren otto": ("name", [("Hari",)]),
    "ancestors archie": (
        "name parentOf",
        [("Berta", "Karl"), ("Dina", "Hari"), ("Hari", "Archie"), ("Karl", "Hari"), ("Otto", "Karl")],
    ),
    "descendants anna": ("name childOf", [("Peter", "Anna")]),
    "uncles-and-aunts hari": ("name", [("Anna",)]),
    "nieces-and-nephews anna": ("name", [("Hari",)]),
    "cousins hari": ("name", [("Peter",)]),
    "step-family hari": ("name how", [("Kora", "stepParent")]),
    "godparents archie": ("name", [("Tess",)]),
    "in-laws mia": ("name how", [("Karl", "parentInLaw"), ("Wim", "siblingInLaw")]),
    "relatives archie": ("name how", [("Hari", "father, parent"), ("Tess", "godparent"), ("Zoe", "relative")]),
    "related mia karl": ("first through second", [("parentInLaw", "", ""), ("spouse", "Hari", "parent")]),
    "titles karl": ("title when", [("Duke of Ems", "current"), ("Prince", "current")]),
    "positions tess": (
        "role organisation when from until",
        [("prime minister", "Ems", "former", "1990-05-01", "1994")],
    ),
    "who-held 'prime minister'": ("name", [("Tess",)]),
    "who-held 'prime minister' 1992": ("name", [("Tess",)]),
    "who-held 'prime minister' 1994": ("name", [("Tess",)]),
    "who-held minister 1989": ("name", []),
    "life karl": ("what value", [("birthDate", "1950-05-12"), ("birthPlace", "Malmö")]),
    "sources peter": (
        "subject how object document",
        [("Peter", "mother", "Anna", "family.txt"), ("Hari", "cousin", "Peter", "family.txt")],
    ),
    "doubtful": (
        "subject how object said as accordingTo",
        [
            ("Mia", "sibling", "Tess", "denied", "stated", ""),
            ("Wim", "partner", "Tess", "affirmed", "reported", "a neighbour"),
        ],
    ),
    "doubtful wim": ("subject", [("Wim",)]),
    "contradictions": (
        "subject how object against why",
        [
            ("Lea", "mother", "Kora", "Zoe", "there can be only one"),
            ("Mia", "sibling", "Tess", "person:mia kg:sibling person:tess", "affirmed and denied"),
        ],
    ),
    "unlinked": ("name", [(name.title(),) for name in sorted(PEOPLE.split()) if name != "karl"]),
    "weak": ("subject how object confidence", [("Mia", "sibling", "Tess", "0.4"), ("Lea", "mother", "Kora", "0.5")]),
    "orphans": ("name", [(name.title(),) for name in ("berta", "dina", "kora", "mia", "otto", "tess", "zoe")]),
    "people": (
        "name title",
        [
            (name.title(), {"karl": "Duke of Ems, Prince", "otto": "King"}.get(name, ""))
            for name in sorted(PEOPLE.split())
        ],
    ),
}


USUAL = {"kg:polarity": "kg:affirmed", "kg:modality": "kg:stated", "kg:phase": "kg:current", "kg:confidence": "0.9"}


def family() -> str:
    """The family as TriG: what is said in the document's graph, how it is said in the graph of its claims."""
    plain, claims = [], []
    for number, line in enumerate(SAID.strip().splitlines()):
        subject, relation, rest = line.split(None, 2)
        object_, _, extra = (part.strip() for part in rest.partition("  "))
        evidence = f"kg:evidence evidence:e{number}"
        claims.append(
            claim(f"claim:c{number}", (subject, relation, object_), f"{extra} ; {evidence}" if extra else evidence)
        )
        sentence = Literal(f"{subject} {relation} {object_}")
        claims.append(
            f"evidence:e{number} oa:hasSource document:d ; oa:start {number} ; oa:end 9 ; oa:exact {sentence} ."
        )
        if "denied" in extra or "reported" in extra:
            continue
        plain.append(f"{subject} {relation} {object_} .")
        before = f"claim:c{number}"
        for step, triple in enumerate(inferred(subject, relation, object_)):
            plain.append(" ".join(triple) + " .")
            phase = "kg:phase kg:former ; " if "kg:former" in extra else ""
            claims.append(claim(f"claim:c{number}i{step}", triple, f"{phase}kg:inferredFrom {before}"))
            before = f"claim:c{number}i{step}"
    people = " ".join(f'person:{name} a kg:Person ; rdfs:label "{name.title()}" .' for name in PEOPLE.split())
    head = "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in prefixes(DEFAULT_BASE).items())
    return f"""{head}
    document:d {{ document:d a kg:Document ; dcterms:identifier "family.txt" . {people} {" ".join(plain)}
      person:karl skos:exactMatch wd:Q1 . place:malmo rdfs:label "Malmö" .
      position:pm rdfs:label "prime minister, Ems" ; kg:role "prime minister" ; kg:organisationName "Ems" . }}
    <{DEFAULT_BASE}document/d/claims> {{ {" ".join(claims)} }}"""


def claim(name: str, triple: Triple, how: str) -> str:
    """A claim node; what `how` does not say is as usual."""
    rest = " ; ".join(f"{predicate} {object_}" for predicate, object_ in USUAL.items() if predicate not in how)
    subject, predicate, object_ = triple
    statement = f"rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {object_}"
    return f"{name} a kg:Claim ; {statement} ; {how} ; {rest} ."


def inferred(subject: str, relation: str, object_: str) -> list[Triple]:
    """What the store would have inferred of parents and spouses, each step from the one before."""
    if relation == "kg:spouse":
        return [(object_, relation, subject)]
    if relation not in ("kg:father", "kg:mother"):
        return []
    gendered = "kg:daughter" if subject in WOMEN else "kg:son"
    return [(subject, "kg:parent", object_), (object_, "kg:child", subject), (object_, gendered, subject)]


@pytest.fixture(scope="module")
def graph() -> Store:
    store = Store()
    store.load(family().encode(), format=RdfFormat.TRIG)
    return store


def ask(graph: Store, question: str) -> list[dict[str, str]]:
    name, *values = shlex.split(question)
    sparql = saved.bound(QUESTIONS[name], values, lambda who: [NamedNode(f"{DEFAULT_BASE}person/{who}")])
    answer = run(graph, sparql, DEFAULT_BASE)
    assert isinstance(answer, QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    return [{column: getattr(row[column], "value", "") for column in columns} for row in answer]


@pytest.mark.parametrize("question", ANSWERS)
def test_the_question_is_answered(graph: Store, question: str) -> None:
    columns, expected = ANSWERS[question]
    rows = [tuple(row[column] for column in columns.split()) for row in ask(graph, question)]
    assert [tuple(", ".join(sorted(value.split(", "))) for value in row) for row in rows] == expected


def test_every_question_is_asked_above() -> None:
    assert {path.stem for path in FILES} == {question.split()[0] for question in ANSWERS}


@pytest.mark.parametrize("question", ["father hari", "siblings hari", "titles otto", "positions tess", "life karl"])
def test_the_sentence_and_the_document_are_told(graph: Store, question: str) -> None:
    for row in ask(graph, question):
        assert row["says"].startswith("person:")
        assert row["document"] == "family.txt"


def test_an_inferred_answer_is_told_with_the_sentence_it_follows_from(graph: Store) -> None:
    (son,) = ask(graph, "sons otto")
    assert son["name"] == "Karl"
    assert son["says"] == "person:karl kg:father person:otto"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_has_a_head_and_an_example_that_fits_it(path: Path) -> None:
    question = QUESTIONS[path.stem]
    assert question.title.endswith("?")
    assert question.example.startswith(f"kg ask {path.stem}")
    text = path.read_text(encoding="utf-8")
    assert "PREFIX" not in text
    assert "GRAPH" not in text or path.stem in {"orphans", "people", "unlinked"}
    for parameter in question.parameters:
        assert f"?{parameter.name}" in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_question_asks_for_an_unknown_relation(path: Path) -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in shipped().glob("*.ttl"))
    for name in re.findall(r"\bkg:(\w+)", path.read_text(encoding="utf-8")):
        assert re.search(rf"^kg:{name} a ", text, re.MULTILINE), name


def test_a_user_can_add_a_question(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "first-names.rq").write_text(
        "# title: Which?\nSELECT ?x WHERE { ?x a kg:Person }", encoding="utf-8"
    )
    assert {"first-names", "father"} <= set(saved.load(load([tmp_path]).files("questions/*.rq")))
