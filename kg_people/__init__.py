"""kg's English pipeline under the name of its distribution, as spaCy finds packaged pipelines:

    nlp = spacy.load("kg_people")

It has the components kg_reader (tags, lemmas, tree, sentences, names) and kg_people (who is who, and what is said of
them). The model lies in kg/models/en; docs/spacy.md has the extensions.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

__version__ = "0.1.0"
FOLDER = Path(__file__).resolve().parent


def load(**overrides: Any) -> "Language":
    """What spacy.load calls.

    Args:
        overrides: vocab, disable, enable, exclude and config, as spacy.load has them.
    """
    from spacy.util import dict_to_dot, load_config, load_meta, load_model_from_config

    from kg.extract.english import LONGEST_TEXT

    changes = dict_to_dot(overrides.pop("config", {}), for_overrides=True)
    config = load_config(FOLDER / "config.cfg", overrides=changes)
    nlp = load_model_from_config(config, meta=load_meta(FOLDER / "meta.json"), auto_fill=True, **overrides)
    nlp.max_length = LONGEST_TEXT
    return nlp
