"""DocumentGraph -> quads."""

import subprocess
import sys
from dataclasses import replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.model import DocumentGraph
from kg.store.iris import claims_graph, document_iri
from kg.store.quads import quads
from kg.vocabulary import DEFAULT_BASE, load
from tests.made import document, graph

WORDS = load()
KG = DEFAULT_BASE + "ns#"


def made(text: str | None = None) -> list[Quad]:
    return quads(graph(document(text) if text else None), WORDS)


def plain(found: list[Quad]) -> set[str]:
    """The asserted relations."""
    return {q.predicate.value.removeprefix(KG) for q in found if q.subject.value.startswith(DEFAULT_BASE + "person/")}  # type: ignore[union-attr]


def values(found: list[Quad], name: str) -> set[str]:
    return {str(q.object) for q in found if q.predicate.value.endswith(name)}


def test_no_blank_nodes_and_two_graphs() -> None:
    found = made()
    own = document_iri(DEFAULT_BASE, "story.txt")
    assert not any(isinstance(node, BlankNode) for q in found for node in (q.subject, q.object))
    assert {q.graph_name for q in found} == {own, claims_graph(own)}


def test_only_what_is_said_plainly_is_a_triple() -> None:
    assert "father" in plain(made("Tom | father | John"))
    for how in ("denied", "reported", "hedged", "future"):
        found = made(f"Tom | father | John | {how}")
        assert "father" not in plain(found)
        assert any(q.predicate.value == KG + "polarity" for q in found), "its claim is kept"
    assert "spouse" in plain(made("Tom | spouse | Ann | former"))


def test_an_inferred_fact_points_at_its_premise() -> None:
    found = made("Tom | father | John")
    (premise,) = values(found, "inferredFrom")
    assert any(str(q.subject) == premise and q.predicate.value == KG + "evidence" for q in found)
    assert "parent" in plain(found)


def test_a_premise_that_the_graph_leaves_out_is_written_all_the_same() -> None:
    whole = graph(document("Tom | father | John"))
    only = DocumentGraph(document=whole.document, entities=(), facts=whole.facts[1:])
    assert values(quads(only, WORDS), "inferredFrom") <= {str(q.subject) for q in quads(only, WORDS)}
    assert set(quads(only, WORDS)) == set(quads(whole, WORDS))


def test_evidence_is_the_sentence_at_its_offsets() -> None:
    made_document = document("Ann | spouse | Tom\nTom | father | Jöhn")
    found = quads(graph(made_document), WORDS)
    by_subject: dict[str, dict[str, str]] = {}
    for q in found:
        by_subject.setdefault(str(q.subject), {})[q.predicate.value.rsplit("#")[-1]] = getattr(q.object, "value", "")
    sentences = [fields for fields in by_subject.values() if "exact" in fields]
    assert len(sentences) == 2
    for fields in sentences:
        assert made_document.text[int(fields["start"]) : int(fields["end"])] == fields["exact"]


def test_values_are_typed_by_range_and_length() -> None:
    types = {"=1984": "gYear", "=1984-02": "gYearMonth", "=1984-02-03": "date", "=early spring": "string"}
    for value, wanted in types.items():
        (node,) = {q.object for q in made(f"Tom | birthDate | {value}") if q.predicate.value == KG + "birthDate"}
        assert isinstance(node, Literal)
        assert node.datatype.value.endswith("#" + wanted)
    (age,) = {q.object for q in made("Tom | age | =039") if q.predicate.value == KG + "age"}
    assert (age.value, age.datatype.value.rsplit("#")[-1]) == ("39", "integer")  # type: ignore[union-attr]


def test_a_position_is_described() -> None:
    found = made("Tom | position | =mayor, Leeds")
    assert values(found, "#role") == {'"mayor"'}
    assert values(found, "organisationName") == {'"Leeds"'}
    assert '"mayor, Leeds"' in values(found, "label")


def test_what_a_store_gives_back_is_what_was_written() -> None:
    """Oxigraph rewrites numbers: ours must be in its form already."""
    whole = graph()
    scores = [0.0, 1.0, 0.5, 0.97123, 0.00004]
    facts = tuple(replace(fact, score=scores[i % len(scores)]) for i, fact in enumerate(whole.facts))
    found = quads(replace(whole, facts=facts), WORDS)
    store = Store()
    store.extend(found)
    assert set(store) == set(found)


def test_facts_that_say_the_same_share_a_claim() -> None:
    found = made("Tom | father | John\nTom | father | John")
    assert len(values(found, "exact")) == 1
    assert len({q.subject for q in found if q.object == NamedNode(KG + "father")}) == 1
    assert len(values(found, "/ns#evidence")) == 2


def test_another_base() -> None:
    base = "https://me.org/"
    found = quads(graph(), load(None, base))
    assert all(q.predicate.value.startswith((base, "http://www.w3.org", "http://purl.org")) for q in found)


CODE = """
import hashlib
from kg.export import FORMATS
from kg.store.quads import quads
from kg.vocabulary import load
from tests.made import graph
words = load()
found = quads(graph(), words)
for form in FORMATS.values():
    text = form.graphs([graph()]) if form.graphs else form.readings([graph()], words) if form.readings else ()
    data = form.quads(found, "https://kg.example/") if form.quads else "".join(text).encode()
    print(form.name, hashlib.sha256(data).hexdigest())
"""


def test_same_bytes_whatever_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", CODE],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "31337")
    }
    assert len(outputs) == 1
