"""What each command says and writes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from pyoxigraph import RdfFormat, parse

import kg as package
from kg.ask.results import RESULTS
from kg.cli.asking import FORMATS as QUERY_FORMATS
from kg.cli.group import COMMANDS, cli
from kg.export import FORMATS
from kg.export.formats import RDF_FORMATS
from tests.cli.conftest import Kg

FATHERS = "SELECT ?child ?father WHERE { ?child kg:father ?father }"


# ------------------------------------------------------------------ help
def every_command() -> list[str]:
    found = []
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        found.append(name)
        if isinstance(command, click.Group):
            found += [f"{name} {inner}" for inner in command.commands]
    return found


@pytest.mark.parametrize("name", every_command())
def test_every_help_has_examples(name: str, kg: Kg) -> None:
    shown = kg(*name.split(), "--help")
    assert shown.code == 0
    assert re.search(r"Examples:\n(\s+.*kg .*\n)+", shown.out)
    assert not shown.err


def test_the_list_of_commands_says_what_the_commands_say(kg: Kg) -> None:
    shown = kg("--help").out
    for name, (_, line) in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command
        assert command.name == name
        assert command.short_help == line
        assert line in shown


def test_version(kg: Kg) -> None:
    assert package.__version__ in kg("--version").out


def test_wrong_usage_is_code_2(kg: Kg) -> None:
    for arguments in (
        ["nonsense"],
        ["add"],
        ["query"],
        ["query", "ASK {}", "--file", "x"],
        ["extract", "x", "-f", "foo"],
    ):
        ran = kg(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert "Usage: kg" in ran.err
    assert "Did you mean 'export'?" in kg("exprot").err


# ------------------------------------------------------------------ extract
@pytest.mark.parametrize("name", FORMATS)
def test_extract_in_every_format_to_stdout_and_to_a_file(name: str, kg: Kg) -> None:
    shown = kg("extract", "story.txt", "-f", name)
    assert (shown.code, shown.err) == (0, "")
    assert "King Charles III" in shown.out
    path = Path(f"out{FORMATS[name].suffixes[0]}")
    assert kg("extract", "story.txt", "-o", str(path)).out == ""
    assert path.read_text(encoding="utf-8") == shown.out
    assert sorted(one.name for one in Path().iterdir()) == sorted(["story.txt", path.name]), "no temporary file is left"


def test_extract_is_turtle_unless_told(kg: Kg) -> None:
    assert kg("extract", "story.txt").out == kg("extract", "story.txt", "-f", "turtle").out
    assert not Path("kg.store").exists()


def test_extract_and_store_give_the_same_bytes(filled: Kg) -> None:
    for name in RDF_FORMATS:
        assert filled("extract", "story.txt", "-f", name).out == filled("export", "-f", name).out


def test_a_failed_run_leaves_the_file_as_it_was(kg: Kg) -> None:
    Path("out.ttl").write_text("precious")
    assert kg("extract", "none.txt", "-o", "out.ttl").code == 1
    Path("bad.txt").write_bytes(b"\0")
    assert kg("extract", "bad.txt", "-o", "out.foo").code == 1


def test_output_into_a_missing_folder(kg: Kg) -> None:
    ran = kg("extract", "story.txt", "-o", "none/out.ttl")
    assert ran.code == 1
    assert "none/out.ttl: cannot be written: No such file or directory" in ran.err


def test_a_date_must_be_one(kg: Kg) -> None:
    assert kg("extract", "story.txt", "--date", "yesterday").code == 2
    assert '"2024-02-08"^^xsd:date' in kg("extract", "story.txt", "--date", "2024-02-08").out


# ------------------------------------------------------------------ add
def test_add_tells_what_became_of_each(kg: Kg) -> None:
    assert "1 document added: 5 people, 8 facts" in kg("add", "story.txt").err
    before = kg("export", "-f", "nquads").out
    again = kg("add", "story.txt")
    assert "1 document unchanged" in again.err
    assert "facts" not in again.err
    assert kg("export", "-f", "nquads").out == before
    Path("story.txt").write_text("Tom | father | John")
    assert "1 document replaced: 2 people, 2 facts" in kg("add", "story.txt").err
    assert "Harry" not in kg("export").out


def test_how_much_is_said(kg: Kg) -> None:
    assert kg("--quiet", "add", "story.txt").err == ""
    Path("nobody.txt").write_text("It rains.")
    ran = kg("--verbose", "add", "story.txt", "nobody.txt")
    assert "story.txt: unchanged" in ran.err
    assert "nobody.txt: no people found" in ran.err


def test_bad_sources_beside_good_ones(kg: Kg) -> None:
    Path("bad.txt").write_bytes(b"\0")
    ran = kg("add", "bad.txt", "story.txt", "none.txt")
    assert ran.code == 1
    assert ran.err.count("Error:") == 2
    assert "1 document added" in ran.err


def test_a_text_that_became_empty_is_emptied(filled: Kg) -> None:
    Path("story.txt").write_text(" \n")
    Path("other.txt").write_text("Tom | father | John")
    ran = filled("add", "story.txt", "other.txt")
    assert ran.code == 0
    assert "story.txt: this text is empty" in ran.err
    assert "Harry" not in filled("export").out


# ------------------------------------------------------------------ ask, query, show, export, stats
def test_ask(filled: Kg) -> None:
    lines = filled("ask", "father", "prince harry").out.splitlines()
    assert lines[0].split("\t")[0] == "name"
    assert lines[1].startswith("King Charles III\t")
    assert "Prince Harry | father | King Charles III" in lines[1], "the sentence that says so"
    assert filled("ask", "father", "Trevor").err == "No answer in this graph.\n"
    assert filled("ask", "father", "Harry", "-f", "csv").out.startswith("name,")


def test_ask_lists_its_questions(kg: Kg) -> None:
    assert re.search(r"^father PERSON +Who is the father", kg("ask").out, re.MULTILINE)


def test_ask_takes_questions_of_ones_own(filled: Kg) -> None:
    Path("mine/questions").mkdir(parents=True)
    Path("mine/questions/all.rq").write_text(
        "# title: Who?\nSELECT ?n WHERE { ?x a kg:Person ; rdfs:label ?n } ORDER BY ?n"
    )
    assert filled("ask", "all", "--ontology", "mine").out.splitlines()[1] == "King Charles III"
    assert "all" in filled("ask", "--ontology", "mine").out


def test_ask_in_english(filled: Kg) -> None:
    ran = filled("ask", "Who is Prince Harry's father?")
    assert ran.out == filled("ask", "father", "Prince Harry").out
    assert ran.err == "kg ask father 'Prince Harry'\n\n"
    assert filled("ask", "who", "is", "Harry", "married", "to", "-f", "csv").out.splitlines()[1].startswith("Meghan")
    ran = filled("ask", "how are Harry and Meghan Markle related?")
    assert ran.out == filled("related", "Harry", "Meghan Markle").out
    assert ran.err == "kg related Harry 'Meghan Markle'\n\n"
    assert filled("ask", "how are Harry and Trevor related?", "-f", "csv").out.startswith("first,through,second")
    assert "VALUES ?person" in filled("ask", "father", "Harry", "--sparql").out
    for text, said in (("who is Megan's father", "Meghan Markle"), ("why?", "kg ask"), ("the cousinry", "kg ask")):
        ran = filled("ask", text)
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err


def test_ask_takes_questions_dropped_into_a_folder(filled: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(Path("settings").resolve()))
    text = """# title: Who is called …?
