"""The shipped English pipeline: spaCy's tokenizer, and one component that sets tags, lemmas, tree, sentences and names.

The component is an ordinary spaCy factory ("kg_reader"), so it can be added to any blank English pipeline:

    nlp = spacy.blank("en"); nlp.add_pipe("kg_reader")

Factory and tokenizer are entry points of the package (pyproject.toml): spaCy finds them without an import of kg.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

from kg.errors import ModelError
from kg.extract.decode import names_of, sentence_starts, tree_of
from kg.extract.dialects import DIALECTS
from kg.extract.network import Floats, Network, Scores
from kg.extract.pieces import fold
from kg.extract.tree import Name

MODEL = Path(__file__).resolve().parent.parent / "models" / "en"
LONGEST_TEXT = 200_000_000  # code points; windows keep memory flat, so spaCy's guard is not needed
LONGEST = 224  # pieces a window: what the network was trained on
_POINTERS = frozenset({"PRON", "NOUN", "PROPN"})  # words that may point back
_FEW = 12  # antecedents kept a word

# What other components may read: relation arcs (place of the subject's word, of the object's, label, log odds), and for
# each word that may point back the earlier words that it may mean (place, log odds). A place is where a word starts.
Doc.set_extension("kg_ties", default=(), force=True)
Doc.set_extension("kg_antecedents", default=(), force=True)


TOKENIZER = "kg.EnglishTokenizer.v1"


def english_tokenizer() -> Callable[[Language], Any]:
    """spaCy's English tokenizer, with the possessive of either quotation mark and dashes without spaces cut off and
    "wed" left whole.

    As `@tokenizers` in a config: tokenizer = {"@tokenizers": "kg.EnglishTokenizer.v1"}.
    """
    plain: Callable[[Language], Any] = registry.tokenizers.get("spacy.Tokenizer.v1")()

    def make(nlp: Language) -> Any:
        tokenizer, defaults = plain(nlp), nlp.Defaults
        suffixes = [*(defaults.suffixes or []), "[\u2018\u2019\u201b`]s", "[\u2018\u2019]S", "[\u2013\u2014]+"]
        infixes = [*(defaults.infixes or []), "[\u2013\u2014]", r"(?<=[a-z])\((?=[A-Z0-9])"]
        tokenizer.suffix_search = compile_suffix_regex(suffixes).search
        tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
        whole = DIALECTS["tokens"]["whole"]
        tokenizer.rules = {word: pieces for word, pieces in tokenizer.rules.items() if word not in whole}
        return tokenizer

    return make


registry.tokenizers.register(TOKENIZER, func=english_tokenizer)


def blank() -> Language:
    """A pipeline with nothing but the tokenizer."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = LONGEST_TEXT
    return nlp


COMPONENT = "kg_reader"


class Reader:
    """Reads a Doc through the network, window by window, in linear time.

    Args:
        model: folder of the model, "" for the one that ships with kg.
        threads: of onnxruntime; 0 for all cores.
    """

    def __init__(self, nlp: Language, name: str, model: str, threads: int) -> None:  # noqa: ARG002  (spaCy passes nlp)
        folder = Path(model) if model else MODEL
        if not (folder / "model.onnx").exists():
            raise ModelError(f"there is no model in {folder}", hint="reinstall kg, or train one (training/README.md)")
        self.name = name
        self.network = Network(folder, threads)
        self.labels: tuple[str, ...] = tuple(self.network.labels.get("tie", ()))

    def __call__(self, doc: Doc) -> Doc:
        tokens = [t.text for t in doc]
        places = [i for i, token in enumerate(tokens) if not token.isspace()]
        words = [tokens[i] for i in places]
        columns = _Columns(len(words))
        breaks = _paragraphs(tokens, places)
        at = 0
        while at < len(words):
            at = self._window(words, at, breaks, columns)
        _write(doc, tokens, places, columns)
        return doc

    def _window(self, words: Sequence[str], at: int, breaks: set[int], columns: "_Columns") -> int:
        """Reads the words that fit from `at` on; returns where the next window begins (the last sentence is read again
        whole if the window cut it)."""
        stop, total, paragraph = at, 2, at
        while stop < len(words):
            total += len(self.network.pieces.of(words[stop]))
            if total > LONGEST:
                break
            stop += 1
            if stop in breaks:
                paragraph = stop
        if stop < len(words) and paragraph - at > (stop - at) // 2:
            stop = paragraph
        stop = max(stop, at + 1)
        scores = self.network.run(words[at:stop])
        begins = sentence_starts(scores.start, [b - at for b in breaks if at < b < stop])
        whole = stop == len(words) or stop in breaks or len(begins) == 1
        end = stop - at if whole else begins[-1]
        heads = np.zeros(stop - at, dtype=np.int64)
        for a, b in zip(begins, [*begins[1:], stop - at], strict=True):
            if a < end:
                local = tree_of(scores.arcs[a:b][:, [0, *range(a + 1, b + 1)]])
                heads[a:b] = np.where(local > 0, local + a, 0)
        columns.add(self.network, scores, heads, at, end)
        return at + end


