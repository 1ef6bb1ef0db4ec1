"""How a sentence says it: affirmed or denied, stated, reported, hedged or hypothetical, over or yet to come.

A relation inside a noun phrase is presupposed ("a source said that Meghan's husband …" takes the marriage for
granted), so only what stands on the noun itself counts for it. A relation that is the predicate ("he is said to be
her son") takes the status of its clause and of the clauses above it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.extract.lexicon import Lexicon
from kg.extract.tree import Tree
from kg.model import Modality, Phase, Polarity, Status

Sign = Literal["former", "denied", "reported", "hypothetical"]  # ways of saying it that the network marks on an arc

_STRENGTH: dict[Modality, int] = {"stated": 0, "hedged": 1, "reported": 2, "hypothetical": 3}


@dataclass(slots=True)
class _Signs:
    polarity: Polarity = "affirmed"
    modality: Modality = "stated"
    phase: Phase = "current"
    according_to: str = ""

    def weaken(self, modality: Modality) -> None:
        if _STRENGTH[modality] > _STRENGTH[self.modality]:
            self.modality = modality


class StatusReader:
    """Reads the status of a claim from the tree around its cue word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._of = {
            (section, key): lexicon.words("status", section, key)
            for section, row in lexicon.tables["status"].items()
            for key in row
        }  # fmt: skip

    def _has(self, section: str, key: str, word: str) -> bool:
        return word in self._of.get((section, key), frozenset())

    def read(self, tree: Tree, cue: int, phase: Phase) -> Status:
        """The status of a claim whose cue word is token cue; phase: what the word itself tells."""
        signs = _Signs(phase=phase)
        self._noun(tree, cue, signs)
        predicate = predicate_of(tree, cue)
        if predicate is not None:
            self._clause(tree, predicate, signs)
            self._above(tree, predicate, signs)
        return Status(
            polarity=signs.polarity, modality=signs.modality, phase=signs.phase, according_to=signs.according_to
        )  # fmt: skip

    def _noun(self, tree: Tree, cue: int, signs: _Signs) -> None:
        """What stands on the noun itself: "his former wife", "her alleged son", "no son of mine"."""
        for c in tree.children[cue]:
            word, dep = tree.lemmas[c].lower(), tree.deps[c].partition(":")[0]
            if dep not in ("amod", "compound", "det", "advmod", "nmod"):
                continue
            if self._has("former", "sure", word):
                signs.phase = "former"
            elif self._has("future", "adjectives", word):
                signs.phase = "future"
            elif self._has("reported", "adjectives", word):
                signs.weaken("reported")
            elif self._has("hedged", "adjectives", word):
                signs.weaken("hedged")
            elif self._has("hypothetical", "adjectives", word):
                signs.weaken("hypothetical")
            elif dep in ("det", "advmod") and self._has("denied", "words", word):
                signs.polarity = "denied"
        for c in tree.kids(cue, "case"):
            if self._has("hypothetical", "comparisons", tree.forms[c].lower()):
                signs.weaken("hypothetical")

    def _clause(self, tree: Tree, predicate: int, signs: _Signs) -> None:
        """What stands in the predicate's own clause: not, reportedly, may, would, will, if, a question mark."""
        for c in tree.children[predicate]:
            word, dep = tree.forms[c].lower().replace("\u2019", "'"), tree.deps[c].partition(":")[0]
            if dep in ("advmod", "det", "cc") and (
                self._has("denied", "words", word) or self._has("denied", "words", tree.lemmas[c].lower())
            ):
                signs.polarity = "denied"
            elif dep == "advmod" and self._has("reported", "adverbs", word):
                signs.weaken("reported")
            elif dep == "advmod" and self._has("hedged", "adverbs", word):
                signs.weaken("hedged")
            elif dep == "advmod" and self._has("former", "adverbs", _phrase_of(tree, c)):
                signs.phase = "former"
            elif dep == "aux" and self._has("hypothetical", "auxiliaries", word):
                signs.weaken("hypothetical")
            elif dep == "aux" and self._has("hedged", "auxiliaries", word):
                signs.weaken("hedged")
            elif dep == "aux" and self._has("future", "auxiliaries", word):
                signs.phase = "future"
            elif dep == "mark" and self._has("hypothetical", "markers", word):
                signs.weaken("hypothetical")
            elif dep in ("obl", "parataxis") and self._has("reported", "prepositions", tree.case(c)):
                signs.weaken("reported")
                signs.according_to = signs.according_to or phrase(tree, c)
        _, b = tree.sentences[tree.sentence_of[predicate]]
        if tree.heads[predicate] == predicate and tree.forms[b - 1] == "?":
            signs.weaken("hypothetical")

    def _above(self, tree: Tree, predicate: int, signs: _Signs) -> None:
        """The clauses above: "X said that …", "he denied that …", "he wants to …", "the rumour that …"."""
        for i, dep in _ancestors(tree, predicate):
            word = tree.lemmas[i].lower()
            nominal = dep == "acl" and self._has("reported", "nouns", word)
            if dep in ("ccomp", "xcomp", "advcl", "csubj", "parataxis", "acl") and self._has("denied", "verbs", word):
                signs.polarity = "denied"
                signs.according_to = signs.according_to or _speaker(tree, i)
            elif dep in ("ccomp", "xcomp", "csubj") and self._has("hypothetical", "verbs", word):
                signs.weaken("hypothetical")
            elif nominal or (dep in ("ccomp", "xcomp", "parataxis") and self._has("reported", "verbs", word)):
                signs.weaken("reported")
                signs.according_to = signs.according_to or _speaker(tree, i)
            elif dep in ("ccomp", "xcomp") and self._has("hedged", "verbs", word):
                signs.weaken("hedged")
            if dep in ("ccomp", "xcomp", "csubj"):
                self._clause_above(tree, i, signs)

    def _clause_above(self, tree: Tree, verb: int, signs: _Signs) -> None:
        """Negation and doubt on the governing verb reach down: "he is not said to be …", "nobody would claim …"."""
        for c in tree.children[verb]:
            word, dep = tree.forms[c].lower().replace("\u2019", "'"), tree.deps[c].partition(":")[0]
            if (
                dep == "advmod"
                and (self._has("denied", "words", word) or self._has("denied", "words", tree.lemmas[c].lower()))
            ) or (dep == "mark" and self._has("hypothetical", "markers", word)):
                signs.weaken("hypothetical")
            elif dep == "nsubj" and self._has("denied", "nobody", word):
                signs.weaken("hypothetical")
                signs.according_to = ""
            elif dep == "advmod" and self._has("reported", "adverbs", word):
                signs.weaken("reported")


