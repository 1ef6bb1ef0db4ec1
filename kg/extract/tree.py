"""The tree of one document as plain columns: what every later step reads.

spaCy's tokens are the source; copying them once into lists makes the steps after it fast and independent of spaCy.
Relations are Universal Dependencies v2 with subtypes (https://universaldependencies.org/en/dep/), whatever the
pipeline.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Name:
    """A tagged stretch of tokens [first, last]: type PERSON, ORG, PLACE, NORP, TITLE or DATE."""

    first: int
    last: int
    type: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation arc of the network between two tokens. label: a relation of the ontology, or a way of saying it
    ("former"); odds: log odds that it holds."""

    subject: int
    object: int
    label: str
    odds: float


@dataclass(frozen=True, slots=True)
class Tree:
    """Columns over tokens. head[i] == i for a root. start, end: code points. sentences: [first, last + 1) of tokens.

    ties: relation arcs. antecedents: for tokens that point back, some earlier tokens with the log odds that they stand
    for whom it means. Both are empty where the pipeline has no such network.
    """

    text: str
    forms: list[str]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    deps: list[str]
    starts: list[int]
    ends: list[int]
    children: list[list[int]]
    sentences: list[tuple[int, int]]
    sentence_of: list[int]
    names: list[Name]
    ties: tuple[Tie, ...] = ()
    antecedents: dict[int, dict[int, float]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.forms)

    def kids(self, i: int, *deps: str) -> list[int]:
        """The children of i with one of the relations; "nmod" matches its subtypes too."""
        found = self.children[i]
        return [c for c in found if (d := self.deps[c]) in deps or d.partition(":")[0] in deps] if found else []

    def case(self, i: int) -> str:
        """The adpositions of i, lower case, joined ("out of"); "" if none. The possessive 's counts as "'s"."""
        words = []
        for c in self.kids(i, "case"):
            words.append(self.forms[c].lower().replace("\u2019", "'").replace("\u2018", "'"))
            words += [self.forms[f].lower() for f in self.kids(c, "fixed")]
        return " ".join(words)

    def subtree(self, i: int) -> list[int]:
        """i and all below it, in text order."""
        out, stack = [], [i]
        while stack:
            j = stack.pop()
            out.append(j)
            stack.extend(self.children[j])
        return sorted(out)

    def conjuncts(self, i: int) -> list[int]:
        """i and the words joined to it by "and", in text order (UD hangs them all on the first)."""
        return [i, *(c for c in self.children[i] if self.deps[c] == "conj")]

    def quote(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last]]

    def sentence_span(self, i: int) -> tuple[int, int]:
        """Offsets of the sentence of token i, without surrounding white space."""
        a, b = self.sentences[self.sentence_of[i]]
        words = [t for t in range(a, b) if self.forms[t].strip()] or [i]
        return self.starts[words[0]], self.ends[words[-1]]
