"""The prompt of kg query -i, typed at through prompt_toolkit's pipe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.cli.asking import Asked
from kg.cli.console import Console
from kg.cli.prompt import Suggesting, complete, converse, terms_of
from kg.vocabulary import DEFAULT_BASE, load, prefixes

ENTER, TAB, END, ESCAPE, UP = "\r", "\t", "\x04", "\x1b", "\x1b[A"
TERMS = {"kg:father": "a man who has a child", "kg:fatherInLaw": "", "foaf:": "", "rdfs:label": ""}

Typed = Callable[..., tuple[str, str]]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types at the prompt; gives what was printed and what was remarked."""
    graph = Store()
    for number in (1, 2, 3):
        graph.add(Quad(NamedNode(f"x:{number}"), NamedNode("x:p"), Literal(number)))

    def typed(*keys: str) -> tuple[str, str]:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text("".join(keys) + END)
            asked = Asked(graph=graph, base=DEFAULT_BASE, name="csv")
            converse(asked, lambda: TERMS, Console(), tmp_path / "state" / "history")
        said = capsys.readouterr()
        return said.out, said.err

    return typed


def test_a_query_over_several_lines(typed: Typed) -> None:
    out, err = typed("SELECT ?o {", ENTER, "  ?s <x:p> ?o", ENTER, "  FILTER(?o > 2)", ENTER, "}", ENTER)
    assert out == "o\r\n3\r\n"
    assert "Error" not in err


def test_an_error_is_told_and_the_next_query_is_taken(typed: Typed) -> None:
    out, err = typed("SELECT ?o { ?s foo:p ?o }", ENTER, "ASK { ?s ?p 1 }", ENTER)
    assert "unknown prefix foo:" in err
    assert out == "true\n"


def test_words_to_the_prompt(typed: Typed) -> None:
    ask = "SELECT ?o { ?s e:p ?o } ORDER BY ?o"
    out, err = typed(*(line + ENTER for line in (".prefix e=x:", ".limit 1", ask, ".format json", "ASK {}", ".bad")))
    assert out.startswith("o\r\n1\r\n{")
    assert '"boolean":true' in out
    assert ".bad is unknown" in err
    out, err = typed(
        ".help", ENTER, ".prefix", ENTER, ".explain ASK { ?s <x:p> ?o }", ENTER, ".exit", ENTER, ask, ENTER
    )
    assert ".limit" in out
    assert "foaf:" in out
    assert out.endswith("?s <x:p> ?o  3\n")
    assert "Error" in typed(".limit many", ENTER, ".format none", ENTER)[1]


def test_history_is_kept(typed: Typed) -> None:
    typed("SELECT ?o {", ENTER, "<x:1> ?p ?o }", ENTER)
    assert typed(UP, ENTER)[0] == "o\r\n1\r\n"


def test_tab_completes(typed: Typed) -> None:
    assert typed("ASK { ?s rdfs:la", TAB, " ?o }", ENTER)[0] == "false\n"


def test_what_is_offered() -> None:
    suggesting = Suggesting(lambda: TERMS)

    def offered(text: str) -> list[str]:
        return [one.text for one in suggesting.get_completions(Document(text, len(text)), CompleteEvent())]

    assert offered("ASK { ?child kg:fat") == ["kg:father", "kg:fatherInLaw"]
    assert offered("ASK { ?child kg:father ?c") == ["?child"]
    assert offered("ASK { ?x fo") == ["foaf:"]
    assert offered("SEL") == ["SELECT"]
    assert offered("ASK { FILTER(strs") == ["STRSTARTS("]
    assert offered(".fo") == [".format"]
    assert offered("ASK { ") == []


def test_the_ontology_gives_its_terms() -> None:
    found = terms_of(load(), prefixes(DEFAULT_BASE))
    assert found["kg:father"]
    assert {"kg:Person", "rdfs:label", "wd:"} <= set(found)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("", True),
        (".help", True),
        ("SELECT ?x", False),
        ("SELECT ?x {", False),
        ('ASK { ?x ?y "} }', False),
        ("ASK { ?x ?y ?z }", True),
        ("PREFIX a: <b:>", False),
        ("DESCRIBE kg:a", True),
        ("ASK { ?x ?y # }", False),
        ("ASK { ?x\n", True),
    ],
)
def test_when_enter_sends(text: str, sent: bool) -> None:
    assert complete(text) == sent
