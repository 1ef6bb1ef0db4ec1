"""Relations and coreference of the corpora as arcs between words, added to the examples of training/corpora.py.

A mention is stood for by one word: a name by its last, anything else by the word before its first preposition, comma or
relative word (after Dobrovolskii 2021, "Word-level coreference resolution"). What a corpus does not annotate is masked.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.corpora import Example, Record, Words, marked_reader, records, story_example

TABLE = tomllib.loads((Path(__file__).parent / "arcs.toml").read_text(encoding="utf-8"))
KIN = sorted(set(TABLE["stories"].values()))
SYMMETRIC = frozenset(TABLE["symmetric"]["names"])
STATUS: list[str] = TABLE["status"]["names"]
RELATIONS = sorted({v.split()[0] for k in ("stories", "literals", "knowledgenet", "fewrel") for v in TABLE[k].values()})
LABELS = (*RELATIONS, *STATUS)
LABEL = {name: i for i, name in enumerate(LABELS)}
SIGNS = [LABEL[name] for name in STATUS]
_STOP = frozenset(
    [
        "of",
        "in",
        "at",
        "from",
        "for",
        "with",
        "who",
        "whom",
        "which",
        "that",
        "to",
        "on",
        "by",
        "about",
        "whose",
        "where",
        "between",
        "under",
        "against",
        "near",
        "as",
        "into",
        "over",
        "after",
        "before",
    ]
)

Arc = tuple[int, int, int]  # label, word of the subject, word of the object


@dataclass
class Arcs:
    """What is known of the pairs of words of one example (indices into its words).

    known: labels whose absence is annotated. positive: the arcs that hold. open: arcs that may hold or not; every other
    arc of a known label does not hold. pairs: if given, only these pairs are known at all. chain: the number of the
    chain that a word stands for, -1 for none; None where coreference is not annotated. weight: how much a word's
    antecedent counts. choices: (pronoun, right words, wrong words).
    """

    known: frozenset[int] = frozenset()
    positive: set[Arc] = field(default_factory=set)
    open: set[Arc] = field(default_factory=set)
    pairs: set[tuple[int, int]] | None = None
    chain: list[int] | None = None
    weight: list[float] = field(default_factory=list)
    choices: list[tuple[int, list[int], list[int]]] = field(default_factory=list)


def inside(offsets: list[tuple[int, int]], a: int, b: int) -> list[int]:
    """The words that overlap the characters a to b."""
    return [i for i, (x, y) in enumerate(offsets) if x < b and y > a]


def head_word(words: list[str], run: list[int]) -> int | None:
    """The word that stands for a mention."""
    for n, i in enumerate(run):
        if n and (words[i].lower() in _STOP or words[i] in (",", "(", ";", ":", "\u2014", "\u2013")):
            return _bare(words, run[:n])
    return _bare(words, run)


def _bare(words: list[str], run: list[int]) -> int | None:
    while len(run) > 1 and words[run[-1]] in ("'s", "\u2019s", "'", "\u2019", '"', "\u201d", ")", "."):
        run = run[:-1]
    return run[-1] if run else None


# ------------------------------------------------------------------ KnowledgeNet, FewRel
def knowledgenet(path: Path, words: Words) -> Iterator[Example]:
    """One example a passage."""
    for document in records(path):
        for n, passage in enumerate(document["passages"]):
            cut = words(passage["text"])
            example = Example(f"{document['id']}/{n}", [w for w, *_ in cut], [(a, b) for _, a, b in cut])
            names = TABLE["knowledgenet"]
            arcs = Arcs(frozenset(LABEL[names[p]] for p in passage["annotated"] if p in names))
            for fact in passage["facts"]:
                s, o = (inside(example.offsets, *fact[k]) for k in ("s", "o"))
                if s and o and fact["p"] in names:
                    _add(arcs, names[fact["p"]], s, o)
            example.arcs = arcs
            yield example


def _add(arcs: Arcs, name: str, s: list[int], o: list[int]) -> None:
    """The last words are the arc; that it holds between other words of the two mentions is left open."""
    relation, _, swapped = name.partition(" ")
    left, right = (o, s) if swapped else (s, o)
    pairs = [(left, right)] + ([(right, left)] if relation in SYMMETRIC else [])
    for x, y in pairs:
        arcs.positive.add((LABEL[relation], x[-1], y[-1]))
        arcs.open |= {(LABEL[relation], i, j) for i in x for j in y if (i, j) != (x[-1], y[-1])}


def fewrel(path: Path, words: Words) -> Iterator[Example]:
    """Of each sentence only the marked pair is known, in both directions."""
    for record in records(path):
        relation = record["relations"][0]
        name = TABLE["fewrel"].get(relation["p"])
        if name is None:
            continue
        where = {x["id"]: x["mentions"][0] for x in record["people"] + record["entities"]}
        cut = words(record["text"])
        example = Example(record["id"], [w for w, *_ in cut], [(a, b) for _, a, b in cut])
        s, o = inside(example.offsets, *where[relation["s"]]), inside(example.offsets, *where[relation["o"]])
        if not s or not o:
            continue
        arcs = Arcs(frozenset(LABEL[k] for k in KIN), pairs={(s[-1], o[-1]), (o[-1], s[-1])})
        _add(arcs, name, s, o)
        example.arcs = arcs
        yield example


# ------------------------------------------------------------------ marked stories
def stories(folder: Path, reader: Path, words: Words) -> Iterator[Example]:
    """Marked stories with names, relations and chains. reader: the folder of marked.py."""
    marked = marked_reader(reader)
    for path in sorted(folder.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            record, _, _ = marked.parse(block.strip("\n"))
            example = story_example(record, words)
            example.arcs = _Story(record, example).arcs()
            yield example


class _Story:
    """Turns the facts of one marked story into arcs."""

    def __init__(self, record: Record, example: Example) -> None:
        self.record, self.example = record, example
        self.settled: set[tuple[int, int]] = set()  # pairs of which it is known in what way something is said
        self.mentions: dict[str, list[tuple[int, int, int]]] = {}  # person -> (start, end, word)
        names = {(m["start"], m["end"], m["id"][:-1]) for m in record["mentions"] if m["id"].endswith("n")}
        for m in record["mentions"]:
            if m["id"][0] != "p" or m["id"].endswith("n"):
                continue
            inner = [(a, b) for a, b, p in names if p in m["id"].split("+") and m["start"] <= a and b <= m["end"]]
            run = inside(example.offsets, *(min(inner) if inner else (m["start"], m["end"])))
            word = run[-1] if inner and run else head_word(example.words, run)
            if word is None:
                continue
            for who in m["id"].split("+"):
                self.mentions.setdefault(who, []).append((m["start"], m["end"], word))

    def arcs(self) -> Arcs:
        """All that the story's facts and marks tell."""
        arcs = Arcs(frozenset(range(len(LABELS))))
        for fact in self.record["facts"]:
            self._fact(arcs, fact)
        for fact in self.record["optional"]:
            self._leave_open(arcs, fact)
        arcs.open -= {(sign, i, j) for sign in SIGNS for i, j in self.settled}
        arcs.chain, arcs.weight = self._chains()
        return arcs

    def _chains(self) -> tuple[list[int], list[float]]:
        chain = [-1] * len(self.example.words)
        number: dict[str, int] = {}
        by_word: dict[int, str] = {}
        for who, places in self.mentions.items():
            for _, _, word in places:
                by_word[word] = f"{by_word[word]}+{who}" if word in by_word else who
        for word, who in by_word.items():
            chain[word] = number.setdefault(who, len(number))
        return chain, [antecedent_weight(w, c) for w, c in zip(self.example.words, chain, strict=True)]

    # -------------------------------------------------------------- facts
    def _places(self, fact: Record) -> list[tuple[int, int]]:
        """Where the quoted words stand."""
        return [(m.start(), m.end()) for m in re.finditer(re.escape(fact["evidence"]), self.record["text"])]

    def _near(self, who: str, start: int, end: int) -> list[int]:
        """The words of a person's mentions in the quote, else in its sentence, nearest first."""
        places = self.mentions.get(who, [])
        within = [w for a, b, w in places if a < end and b > start]
        if within:
            return within
        a, b = self._sentence(start, end)
        around = [(min(abs(x - end), abs(start - y)), w) for x, y, w in places if x < b and y > a]
        return [w for _, w in sorted(around)][:1]

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        text = self.record["text"]
        before = [m.end() for m in re.finditer(r"[.!?][\"\u201d]?\s|\n", text[:start])]
        after = re.search(r"[.!?][\"\u201d]?(\s|$)|\n", text[max(start, end - 1) :])
        return (before[-1] if before else 0), (max(start, end - 1) + after.end() if after else len(text))

    def _fact(self, arcs: Arcs, fact: Record) -> None:
        found = False
        for start, end in self._places(fact)[:1]:
            subjects = self._near(fact["s"], start, end)
            if fact["p"] in TABLE["stories"]:
                objects = self._near(fact["o"], start, end)
            else:
                objects = self._literal(fact, start, end)
            best = min(((abs(s - o), s, o) for s in subjects for o in objects), default=None)
            if best is None:
                continue
            found = True
            self._put(arcs, fact, best[1], best[2])
        self._leave_open(arcs, fact, found)

    def _put(self, arcs: Arcs, fact: Record, s: int, o: int) -> None:
        name = {**TABLE["stories"], **TABLE["literals"]}.get(fact["p"])
        if name is None:
            return
        for i, j in {(s, o), (o, s)} if name in SYMMETRIC else {(s, o)}:
            arcs.positive.add((LABEL[name], i, j))
            self.settled.add((i, j))
            if fact["status"] in LABEL:
                arcs.positive.add((LABEL[fact["status"]], i, j))
        if fact["p"] == "position" and isinstance(fact["o"], dict) and fact["o"].get("org"):
            a, b = self._sentence(self.example.offsets[o][0], self.example.offsets[o][1])
            run = self._find(str(fact["o"]["org"]), a, b)
            if run:
                arcs.positive.add((LABEL["heldIn"], o, run[-1]))

    def _leave_open(self, arcs: Arcs, fact: Record, found: bool = True) -> None:
        """What is told of two people in one place may be told of them in every other; no other kin is, nor is the same
        the other way round."""
        name = {**TABLE["stories"], **TABLE["literals"]}.get(fact["p"])
        if name is None:
            return
        if fact["p"] in TABLE["stories"]:
            left, right = self.mentions.get(fact["s"], []), self.mentions.get(fact["o"], [])
            pairs = {(i, j) for _, _, i in left for _, _, j in right}
            turned = {(j, i) for i, j in pairs}
            arcs.open |= {(LABEL[name], i, j) for i, j in (pairs | turned if name in SYMMETRIC else pairs)}
            arcs.open |= {(sign, i, j) for sign in SIGNS for i, j in pairs | turned}
        elif not found or fact in self.record["optional"]:
            for _, _, i in self.mentions.get(fact["s"], []):
                a, b = self._sentence(*self.example.offsets[i])
                arcs.open |= {(k, i, j) for k in (LABEL[name], *SIGNS) for j in inside(self.example.offsets, a, b)}

    def _literal(self, fact: Record, start: int, end: int) -> list[int]:
        """The word of a value in the quote (else in its sentence)."""
        value = fact["o"]
        for a, b in ((start, end), self._sentence(start, end)):
            if isinstance(value, dict):
                run = self._find(str(value.get("role") or ""), a, b)
                word = head_word(self.example.words, run) if run else None
                if word is not None:
                    return [word]
                continue
            wanted = str(value)
            if fact["p"] in ("age", "num_children"):
                run = self._number(int(re.sub(r"\D", "", wanted) or 0), a, b)
            elif fact["p"] in ("birth_date", "death_date"):
                run = self._find(wanted[:4], a, b)
            else:
                run = self._find(wanted, a, b)
            if run:
                return [run[-1]]
        return []

    def _find(self, wanted: str, a: int, b: int) -> list[int]:
        if not wanted:
            return []
        hit = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", self.record["text"][a:b], re.IGNORECASE)
        return inside(self.example.offsets, a + hit.start(), a + hit.end()) if hit else []

    def _number(self, number: int, a: int, b: int) -> list[int]:
        words = {str(number), _WORDS.get(number, "")} - {""}
        return next((run for w in sorted(words) if (run := self._find(w, a, b))), [])


