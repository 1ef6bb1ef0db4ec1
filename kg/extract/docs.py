"""spaCy Doc -> Tree, from any pipeline: Universal Dependencies as they are, ClearNLP trees turned into them.

The ClearNLP scheme (Choi & Palmer 2012) hangs the object of a preposition on the preposition and the predicate noun
on the copula; Universal Dependencies do it the other way round. Which labels mean what stands in dialects.toml.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.dialects import DIALECTS
from kg.extract.lexicon import Lexicon
from kg.extract.numbers import AGED, completed
from kg.extract.tree import Name, Tie, Tree

_EMPTY: tuple[list[Any], ...] = tuple([] for _ in range(8))
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def tree(doc: Doc, lexicon: Lexicon) -> Tree:
    """The columns of a parsed Doc, with lemmas of the words that the lexicon knows, and hyphenated cue words as one
    token.

    Raises:
        ModelError: the pipeline sets no tree or no names.
    """
    _refuse_halves(doc)
    _merge_hyphenated(doc, lexicon)
    rows = [(t.text, t.lower_, t.lemma_, t.pos_, t.tag_, t.head.i, t.dep_, t.idx) for t in doc]  # one pass: it is slow
    forms, lows, lemmas, upos, xpos, heads, deps, starts = map(list, zip(*rows, strict=True)) if rows else _EMPTY
    sentences = [(s.start, s.end) for s in doc.sents] if len(doc) else []
    if any(d in DIALECTS["clear"]["signs"] for d in deps):
        heads, deps = from_clear(heads, deps, upos)
    _mend_apposition(heads, deps, upos, xpos)
    _mend_vocative(forms, heads, deps, xpos)
    children: list[list[int]] = [[] for _ in heads]
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
    sentence_of = [k for k, (a, b) in enumerate(sentences) for _ in range(a, b)]
    names = [Name(e.start, e.end - 1, DIALECTS["names"][e.label_]) for e in doc.ents if e.label_ in DIALECTS["names"]]
    return Tree(
        text=doc.text,
        forms=forms,
        lemmas=[lexicon.lemmas.get(low, lemma) for low, lemma in zip(lows, lemmas, strict=True)],
        upos=upos,
        xpos=xpos,
        heads=heads,
        deps=deps,
        starts=starts,
        ends=[start + len(form) for start, form in zip(starts, forms, strict=True)],
        children=children,
        sentences=sentences,
        sentence_of=sentence_of,
        names=names,
        ties=_ties(doc, starts),
        antecedents=_antecedents(doc, starts),
    )


def _mend_apposition(heads: list[int], deps: list[str], upos: list[str], xpos: list[str]) -> None:
    """ "A nephew of Ann's, Tom, came": parsers join Tom to Ann. Without an "and" he is rather the nephew."""
    joined = [heads[i] for i, dep in enumerate(deps) if dep == "cc"]
    coordinated = {*joined, *(heads[j] for j in joined)}
    for i, dep in enumerate(deps):
        first = heads[i]
        noun = heads[first]
        if (
            dep == "conj"
            and upos[i] == upos[first] == "PROPN"
            and deps[first] in ("nmod", "nmod:poss")
            and noun < first
            and xpos[noun] == "NN"
            and first not in coordinated
        ):
            heads[i], deps[i] = noun, "appos"


def _mend_vocative(forms: list[str], heads: list[int], deps: list[str], xpos: list[str]) -> None:
    """ "She brought her nephew, Tom." calls nobody: right after a noun that somebody has, a name is its apposition."""
    owned = {heads[i] for i, dep in enumerate(deps) if dep == "nmod:poss"}
    for i, dep in enumerate(deps):
        if dep == "vocative" and xpos[i] == "NNP" and forms[i - 1] == "," and i - 2 in owned and xpos[i - 2] == "NN":
            heads[i], deps[i] = i - 2, "appos"


def _refuse_halves(doc: Doc) -> None:
    for missing, attribute in (("has no parser", "DEP"), ("finds no names", "ENT_IOB")):
        if len(doc) and not doc.has_annotation(attribute):
            raise ModelError(
                f"the pipeline {missing}", hint="name a spaCy pipeline with a parser and names, such as en_core_web_sm"
            )


def _ties(doc: Doc, starts: list[int]) -> tuple[Tie, ...]:
    """The relation arcs of a pipeline that has them, between the tokens as they are now."""
    if not Doc.has_extension("kg_ties"):
        return ()
    at = _place(starts)
    return tuple(Tie(at(s), at(o), label, odds) for s, o, label, odds in doc._.kg_ties)


def _antecedents(doc: Doc, starts: list[int]) -> dict[int, dict[int, float]]:
    out: dict[int, dict[int, float]] = {}
    if Doc.has_extension("kg_antecedents"):
        at = _place(starts)
        for later, earlier, odds in doc._.kg_antecedents:
            out.setdefault(at(later), {})[at(earlier)] = odds
    return out


def _place(starts: list[int]) -> Callable[[int], int]:
    """The token that holds a code point (words may have been merged since)."""
    return lambda offset: bisect_right(starts, offset) - 1


def _merge_hyphenated(doc: Doc, lexicon: Lexicon) -> None:
    """ "son-in-law" and "39-year-old" become one token each, which hangs where their head hung."""
    runs = []
    i = 1
    forms = [t.text for t in doc]
    while i < len(forms) - 1:
        if forms[i] == "-" and not doc[i - 1].whitespace_ and not doc[i].whitespace_:
            last = i + 1
            while (
                last + 2 < len(forms)
                and forms[last + 1] == "-"
                and not doc[last].whitespace_
                and not doc[last + 1].whitespace_
            ):
                last += 2
            word = doc[i - 1 : last + 1].text.lower()
            if word in lexicon.hyphenated or AGED.match(word):
                runs.append((i - 1, last + 1, word))
            elif head := completed(word, lexicon):
                runs.append((i - 1, last + 1, head))
            i = last + 1
        else:
            i += 1
    if not runs:
        return
    with doc.retokenize() as retokenizer:
        for first, end, word in runs:
            retokenizer.merge(doc[first:end], attrs={"LEMMA": lexicon.lemmas.get(word, word)})


def from_clear(heads: list[int], deps: list[str], upos: list[str]) -> tuple[list[int], list[str]]:
    """A ClearNLP tree as Universal Dependencies."""
    heads, rename = list(heads), DIALECTS["clear"]["rename"]
    out = [rename.get(d, d) for d in deps]
    for i, d in enumerate(deps):
        if d == "pobj" or (d == "pcomp" and upos[i] in _NOMINAL):
            p = heads[i]
            above = heads[p]
            out[i] = "obl:agent" if deps[p] == "agent" else "nmod" if upos[above] in _NOMINAL else "obl"
            heads[i], heads[p], out[p] = above, i, "case"
        elif d == "case":
            out[i] = "case"
    for i, d in enumerate(deps):
        if d == "attr":
            _raise_predicate(i, heads, out)
    return heads, out


def _raise_predicate(noun: int, heads: list[int], deps: list[str]) -> None:
    """ "X is a baker": the noun becomes the head, the copula hangs on it."""
    verb = heads[noun]
    heads[noun] = noun if heads[verb] == verb else heads[verb]
    deps[noun] = deps[verb]
    for c, h in enumerate(heads):
        if h == verb and c not in (noun, verb):
            heads[c] = noun
    heads[verb], deps[verb] = noun, "cop"
