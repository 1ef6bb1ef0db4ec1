"""The component kg_people in pipelines of others: trees by hand, no model. test_spacy.py has the packaged pipeline."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from kg.errors import ModelError
from kg.extract.component import EXTENSIONS, SPANS, People
from tests.extract.test_docs import VOCAB, doc

STORY = """
Prince  -     PROPN -   3 nsubj PERSON
Harry   -     PROPN -   1 flat  +
saw     see   VERB  -   0 root
his     -     PRON  -   5 nmod:poss
father  -     NOUN  -   3 obj
,       -     PUNCT -   7 punct
Charles -     PROPN -   5 appos PERSON
.       -     PUNCT .   3 punct

His     -     PRON  -   4 nmod:poss
brother -     NOUN  -   4 compound
-       -     PUNCT -   4 punct
in      -     ADP   -   4 dep
-       -     PUNCT -   4 punct
law     -     NOUN  -   7 nsubj
left    leave VERB  -   0 root
.       -     PUNCT .   7 punct
"""


def component(**config: object) -> People:
    made = spacy.blank("en").add_pipe("kg_people", config=dict(config))
    assert isinstance(made, People)
    return made


@pytest.fixture(scope="module")
def people() -> People:
    return component(min_score=0.2)  # without arcs of a network, claims are less sure


@pytest.fixture
def read(people: People) -> Doc:
    return people(doc(STORY))


def test_people_have_names_titles_and_mentions(read: Doc) -> None:
    harry, charles = read._.kg_people[:2]
    assert (harry.name, harry.titles, harry.aliases, harry.gender) == ("Prince Harry", ("Prince",), ("Harry",), "male")
    assert [m.text for m in harry.mentions][:2] == ["Prince Harry", "his"]
    assert charles.mentions[-1].text == "Charles"


def test_claims_are_spans_of_the_doc(read: Doc) -> None:
    (father,) = [c for c in read._.kg_claims if c.relation == "father" and c.object.text == "Charles"]
    assert (father.subject.text, father.sentence.start, father.plain) == ("his", 0, True)
    assert father.rule
    assert 0.2 <= father.score <= 1
    (title,) = [c for c in read._.kg_claims if c.relation == "honorificPrefix"]
    assert (title.subject.text, title.value) == ("Prince Harry", "Prince")


def test_spans_and_tokens_know_whom_they_mean(read: Doc) -> None:
    assert read[0:2]._.kg_titles == ("Prince",)
    assert read[3]._.kg_person.name == read[0:2]._.kg_person.name == "Prince Harry"
    assert 0 < read[3]._.kg_sure < 1
    assert read[2]._.kg_person is None
    assert read[2:3]._.kg_people == ()
    assert {span.label_ for span in read.spans[SPANS]} >= {"Prince Harry", "Charles"}


def test_the_tokens_of_the_doc_stay_as_they_are(read: Doc) -> None:
    assert [t.text for t in read][9:14] == ["brother", "-", "in", "-", "law"]


def test_what_was_read_goes_with_the_bytes_of_a_doc(read: Doc) -> None:
    (again,) = DocBin(store_user_data=True, docs=[read]).get_docs(VOCAB)
    (back,) = DocBin().from_bytes(DocBin(store_user_data=True, docs=[again]).to_bytes()).get_docs(VOCAB)
    assert [p.name for p in back._.kg_people] == [p.name for p in read._.kg_people]
    assert [(c.relation, c.rule) for c in back._.kg_claims] == [(c.relation, c.rule) for c in read._.kg_claims]


def test_the_least_score_is_kept_to(read: Doc) -> None:
    assert component(min_score=1.0)(doc(STORY))._.kg_claims == ()
    assert read._.kg_claims


def test_an_ontology_of_ones_own_is_read(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no_such_folder"):
        component(ontology=[str(tmp_path / "no_such_folder")])(doc(STORY))


def test_a_doc_without_a_tree_is_refused_and_a_blank_one_has_nobody(people: People) -> None:
    with pytest.raises(ModelError, match="no parser"):
        people(Doc(VOCAB, words=["Tom", "slept"]))
    assert people(Doc(VOCAB))._.kg_people == ()


def test_docs_that_nobody_has_read_have_no_people() -> None:
    assert (doc(STORY)._.kg_people, doc(STORY)._.kg_claims, doc(STORY)[0]._.kg_person) == ((), (), None)


def test_the_documented_extensions_are_the_registered_ones() -> None:
    text = (Path(__file__).parents[2] / "docs" / "spacy.md").read_text(encoding="utf-8")
    for kind, name, getter in EXTENSIONS:
        assert f"`{kind.__name__}._.{name}`" in text
        assert kind.get_extension(name)[2] is getter  # type: ignore[attr-defined]
