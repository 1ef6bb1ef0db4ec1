"""kg ontology"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, options, settings_from
from kg.errors import UnknownName

if TYPE_CHECKING:
    from kg.model import RelationType


@click.group("ontology", short_help="List, show or check the relations.")
def command() -> None:
    """List, show or check the relations that kg reads, asks and reasons with; print what other programs need of them.

    \b
    Examples:
      kg ontology list
      kg ontology show father
      kg ontology check --ontology my-relations/
    """


@command.command("list")
@options(ONTOLOGY, NAMESPACE)
def list_(**flags: object) -> None:
    """List the relations: name, from, to, meaning.

    \b
    Examples:
      kg ontology list
      kg ontology list --ontology my-relations/
    """
    from kg import build
    from kg.cli.tables import columns

    relations = build.vocabulary(settings_from(**flags)).relations.values()
    for line in columns([(one.name, one.domain, one.range, one.comment) for one in relations]):
        click.echo(line)


@command.command()
@click.argument("name")
@options(ONTOLOGY, NAMESPACE)
def show(name: str, **flags: object) -> None:
    """Show one relation: what it means, what it follows from, its words and examples.

    \b
    Examples:
      kg ontology show father
    """
    import difflib

    from kg import build

    relations = build.vocabulary(settings_from(**flags)).relations
    if name not in relations:
        near = difflib.get_close_matches(name, relations, 3, 0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "see them all with: kg ontology list"
        raise UnknownName(f"there is no relation {name!r}", hint=hint)
    for line in _described(relations[name]):
        click.echo(line)


def _described(relation: "RelationType") -> Iterator[str]:
    yield f"{relation.name}  <{relation.iri}>"
    yield f"  {relation.comment}"
    fields = {
        "from": relation.domain,
        "to": relation.range,
        "narrows": ", ".join(relation.parents),
        "inverse": relation.inverse,
        "symmetric": "yes" if relation.symmetric else "",
        "gender": relation.gender,
        "follows from": "; ".join(" of ".join(reversed(chain)) for chain in relation.chains),
        "never with": ", ".join(relation.disjoint),
        "Wikidata": ", ".join(relation.wikidata),
        "file": relation.file,
    }
    yield from (f"  {name}: {text}" for name, text in fields.items() if text)
    for cue in relation.cues:
        behind = f" + {'/'.join(cue.prepositions)}" if cue.prepositions else ""
        yield f"  words ({cue.frame}{', reversed' if cue.reversed else ''}): {', '.join(cue.words)}{behind}"
    for example in relation.examples:
        yield f"  “{example.text}”"
        yield from (f"    gives {triple}" for triple in example.gives)
        yield from (f"    does not give {triple}" for triple in example.gives_not)


@command.command()
@options(ONTOLOGY, NAMESPACE)
@click.pass_obj
def check(console: Console, /, **flags: object) -> None:
    """Check that the ontology and its questions are sound; say what is wrong, and where.

    \b
    Examples:
      kg ontology check
      kg ontology check --ontology my-relations/
    """
    from pyoxigraph import Store

    from kg import build
    from kg.ask import questions
    from kg.ask.query import run

    words = build.vocabulary(settings_from(**flags))
    saved = questions.load(words.files("questions/*.rq"))
    for question in saved.values():
        questions.check(question, lambda sparql: run(Store(), sparql, words.base))
    cues = sum(len(relation.cues) for relation in words.relations.values())
    examples = sum(len(relation.examples) for relation in words.relations.values())
    console.remark(
        f"The ontology is sound: {len(words.relations)} relations, {len(words.classes)} classes, {cues} sets of cue "
        f"words, {examples} examples, {len(saved)} questions."
    )


@command.command()
@options(ONTOLOGY, NAMESPACE)
def context(**flags: object) -> None:
    """Print the JSON-LD context: the names that kg export -f jsonld uses. With it, JSON of your own is RDF.

    \b
    Examples:
      kg ontology context > context.jsonld
    """
    import json

    from kg import build
    from kg.export import jsonld

    found = {"@context": jsonld.context(build.vocabulary(settings_from(**flags)))}
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@command.command()
@options(ONTOLOGY, NAMESPACE)
def shapes(**flags: object) -> None:
    """Print the SHACL shapes that kg validate checks, as N-Triples for any other SHACL processor.

    \b
    Examples:
      kg ontology shapes > shapes.nt
    """
    from kg import build
    from kg.validate.shapes import shapes as made

    for line in sorted(
        f"{t.subject} {t.predicate} {t.object} ." for t in made(build.vocabulary(settings_from(**flags)))
    ):
        click.echo(line)
