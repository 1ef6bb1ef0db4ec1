"""The words of a fact on the command line -> the relation, and the nodes of the store at its two ends."""

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UnknownName
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.ask.explain import Asked, Node
    from kg.model import RelationType
    from kg.store.interface import Store
    from kg.vocabulary import Vocabulary

PERSON = "Person"
NAMED = """SELECT DISTINCT ?node ?name WHERE {
  ?claim rdf:predicate <%s> ; rdf:%s ?node . ?node rdfs:label|skos:altLabel ?name }"""


def relation_named(words: "Vocabulary", text: str) -> "RelationType":
    """A relation by name, label or IRI: parentInLaw, "parent-in-law", kg:parentInLaw.

    Raises:
        UnknownName: there is none; offers the nearest.
    """
    from kg.store.find import folded

    bare = text.removeprefix("kg:").strip("<>")
    found = words.relations.get(bare) or words.relation_of(bare)
    if found:
        return found
    by_label = {_plain(folded(one.label)): one for one in words.relations.values()}
    by_label |= {_plain(folded(one.name)): one for one in words.relations.values()}
    wanted = _plain(folded(text))
    if wanted in by_label:
        return by_label[wanted]
    near = [by_label[one].name for one in difflib.get_close_matches(wanted, by_label, 3, 0.6)]
    hint = f"did you mean {', '.join(dict.fromkeys(near))}?" if near else "see them all with: kg ontology list"
    raise UnknownName(f"there is no relation {text!r}", hint=hint)


def _plain(text: str) -> str:
    return text.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Ends:
    """Looks up the ends of facts of one relation."""

    opened: "Store"
    settings: Settings
    relation: "RelationType"

    def subjects(self, text: str) -> list[str]:
        """IRIs of those of whom the name may speak.

        Raises:
            UnknownName: nobody and nothing bears the name.
        """
        iri = self._iri(text)
        if iri:
            return [iri]
        return self._people(text) if self.relation.domain == PERSON else self._others(text)

    def objects(self, text: str | None) -> "Asked":
        """What tells whether a node is the object of that name; None for any object.

        Raises:
            UnknownName: the object must be a person, and nobody bears the name.
        """
        from kg.store.find import folded

        if text is None:
            return lambda _node, _name: True
        iri = self._iri(text)
        iris = {iri} if iri else set(self._people(text)) if self.relation.range == PERSON else set()
        wanted = folded(text)

        def asked(node: "Node", name: str) -> bool:
            return node.value in iris or (not iris and wanted in (folded(name), folded(node.value)))

        return asked

    # -------------------------------------------------------------- inside
    def _iri(self, text: str) -> str:
        """An IRI written in full, in brackets or with a known prefix; else ""."""
        from kg.vocabulary.names import prefixes

        prefix, colon, rest = text.partition(":")
        known = prefixes(self.opened.base)
        if text.startswith("<") and text.endswith(">"):
            return text[1:-1]
        if colon and rest.startswith("//"):
            return text
        return known[prefix] + rest if colon and prefix in known and " " not in rest else ""

    def _people(self, text: str) -> list[str]:
        from kg.cli.people import finder

        return [node.value for node in finder(self.opened, self.settings)(text)]

    def _others(self, text: str) -> list[str]:
        from kg.ask.nodes import rows
        from kg.store.find import folded, nearest

        query = NAMED % (self.relation.iri, "subject")
        names: dict[str, set[str]] = {}
        for row in rows(self.opened.graph, query, self.opened.base):
            names.setdefault(row["name"].value, set()).add(row["node"].value)
        found = sorted({iri for name, iris in names.items() if folded(name) == folded(text) for iri in iris})
        if not found:
            near = nearest(text, names)
            hint = f"the nearest names: {', '.join(near)}" if near else "nothing here has this relation"
            raise UnknownName(f"nothing in this graph that has a {self.relation.label} is called {text!r}", hint=hint)
        return found