def common_predicate(tree: Tree, a: int, b: int) -> int | None:
    """The lowest word of a sentence that governs both words; None if they stand in different sentences."""
    above = [a]
    while tree.heads[above[-1]] != above[-1]:
        above.append(tree.heads[above[-1]])
    i = b
    while i not in above:
        if tree.heads[i] == i:
            return None
        i = tree.heads[i]
    return i


def predicate_of(tree: Tree, cue: int) -> int | None:
    """The predicate that asserts a cue: a verb cue itself; a noun that is a predicate ("is his son", "became his
    wife"); None where the noun phrase only presupposes it."""
    if tree.upos[cue] in ("VERB", "AUX") or tree.kids(cue, "cop"):
        return cue
    head, dep = tree.heads[cue], tree.deps[cue].partition(":")[0]
    if dep == "xcomp":
        return head
    if dep == "nsubj" and tree.kids(head, "cop") and tree.upos[head] in ("NOUN", "PROPN"):
        return head
    if dep == "obj" and tree.upos[head] == "VERB":
        return head
    if tree.upos[cue] == "ADJ":
        return cue
    return None


def _ancestors(tree: Tree, i: int) -> Iterator[tuple[int, str]]:
    """The words above i with the relation by which the path enters each; coordination is passed through."""
    for _ in range(8):
        head, dep = tree.heads[i], tree.deps[i].partition(":")[0]
        if head == i:
            return
        yield head, dep
        if dep not in ("ccomp", "xcomp", "conj", "acl", "csubj", "parataxis", "advcl"):
            return
        i = head


def _phrase_of(tree: Tree, i: int) -> str:
    """A word with all that hangs on it, lower case: "no longer"."""
    return " ".join(tree.forms[t].lower() for t in tree.subtree(i))


def _speaker(tree: Tree, verb: int) -> str:
    for c in tree.kids(verb, "nsubj"):
        return phrase(tree, c)
    return ""


def phrase(tree: Tree, i: int) -> str:
    """The noun phrase of a word, without its adposition and clauses, as written."""
    inside = [i]
    for c in tree.children[i]:
        if tree.deps[c].partition(":")[0] in ("det", "amod", "compound", "nmod", "flat", "nummod"):
            inside += tree.subtree(c)
    run = sorted(inside)
    return tree.quote(run[0], run[-1])
