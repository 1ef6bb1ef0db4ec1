"""Ties between people, read from a graph a whole frontier at a time: one query for thousands of people.

A graph may hold a tie from either side only, as imported ones do, so both are asked for. People whom a graph calls the
same (owl:sameAs, or one skos:exactMatch) are tied by a step without letters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.ask.kinship import Kinship
from kg.ask.query import run
from kg.dataset import Dataset
from kg.family import Person
from kg.model import Gender
from kg.vocabulary.names import OUTSIDE, OWL, RDFS, TERMS, local

LABEL = RDFS + "label"
GENDERS: dict[str, Gender] = {"male": "male", "female": "female"}
SAME = (OWL + "sameAs", OUTSIDE["skos"] + "exactMatch")

# A filter, not VALUES: Oxigraph joins two lists of VALUES with the whole of the data.
FORWARD = "SELECT ?a ?p ?b WHERE { VALUES ?a { %s } ?a ?p ?b FILTER(?p IN (%s)) }"
BACKWARD = "SELECT ?a ?p ?b WHERE { VALUES ?a { %s } ?b ?p ?a FILTER(?p IN (%s)) }"
ENDED = """SELECT ?a ?p ?b WHERE { VALUES ?a { %s } ?claim rdf:subject ?a ; kg:phase kg:former ;
  kg:polarity kg:affirmed ; kg:modality kg:stated ; rdf:predicate ?p ; rdf:object ?b FILTER(?p IN (%s)) }"""
BATCH = 2000
"""People in one query."""


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """A step from one person to another. inverse: the graph says it of `other`. letters: "" for one and the same."""

    person: str
    other: str
    letters: str
    relation: str
    inverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """A graph as a web of kin. base: its namespace."""

    graph: Dataset
    base: str
    kinship: Kinship

    def of(self, people: Iterable[str], letters: str = "") -> list[Tie]:
        """All ties of these people, each once, sorted.

        Args:
            letters: only ties of one of these letters; "" for all ties, and for sameness.
        """

        def wanted(found: str) -> bool:
            return not letters or (len(found) == 1 and found in letters)

        people = list(people)
        steps = {iri: found for iri, found in self.kinship.steps.items() if wanted(found)}
        # What a tie is from its other end may be asked for, too: a child's parent for a parent's child.
        back = {iri: self.kinship.back(found) for iri, found in self.kinship.steps.items()}
        back = {iri: found for iri, found in back.items() if wanted(found)}
        found = {Tie(a, b, steps[p], p) for a, p, b in self._rows(FORWARD, people, steps)}
        found |= {Tie(a, b, back[p], p, inverse=True) for a, p, b in self._rows(BACKWARD, people, back)}
        found |= set() if letters else set(self.same(people))
        return sorted(tie for tie in found if tie.person != tie.other)

    def same(self, people: Iterable[str]) -> list[Tie]:
        """Ties between IRIs of one and the same person, or from them to the hub that they share."""
        people = list(people)
        found = {Tie(a, b, "", p) for a, p, b in self._rows(FORWARD, people, SAME)}
        return sorted(found | {Tie(a, b, "", p, inverse=True) for a, p, b in self._rows(BACKWARD, people, SAME)})

    def people(self, iris: Iterable[str]) -> dict[str, Person]:
        """Who these are; of several dates the most exact one, of several names the first by alphabet. A gender that
        nobody tells outright follows from what they are to others: a father is male."""
        iris = list(iris)
        fields = {LABEL: "name", self.base + TERMS + "gender": "gender"}
        fields |= {iri: when for when, iri in self.kinship.dates.items()}
        said: dict[str, dict[str, list[str]]] = {}
        for a, p, b in self._rows(FORWARD, iris, fields):
            said.setdefault(a, {}).setdefault(fields[p], []).append(b)
        for a, p, _ in self._rows(BACKWARD, [iri for iri in said if "gender" not in said[iri]], self.kinship.genders):
            said[a].setdefault("gender", []).append(self.kinship.genders[p])
        return {iri: _person(iri, told) for iri, told in said.items()}

    def ended(self, iris: Iterable[str]) -> set[tuple[str, str]]:
        """The pairs of whom a text says that what they were is over, both ways round."""
        couples = [iri for iri, letters in self.kinship.steps.items() if letters in ("s", "p")]
        found = {(a, b) for a, _, b in self._rows(ENDED, iris, couples)}
        return found | {(b, a) for a, b in found}

    def _rows(self, query: str, people: Iterable[str], predicates: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        told = ", ".join(f"<{iri}>" for iri in sorted(predicates))
        everybody = sorted(set(people))
        for at in range(0, len(everybody), BATCH):
            some = " ".join(str(NamedNode(iri)) for iri in everybody[at : at + BATCH])
            answer = run(self.graph, query % (some, told), self.base)
            for row in answer if isinstance(answer, QuerySolutions) else ():
                yield text_of(row["a"]), text_of(row["p"]), text_of(row["b"])


def text_of(node: object) -> str:
    """An IRI or a literal's text; "" for anything else."""
    return node.value if isinstance(node, NamedNode | Literal) else ""


def _person(iri: str, fields: dict[str, list[str]]) -> Person:
    told = {GENDERS[local(one)] for one in fields.get("gender", ()) if local(one) in GENDERS}
    return Person(
        iri=iri,
        name=min(fields.get("name", ()), default=local(iri)),
        gender=told.pop() if len(told) == 1 else "",
        born=_exact(fields.get("born", ())),
        died=_exact(fields.get("died", ())),
    )


def _exact(dates: Sequence[str]) -> str:
    return min(dates, key=lambda date: (-len(date), date), default="")
