"""Explanations as lines to read, and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.ask.carried import Irregular
    from kg.ask.explain import Explanation
    from kg.ask.reasons import Reason, Sentence
    from kg.vocabulary import Vocabulary

VERDICTS = {
    "stated": "The graph holds this: a text says so.",
    "inferred": "The graph holds this: it follows from what texts say.",
    "plain": "The graph holds this, but keeps no claim that tells why.",
    "denied": "The graph does not hold this: a text denies it.",
    "dropped": "The graph does not hold this: a text says it, but it was dropped.",
    "hedged": "The graph does not hold this: a text puts it as likely only.",
    "reported": "The graph does not hold this: it is reported only.",
    "hypothetical": "The graph does not hold this: it is supposed only (hypothetical).",
    "future": "The graph does not hold this yet: a text says that it is to come.",
    "never said": "The graph does not hold this: it was never said.",
}
AXIOMS = {
    "general": "every {0} is a {relation}",
    "symmetric": "{relation} holds both ways",
    "inverse": "{relation} is {0} seen from the other side",
    "gender": "a {0} of this gender is a {relation}",
    "chain": "{relation}: the {chain}",
}
"""How kg.infer names its axioms -> how to say them; {0} is the label of the relation behind the slash."""

BRACKETS = {"subject": "[{}]", "object": "[{}]", "cue": "*{}*"}
COLOURS: Mapping[str, Mapping[str, object]] = {
    "subject": {"fg": "cyan", "bold": True},
    "object": {"fg": "green", "bold": True},
    "cue": {"fg": "yellow", "bold": True},
}
MOST_INSTEAD = 8
"""Claims that are told in the place of one that nobody made."""


def as_lines(found: "Explanation", asked: Sequence[str], words: "Vocabulary", known: "Irregular") -> Iterator[str]:
    """What to print.

    Args:
        asked: subject, label of the relation, object as the user named them.
    """
    colour = "green" if found.holds else "yellow" if found.reasons else "red"
    yield click.style(" · ".join(asked), bold=True)
    yield click.style(VERDICTS[found.verdict], fg=colour)
    teller = _Teller(words, known)
    for reason in found.reasons:
        yield ""
        yield from teller.lines(reason)
    for held in found.held:
        yield ""
        yield f"{held.subject.name} · {held.object.name}"
        yield f"  held by the graph {held.graph}"
    if found.instead:
        yield ""
        yield "What is said instead:"
        for reason in found.instead[:MOST_INSTEAD]:
            yield f"  {teller.headline(reason)}"
        rest = len(found.instead) - MOST_INSTEAD
        if rest > 0:
            yield f"  … and {rest} more"


class _Teller:
    def __init__(self, words: "Vocabulary", known: "Irregular") -> None:
        self.words = words
        self.known = known

    def label(self, iri: str) -> str:
        relation = self.words.relation_of(iri)
        return relation.label if relation else iri

    def headline(self, reason: "Reason") -> str:
        how = f" ({', '.join(reason.how)})" if reason.how else ""
        return f"{reason.subject.name} · {self.label(reason.relation)} · {reason.object.name}{how}"

    def lines(self, reason: "Reason", depth: int = 0) -> Iterator[str]:
        """A claim, why it was dropped, its sentences, and below it what it follows from."""
        pad = "   " * depth
        sure = click.style(f"  {reason.confidence:.2f}", dim=True) if reason.sentences or reason.premises else ""
        where = click.style(f"  {reason.document}", dim=True) if reason.document and not depth else ""
        yield f"{pad}{'└─ ' if depth else ''}{self.headline(reason)}{sure}{where}"
        pad += "   " if depth else "  "
        if reason.dropped:
            yield f"{pad}dropped: {reason.dropped}"
        for sentence in reason.sentences:
            yield f"{pad}“{self._marked(reason, sentence)}”"
            yield from (f"{pad}  {click.style(line, dim=True)}" for line in self._meant(reason, sentence))
        for source in reason.sources:
            yield f"{pad}{click.style('from', dim=True)} {source}"
        axioms = [text for rule in reason.rules if (text := self.axiom(rule, reason))]
        if reason.premises:
            yield f"{pad}because {'; '.join(axioms) or 'it follows'}:"
            for premise in reason.premises:
                yield from self.lines(premise, depth + 1)

    def axiom(self, rule: str, reason: "Reason") -> str:
        """An inference's axiom in words; "" for the rule of a sentence."""
        name, _, rest = rule.partition("/")
        relations = self.words.relations
        labels = [relations[one].label for one in rest.split() if one in relations]
        if name not in AXIOMS or (rest and not labels):
            return ""
        chain = " of the ".join(reversed(labels))
        return AXIOMS[name].format(*(labels or [""]), relation=self.label(reason.relation), chain=chain)

    def _marked(self, reason: "Reason", sentence: "Sentence") -> str:
        from kg.ask.carried import carried

        coloured = click.get_current_context().color
        parts, at = [], 0
        for start, end, kind in carried(reason, sentence, self.known):
            parts += [sentence.text[at:start], _mark(sentence.text[start:end], kind, coloured)]
            at = end
        return " ".join("".join([*parts, sentence.text[at:]]).split())

    def _meant(self, reason: "Reason", sentence: "Sentence") -> Iterator[str]:
        from kg.ask.carried import stands_for

        for spoken, name in stands_for(reason, sentence):
            yield f"“{spoken}” stands for {name}"


def _mark(text: str, kind: str, coloured: bool | None) -> str:
    """In colours on a terminal, where click keeps them; with plain marks elsewhere."""
    import sys

    if coloured or (coloured is None and sys.stdout.isatty()):
        return click.style(text, **COLOURS[kind])  # type: ignore[arg-type]
    return BRACKETS[kind].format(text)


# ------------------------------------------------------------------ JSON
def as_json(found: "Explanation", words: "Vocabulary", known: "Irregular") -> dict[str, object]:
    """The same for programs; the places of marks are code points of the text beside them, half-open."""
    teller = _Teller(words, known)
    return {
        "verdict": found.verdict,
        "holds": found.holds,
        "claims": [_claim(one, teller) for one in found.reasons],
        "held": [{"subject": _end(one.subject), "object": _end(one.object), "graph": one.graph} for one in found.held],
        "instead": [_claim(one, teller) for one in found.instead],
    }


def _end(end: object) -> dict[str, str]:
    iri, name = getattr(end, "iri", ""), getattr(end, "name", "")
    return {"iri": iri, "name": name} if iri else {"value": name}


def _claim(reason: "Reason", teller: _Teller) -> dict[str, object]:
    from kg.ask.carried import carried
    from kg.ask.explain import verdict_of

    return {
        "claim": reason.iri,
        "verdict": verdict_of(reason),
        "subject": _end(reason.subject),
        "relation": reason.relation,
        "object": _end(reason.object),
        "how": list(reason.how),
        "confidence": reason.confidence,
        "dropped": reason.dropped or None,
        "rules": list(reason.rules),
        "because": [text for rule in reason.rules if (text := teller.axiom(rule, reason))],
        "sources": list(reason.sources),
        "sentences": [
            {
                "text": one.text,
                "document": one.document,
                "start": one.start,
                "marks": [
                    {"start": start, "end": end, "kind": kind}
                    for start, end, kind in carried(reason, one, teller.known)
                ],
            }
            for one in reason.sentences
        ],
        "premises": [_claim(one, teller) for one in reason.premises],
    }
