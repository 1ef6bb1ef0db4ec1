"""kg import"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from, write
from kg.errors import FormatError
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.imports.storing import Imported
    from kg.vocabulary import Vocabulary

MOST_TOLD = 12
"""Properties that are told of what was not understood; --unmapped writes all of it."""


@click.command("import", short_help="Take RDF of others, or of kg, into the store.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Import nothing if any triple has no place.")
@click.option("--unmapped", metavar="FILE", help="Write the triples that have no place, as N-Quads.")
@click.option("--no-infer", is_flag=True, help="Do not add what follows (parent from father, child from parent, …).")
@click.option("--dry-run", is_flag=True, help="Only tell what would be imported.")
@options(STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(
    console: Console,
    /,
    files: tuple[str, ...],
    strict: bool,
    unmapped: str | None,
    no_infer: bool,
    dry_run: bool,
    **flags: object,
) -> None:
    """Take RDF into the store: in kg's own terms, or in those of schema.org, FOAF, the Relationship vocabulary or
    Wikidata (wdt:), as the ontology aligns them (ontology/*.ttl, ontology/imports.toml). Each file becomes a document
    with graphs of its own, and each fact keeps the triple that it was read from. Importing a file again replaces what
    it said. Triples that have no place are counted and told; nothing is fetched. What kg export wrote comes back as it
    was. All files are imported, or none.

    \b
    Examples:
      kg import family.ttl
      kg import people.jsonld --unmapped rest.nq
      kg import graph.nq --store copy.store
    """
    from kg import build
    from kg.imports.storing import store
    from kg.store.opening import open_to_write

    settings = settings_from(**flags)
    words = build.vocabulary(settings, _base(settings))
    found = list(_prepared(console, words, files, infer=not no_infer))
    console.done()
    for one in found:
        for line in _told(one):
            console.remark(line)
    if unmapped:
        write(unmapped, (f"{quad} .\n".encode() for one in found for quad, _ in one.unmapped))
    left = sum(len(one.unmapped) for one in found)
    if strict and left:
        hint = "leave --strict out to import the rest; --unmapped FILE writes them"
        raise FormatError(f"{left} triples have no place; nothing was imported", hint=hint)
    if not dry_run:
        with open_to_write(settings.store, settings.namespace) as opened:
            store(opened, words.base, found, console.progress)
        console.done()


def _prepared(console: Console, words: "Vocabulary", files: tuple[str, ...], infer: bool) -> "Iterator[Imported]":
    from kg.imports.storing import prepare
    from kg.imports.terms import load

    foreign = load(words)
    for file in files:
        console.progress(f"reading {file} …")
        yield prepare(Path(file), foreign, words, infer)


def _base(settings: Settings) -> str:
    """The namespace of the store, if there is one with something in it."""
    from kg.errors import StoreMissing
    from kg.store.opening import exists, open_read_only

    try:
        return open_read_only(settings.store).base if exists(settings.store) and not settings.namespace else ""
    except StoreMissing:
        return ""


def _told(one: "Imported") -> Iterator[str]:
    """What became of a file, and what has no place."""
    how = "restored" if one.restored else "imported"
    people = f"{one.people} {'person' if one.people == 1 else 'people'}"
    yield f"{one.identity}: {how} {people}, {one.facts} {'claims' if one.restored else 'facts'}"
    counted = one.counted()
    if counted:
        triples = len(one.unmapped)
        yield f"  {triples} triple{'' if triples == 1 else 's'} without a place here:"
    for property_, reason, number in counted[:MOST_TOLD]:
        yield f"    {number} × <{property_}>: {reason}"
    if counted[MOST_TOLD:]:
        yield f"    … and of {len(counted) - MOST_TOLD} more properties (--unmapped FILE writes all)"
