"""One block of Turtle -> one RelationType. What needs the other relations (closure, cross-checks) is in loading."""

import difflib
from collections.abc import Mapping
from typing import get_args

from kg.model import Cue, Example, Gender, Phase, RelationType
from kg.vocabulary.blocks import Block
from kg.vocabulary.names import LITERAL_KINDS, OWL, RDF, RDFS, WIKIDATA, local

CUE_KEYS = ("frame", "word", "preposition", "reversed", "bearer", "phase")
EXAMPLE_KEYS = ("text", "gives", "givesNot")
GENDERS: Mapping[str, Gender] = {gender: gender for gender in get_args(Gender) if gender}
PHASES: Mapping[str, Phase] = {phase: phase for phase in get_args(Phase)}
EXAMPLE_HINT = 'write kg:example [ kg:text "Tom met Ann." ; kg:gives "Tom | relation | Ann" ], or kg:givesNot'


def relation_type(block: Block, frames: Mapping[str, bool]) -> RelationType:
    """The relation that a block declares.

    Args:
        frames: the frame classes that a cue may name -> whether they need a preposition.

    Raises:
        OntologyError: something is missing, double or unknown.
    """
    terms, subject, kg = block.terms, block.subject, block.kg
    cues = tuple(_cue(block, node, frames) for node in terms.blanks(subject, kg + "cue"))
    examples = tuple(_example(block, node) for node in terms.blanks(subject, kg + "example"))
    _must_show(block, cues, examples)
    inverses = block.names(OWL + "inverseOf")
    if len(inverses) > 1:
        raise block.error(f"has two owl:inverseOf: {' and '.join(inverses)}")
    return RelationType(
        name=block.name,
        iri=subject,
        label=block.label(),
        comment=block.comment(),
        domain=_class(block, "domain"),
        range=_range(block),
        parents=block.names(RDFS + "subPropertyOf"),
        inverse=inverses[0] if inverses else "",
        symmetric=OWL + "SymmetricProperty" in terms.iris(subject, RDF + "type"),
        gender=_gender(block, kg + "ofGender"),
        chains=_chains(block),
        disjoint=block.names(OWL + "propertyDisjointWith"),
        at_most=_at_most(block),
        family=terms.true(subject, kg + "family"),
        wikidata=_wikidata(block),
        cues=cues,
        examples=examples,
        file=block.file,
    )


def _class(block: Block, field: str) -> str:
    iri = block.one_iri(RDFS + field, f"rdfs:{field}", hint=f"write rdfs:{field} kg:Person, or another class")
    if OWL + "Class" not in block.terms.iris(iri, RDF + "type"):
        raise block.error(f"has rdfs:{field} {local(iri)}, which is no class of the ontology")
    return local(iri)


def _range(block: Block) -> str:
    iri = block.one_iri(RDFS + "range", "rdfs:range", hint="write rdfs:range kg:Person, kg:Place, xsd:date, …")
    return LITERAL_KINDS.get(iri) or _class(block, "range")


def _gender(block: Block, predicate: str) -> Gender:
    found = block.terms.iris(block.subject, predicate)
    if not found:
        return ""
    gender = GENDERS.get(local(found[0]))
    if gender is None or len(found) > 1:
        raise block.error(f"has the gender {local(found[0])}", hint="write kg:male or kg:female, one of them")
    return gender


def _at_most(block: Block) -> int:
    found = block.terms.texts(block.subject, block.kg + "atMost")
    if not found:
        return 0
    if len(found) > 1 or not found[0].isdecimal():
        raise block.error(f"has kg:atMost {' and '.join(found)}", hint="write one whole number")
    return int(found[0])


def _chains(block: Block) -> tuple[tuple[str, ...], ...]:
    chains = []
    for predicate in (OWL + "propertyChainAxiom", block.kg + "distinctChain"):
        for head in block.terms.blanks(block.subject, predicate):
            chain = tuple(block.terms.members(head))
            if len(chain) < 2:
                raise block.error("has a chain of fewer than two relations")
            for iri in chain:
                if not block.known(iri):
                    raise block.error(f"has a chain over {local(iri)}, which no file declares")
            chains.append(tuple(map(local, chain)))
    return tuple(sorted(chains))


