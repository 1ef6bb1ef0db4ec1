"""The peer that speed is measured against: a spaCy pipeline of en_core_web_sm's architecture with random weights.

The work is that of the published pipeline (tok2vec shared by tagger and parser, ner with its own; widths and depths as
there), only the answers mean nothing: no download is needed. Its attribute ruler and lemmatizer are left out.
"""

from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

WIDTH = 96
TAGS, LABELS, NAMES = 50, 45, 18  # how many the published pipeline has


def _embed() -> dict[str, Any]:
    return {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": WIDTH,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
        "pretrained_vectors": None,
    }


def _transitions(kind: str, tok2vec: dict[str, Any], extra: bool) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": extra,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def _sample(nlp: Language) -> list[Example]:
    """One made document that holds every label, so that the output layers get their full size."""
    size = max(TAGS, LABELS, NAMES) + 1
    doc = Doc(
        nlp.vocab,
        words=[f"word{i}" for i in range(size)],
        tags=[f"TAG{i % TAGS}" for i in range(size)],
        heads=[0, *range(size - 1)],
        deps=["ROOT", *(f"dep{i % LABELS}" for i in range(size - 1))],
        ents=[f"B-NAME{i % NAMES}" for i in range(size)],
    )
    return [Example(nlp.make_doc(doc.text), doc)]


def pipeline() -> Language:
    """The pipeline, ready to read."""
    nlp = spacy.blank("en")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec", config={"model": _embed()})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": _transitions("parser", listener, extra=False)})
    nlp.add_pipe("ner", config={"model": _transitions("ner", _embed(), extra=True)})
    sample = _sample(nlp)
    nlp.initialize(lambda: sample)
    return nlp
