"""Every row of FORMATS: what is written says the same to a parser that is not ours."""

import io
import json

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import FormatError
from kg.export import FORMATS, format_for
from kg.export.formats import RDF_FORMATS
from kg.export.turtle import streamed, trig, turtle
from kg.sorting import Sorter
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE, load
from tests.made import document, graph

# rdflib's own parsers use what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

WORDS = load()
FOUND = quads(graph(), WORDS) + quads(graph(document("Ann | sibling | Tom", "b.txt")), WORDS)
RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
WITH_GRAPHS = ("trig", "nquads", "jsonld")


def written(name: str) -> bytes:
    writer = FORMATS[name].quads
    assert writer
    return writer(FOUND, DEFAULT_BASE)


def by_rdflib(data: bytes, form: str, graphs: bool) -> set[tuple[str, ...]]:
    """What rdflib reads, as N-Triples terms without the datatype that RDF 1.1 lets a plain text leave out."""
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=data, format=form)
    found: set[tuple[str, ...]] = set()
    for subject, predicate, object_, name in dataset.quads():
        terms = [
            term.n3().replace("^^<http://www.w3.org/2001/XMLSchema#string>", "")
            for term in (subject, predicate, object_)
        ]
        found.add((*terms, f"<{name}>" if graphs else ""))
    return found


def ours(graphs: bool) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for quad in FOUND:
        object_ = quad.object
        if isinstance(object_, Literal):
            kind = None if object_.datatype.value.endswith("#string") else rdflib.URIRef(object_.datatype.value)
            shown = rdflib.Literal(object_.value, datatype=kind, normalize=False).n3()
        else:
            shown = str(object_)
        found.add((str(quad.subject), str(quad.predicate), shown, str(quad.graph_name) if graphs else ""))
    return found


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_rdflib_reads_the_same(name: str) -> None:
    graphs = name in WITH_GRAPHS
    assert by_rdflib(written(name), RDFLIB[name], graphs) == ours(graphs)


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_oxigraph_reads_the_same(name: str) -> None:
    read = set(parse(written(name), format=OXIGRAPH[name]))
    assert read == (set(FOUND) if name in WITH_GRAPHS else {Quad(*quad.triple) for quad in FOUND})


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_the_order_of_the_quads_does_not_matter_once_sorted(name: str) -> None:
    assert written(name) == written(name)


def test_every_suffix_leads_to_one_format() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert format_for("a/b/graph.TTL").name == "turtle"
    with pytest.raises(FormatError, match="no format has the suffix") as raised:
        format_for("graph.foo")
    assert ".ttl" in raised.value.hint


# ------------------------------------------------------------------ Turtle to read
def test_turtle_goes_from_people_to_claims() -> None:
    text = turtle(FOUND, DEFAULT_BASE)
    places = [text.index(f"# ---- {section}") for section in ("people", "organisations", "documents", "claims")]
    assert places == sorted(places)
    names = [
        text.index(f'rdfs:label "{name}"') for name in ("Ann", "King Charles III", "Meghan Markle", "Prince Harry")
    ]
    assert names == sorted(names)


def test_evidence_stands_right_behind_its_first_claim() -> None:
    blocks = turtle(FOUND, DEFAULT_BASE).split("\n\n")
    claims = [i for i, block in enumerate(blocks) if "a kg:Claim" in block and "kg:evidence" in block]
    assert all("a kg:Evidence" in blocks[i + 1] for i in claims)


def test_a_person_reads_as_one_would_write_it() -> None:
    text = turtle(FOUND, DEFAULT_BASE)
    block = next(block for block in text.split("\n\n") if 'label "Prince Harry"' in block)
    verbs = [line.split()[0] for line in block.splitlines()[1:]]
    assert verbs == [
        "rdfs:label", "skos:altLabel", "kg:gender", "kg:father", "kg:parent", "kg:spouse", "kg:honorificPrefix",
    ]  # fmt: skip


