"""The corpora as one kind of example: a document of words with whatever each corpus annotates.

What a corpus does not annotate is masked, never guessed: a head's label is None for the whole document, and a name tag
is the *set* of tags that the annotation allows (a corpus without titles allows "O or any TITLE tag" where it says
nothing).
"""

import importlib.util
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy

if TYPE_CHECKING:
    from training.arcs import Arcs

ROOT = Path(__file__).resolve().parent.parent
NAME_TYPES = ("PERSON", "ORG", "PLACE", "NORP", "TITLE", "DATE")
TAGS = ("O", *(f"{prefix}-{kind}" for kind in NAME_TYPES for prefix in "BI"))
TAG = {tag: i for i, tag in enumerate(TAGS)}

Tags = list[frozenset[str]]
Span = tuple[int, int, str]
Record = dict[str, Any]  # one JSON line of a corpus


@dataclass
class Syntax:
    """One column a word; heads are 1-based within the document, 0 for a root; starts marks sentence starts."""

    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    deprel: list[str] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)


@dataclass
class Example:
    """A document: words, and syntax, name tags or arcs where its corpus has them. source: the corpus."""

    name: str
    words: list[str]
    offsets: list[tuple[int, int]]
    syntax: Syntax | None = None
    tags: Tags | None = None
    arcs: "Arcs | None" = None
    source: str = ""


# ------------------------------------------------------------------ syntax
def conllu(path: Path) -> Iterator[Example]:
    """The documents of a CoNLL-U file (https://universaldependencies.org/format.html), syntactic words only."""
    example, base, sentence = Example("", [], []), 0, -1
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            if example.words:
                yield example
            example, base, sentence = Example(line.partition("= ")[2], [], [], Syntax()), 0, -1
        elif line.startswith("# sent_id"):
            base, sentence = len(example.words), sentence + 1
        elif line and line[0].isdigit():
            row = line.split("\t")
            if not row[0].isdigit():
                continue
            syntax = example.syntax or Syntax()
            example.syntax = syntax
            example.words.append(row[1])
            syntax.lemma.append(row[2])
            syntax.upos.append(row[3])
            syntax.xpos.append(row[4])
            syntax.head.append(base + int(row[6]) if row[6] != "0" else 0)
            syntax.deprel.append(row[7])
            syntax.sentence.append(sentence)
    if example.words:
        yield example


