"""kg export"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import NAMESPACE, ONTOLOGY, OUTPUT, STORE, options, settings_from, write
from kg.errors import FormatError
from kg.export import FORMATS, format_for
from kg.export.formats import RDF_FORMATS
from kg.export.graphs import GRAPHS, graph_format
from kg.export.tree import TREES
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.store.interface import Store

PAGE = "html"
"""The page of kg serve as one file; of it kg.serve knows, not kg.export."""

GEDCOM = tuple(name for name, one in TREES.items() if ".ged" in one.suffixes or name.startswith("gedcom"))
EVERY = (*RDF_FORMATS, *GRAPHS, *GEDCOM, PAGE)
HTML, GED = (".html", ".htm"), ".ged"


@click.command("export", short_help="Write the graph as Turtle, JSON-LD, GraphML, GEDCOM, …")
@click.option("-f", "--format", "name", type=click.Choice(EVERY), help="[default: FILE's suffix, else turtle]")
@options(OUTPUT, STORE, ONTOLOGY, NAMESPACE)
def command(name: str | None, output: str | None, **flags: object) -> None:
    """Write the whole graph. The same graph gives the same bytes.

    nquads, trig and jsonld keep apart what each document says and come back whole with kg import; turtle, ntriples and
    rdfxml merge it. graphml, gexf, csv, neo4j and cypher hold people and things as nodes, and what the graph asserts
    between them as edges; they lose what it does not assert. csv and neo4j are two tables in a folder. gedcom (5.5.1)
    and gedcom7 hold people, their parents, children, couples and dates, and nothing else. html is the page of kg serve
    as one file that needs no server, for graphs of up to some thousand people.

    \b
    Examples:
      kg export > graph.ttl
      kg export -f nquads | gzip > graph.nq.gz
      kg export -o graph.graphml
      kg export -f csv -o tables/
      kg export -o family.ged
    """
    from kg.store.opening import open_read_only

    chosen = name or _by_suffix(output)
    settings = settings_from(**flags)
    opened = open_read_only(settings.store, settings.namespace)
    if chosen == PAGE:
        from kg.serve.standalone import standalone

        write(output, standalone(opened, settings.ontology))
    elif chosen in GEDCOM:
        write(output, _gedcom(opened, settings, chosen))
    elif chosen in GRAPHS:
        _network(opened, chosen, output)
    else:
        write(output, _rdf(opened, chosen))


def _by_suffix(output: str | None) -> str:
    if not output or output == "-":
        return "turtle"
    if output.lower().endswith(HTML):
        return PAGE
    if output.lower().endswith(GED):
        return GEDCOM[0]
    found = graph_format(output)
    return found.name if found else format_for(output, RDF_FORMATS).name


def _rdf(opened: "Store", name: str) -> Iterable[bytes]:
    """In one piece, or as it comes where the format permits."""
    from kg.store.whole import by_graph, quad_lines, triple_lines

    form = FORMATS[name]
    if form.quad_lines:
        return form.quad_lines(quad_lines(opened), opened.base)
    if form.triple_lines:
        return form.triple_lines(triple_lines(opened), opened.base)
    if form.groups:
        return form.groups(by_graph(opened), opened.base)
    quads = [quad for group in by_graph(opened) for quad in group]
    return [form.quads(quads, opened.base)] if form.quads else []


def _gedcom(opened: "Store", settings: Settings, name: str) -> Iterator[bytes]:
    from kg import build
    from kg.ask.families import everybody
    from kg.ask.kinship import load
    from kg.ask.nodes import rows
    from kg.ask.ties import Ties
    from kg.export.tree import Drawing

    ties = Ties(graph=opened.graph, base=opened.base, kinship=load(build.vocabulary(settings, opened.base)))
    people = {row["x"].value for row in rows(opened.graph, "SELECT ?x WHERE { ?x a kg:Person }", opened.base)}
    drawing = Drawing(family=everybody(ties, sorted(people)), down=True, up=True)
    return (text.encode() for text in TREES[name].write(drawing))


def _network(opened: "Store", name: str, output: str | None) -> None:
    from kg.export.network import network
    from kg.store.whole import by_graph

    form = GRAPHS[name]
    found = network((quad for group in by_graph(opened) for quad in group), opened.base)
    if form.text:
        write(output, (text.encode() for text in form.text(found)))
    elif form.files:
        _folder(output, form.files(found), name)


def _folder(output: str | None, files: Mapping[str, Iterator[str]], name: str) -> None:
    """Writes several files, each of which is as before or complete.

    Raises:
        FormatError: no folder is named.
    """
    if not output or output == "-":
        raise FormatError(
            f"{name} is {len(files)} files", hint=f"name a folder for them: kg export -f {name} -o tables/"
        )
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormatError(f"{output}: cannot be made: {error.strerror or error}", hint="name a folder") from error
    for file, lines in files.items():
        write(str(folder / file), (line.encode() for line in lines))
