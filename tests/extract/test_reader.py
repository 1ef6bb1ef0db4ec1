"""The reader as a whole, with the shipped model: odd texts, long texts, new relations."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from kg.errors import ModelError
from kg.extract.reader import Reader
from kg.infer import closure
from kg.model import Document, Entity, Mention, Reading
from kg.resolve import resolve
from kg.vocabulary import Vocabulary, load
from tests.extract.trees import tree, words

STORY = (
    "Tom Reed’s father, John Reed, is a baker. Ann Hill married Tom Reed in 1990. "
    "Clara Voss was born to Henrik Voss and Judith Alder. Rosa Diaz is married to Pablo Cruz."
)


def read(reader: Reader, text: str) -> Reading:
    return reader.read(Document(id="story", text=text))


def triples(reader: Reader, vocabulary: Vocabulary, text: str) -> set[tuple[str, str, str]]:
    """What the graph asserts after resolving and inferring."""
    graph = closure(resolve(read(reader, text), vocabulary), vocabulary)
    return {
        (f.subject.name, f.relation, f.object.name if isinstance(f.object, Entity) else f.object.value)
        for f in graph.facts
        if f.status.plain
    }


def inside(reading: Reading) -> None:
    """Every mention and sentence lies in the text, and says what stands there."""
    text = reading.document.text
    for mention in reading.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.span.document == reading.document.id
    for claim in reading.claims:
        for end in (claim.subject, claim.object):
            if isinstance(end, Mention):
                assert claim.sentence.start <= end.span.start < end.span.end <= claim.sentence.end


# ------------------------------------------------------------------ odd texts
@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\u00a0"])
def test_nothing_but_white_space(text: str, reader: Reader) -> None:
    assert read(reader, text) == Reading(document=Document(id="story", text=text))


@pytest.mark.parametrize("text", ["Tom", "father", "is", ".", "…", "’", "1984", "Prince", "\u200b", "🙂", "a" * 5_000])
def test_one_word(text: str, reader: Reader) -> None:
    found = read(reader, text)
    inside(found)
    assert len(found.mentions) <= 1


@pytest.mark.parametrize(
    ("text", "forms"), [("Ann wed Tom.", ["Ann", "wed", "Tom", "."]), ("They'd met.", ["They", "'d", "met", "."])]
)
def test_words_are_cut_as_they_are_meant(text: str, forms: list[str], reader: Reader) -> None:
    assert reader.tree(text).forms == forms


def test_one_name_is_one_person(reader: Reader, vocabulary: Vocabulary) -> None:
    (person,) = resolve(read(reader, "Angela Merkel"), vocabulary).entities
    assert (person.name, person.type) == ("Angela Merkel", "Person")


def test_a_text_without_people(reader: Reader, vocabulary: Vocabulary) -> None:
    graph = resolve(read(reader, "The rain in spring was heavy. Rivers rose by two metres."), vocabulary)
    assert graph.facts == ()
    assert not [e for e in graph.entities if e.type == "Person"]


@pytest.mark.parametrize(
    "text", ["\n\nTom Reed left.", "Tom Reed left.\n\n", "  Tom\n Reed   left .", "Tom Reed\tleft."]
)
def test_offsets_count_white_space(text: str, reader: Reader) -> None:
    inside(read(reader, text))


def test_footnote_marks(reader: Reader) -> None:
    inside(read(reader, "Tom Reed's note ² says so."))


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘"])
def test_apostrophes_of_every_kind(apostrophe: str, reader: Reader, vocabulary: Vocabulary) -> None:
    text = STORY.replace("’", apostrophe)
    assert ("Tom Reed", "father", "John Reed") in triples(reader, vocabulary, text)


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_denial_with_apostrophe(apostrophe: str, reader: Reader, vocabulary: Vocabulary) -> None:
    text = f"John Reed isn{apostrophe}t Tom Hill{apostrophe}s father."
    assert not [t for t in triples(reader, vocabulary, text) if t[1] == "father"]


def test_every_title_of_a_name_is_told(reader: Reader) -> None:
    made = tree(words("HRH Prince Harry"))
    claims = reader.read_tree(Document(id="story", text=made.text), made).claims
    assert sorted(c.object.text for c in claims) == ["HRH", "Prince"]


# ------------------------------------------------------------------ long texts
def sentences_of(reader: Reader, text: str) -> list[tuple[str, ...]]:
    """Each sentence as its words, each with the word that it hangs on."""
    return [
        tuple(f"{t.text} <- {t.head.text}" for t in s if not (t.is_space or t.is_punct))
        for s in reader._nlp(text).sents
    ]


def test_a_text_longer_than_a_window_reads_as_its_sentences_do(reader: Reader) -> None:
    sentences = [f"{sentence.strip()}." for sentence in STORY.split(".") if sentence.strip()]
    alone = [one for sentence in sentences for one in sentences_of(reader, sentence)]
    assert len(alone) == len(sentences)
    for between in ("\n\n", " "):
        assert sentences_of(reader, between.join(sentences * 12)) == alone * 12


def test_a_sentence_longer_than_a_window(reader: Reader) -> None:
    text = "Ann Hill met " + ", ".join(["Tom Reed"] * 300) + " and left."
    found = read(reader, text)
    inside(found)
    assert sum(m.kind == "name" for m in found.mentions) > 250


def test_claims_of_a_long_text_are_those_of_its_story(reader: Reader, vocabulary: Vocabulary) -> None:
    once = triples(reader, vocabulary, STORY)
    assert ("Tom Reed", "spouse", "Ann Hill") in once
    assert triples(reader, vocabulary, "\n\n".join([STORY] * 10)) == once


@pytest.mark.slow
def test_a_megabyte(reader: Reader) -> None:
    text = "\n\n".join([STORY] * (1_000_000 // len(STORY) + 1))
    found = read(reader, text)
    assert len(text) >= 1_000_000
    assert found.mentions[-1].span.end > 999_000
    assert len([c for c in found.claims if c.relation == "father"]) > 5_000


# ------------------------------------------------------------------ the same every time
def test_two_readers_agree(reader: Reader, vocabulary: Vocabulary) -> None:
    other = Reader(vocabulary)
    assert read(other, STORY) == read(reader, STORY)


def test_what_was_read_before_does_not_matter(reader: Reader) -> None:
    first = read(reader, STORY)
    read(reader, "Ann Hill is the daughter of John Reed. Tom Hill is his brother.")
    assert read(reader, STORY) == first


# ------------------------------------------------------------------ relations that the model never saw
NEW_RELATIONS = """
@prefix kg: <https://kg.example/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

