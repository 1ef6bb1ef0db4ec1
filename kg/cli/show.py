"""kg show"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from

if TYPE_CHECKING:
    from kg.ask.person import Known, Said
    from kg.dataset import Dataset
    from kg.vocabulary import Vocabulary


@click.command("show", short_help="Show all that is known of one person, with quotes.")
@click.argument("name")
@options(STORE, ONTOLOGY, NAMESPACE)
def command(name: str, **flags: object) -> None:
    """Show all that is known of the people of this name: other names, kin, titles and more, each with the sentence
    that says so. Case, accents and titles before the name do not matter.

    \b
    Examples:
      kg show "Meghan Markle"
      kg show harry --store family.store
    """
    from kg import build
    from kg.ask.person import known
    from kg.cli.people import finder
    from kg.store.opening import open_read_only

    settings = settings_from(**flags)
    opened = open_read_only(settings.store, settings.namespace)
    people = [known(opened.graph, person, opened.base) for person in finder(opened, settings)(name)]
    words = build.vocabulary(settings, opened.base)
    people.sort(key=lambda one: (one.name, one.document))
    for number, (shown, same) in enumerate(groupby(people, key=lambda one: one.name)):
        if number:
            click.echo()
        click.secho(shown, bold=True)
        for one in same:
            for line in _lines(one, words, _wikidata(opened.graph, one.iri)):
                click.echo(line)


def _wikidata(graph: "Dataset", person: str) -> str:
    """The item that the person is linked to, with its label, or ""."""
    from pyoxigraph import Literal, NamedNode

    from kg.store.iris import LABEL, outside
    from kg.vocabulary.names import local

    for link in graph.quads_for_pattern(NamedNode(person), outside("skos", "exactMatch"), None, None):
        if isinstance(link.object, NamedNode):
            labels = [q.object.value for q in graph.quads_for_pattern(link.object, LABEL, None, link.graph_name)
                      if isinstance(q.object, Literal)]  # fmt: skip
            return " ".join(filter(None, [local(link.object.value), min(labels, default="")]))
    return ""


def _lines(person: "Known", words: "Vocabulary", wikidata: str) -> Iterator[str]:
    from kg.ask.person import most_specific

    yield f"  in {person.document or 'an unknown document'}"
    if person.aliases:
        yield f"    also: {', '.join(person.aliases)}"
    if person.gender:
        yield f"    gender: {person.gender}"
    if wikidata:
        yield f"    Wikidata: {wikidata}"
    said = most_specific(person.said, _above(words))
    family = {relation.iri for relation in words.relations.values() if relation.family}
    for kin in (True, False):
        chosen = [one for one in said if (one.relation in family) == kin]
        yield from _claims(chosen, lambda iri: _label(words, iri))
    if not said:
        yield "    nothing else is known"


def _claims(said: "Sequence[Said]", label: Callable[[str], str]) -> Iterator[str]:
    for one in sorted(said, key=lambda one: (label(one.relation), one.object, one.how)):
        how = f" ({', '.join(one.how)})" if one.how else ""
        yield f"    {label(one.relation)}: {one.object}{click.style(how, dim=True) if how else ''}"
        for quote in one.quotes:
            yield f"      “{quote}”"


def _label(words: "Vocabulary", iri: str) -> str:
    relation = words.relation_of(iri)
    return relation.label if relation else iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _above(words: "Vocabulary") -> dict[str, frozenset[str]]:
    """IRI of a relation -> IRIs of all that are more general."""

    def above(name: str, seen: frozenset[str]) -> frozenset[str]:
        parents = [
            parent for parent in words.relations[name].parents if parent in words.relations and parent not in seen
        ]
        found = frozenset(words.relations[parent].iri for parent in parents)
        return found.union(*(above(parent, seen | {parent}) for parent in parents))

    return {relation.iri: above(name, frozenset({name})) for name, relation in words.relations.items()}
