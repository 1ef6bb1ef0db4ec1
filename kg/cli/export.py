"""kg export"""

import click

from kg.cli.options import NAMESPACE, OUTPUT, STORE, options, settings_from, write
from kg.export import FORMATS, format_for
from kg.export.formats import RDF_FORMATS

PAGE = "html"
"""The page of kg serve as one file; of it kg.serve knows, not kg.export."""


@click.command("export", short_help="Write the graph as Turtle, JSON-LD, …")
@click.option(
    "-f", "--format", "name", type=click.Choice((*RDF_FORMATS, PAGE)), help="[default: FILE's suffix, else turtle]"
)
@options(OUTPUT, STORE, NAMESPACE)
def command(name: str | None, output: str | None, **flags: object) -> None:
    """Write the whole graph. The same graph gives the same bytes. nquads, trig and jsonld keep apart what each
    document says; the others merge it. html is the page of kg serve as one file that needs no server, for graphs of up
    to some thousand people.

    \b
    Examples:
      kg export > graph.ttl
      kg export -o graph.jsonld
      kg export -f nquads | gzip > graph.nq.gz
      kg export -o graph.html
    """
    from kg.store.opening import open_read_only, translated
    from kg.store.quads import sort_key

    if not name and output and output.lower().endswith((".html", ".htm")):
        name = PAGE
    if not name:
        name = format_for(output, RDF_FORMATS).name if output and output != "-" else "turtle"
    settings = settings_from(**flags)
    opened = open_read_only(settings.store, settings.namespace)
    if name == PAGE:
        from kg.serve.standalone import standalone

        write(output, standalone(opened, settings.ontology))
        return
    with translated(settings.store):
        quads = sorted(opened.graph, key=sort_key)
    writer = FORMATS[name].quads
    if writer:
        write(output, [writer(quads, opened.base)])
