"""The ontology as loaded, and what is said of a broken one."""

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import OntologyError
from kg.vocabulary import DEFAULT_BASE, Vocabulary, load, prefixes, shipped

HEAD = """
@prefix kg: <https://kg.example/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""

GOOD = """
kg:rival a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "rival"@en ; rdfs:comment "Competes with."@en ;
  rdfs:domain kg:Person ; rdfs:range kg:Person ; rdfs:subPropertyOf schema:knows ;
  kg:cue [ kg:frame "noun" ; kg:word "rival" , "arch-rival" ] ;
  kg:example [ kg:text "Ann Hill is a rival of Tom Reed." ; kg:gives "Ann Hill | rival | Tom Reed" ] ,
             [ kg:text "Ann Hill has no rival." ; kg:givesNot "* | rival | *" ] .
"""

# What is taken out of GOOD, what is put in its place, what the error must say.
BROKEN = {
    "syntax": ("rdfs:domain kg:Person ;", "rdfs:domain kg:Person", r"mine\.ttl: line \d+: "),
    "no label": ('rdfs:label "rival"@en ;', "", "mine.ttl: kg:rival has no rdfs:label"),
    "two labels": ('"rival"@en ;', '"rival"@en , "foe"@en ;', "kg:rival has two rdfs:label: 'rival' and 'foe'"),
    "no comment": ('rdfs:comment "Competes with."@en ;', "", "mine.ttl: kg:rival has no rdfs:comment"),
    "no domain": ("rdfs:domain kg:Person ;", "", "mine.ttl: kg:rival has no rdfs:domain"),
    "no range": ("rdfs:range kg:Person ;", "", "mine.ttl: kg:rival has no rdfs:range"),
    "range no class": ("rdfs:range kg:Person", "rdfs:range schema:Thing", "rdfs:range Thing, which is no class"),
    "unknown class": ("rdfs:range kg:Person", "rdfs:range kg:Persn", "kg:Persn on kg:rival is declared nowhere"),
    "unknown frame": ('kg:frame "noun"', 'kg:frame "nun"', "kg:rival has a cue with the unknown frame 'nun'"),
    "no frame": ('kg:frame "noun" ;', "", "kg:rival has no kg:frame in a cue"),
    "no words": ('; kg:word "rival" , "arch-rival"', "", "kg:rival has a cue of frame 'noun' without words"),
    "capital word": ('"arch-rival"', '"Arch-rival"', "kg:rival has the cue word 'Arch-rival'"),
    "no preposition": ('kg:frame "noun"', 'kg:frame "passive"', "without kg:preposition"),
    "field slip": ("kg:frame", "kg:text", "kg:rival has a cue with the unknown field text"),
    "term slip": ("kg:cue", "kg:queue", "kg:queue on kg:rival is declared nowhere"),
    "gender slip": ('kg:word "rival"', 'kg:bearer kg:stated ; kg:word "rival"', "kg:rival has the gender stated"),
    "phase slip": ('kg:word "rival"', 'kg:phase "past" ; kg:word "rival"', "kg:rival has a cue with the phase 'past'"),
    "no example": ('kg:gives "Ann Hill | rival | Tom Reed"', 'kg:givesNot "* | rival | *"', "no example of what they"),
    "no counterexample": ('kg:givesNot "* | rival | *"', 'kg:gives "a | rival | b"', "no example of what must not"),
    "example not a triple": ("Ann Hill | rival | Tom Reed", "Ann Hill rival Tom Reed", "kg:rival has the example"),
    "example of nothing": ("Ann Hill | rival | Tom Reed", "a | foe | b", "an example of the unknown relation 'foe'"),
    "unknown parent": ("schema:knows", "kg:knows", "kg:knows on kg:rival is declared nowhere"),
    "parent no relation": ("schema:knows", "kg:Person", "kg:rival names Person as a relation, which it is not"),
    "unknown inverse": (
        "schema:knows",
        "schema:knows ; owl:inverseOf kg:foe",
        "kg:foe on kg:rival is declared nowhere",
    ),
    "foreign inverse": ("schema:knows", "schema:knows ; owl:inverseOf kg:child", "whose inverse is kg:parent"),
    "chain": ("schema:knows", "schema:knows ; owl:propertyChainAxiom ( kg:parent schema:x )", "a chain over x, which"),
    "short chain": ("schema:knows", "schema:knows ; owl:propertyChainAxiom ( kg:parent )", "fewer than two relations"),
    "wikidata": ("schema:knows", "schema:knows ; kg:wikidataProperty wd:Q5", "the Wikidata property"),
    "gendered orphan": ("schema:knows", "schema:knows ; kg:ofGender kg:male", "has kg:ofGender but not one relation"),
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def write(folder: Path, turtle: str, name: str = "mine.ttl") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(HEAD + turtle, encoding="utf-8")
    return folder


# ------------------------------------------------------------------ what is there
def test_a_gendered_relation_narrows_a_neutral_one(vocabulary: Vocabulary) -> None:
    father = vocabulary.relations["father"]
    assert (father.gender, father.parents, father.range) == ("male", ("parent",), "Person")
    assert father.family
    assert father.wikidata == ("P22",)
    assert vocabulary.relations["parent"].inverse == "child"
    assert vocabulary.relations["child"].inverse == "parent"


def test_every_gendered_relation_has_a_neutral_parent_of_no_gender(vocabulary: Vocabulary) -> None:
    for relation in vocabulary.relations.values():
        if relation.gender:
            (neutral,) = relation.parents
            assert not vocabulary.relations[neutral].gender
            assert not relation.inverse


def test_chains_of_both_kinds_are_read(vocabulary: Vocabulary) -> None:
    assert vocabulary.relations["grandparent"].chains == (("parent", "parent"),)
    assert vocabulary.relations["sibling"].chains == (("parent", "child"),)
    assert vocabulary.relations["siblingInLaw"].chains == (("sibling", "spouse"), ("spouse", "sibling"))


def test_ranges_tell_entities_from_literals(vocabulary: Vocabulary) -> None:
    ranges = {name: vocabulary.relations[name].range for name in ("birthPlace", "birthDate", "age", "honorificPrefix")}
    assert ranges == {"birthPlace": "Place", "birthDate": "date", "age": "number", "honorificPrefix": "text"}


def test_many_offices_and_occupations_are_known(vocabulary: Vocabulary) -> None:
    words = {word for cue in vocabulary.relations["position"].cues for word in cue.words}
    assert len(words) > 1000
    assert {"prime minister", "chief executive", "barrister", "striker", "novelist", "actress"} <= words


def test_no_cue_says_a_word_of_one_frame_of_a_relation_twice(vocabulary: Vocabulary) -> None:
    for relation in vocabulary.relations.values():
        said = [
            (cue.frame, cue.reversed, word, p)
            for cue in relation.cues
            for word in cue.words
            for p in cue.prepositions or ("",)
        ]
        assert len(said) == len(set(said)), relation.name


def test_the_bearers_gender_is_that_of_the_relation(vocabulary: Vocabulary) -> None:
    for relation in vocabulary.relations.values():
        for cue in relation.cues:
            if relation.gender and cue.bearer:
                assert cue.bearer == relation.gender, relation.name


def test_relations_point_at_other_vocabularies(vocabulary: Vocabulary) -> None:
    assert "https://schema.org/parent" in vocabulary.alignments["father"]
    assert "http://purl.org/vocab/relationship/childOf" in vocabulary.alignments["parent"]
    aligned = [name for name, others in vocabulary.alignments.items() if others]
    assert len(aligned) > 0.6 * len(vocabulary.relations)


def test_what_is_not_looked_for_in_texts_says_that_it_is_derived(vocabulary: Vocabulary) -> None:
    for relation in vocabulary.relations.values():
        assert relation.cues or "erived" in relation.comment, relation.name


def test_every_term_has_one_label_and_one_comment() -> None:
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    said: dict[str, list[str]] = {}
    for path in shipped().glob("*.ttl"):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            subject = getattr(quad.subject, "value", "")
            if subject.startswith(DEFAULT_BASE + "ns#"):
                said.setdefault(subject, []).append(quad.predicate.value)
    assert len(said) > 100
    for term, predicates in said.items():
        assert predicates.count(rdfs + "label") == 1, term
        assert predicates.count(rdfs + "comment") == 1, term


def test_relations_are_sorted_and_loading_is_repeatable(vocabulary: Vocabulary) -> None:
    assert list(vocabulary.relations) == sorted(vocabulary.relations)
    assert load() == vocabulary


def test_iris_and_names_belong_together(vocabulary: Vocabulary) -> None:
    father = vocabulary.relations["father"]
    assert vocabulary.iri("father") == father.iri == "https://kg.example/ns#father"
    assert vocabulary.relation_of(father.iri) == father
    assert vocabulary.relation_of("https://schema.org/parent") is None
    assert vocabulary.relation_of("https://elsewhere.example/ns#father") is None
    assert vocabulary.iri("unheardOf") == "https://kg.example/ns#unheardOf"


# ------------------------------------------------------------------ another namespace, further folders
def test_the_namespace_can_be_another(vocabulary: Vocabulary) -> None:
    mine = load(base="https://me.org/people/")
    assert mine.relations["father"].iri == "https://me.org/people/ns#father"
    assert mine.prefixes["person"] == "https://me.org/people/person/"
    assert mine.relations["father"].parents == ("parent",)
    assert list(mine.relations) == list(vocabulary.relations)
    assert mine.alignments == vocabulary.alignments


@pytest.mark.parametrize("base", ["https://me.org", "me/", ""])
def test_a_namespace_must_be_the_beginning_of_iris(base: str) -> None:
    with pytest.raises(OntologyError, match="no base of IRIs"):
        load(base=base)


def test_prefixes_hold_ours_and_the_usual_ones() -> None:
    known = prefixes("https://me.org/")
    assert known["kg"] == "https://me.org/ns#"
    wanted = "claim dcterms document foaf kg oa owl person prov rdf rdfs rel schema skos wd wdt xsd"
    assert set(wanted.split()) <= set(known)
    assert list(known) == sorted(known)


def test_a_folder_adds_a_relation(tmp_path: Path) -> None:
    added = load([write(tmp_path / "own", GOOD)])
    rival = added.relations["rival"]
    assert rival.symmetric
    assert not rival.family
    assert rival.cues[0].words == ("arch-rival", "rival")
    assert Path(rival.file).name == "mine.ttl"
    assert "father" in added.relations
    assert added.folders == (shipped(), tmp_path / "own")


def test_a_folder_adds_words_to_a_relation_that_is_there(tmp_path: Path) -> None:
    own = write(tmp_path / "own", 'kg:father kg:cue [ kg:frame "noun" ; kg:word "tad" ; kg:bearer kg:male ] .')
    assert any("tad" in cue.words for cue in load([own]).relations["father"].cues)


def test_a_folder_may_add_a_relation_under_a_name_of_its_own(tmp_path: Path) -> None:
    turtle = GOOD.replace("kg:rival", "<https://me.org/rival>")
    assert load([write(tmp_path / "own", turtle)]).relations["rival"].iri == "https://me.org/rival"


def test_what_is_below_kin_is_kin(tmp_path: Path) -> None:
    own = write(tmp_path / "own", GOOD.replace("schema:knows", "kg:cousin"))
    assert load([own]).relations["rival"].family


def test_files_are_found_over_all_folders(tmp_path: Path) -> None:
    own = write(tmp_path / "own", GOOD)
    (own / "titles.toml").write_text("", encoding="utf-8")
    assert list(load([own]).files("titles.toml")) == [shipped() / "titles.toml", own / "titles.toml"]


# ------------------------------------------------------------------ broken ontologies
def test_the_example_that_is_broken_below_is_good(tmp_path: Path) -> None:
    assert "rival" in load([write(tmp_path / "own", GOOD)]).relations


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_ontology_names_file_and_term(tmp_path: Path, case: str) -> None:
    out, instead, message = BROKEN[case]
    assert out in GOOD
    own = write(tmp_path / "own", GOOD.replace(out, instead))
    pattern = message if case == "syntax" else re.escape(message)
    with pytest.raises(OntologyError, match=pattern) as caught:
        load([own])
    assert str(own / "mine.ttl") in caught.value.message


def test_a_slip_of_the_pen_is_offered_the_right_word(tmp_path: Path) -> None:
    own = write(tmp_path / "own", GOOD.replace("kg:example", "kg:exmaple"))
    with pytest.raises(OntologyError) as caught:
        load([own])
    assert caught.value.hint == "did you mean kg:example?"


def test_a_second_meaning_of_a_shipped_relation_is_refused(tmp_path: Path) -> None:
    own = write(tmp_path / "own", 'kg:father rdfs:comment "Confesses to."@en .')
    with pytest.raises(OntologyError, match=r"kg:father has two rdfs:comment"):
        load([own])


def test_two_relations_of_one_name_are_refused(tmp_path: Path) -> None:
    own = write(tmp_path / "own", GOOD.replace("kg:rival", "<https://me.org/father>"))
    with pytest.raises(OntologyError, match=r"bears the name of <"):
        load([own])


def test_a_circle_of_relations_is_refused(tmp_path: Path) -> None:
    second = GOOD.replace("rival", "foe").replace("schema:knows", "kg:rival")
    own = write(tmp_path / "own", GOOD.replace("schema:knows", "kg:foe") + second)
    with pytest.raises(OntologyError, match="in a circle"):
        load([own])


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="nowhere: no such folder"):
        load([tmp_path / "nowhere"])
