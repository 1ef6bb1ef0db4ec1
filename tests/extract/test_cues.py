"""Which words of a text are seen as cue words, and which only look like some."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extract.frames import Matcher
from kg.extract.lexicon import inflections, load
from kg.model import Cue
from tests.extract.ties import LEXICON, ties
from tests.extract.trees import lexicon, relation, tree


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(LEXICON)


def owned(*nouns: str) -> str:
    """ "Tom's <nouns> John": the last noun is the head, the others modify it."""
    head = 2 + len(nouns)
    lines = [f"Tom - PROPN - {head} nmod:poss PERSON", "'s - PART - 1 case"]
    lines += [f"{noun} - NOUN - {0 if k == head else head} {'root' if k == head else 'compound'}"
              for k, noun in enumerate(nouns, 3)]  # fmt: skip
    return "\n".join([*lines, f"John - PROPN - {head} appos PERSON"])


@pytest.mark.parametrize(
    ("nouns", "relations"),
    [
        pytest.param(["father"], ["father"], id="plain"),
        pytest.param(["Father"], ["father"], id="capital"),
        pytest.param(["father-in-law"], ["inLaw"], id="a hyphenated cue is one word"),
        pytest.param(["ex-wife"], ["spouse"], id="so is ex-wife"),
        pytest.param(["old", "man"], ["father"], id="two words"),
        pytest.param(["chief", "judge"], ["office"], id="the longest cue wins"),
        pytest.param(["great", "grandfather"], [], id="a prefix makes another word"),
        pytest.param(["step", "father"], [], id="so does step"),
        pytest.param(["great", "-", "grandfather"], [], id="also with a hyphen between"),
        pytest.param(["holy", "father"], [], id="an idiom is no kin"),
        pytest.param(["Holy", "Father"], [], id="nor in capitals"),
        pytest.param(["sister", "company"], [], id="nor at the beginning of a phrase"),
        pytest.param(["fathers"], [], id="unknown form, lemma not given"),
    ],
)
def test_which_cues_are_seen(nouns: list[str], relations: list[str], matcher: Matcher) -> None:
    found = {line.split()[0] for line in ties(owned(*nouns), matcher, "father", "inLaw", "spouse", "office", "sibling")}
    assert sorted(found) == relations


def test_the_longest_cue_is_the_word_that_is_told(matcher: Matcher) -> None:
    assert [m.word for m in matcher.matches(tree(owned("chief", "judge")))] == ["chief judge"]


def test_a_cue_does_not_run_over_the_end_of_a_sentence(matcher: Matcher) -> None:
    written = "Tom - PROPN - 3 nmod:poss PERSON\n's - PART - 1 case\nold - NOUN - 0 root\n\nman - NOUN - 0 root"
    assert ties(written, matcher) == []


def test_lemmas_of_cues_do_not_hang_on_the_tagger() -> None:
    assert LEXICON.lemmas["fathers"] == "father"
    assert LEXICON.lemmas["children"] == "child"
    assert LEXICON.lemmas["borne"] == LEXICON.lemmas["born"] == "bear"


def test_small_words_of_cues_have_no_forms() -> None:
    assert lexicon(relation("spouse", Cue(frame="verb", words=("say i do",)))).lemmas.get("is", "be") == "be"


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("father", {"fathers", "fathered", "fathering"}),
        ("marry", {"marries", "married", "marrying"}),
        ("adopt", {"adopts", "adopted", "adopting"}),
        ("wed", {"weds", "wedded", "wedding"}),
        ("raise", {"raises", "raised", "raising"}),
        ("boy", {"boys"}),
        ("boss", {"bosses"}),
    ],
)
def test_regular_forms(word: str, forms: set[str]) -> None:
    assert forms <= set(inflections(word))
    assert word not in inflections(word)


def test_hyphenated_cues_are_known_to_the_tokenizer() -> None:
    assert {"father-in-law", "ex-wife", "ex-wifes"} <= LEXICON.hyphenated


def test_a_folder_extends_the_word_lists(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[idioms]\nphrases = ["father of the nation"]', encoding="utf-8")
    folders = (*LEXICON.vocabulary.folders, tmp_path)
    extended = load(replace(LEXICON.vocabulary, folders=folders))
    assert extended.words("words", "idioms", "phrases") > LEXICON.words("words", "idioms", "phrases")
    written = """
    John    -     PROPN - 4 nsubj PERSON
    is      be    AUX   - 4 cop
    the     -     DET   - 4 det
    father  -     NOUN  - 0 root
    of      -     ADP   - 7 case
    the     -     DET   - 7 det
    nation  -     NOUN  - 4 nmod
    """
    assert ties(written, Matcher(LEXICON), "father")
    assert not ties(written, Matcher(extended), "father")


@pytest.mark.parametrize("content", [b"[idioms", b"phrases = [", b"\xff"])
def test_a_broken_word_list_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_bytes(content)
    with pytest.raises(OntologyError, match=r"words\.toml: not TOML"):
        load(replace(LEXICON.vocabulary, folders=(tmp_path,)))