class _Columns:
    """What has been read of a document so far, a row a word."""

    def __init__(self, n: int) -> None:
        self.upos: list[str] = []
        self.xpos: list[str] = []
        self.rules: list[str] = []
        self.deps: list[str] = []
        self.heads = np.zeros(n, dtype=np.int64)
        self.names: list[Name] = []
        self.ties: list[tuple[int, int, str, float]] = []
        self.antecedents: list[tuple[int, int, float]] = []

    def add(self, network: Network, scores: Scores, heads: NDArray[np.int64], at: int, end: int) -> None:
        labels = network.labels
        upos = [labels["upos"][k] for k in scores.upos[:end]]
        self.upos += upos
        self.xpos += [labels["xpos"][k] for k in scores.xpos[:end]]
        self.rules += [labels["lemma"][k] for k in scores.lemma[:end]]
        self.deps += network.label(scores, heads)[:end]
        own = np.arange(at, at + end)
        self.heads[at : at + end] = np.where(heads[:end] > 0, heads[:end] - 1 + at, own)
        self.names += names_of(scores.names[:end], labels["name"], at)
        kept = (scores.ties[:, 1] < end) & (scores.ties[:, 2] < end)
        for (label, s, o), odds in zip(scores.ties[kept].tolist(), scores.odds[kept].tolist(), strict=True):
            self.ties.append((s + at, o + at, labels["tie"][label], odds))
        self._point_back(scores.antecedents, [i for i in range(1, end) if upos[i] in _POINTERS], at)

    def _point_back(self, scores: Floats, words: list[int], at: int) -> None:
        """Keeps the best few antecedents of the words of a window."""
        for i in words if len(scores) else ():
            line = scores[i, :i]
            best = np.argpartition(line, -_FEW)[-_FEW:] if i > _FEW else np.arange(i)
            self.antecedents += [(i + at, j + at, float(line[j])) for j in np.sort(best).tolist()]


def _paragraphs(tokens: list[str], places: list[int]) -> set[int]:
    """Indices (into places) of the words that follow a blank line."""
    return {k for k, i in enumerate(places) if i and tokens[i - 1].isspace() and tokens[i - 1].count("\n") > 1}


@lru_cache(65_536)
def lemma_of(word: str, rule: str) -> str:
    """Applies an edit rule of training/lemmas.py; a rule that does not fit leaves the lower-cased word."""
    if rule == "=":
        return fold(word)
    cut, _, add = rule.partition(">")
    low = fold(word).lower()
    keep = len(low) - int(cut)
    return low[:keep] + add if keep >= 0 else low


def _write(doc: Doc, tokens: list[str], places: list[int], c: _Columns) -> None:
    """Sets the columns on the Doc. White-space tokens hang on the word before them (or after, at the beginning)."""
    n = len(tokens)
    if not places:
        return
    upos, xpos, lemmas, deps = ["SPACE"] * n, ["_SP"] * n, tokens.copy(), ["dep"] * n
    where = np.array(places, dtype=np.int64)
    heads = np.full(n, where[0])
    heads[where] = where
    heads = np.maximum.accumulate(heads)
    heads[where] = where[c.heads]
    for k, i in enumerate(places):
        upos[i], xpos[i], deps[i] = c.upos[k], c.xpos[k], c.deps[k]
        lemmas[i] = lemma_of(tokens[i], c.rules[k])
    for i in where[heads[where] == where].tolist():
        deps[i] = "root"
    columns: Any = np.empty((n, len(_ATTRIBUTES)), dtype=np.uint64)
    for k, column in enumerate((upos, xpos, lemmas, deps)):
        ids = {word: doc.vocab.strings.add(word) for word in set(column)}
        columns[:, k] = [ids[word] for word in column]
    columns[:, -1] = (heads - np.arange(n)).astype(np.uint64)  # offsets; spaCy reads them back as signed
    doc.from_array(_ATTRIBUTES, columns)
    at = [doc[i].idx for i in places]
    doc._.kg_ties = tuple((at[s], at[o], label, odds) for s, o, label, odds in c.ties)
    doc._.kg_antecedents = tuple((at[i], at[j], odds) for i, j, odds in c.antecedents)
    doc.ents = tuple(_name(doc, places[s.first], places[s.last], s.type) for s in c.names)


def _name(doc: Doc, first: int, last: int, kind: str) -> Span:
    """A name as a span; no name runs over the end of a line that a paragraph or heading ends with."""
    breaks = (i for i in range(first + 1, last) if doc[i].is_space and "\n\n" in doc[i].text)
    return Span(doc, first, next(breaks, last + 1), label=kind)


_ATTRIBUTES: list[int | str] = ["POS", "TAG", "LEMMA", "DEP", "HEAD"]


# After the class, not as its decorator: spaCy asks the entry point of the same name for it while it registers this.
Language.factory(
    COMPONENT,
    assigns=["token.pos", "token.tag", "token.lemma", "token.dep", "token.head", "doc.ents", "doc.sents"],
    default_config={"model": "", "threads": 0},
    func=Reader,
)


def pipeline(model: str = "", threads: int = 0) -> Language:
    """The shipped pipeline."""
    nlp = blank()
    nlp.add_pipe(COMPONENT, config={"model": model, "threads": threads})
    return nlp