def _wikidata(block: Block) -> tuple[str, ...]:
    found = block.terms.iris(block.subject, block.kg + "wikidataProperty")
    for iri in found:
        if not (iri.startswith(WIKIDATA) and local(iri)[:1] == "P" and local(iri)[1:].isdigit()):
            raise block.error(f"has the Wikidata property <{iri}>", hint="write wd:P22, wd:P25, …")
    return tuple(sorted(map(local, found)))


def _only_keys(inner: Block, what: str, keys: tuple[str, ...]) -> None:
    for predicate in inner.terms.said.get(inner.subject, {}):
        name = predicate.removeprefix(inner.kg)
        if name not in keys:
            near = difflib.get_close_matches(local(name), keys, 1)
            hint = f"did you mean kg:{near[0]}?" if near else f"known: {', '.join(f'kg:{key}' for key in keys)}"
            raise inner.error(f"has {what} with the unknown field {local(name)}", hint=hint)


def _cue(block: Block, node: str, frames: Mapping[str, bool]) -> Cue:
    inner = Block(block.terms, block.base, node, owner=block.subject)
    kg, terms = block.kg, block.terms
    _only_keys(inner, "a cue", CUE_KEYS)
    frame = inner.one_text(kg + "frame", "kg:frame in a cue", hint=f"known frames: {', '.join(frames)}")
    if frame not in frames:
        raise inner.error(f"has a cue with the unknown frame {frame!r}", hint=f"known frames: {', '.join(frames)}")
    words = tuple(sorted(terms.texts(node, kg + "word")))
    if not all(words) or not words:
        raise inner.error(f"has a cue of frame {frame!r} without words", hint='write kg:word "…" , "…"')
    for word in words:
        # The matcher looks lemmas up in lower case, so such a word could never be found.
        if word != word.lower() or word != " ".join(word.split()):
            raise inner.error(f"has the cue word {word!r}", hint="write lemmas in lower case, one space between words")
    prepositions = tuple(sorted(terms.texts(node, kg + "preposition")))
    if frames[frame] and not prepositions:
        raise inner.error(f"has a cue of frame {frame!r} without kg:preposition", hint='write kg:preposition "to"')
    return Cue(
        frame=frame,
        words=words,
        prepositions=prepositions,
        reversed=terms.true(node, kg + "reversed"),
        bearer=_gender(inner, kg + "bearer"),
        phase=_phase(inner),
    )


def _phase(inner: Block) -> Phase:
    said = inner.terms.texts(inner.subject, inner.kg + "phase") or ["current"]
    phase = PHASES.get(said[0])
    if phase is None or len(said) > 1:
        raise inner.error(f"has a cue with the phase {said[0]!r}", hint=f"write one of {', '.join(PHASES)}")
    return phase


def _example(block: Block, node: str) -> Example:
    inner = Block(block.terms, block.base, node, owner=block.subject)
    _only_keys(inner, "an example", EXAMPLE_KEYS)
    text = inner.one_text(block.kg + "text", "kg:text in an example", hint=EXAMPLE_HINT)
    gives = tuple(sorted(block.terms.texts(node, block.kg + "gives")))
    gives_not = tuple(sorted(block.terms.texts(node, block.kg + "givesNot")))
    if not gives and not gives_not:
        raise inner.error(f"has an example that asks for nothing: {text!r}", hint=EXAMPLE_HINT)
    return Example(text=text, gives=gives, gives_not=gives_not)


def _must_show(block: Block, cues: tuple[Cue, ...], examples: tuple[Example, ...]) -> None:
    """A relation that is looked for in texts shows what it means and what it does not."""
    if not cues:
        return
    if not any(example.gives for example in examples):
        raise block.error("has cue words but no example of what they give", hint=EXAMPLE_HINT)
    if not any(example.gives_not for example in examples):
        raise block.error("has cue words but no example of what must not be read so", hint=EXAMPLE_HINT)
