"""The W3C's SPARQL 1.1 tests through kg serve, beside bare pyoxigraph.   python -m bench.w3c [FOLDER] [-v]

FOLDER holds the tests (w3c/rdf-tests, sparql/sparql11); else $KG_SHARED/w3c/sparql11, else ../shared/w3c/sparql11.
Fails when a test that bare pyoxigraph passes fails through kg serve, or a protocol test fails.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from bench import w3c_protocol
from tests.serving import TOKEN, Served, serving

ROOT = Path(__file__).resolve().parent.parent
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")

FOLDERS = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation"),
    *("project-expression", "property-path", "subquery", "json-res", "syntax-query"),
)
BEARER = {"authorization": f"Bearer {TOKEN}"}
POSITIVE, NEGATIVE = MF.PositiveSyntaxTest11, MF.NegativeSyntaxTest11


@dataclass(slots=True)
class Tally:
    """Names of tests by what became of them."""

    passed: dict[str, set[str]] = field(default_factory=lambda: {"bare": set(), "served": set()})
    failed: set[str] = field(default_factory=set)
    total: int = 0

    def note(self, name: str, bare: bool, served: bool) -> None:
        self.total += 1
        self.failed |= set() if bare or served else {name}
        self.passed["bare"] |= {name} if bare else set()
        self.passed["served"] |= {name} if served else set()

    @property
    def lost(self) -> set[str]:
        return self.passed["bare"] - self.passed["served"]


@dataclass(frozen=True, slots=True)
class Case:
    """One query test. data: files of the default graph; named: of graphs by their IRI; result: a file, or None."""

    name: str
    kind: URIRef
    query: Path
    data: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    result: Path | None = None


def cases(folder: Path) -> Iterator[Case]:
    """The query tests of a manifest."""
    manifest = Graph().parse(folder / "manifest.ttl", publicID=(folder / "manifest.ttl").as_uri())
    for entries in manifest.objects(None, MF.entries):
        for test in Collection(manifest, entries):
            kind: Any = manifest.value(test, RDF.type)
            action: Any = manifest.value(test, MF.action)
            name = f"{folder.name}/{str(test).rpartition('#')[2]}"
            if kind in (POSITIVE, NEGATIVE):
                yield Case(name, kind, _path(action))
            elif kind == MF.QueryEvaluationTest and not manifest.value(action, QT.serviceData):
                parts = {key: tuple(map(_path, manifest.objects(action, QT[key]))) for key in ("data", "graphData")}
                query, result = _path(manifest.value(action, QT.query)), _path(manifest.value(test, MF.result))
                yield Case(name, kind, query, parts["data"], parts["graphData"], result)


def _path(node: object) -> Path:
    return Path(ox.NamedNode(str(node)).value.removeprefix("file://"))


# ------------------------------------------------------------------ running
def bare(case: Case, text: str) -> object:
    """What pyoxigraph says by itself; None for an error."""
    store = ox.Store()
    for path in case.data:
        store.load(path=path, base_iri=path.as_uri())
    for path in case.named:
        store.load(path=path, base_iri=path.as_uri(), to_graph=ox.NamedNode(path.as_uri()))
    try:
        answer = store.query(text)
        if isinstance(answer, ox.QueryTriples):
            return canonical(answer)
        written = answer.serialize(format=ox.QueryResultsFormat.JSON)
        return rows(ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON))
    except (SyntaxError, RuntimeError, ValueError, OSError):
        return None


def served(case: Case, text: str, server: Served) -> object:
    """What the endpoint says; None for a status that is not 200."""
    if case.kind == MF.QueryEvaluationTest:
        server.ask("DELETE", "/store", headers=BEARER)
    for path, graph in [*((path, "default") for path in case.data), *((path, "graph") for path in case.named)]:
        where = f"graph={quote(path.as_uri(), safe='')}" if graph == "graph" else "default"
        media = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}[path.suffix]
        data = path.read_bytes()
        if path.suffix == ".ttl":  # the default graph has no address that a relative IRI could build on
            data = f"@base <{path.as_uri()}> .\n".encode() + data
        answer = server.ask("POST", f"/store?{where}", data, {"content-type": media, **BEARER})
        assert answer.status in (201, 204), (path, answer)
    accept = "application/sparql-results+json, application/n-triples"
    headers = {"content-type": "application/sparql-query", "accept": accept}
    answer = server.ask("POST", "/sparql", text.encode(), headers)
    if answer.status != 200:
        return None
    if answer.type.startswith("application/n-triples"):
        return canonical(quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES))
    return rows(ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON))


# ------------------------------------------------------------------ comparing
def canonical(triples: Iterator[ox.Triple]) -> frozenset[str]:
    """A graph whose blank nodes have canonical names, and whose numbers have one form: 1.0 is 1.00."""
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def rows(answer: object) -> object:
    """True or False, or the rows as a graph of one blank node a row, so that their own blank nodes may differ."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    found = []
    for row in answer:
        node = ox.BlankNode()
        found.append(ox.Triple(node, ox.NamedNode("urn:row"), ox.Literal("")))
        bound = [name for name in names if row[name] is not None]
        found += [ox.Triple(node, ox.NamedNode(f"urn:column:{name}"), row[name]) for name in bound]
    return canonical(iter(found))