kg:doctoralAdvisor a owl:ObjectProperty ; rdfs:label "doctoral advisor"@en ;
  rdfs:comment "Wrote a thesis under the guidance of."@en ;
  rdfs:domain kg:Person ; rdfs:range kg:Person ;
  kg:cue [ kg:frame "noun" ; kg:word "doctoral advisor" , "thesis supervisor" ] ,
         [ kg:frame "verb" ; kg:word "supervise" ; kg:reversed true ] ;
  kg:example [ kg:text "Ann Hill's doctoral advisor was Max Weiss." ;
               kg:gives "Ann Hill | doctoralAdvisor | Max Weiss" ] ,
             [ kg:text "Ann Hill met Max Weiss." ; kg:givesNot "* | doctoralAdvisor | *" ] .

kg:pupil a owl:ObjectProperty ; rdfs:label "pupil"@en ; rdfs:comment "Guided the thesis of."@en ;
  rdfs:domain kg:Person ; rdfs:range kg:Person ; owl:inverseOf kg:doctoralAdvisor .

kg:milkBrother a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "milk brother"@en ;
  rdfs:comment "Was nursed by the same woman as."@en ;
  rdfs:domain kg:Person ; rdfs:range kg:Person ; kg:family true ;
  kg:cue [ kg:frame "noun" ; kg:word "milk-brother" ; kg:bearer kg:male ] ;
  kg:example [ kg:text "Tom Reed's milk-brother, Leo Falk, sings." ; kg:gives "Tom Reed | milkBrother | Leo Falk" ] ,
             [ kg:text "Tom Reed met Leo Falk." ; kg:givesNot "* | milkBrother | *" ] .
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ontology folder of a user."""
    made = tmp_path_factory.mktemp("ontology")
    (made / "university.ttl").write_text(NEW_RELATIONS, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def extended(folder: Path) -> tuple[Reader, Vocabulary]:
    vocabulary = load([folder])
    return Reader(vocabulary), vocabulary


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Ann Hill's doctoral advisor was Max Weiss.", ("Ann Hill", "doctoralAdvisor", "Max Weiss")),
        ("Max Weiss, the thesis supervisor of Ann Hill, lives in Bonn.", ("Ann Hill", "doctoralAdvisor", "Max Weiss")),
        ("Max Weiss supervised Ann Hill.", ("Ann Hill", "doctoralAdvisor", "Max Weiss")),
        ("Max Weiss supervised Ann Hill.", ("Max Weiss", "pupil", "Ann Hill")),
        ("Ann Hill was supervised by Max Weiss.", ("Ann Hill", "doctoralAdvisor", "Max Weiss")),
        ("Tom Reed’s milk-brother, Leo Falk, sings.", ("Leo Falk", "milkBrother", "Tom Reed")),
    ],
)
def test_a_new_relation_is_one_block_of_turtle(
    text: str, triple: tuple[str, str, str], extended: tuple[Reader, Vocabulary]
) -> None:
    assert triple in triples(*extended, text)


def test_old_relations_are_still_read(extended: tuple[Reader, Vocabulary]) -> None:
    assert ("Tom Reed", "father", "John Reed") in triples(*extended, STORY)


def test_without_the_folder_it_is_unknown(reader: Reader, vocabulary: Vocabulary) -> None:
    assert triples(reader, vocabulary, "Max Weiss supervised Ann Hill.") == set()


def test_the_command_line_takes_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Max Weiss supervised Ann Hill.", encoding="utf-8")
    command = [sys.executable, "-m", "kg", "-q", "extract", "story.txt", "-f", "jsonl", "--ontology", str(folder)]
    ran = subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.PIPE, text=True)
    (told,) = map(json.loads, ran.stdout.splitlines())
    assert (told["subject"]["name"], told["relation"], told["object"]["name"]) == (
        "Ann Hill",
        "doctoralAdvisor",
        "Max Weiss",
    )


# ------------------------------------------------------------------ other pipelines
def test_an_installed_pipeline_without_parser_is_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no parser"):
        read(Reader(vocabulary, model=str(tmp_path / "blank")), STORY)


def test_a_hyphenated_name_is_one_name(reader: Reader) -> None:
    text = "Kim Hae-won, 31, is married to Seo Jun-ho. The Smith-led team beat Ali Ben-Said."
    mentions = reader.read(Document(id="d", text=text)).mentions
    names = {m.name for m in mentions if m.kind == "name" and m.type == "Person"}
    assert {"Kim Hae-won", "Seo Jun-ho", "Ali Ben-Said"} <= names
    assert not any("led" in name for name in names)
