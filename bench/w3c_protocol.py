"""The W3C's tests of the SPARQL Protocol, the Graph Store Protocol and the service description, by a manifest."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from rdflib import RDF, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from tests.serving import TOKEN, Answer, Served

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

MANIFESTS = {
    "protocol": "protocol/manifest.ttl",
    "graph store": "graph-store-protocol/manifest-indirect.ttl",
    "graph store direct": "graph-store-protocol/manifest-direct.ttl",
}
STATUS = {
    "OK": "200",
    "Created": "201",
    "NoContent": "204",
    "NotFound": "404",
    "BadRequest": "400",
    **{f"StatusCode{digit}xx": f"{digit}.." for digit in "2345"},
}
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}
BEARER = {"authorization": f"Bearer {TOKEN}"}


def run(tests: Path, server: Served) -> dict[str, dict[str, str]]:
    """Kind of test -> name -> why it failed, or ""."""
    found = {kind: dict(_manifest(tests / path, server)) for kind, path in MANIFESTS.items()}
    return {**found, "service description": dict(_description(server))}


def _manifest(path: Path, server: Served) -> Iterator[tuple[str, str]]:
    manifest = Graph().parse(path, publicID=path.as_uri())
    for entries in manifest.objects(None, MF.entries):
        for test in Collection(manifest, entries):
            server.ask("DELETE", "/store", headers=BEARER)
            for data in manifest.objects(test, UT.graphData):
                _load(server, str(manifest.value(data, RDFS.label)), str(manifest.value(data, UT.graph)))
            requests: Any = manifest.value(manifest.value(test, MF.action), HT.requests)
            yield str(test).rpartition("#")[2], _exchange(manifest, Collection(manifest, requests), server)


def _load(server: Served, graph: str, file: str) -> None:
    body = Path(file.removeprefix("file://")).read_bytes()
    headers = {"content-type": "application/n-triples", **BEARER}
    assert server.ask("PUT", f"/store?graph={quote(graph, safe='')}", body, headers).status == 201


def _exchange(manifest: Graph, requests: Collection, server: Served) -> str:
    location = ""
    for number, request in enumerate(requests):
        answer = _send(manifest, request, location, server)
        location = answer.headers.get("location", location)
        why = _judge(manifest, manifest.value(request, HT.resp), answer)
        if why:
            return f"request {number + 1}: {why}"
    return ""


def _send(manifest: Graph, request: Any, location: str, server: Served) -> Answer:
    path = str(manifest.value(request, HT.absolutePath)).replace("$LOCATION$", quote(location, safe=""))
    path = re.sub(r"^/gsp", "/store", path)
    headers = _headers(manifest, request)
    content = manifest.value(request, HT.body)
    body = b""
    if content is not None:
        encoding = str(manifest.value(content, CNT.characterEncoding) or "UTF-8")
        body = str(manifest.value(content, CNT.chars)).replace("\\r", "\r").encode(encoding)
    return server.ask(str(manifest.value(request, HT.methodName)), path, body, {**headers, **BEARER})


def _headers(manifest: Graph, message: Any) -> dict[str, str]:
    listed = manifest.value(message, HT.headers)
    fields: Any = Collection(manifest, listed) if listed is not None else []
    pairs = ((manifest.value(one, HT.fieldName), manifest.value(one, HT.fieldValue)) for one in fields)
    return {str(name).lower(): str(value) for name, value in pairs}


# ------------------------------------------------------------------ judging
def _judge(manifest: Graph, wanted: Any, answer: Answer) -> str:
    statuses = [str(one).rpartition("#")[2] for one in manifest.objects(wanted, MF.expectedStatus)]
    if not any(re.fullmatch(STATUS[one], str(answer.status)) for one in statuses):
        return f"status {answer.status}, not one of {', '.join(statuses)}: {answer.text[:200]}"
    form = manifest.value(wanted, MF.expectedFormat)
    if form is not None and not answer.type.startswith(FORMATS[str(form)]):
        return f"type {answer.type}"
    boolean = manifest.value(wanted, MF.expectedBoolean)
    if isinstance(boolean, Literal) and json.loads(answer.body)["boolean"] != boolean.toPython():
        return f"not {boolean}"
    return _judge_graph(manifest, wanted, answer)


def _judge_graph(manifest: Graph, wanted: Any, answer: Answer) -> str:
    media = _headers(manifest, wanted).get("content-type", "")
    if media and not answer.type.startswith(media.split(";")[0]):
        return f"type {answer.type}, not {media}"
    content = manifest.value(wanted, HT.body)
    if content is None or not media.startswith("text/turtle"):
        return ""
    expected = Graph().parse(data=str(manifest.value(content, CNT.chars)), format="turtle")
    got = Graph().parse(data=answer.body, format="turtle")
    return "" if isomorphic(expected, got) else f"another graph: {answer.text}"


def _description(server: Served) -> Iterator[tuple[str, str]]:
    answer = server.ask("GET", "/sparql", headers={"accept": "text/turtle"})
    rdf = answer.status == 200 and answer.type.startswith("text/turtle")
    yield "returns-rdf", "" if rdf else f"{answer.status} {answer.type}"
    graph = Graph().parse(data=answer.body, format="turtle")
    endpoints = {urlsplit(str(one)).path for one in graph.objects(None, SD.endpoint)}
    yield "has-endpoint-triple", "" if endpoints == {"/sparql"} else str(endpoints)
    services = list(graph.subjects(RDF.type, SD.Service))
    complete = len(services) == 1 and list(graph.objects(services[0], SD.defaultDataset))
    yield "conforms-to-schema", "" if complete else "no service with a default dataset"
