"""Which words of a sentence carried a claim: those that mean its two sides, and the cue word of its rule."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence

from kg.ask.marking import CUE, NAME, Mark, forms, marks, phrases
from kg.ask.reasons import Reason, Sentence
from kg.vocabulary import Vocabulary

SUBJECT, OBJECT = "subject", "object"
KINDS = (SUBJECT, OBJECT, CUE)
Irregular = Mapping[str, Sequence[str]]


def irregular(vocabulary: Vocabulary) -> Irregular:
    """The ontology's table of forms that no rule makes."""
    found: dict[str, Sequence[str]] = {}
    for path in vocabulary.files("irregular.toml"):
        found |= tomllib.loads(path.read_text(encoding="utf-8")).get("forms", {})
    return found


def carried(reason: Reason, sentence: Sentence, known: Irregular) -> list[Mark]:
    """Places to be marked: (start, end, kind), in order and apart; a cue within a side's words is a part of them."""
    cues = [rule.partition("/")[2] for rule in reason.rules]
    spoken = {form for cue in cues if cue for form in forms(cue, known)}
    found = [(*place, SUBJECT) for place in sentence.subject] + [(*place, OBJECT) for place in sentence.object]
    if not found:
        names = [[reason.subject.name], [reason.object.name]]
        sides = [mark for mark in marks(sentence.text, names, ()) if mark[2] == NAME]
        found = [(start, end, _side(reason, sentence.text[start:end])) for start, end, _ in sides]
    found += [(start, end, CUE) for start, end in phrases(sentence.text, spoken)]
    return _apart(found)


def _side(reason: Reason, words: str) -> str:
    return SUBJECT if words.casefold() in reason.subject.name.casefold() else OBJECT


def _apart(found: Iterable[Mark]) -> list[Mark]:
    """Of what overlaps, the cue inside a description ("his father") and else the earlier kind counts."""
    chosen: list[Mark] = []
    for mark in sorted(set(found), key=lambda one: (KINDS.index(one[2]), one)):
        if all(mark[1] <= other[0] or mark[0] >= other[1] for other in chosen):
            chosen.append(mark)
    return sorted(chosen)


def stands_for(reason: Reason, sentence: Sentence) -> list[tuple[str, str]]:
    """The words that mean a side without naming it -> whom they stand for: ("His", "Tom Reed")."""
    found: dict[str, list[str]] = {}
    for places, end in ((sentence.subject, reason.subject), (sentence.object, reason.object)):
        for start, stop in places:
            words = sentence.text[start:stop]
            named = set(words.casefold().split()) & set(end.name.casefold().split())
            if end.iri and not named and end.name not in found.setdefault(words, []):
                found[words].append(end.name)
    return [(words, " and ".join(names)) for words, names in sorted(found.items()) if names]