def test_only_prefixes_that_are_used() -> None:
    head = turtle(FOUND, DEFAULT_BASE).split("\n\n")[0]
    assert "foaf" not in head
    assert f"@prefix person: <{DEFAULT_BASE}person/> ." in head


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NODES = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text: Literal(text, language="en"), TEXTS),
    st.sampled_from(["integer", "decimal", "boolean", "date", "gYear"]).flatmap(
        lambda kind: st.sampled_from(["1", "-2.50", ".5", "true", "1984", "x", "", "1e3", "+7"]).map(
            lambda text: Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
        )
    ),
    st.text("abcXYZ019._-~:/é·ʹ中", max_size=8).map(lambda name: NamedNode(f"{DEFAULT_BASE}person/{name}")),
)


@given(st.lists(NODES, min_size=1, max_size=4))
def test_turtle_and_trig_keep_any_term(nodes: list[Literal | NamedNode]) -> None:
    subject, predicate = NamedNode(DEFAULT_BASE + "person/a"), NamedNode("http://example.org/p")
    found = [Quad(subject, predicate, node, NamedNode("http://example.org/g")) for node in nodes]
    assert set(parse(turtle(found, DEFAULT_BASE), format=RdfFormat.TURTLE)) == {Quad(*quad.triple) for quad in found}
    assert set(parse(trig(found, DEFAULT_BASE), format=RdfFormat.TRIG)) == set(found)


def as_lines(found: list[Quad]) -> list[bytes]:
    with Sorter(100) as sorter:
        serialize((quad.triple for quad in found), sorter.file, format=RdfFormat.N_TRIPLES)
        return [line + b"\n" for line in sorter]


def test_what_is_written_as_it_comes_is_the_same() -> None:
    assert b"".join(streamed(as_lines(FOUND), DEFAULT_BASE)).decode() == turtle(FOUND, DEFAULT_BASE)


@given(st.lists(st.tuples(st.sampled_from("abc"), NODES), max_size=8))
def test_any_term_is_written_the_same_as_it_comes(said: list[tuple[str, Literal | NamedNode]]) -> None:
    predicate = NamedNode("http://example.org/p")
    found = [Quad(NamedNode(f"{DEFAULT_BASE}person/{name}"), predicate, node) for name, node in said]
    assert b"".join(streamed(as_lines(found), DEFAULT_BASE)).decode() == turtle(found, DEFAULT_BASE)


@given(TEXTS)
def test_rdflib_reads_any_text(text: str) -> None:
    found = [Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(text))]
    (object_,) = rdflib.Graph().parse(data=turtle(found, DEFAULT_BASE), format="turtle").objects()
    assert str(object_) == text


# ------------------------------------------------------------------ facts for programs and for people
def test_a_line_is_a_fact_of_the_line_format() -> None:
    made = document("Tom | father | John | denied\nTom | position | =mayor, Leeds")
    writer = FORMATS["jsonl"].graphs
    assert writer
    father, position = (json.loads(line) for line in writer([graph(made, inferred=False)]))
    assert (father["document"], father["relation"], father["polarity"]) == ("story.txt", "father", "denied")
    assert (father["subject"]["name"], father["object"]["name"]) == ("Tom", "John")
    assert father["according_to"] is None
    (evidence,) = father["evidence"]
    assert made.text[evidence["start"] : evidence["end"]] == "Tom | father | John | denied"
    for side in ("subject", "object"):
        start, end = evidence[side]
        assert made.text[start:end] == father[side]["name"]
    assert position["object"]["value"] == {"role": "mayor", "org": "Leeds"}


def test_a_table_shows_status_and_quote() -> None:
    writer = FORMATS["table"].graphs
    assert writer
    text = "".join(writer([graph(document("Tom | father | John | denied"))]))
    assert text.splitlines()[0] == "story.txt"
    assert "Tom      father    John" in text
    assert "denied" in text


def test_documents_that_say_nothing_give_no_table() -> None:
    writer = FORMATS["table"].graphs
    assert writer
    assert "".join(writer([graph(document("Nothing."))])) == ""


def test_bytes_are_utf_8_without_escapes() -> None:
    assert "Zoë O'Brien" in written("turtle").decode()
    assert io.BytesIO(written("jsonld")).read().endswith(b"\n")