# parameters: name:text
# asks: who is called {name}
SELECT ?x { ?x rdfs:label ?name }"""
    for folder, name in (("settings/kg/questions", "called"), ("mine", "named")):
        Path(folder).mkdir(parents=True)
        Path(folder, f"{name}.rq").write_text(text)
    assert filled("ask", "called", "Trevor").out.startswith("x\nperson:trevor-")
    assert filled("ask", "who is called Trevor?").err.startswith("kg ask called Trevor")
    assert filled("ask", "named", "Trevor", "--questions", "mine").out.startswith("x\nperson:trevor-")
    assert filled("ask", "called", "Trevor", "--questions", "mine").code == 1
    monkeypatch.setenv("KG_QUESTIONS", "mine")
    assert "named NAME" in filled("ask").out


def test_query_in_a_pipe_and_in_every_format(filled: Kg) -> None:
    assert filled("query", FATHERS).out.splitlines()[0] == "child\tfather"
    assert filled("query", FATHERS, "-f", "csv").out.startswith("child,father\r\n")
    assert json.loads(filled("query", FATHERS, "-f", "json").out)["results"]["bindings"]
    assert "King Charles III" in filled("query", FATHERS, "-f", "table").out
    turtle = filled("query", "CONSTRUCT WHERE { ?x kg:father ?y }").out
    assert len(list(parse(turtle.encode(), format=RdfFormat.TURTLE))) == 1
    assert filled("query", "DESCRIBE ?x WHERE { ?x rdfs:label 'Trevor' }").out.startswith("@prefix")
    assert set(QUERY_FORMATS) == {*RESULTS, "turtle", "table"}
    for wrong in ("turtle", "ntriples"):
        assert filled("query", FATHERS, "-f", wrong).code == 1
    for wrong in ("csv", "table"):
        assert filled("query", "CONSTRUCT WHERE { ?x ?y ?z }", "-f", wrong).code == 1


def test_ask_queries_and_exit_codes(filled: Kg) -> None:
    yes, no = "ASK { ?x kg:father ?y }", "ASK { ?x kg:father ?x }"
    assert [(ran.out, ran.code) for ran in (filled("query", yes), filled("query", no))] == [
        ("true\n", 0),
        ("false\n", 0),
    ]
    assert [filled("query", query, "--exit").code for query in (yes, no)] == [0, 1]


def test_query_of_files_needs_no_store(kg: Kg) -> None:
    kg("extract", "story.txt", "-o", "graph.ttl")
    assert kg("query", "--data", "graph.ttl", "ASK { ?x kg:father ?y }").out == "true\n"
    Path("fathers.rq").write_text(FATHERS)
    assert len(kg("query", "--data", "graph.ttl", "--file", "fathers.rq").out.splitlines()) == 2


def test_show(filled: Kg) -> None:
    text = filled("show", "harry").out
    assert text.splitlines()[:2] == ["Prince Harry", "  in story.txt"]
    for wanted in ("    also: Harry\n", "    gender: male\n", "    father: King Charles III\n", " (denied)\n"):
        assert wanted in text
    assert text.index("father:") < text.index("Prince\n"), "kin before the rest"
    assert "parent:" not in text, "father says it"


def test_people_of_one_name_share_a_heading(filled: Kg) -> None:
    Path("other.txt").write_text("Prince Harry | mother | Diana")
    filled("add", "other.txt")
    text = filled("show", "Prince Harry").out
    assert text.count("Prince Harry\n") == 1
    assert text.index("in other.txt") < text.index("in story.txt")


def test_export_by_suffix(filled: Kg) -> None:
    for name in RDF_FORMATS:
        path = f"graph{FORMATS[name].suffixes[0]}"
        assert filled("export", "-o", path).code == 0
        assert Path(path).read_text(encoding="utf-8") == filled("export", "-f", name).out
    assert filled("export", "-o", "graph.jsonl").code == 1


def test_stats(filled: Kg) -> None:
    assert re.search(r"^ +5  people$", filled("stats").out, re.MULTILINE)


def test_ontology(kg: Kg) -> None:
    assert re.search(r"^father +Person +Person +", kg("ontology", "list").out, re.MULTILINE)
    assert "inverse: child" in kg("ontology", "show", "parent").out
    assert kg("ontology", "check").code == 0
    unknown = kg("ontology", "show", "fahter")
    assert (unknown.code, "father" in unknown.err) == (1, True)
    Path("mine").mkdir()
    Path("mine/bad.ttl").write_text("@prefix kg: <https://kg.example/ns#> .\nkg:rival a ")
    broken = kg("ontology", "check", "--ontology", "mine")
    assert broken.code == 1
    assert "mine/bad.ttl" in broken.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, kg: Kg) -> None:
    assert "_KG_COMPLETE" in kg("completion", shell).out


def test_settings_are_heard(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("kg.toml").write_text('store = "from-file"\nnamespace = "https://me.org/"')
    kg("add", "story.txt")
    assert Path("from-file/kg-store.json").exists()
    monkeypatch.setenv("KG_STORE", "from-environment")
    kg("add", "story.txt")
    assert Path("from-environment").exists()
    kg("add", "story.txt", "--store", "from-flag")
    assert Path("from-flag").exists()
    assert "@prefix kg: <https://me.org/ns#>" in kg("export", "--store", "from-flag").out
    Path("kg.toml").unlink()
    assert kg("query", "ASK { ?x kg:father ?y }", "--store", "from-flag").out == "true\n", "the store knows its own"


# ------------------------------------------------------------------ a terminal, and Python
def test_a_table_on_a_terminal(filled: Kg) -> None:
    import pty

    read, write = pty.openpty()
    subprocess.run([sys.executable, "-m", "kg", "query", FATHERS], stdout=write, check=True, timeout=60)
    shown = os.read(read, 10_000).decode()
    assert "King Charles III" in shown
    assert "1 row" in shown
    assert "\t" not in shown


def test_from_python(filled: Kg) -> None:
    graph = package.open("kg.store")
    assert bool(graph.query("ASK { ?x kg:father ?y }"))
    assert graph.export("turtle").decode() == filled("export").out
    graph.save("graph.nt")
    assert Path("graph.nt").read_bytes() == graph.export("ntriples")
    with pytest.warns(DeprecationWarning, match="deprecated"):  # rdflib's own
        assert len(list(graph.to_rdflib().quads())) == len(graph.export("nquads").splitlines())


def test_query_as_ndjson_and_markdown(filled: Kg) -> None:
    asked = "SELECT ?name ?born WHERE { ?x rdfs:label ?name OPTIONAL { ?x kg:nothing ?born } } ORDER BY ?name LIMIT 1"
    name = json.loads(filled("query", asked, "-f", "ndjson").out)["name"]
    assert filled("query", asked, "-f", "markdown").out.splitlines() == [
        "| name | born |",
        "| --- | --- |",
        f"| {name} |  |",
    ]


def test_query_with_a_value_given_apart(filled: Kg) -> None:
    asked = "SELECT ?name WHERE { ?x rdfs:label ?name ; kg:father ?y }"
    assert filled("query", asked, "--bind", "name=Prince Harry").out == "name\nPrince Harry\n"
    assert filled("query", asked, "--bind", 'name=" } #').out == "name\n"


def test_a_query_that_takes_too_long_is_stopped(filled: Kg) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
    command = (sys.executable, "-c", "from kg.cli import main; main()", "query", endless, "--time-out", "1")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "took longer than 1 s" in done.stderr


def test_how_much_is_said_may_stand_behind_the_command(kg: Kg) -> None:
    assert "story.txt: added" in kg("--verbose", "add", "story.txt", "--store", "a").err
    assert "story.txt: added" in kg("add", "-v", "story.txt", "--store", "b").err
    assert "1 document added" in kg("add", "story.txt", "--store", "c").err
    assert kg("add", "story.txt", "--store", "d", "-q").err == ""
    assert kg("ontology", "list", "-q").code == 0
    assert "-v, --verbose" not in kg("add", "--help").out
