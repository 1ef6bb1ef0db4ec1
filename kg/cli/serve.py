"""kg serve"""

import os
import secrets
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.serve.options import Options

TOKEN = "KG_TOKEN"
MIB = 1 << 20
SIZES = {"request": "max_request", "answer": "max_answer", "memory": "memory"}


@click.command("serve", short_help="Serve the graph: a page, and a SPARQL endpoint.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8421, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", metavar="HOST", multiple=True, help="A Host name that it is called by, too.")
@click.option("--cors", "origins", metavar="ORIGIN", multiple=True, help="A web page that may ask; * for all.")
@click.option("--writable", is_flag=True, help="Take updates, with the token in KG_TOKEN, or one made up and shown.")
@click.option("--time-out", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds a request.")
@click.option("--workers", type=click.IntRange(1, 256), help="Queries at once.  [default: two a core]")
@click.option("--waiting", type=click.IntRange(0), default=1000, show_default=True, help="Further requests that wait.")
@click.option("--max-request", type=click.IntRange(1), default=64, show_default=True, help="MiB of a request.")
@click.option("--max-answer", type=click.IntRange(1), default=1024, show_default=True, help="MiB of an answer.")
@click.option("--memory", type=click.IntRange(64), default=2048, show_default=True, help="MiB that a query may take.")
@click.option("--own-default-graph", is_flag=True, help="A pattern without GRAPH sees the default graph only.")
@options(STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(console: Console, /, **flags: object) -> None:
    """Serve the graph to people at http://127.0.0.1:8421/ and to programs at /sparql (SPARQL 1.1 Protocol) and /store
    (Graph Store Protocol), until Ctrl-C. Only this machine can reach it unless --host says otherwise. A query may not
    fetch from elsewhere, and is stopped after --time-out.

    \b
    Examples:
      kg serve
      kg serve --store family.store --port 9000
      KG_TOKEN=secret kg serve --writable
      curl http://127.0.0.1:8421/sparql --data-urlencode 'query=SELECT * { ?child kg:father ?father }'
    """
    from kg.serve.server import listening, run

    chosen = _options(flags)
    opened = listening(chosen)
    chosen = replace(chosen, port=opened.getsockname()[1])
    if chosen.writable and not os.environ.get(TOKEN):
        console.say(f"Token for changes: {chosen.token}")
    if not chosen.local:
        console.remark("Whoever reaches this address can read the graph; put a proxy with TLS before it.")
    console.say(f"Serving {chosen.store} at {chosen.url}  (stop it with Ctrl-C)")
    run(chosen, opened, console.remark)


def _options(flags: dict[str, object]) -> "Options":
    """The server's options; the store is looked at, so that a wrong one is told at once."""
    from kg.serve.options import Options, usual_workers
    from kg.store.opening import open_read_only, open_to_write

    settings = settings_from(**flags)
    if not isinstance(settings.store, Path):
        hint = "whoever asks it can do so there; to serve a copy: kg export -f nquads and kg import"
        raise KgError(f"{settings.store}: kg serve serves a folder of this machine", hint=hint)
    if flags["writable"]:
        with open_to_write(settings.store, settings.namespace) as writable:
            base = writable.base
    else:
        base = open_read_only(settings.store, settings.namespace).base
    alike = {field.name for field in fields(Options)} & set(flags) - {"store", "ontology", "workers", *SIZES}
    sizes = {key: int(str(flags[name])) * MIB for key, name in SIZES.items()}
    return Options(
        store=settings.store,
        base=base,
        ontology=settings.ontology,
        union=not flags["own_default_graph"],
        workers=int(str(flags["workers"] or usual_workers())),
        token=os.environ.get(TOKEN) or secrets.token_urlsafe(24),
        **{name: flags[name] for name in alike},  # type: ignore[arg-type]
        **sizes,  # type: ignore[arg-type]
    )
