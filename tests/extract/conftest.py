"""What is dear to load, once for all tests of the reader."""

import pytest

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon import load as load_lexicon
from kg.extract.reader import Reader
from kg.vocabulary import Vocabulary, load


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load()


@pytest.fixture(scope="session")
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    return load_lexicon(vocabulary)


@pytest.fixture(scope="session")
def reader(vocabulary: Vocabulary) -> Reader:
    """The reader with the shipped model."""
    return Reader(vocabulary)