def expected(path: Path) -> object:
    """The result that the test's authors want."""
    form = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON}.get(path.suffix)
    if form is not None:
        return rows(ox.parse_query_results(path=path, format=form))
    parsed = Graph().parse(path)
    for table in parsed.subjects(RDF.type, RS.ResultSet):
        return _table(parsed, table)
    return canonical(quad.triple for quad in ox.parse(path=path, base_iri=path.as_uri()))


def _table(parsed: Graph, table: Any) -> object:
    boolean = parsed.value(table, RS.boolean)
    if boolean is not None:
        return bool(boolean.toPython())
    lines = []
    for number, solution in enumerate(parsed.objects(table, RS.solution)):
        lines.append(f'_:row{number} <urn:row> "" .')
        for binding in parsed.objects(solution, RS.binding):
            name: Any = parsed.value(binding, RS.variable)
            value: Any = parsed.value(binding, RS.value)
            lines.append(f"_:row{number} <urn:column:{name}> {value.n3()} .")
    return canonical(quad.triple for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES))


def judged(case: Case, got: object) -> bool:
    """Whether what an engine said is what the test wants."""
    if case.kind == POSITIVE:
        return got is not None
    if case.kind == NEGATIVE:
        return got is None
    assert case.result is not None
    return got is not None and got == expected(case.result)


# ------------------------------------------------------------------ the report
def evaluate(tests: Path, server: Served) -> dict[str, Tally]:
    """Runs the query tests on both."""
    tallies = {"query evaluation": Tally(), "query syntax": Tally()}
    for folder in FOLDERS:
        for case in cases(tests / folder):
            text = f"BASE <{case.query.as_uri()}>\n{case.query.read_text(encoding='utf-8')}"
            kind = "query evaluation" if case.kind == MF.QueryEvaluationTest else "query syntax"
            tallies[kind].note(case.name, judged(case, bare(case, text)), judged(case, served(case, text, server)))
    return tallies


def main() -> int:
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    named = [one for one in sys.argv[1:] if one != "-v"]
    tests = Path(named[0]) if named else shared / "w3c" / "sparql11"
    if not tests.is_dir():
        print(f"No tests: {tests} is not there. Name the folder, or set KG_SHARED.")
        return 0
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(folder / "w3c.store", folder, "--writable", "--own-default-graph") as server:
            for kind, tally in evaluate(tests.resolve(), server).items():
                counts = {engine: len(names) for engine, names in tally.passed.items()}
                print(f"{kind:18s} {tally.total} tests: pyoxigraph {counts['bare']}, kg serve {counts['served']}")
                if "-v" in sys.argv:
                    print("".join(f"  both fail: {one}\n" for one in sorted(tally.failed)), end="")
                print("".join(f"  lost: {one}\n" for one in sorted(tally.lost)), end="")
                bad += len(tally.lost)
            for kind, results in w3c_protocol.run(tests, server).items():
                print(f"{kind:18s} {len(results)} tests: kg serve {sum(not why for why in results.values())}")
                print("".join(f"  failed: {one}: {why}\n" for one, why in results.items() if why), end="")
                bad += sum(bool(why) for why in results.values())
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