# ------------------------------------------------------------------ names
def records(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def titles() -> tuple[str, ...]:
    """Every title of ontology/titles.toml, longest first."""
    table = tomllib.loads((ROOT / "ontology" / "titles.toml").read_text(encoding="utf-8"))
    words = {w for kind, row in table.items() if kind != "before" for column in row.values() for w in column}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


_TITLES = titles()
_TITLE = "|".join(map(re.escape, _TITLES))
_TITLE_RUN = re.compile(rf"(?:(?:{_TITLE})(?![\w])[ ,]*)+", re.IGNORECASE)


def demonyms() -> frozenset[str]:
    """Every word of ontology/demonyms.toml, singular and plural."""
    table = tomllib.loads((ROOT / "ontology" / "demonyms.toml").read_text(encoding="utf-8"))
    words = {w for row in table["demonyms"].values() for w in row} | set(table["peoples"]["words"])
    return frozenset(words | {w + "s" for w in words})


_DEMONYMS = demonyms()
_LISTED = {
    "NORP": frozenset(w.lower() for d in _DEMONYMS for w in d.split()),
    "TITLE": frozenset(w.lower() for t in _TITLES for w in t.split()) | {"of", "the"},
}


def split_title(text: str, start: int, end: int) -> list[Span]:
    """A person span cut into a TITLE span (leading title words, if any) and a PERSON span (the rest, if any)."""
    match = _TITLE_RUN.match(text, start, end)
    if not match or not text[start].isupper():
        return [(start, end, "PERSON")]
    stop = match.end()
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    rest = match.end()
    if rest < end and not text[rest].isupper():  # "Saint of the Poor": no name follows
        return [(start, end, "TITLE")]
    return [(start, stop, "TITLE"), *([(rest, end, "PERSON")] if rest < end else [])]


def preceding_title(text: str, start: int) -> Span | None:
    """The title that stands right before a name at start, if any."""
    match = re.search(rf"(?:\b(?:{_TITLE})(?!\w)\s+)+$", text[max(0, start - 60) : start])
    if not match:
        return None
    begin = max(0, start - 60) + match.start()
    return begin, begin + len(match[0].rstrip()), "TITLE"


def tag(
    text: str,
    offsets: list[tuple[int, int]],
    spans: list[Span],
    open_types: tuple[str, ...],
    blur: list[tuple[int, int]],
) -> Tags:
    """For each word the tags that the annotation allows.

    open_types: the types that the corpus does not annotate. Where it says nothing, DATE is then possible anywhere,
    TITLE and NORP only on words that the word lists know: a type that nothing ever forbids would be tagged everywhere.
    blur: stretches of which nothing is known.
    """
    everything = frozenset(TAGS)
    tags: Tags = []
    for a, b in offsets:
        word = text[a:b]
        kinds = [t for t in open_types if t not in _LISTED or word.lower() in _LISTED[t]]
        hidden = any(a < y and b > x for x, y in blur)
        tags.append(everything if hidden else frozenset(["O", *(f"{p}-{t}" for t in kinds for p in "BI")]))
    for a, b, kind in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        inside = [i for i, (x, y) in enumerate(offsets) if x < b and y > a]
        if not inside or any(len(tags[i]) == 1 and tags[i] != frozenset("O") for i in inside):
            continue
        for n, i in enumerate(inside):
            tags[i] = frozenset([f"{'I' if n else 'B'}-{kind}"])
    return tags


class Words:
    """spaCy's English tokenizer, so that the name corpora are cut as kg cuts text."""

    def __init__(self) -> None:
        sys.path.insert(0, str(ROOT))
        self._nlp = spacy.blank("en")

    def __call__(self, text: str) -> list[tuple[str, int, int]]:
        return [(t.text, t.idx, t.idx + len(t)) for t in self._nlp.make_doc(text) if not t.is_space]


def place_or_norp(text: str) -> str:
    return "NORP" if text in _DEMONYMS else "PLACE"


GUM_TYPES = {"LOC": "PLACE", "ORG": "ORG", "TIME": "DATE"}
WNUT_TYPES = {"location": "PLACE", "group": "ORG", "corporation": "ORG"}
CONLL_TYPES = {"LOC": "PLACE", "ORG": "ORG"}


def with_gum_names(examples: list[Example], path: Path) -> None:
    """Adds GUM's name spans to its syntax documents: one pass over the encoder teaches both."""
    by_id = {r["id"]: r for r in records(path)}
    for example in examples:
        record = by_id.get(example.name)
        if record is None:
            continue
        text, at, offsets = record["text"], 0, []
        for word in example.words:
            found = text.find(word, at)
            if found < 0 or found - at > 40:
                break
            offsets.append((found, found + len(word)))
            at = found + len(word)
        if len(offsets) != len(example.words):
            continue
        spans: list[Span] = []
        for a, b, kind in record["ents"]:
            if kind == "PER":
                spans += [(a, b, "NORP")] if text[a:b] in _DEMONYMS else split_title(text, a, b)
            elif kind in GUM_TYPES:
                spans.append((a, b, GUM_TYPES[kind]))
        example.offsets = offsets
        example.tags = tag(text, offsets, spans, ("NORP",), [])


def named(
    path: Path, words: Words, types: dict[str, str], person: str, open_types: tuple[str, ...]
) -> Iterator[Example]:
    """A corpus of {"text", "ents"} records."""
    for record in records(path):
        text = record["text"]
        spans: list[Span] = []
        for a, b, kind in record["ents"]:
            if kind == person:
                spans += split_title(text, a, b)
                before = preceding_title(text, a)
                spans += [before] if before else []
            elif kind in types:
                spans.append((a, b, types[kind]))
        cut = words(text)
        offsets = [(a, b) for _, a, b in cut]
        yield Example(record["id"], [w for w, *_ in cut], offsets, None, tag(text, offsets, spans, open_types, []))


def redocred(path: Path, words: Words) -> Iterator[Example]:
    for record in records(path):
        text = record["text"]
        spans: list[Span] = []
        blur: list[tuple[int, int]] = []
        for person in record["people"]:
            for a, b in person["mentions"]:
                spans += split_title(text, a, b)
                before = preceding_title(text, a)
                spans += [before] if before else []
        for entity in record["entities"]:
            kind = {"ORG": "ORG", "TIME": "DATE", "LOC": "PLACE"}.get(entity.get("type", ""))
            for a, b in entity["mentions"]:
                if kind == "PLACE":
                    spans.append((a, b, place_or_norp(text[a:b])))
                elif kind:
                    spans.append((a, b, kind))
                elif entity.get("type") not in ("MISC", "NUM"):
                    blur.append((a, b))
        cut = words(text)
        offsets = [(a, b) for _, a, b in cut]
        yield Example(
            record["id"], [w for w, *_ in cut], offsets, None, tag(text, offsets, spans, ("TITLE", "NORP"), blur)
        )


def stories(paths: list[Path], words: Words, marked: Any) -> Iterator[Example]:
    """Marked stories: name spans, organisations, places, and titles as far as their facts write them."""
    for path in paths:
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            record, _, _ = marked.parse(block.strip("\n"))
            yield story_example(record, words)


def story_example(record: Record, words: Words) -> Example:
    text = record["text"]
    spans: list[Span] = []
    blur: list[tuple[int, int]] = []
    told: dict[str, list[str]] = {}
    for fact in record["facts"] + record["optional"]:
        if fact["p"] == "title":
            told.setdefault(fact["s"], []).append(str(fact["o"]))
    for mention in record["mentions"]:
        a, b, who = mention["start"], mention["end"], mention["id"]
        if re.fullmatch(r"p\d+n", who):
            spans.append((a, b, "PERSON"))
            before = preceding_title(text, a)
            spans += [before] if before else []
        elif who[0] == "p":
            for title in told.get(who, ()):
                for hit in re.finditer(re.escape(title), text[a:b]):
                    spans.append((a + hit.start(), a + hit.end(), "TITLE"))
        else:
            kind = "ORG" if who[0] == "o" else "PLACE"
            core = re.search(r"[A-Z0-9].*", text[a:b])
            if core and a + core.start() - a <= 4:
                spans.append((a + core.start(), b, kind))
            else:
                blur.append((a, b))
    # a title inside an organisation's or place's span is noise; the longer span wins in tag()
    spans = [s for s in spans if s[0] < s[1]]
    cut = words(text)
    offsets = [(a, b) for _, a, b in cut]
    tags = tag(text, offsets, spans, ("NORP", "DATE", "TITLE"), blur)
    return Example(record["id"], [w for w, *_ in cut], offsets, None, tags)


def marked_reader(folder: Path) -> Any:
    """The module marked.py that lies beside the stories."""
    spec = importlib.util.spec_from_file_location("marked", folder / "marked.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "marked.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def joined(examples: list[Example], words: int = 120) -> list[Example]:
    """Short documents without syntax (single sentences) put together, so that windows are full."""
    out: list[Example] = []
    group: list[Example] = []

    def close() -> None:
        if group:
            tags: Tags = [t for e in group for t in e.tags or []]
            joint = [w for e in group for w in e.words]
            out.append(Example(group[0].name, joint, [], None, tags, source=group[0].source))
            group.clear()

    for e in examples:
        if e.syntax or e.arcs or len(e.words) >= words:
            close()
            out.append(e)
        elif e.words:
            if group and group[0].source != e.source:
                close()
            group.append(e)
            if sum(len(g.words) for g in group) >= words:
                close()
    close()
    return out