_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = dict(enumerate(_SMALL)) | {
    10 * (t + 2) + k: f"{tens}-{_SMALL[k]}" if k else tens for t, tens in enumerate(_TENS) for k in range(10)
}


# ------------------------------------------------------------------ coreference
def antecedent_weight(word: str, chain: int) -> float:
    """Pronouns and descriptions have to choose; names are joined by rule, other words have nothing to learn."""
    if chain < 0:
        return 0.3 if word.lower() in ("he", "she", "him", "her", "his", "hers", "himself", "herself", "they") else 0.05
    return 1.0 if word[:1].islower() or word in ("He", "She", "His", "Her", "They", "Their", "Him") else 0.2


def chained(record: Record, words: Words) -> Example:
    """A document of chains of spans (LitBank)."""
    cut = words(record["text"])
    example = Example(record["id"], [w for w, *_ in cut], [(a, b) for _, a, b in cut])
    with_chains(example, record)
    return example


def with_chains(example: Example, record: Record) -> None:
    """Adds the chains of a record of the same text to an example."""
    chain = [-1] * len(example.words)
    starts = {a: i for i, (a, _) in enumerate(example.offsets)}
    for number, cluster in enumerate(record["clusters"]):
        for a, b in cluster:
            first = starts.get(a)
            if first is None:
                continue
            run = [i for i in range(first, min(len(chain), first + 60)) if example.offsets[i][0] < b]
            word = head_word(example.words, run)
            if word is not None and chain[word] < 0:
                chain[word] = number
    arcs = example.arcs or Arcs()
    arcs.chain = chain
    arcs.weight = [antecedent_weight(w, c) for w, c in zip(example.words, chain, strict=True)]
    example.arcs = arcs


def gap(path: Path, words: Words) -> Iterator[Example]:
    """One pronoun and two names a text (Webster et al. 2018)."""
    for record in records(path):
        cut = words(record["text"])
        example = Example(record["id"], [w for w, *_ in cut], [(a, b) for _, a, b in cut])
        p, a, b = (inside(example.offsets, *record[k]) for k in ("pronoun", "A", "B"))
        if not p or not a or not b:
            continue
        right = [i for k, run in (("A", a), ("B", b)) if record[f"{k}_coref"] for i in run]
        wrong = [i for k, run in (("A", a), ("B", b)) if not record[f"{k}_coref"] for i in run]
        example.arcs = Arcs(choices=[(p[0], right, wrong)])
        yield example


def with_ontogum(examples: list[Example], path: Path) -> None:
    """Adds OntoGUM's chains to the GUM documents (their offsets come with the names)."""
    by_id = {r["id"]: r for r in records(path)}
    for example in examples:
        if example.name in by_id and example.offsets:
            with_chains(example, by_id[example.name])


def litbank(path: Path, words: Words) -> Iterator[Example]:
    yield from (chained(json.loads(line), words) for line in path.read_text(encoding="utf-8").splitlines())
