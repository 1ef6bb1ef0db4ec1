"""One term's block of Turtle, asked field by field; what is missing or double is said with file and term."""

from dataclasses import dataclass

from kg.errors import OntologyError
from kg.vocabulary.names import RDF, RDFS, TERMS, local
from kg.vocabulary.turtle import Terms


@dataclass(frozen=True, slots=True)
class Block:
    """A view on one subject. owner: the term that an error shall name, where the subject is a bracketed node."""

    terms: Terms
    base: str
    subject: str
    owner: str = ""

    @property
    def kg(self) -> str:
        return self.base + TERMS

    @property
    def name(self) -> str:
        return local(self.subject)

    @property
    def file(self) -> str:
        return str(self.terms.files[self.subject])

    def error(self, message: str, *, hint: str = "") -> OntologyError:
        owner = self.owner or self.subject
        shown = f"kg:{owner.removeprefix(self.kg)}" if owner.startswith(self.kg) else f"<{owner}>"
        return OntologyError(f"{self.file}: {shown} {message}", hint=hint)

    def known(self, iri: str) -> bool:
        """Whether some file says what this term is."""
        return RDF + "type" in self.terms.said.get(iri, {})

    def one_text(self, predicate: str, shown: str, *, hint: str = "") -> str:
        """The only text of a property that must be there.

        Raises:
            OntologyError: there is none, or there are two.
        """
        found = self.terms.texts(self.subject, predicate)
        if len(found) != 1 or not found[0].strip():
            problem = f"has no {shown}" if not any(found) else f"has two {shown}: {found[0]!r} and {found[-1]!r}"
            raise self.error(problem, hint=hint)
        return found[0]

    def one_iri(self, predicate: str, shown: str, *, hint: str = "") -> str:
        """The only IRI of a property that must be there.

        Raises:
            OntologyError: there is none, or there are two.
        """
        found = self.terms.iris(self.subject, predicate)
        if len(found) != 1:
            problem = f"has no {shown}" if not found else f"has two {shown}: {local(found[0])} and {local(found[1])}"
            raise self.error(problem, hint=hint)
        return found[0]

    def label(self) -> str:
        return self.one_text(RDFS + "label", "rdfs:label", hint='write rdfs:label "…"@en')

    def comment(self) -> str:
        return self.one_text(RDFS + "comment", "rdfs:comment", hint="say in one sentence what the term means")

    def names(self, predicate: str) -> tuple[str, ...]:
        """Local names of the objects that are terms of ours, sorted.

        Raises:
            OntologyError: one of them is in our namespace but nowhere declared.
        """
        own = [iri for iri in self.terms.iris(self.subject, predicate) if self._own(iri)]
        for iri in own:
            if not self.known(iri):
                raise self.error(f"names kg:{local(iri)}, which no file declares")
        return tuple(sorted(map(local, own)))

    def foreign(self, predicate: str) -> tuple[str, ...]:
        """The objects that are other vocabularies' terms, sorted."""
        return tuple(sorted(iri for iri in self.terms.iris(self.subject, predicate) if not self._own(iri)))

    def _own(self, iri: str) -> bool:
        return iri.startswith(self.kg) or self.known(iri)
