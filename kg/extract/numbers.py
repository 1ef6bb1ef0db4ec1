"""Ages and counts: words of a text -> numbers."""

import re

from kg.extract.lexicon import Lexicon
from kg.extract.tree import Tree

AGED = re.compile(r"(\d{1,3})-?years?-?old$")
_COUNTING = ("nummod", "det", "amod")
OLDEST = 125  # years; nobody is known to have lived longer


def cardinal(word: str, lexicon: Lexicon) -> int | None:
    """ "39" -> 39, "two" -> 2, "twenty-one" -> 21, "mother-of-three" -> 3; None for other words."""
    word = word.lower()
    if word.isdecimal() and len(word) <= 3:
        return int(word)
    table = lexicon.tables["words"]["age"]
    if word in table["numbers"]:
        return int(table["numbers"].index(word))
    tens, _, ones = word.partition("-")
    if tens in table["tens"]:
        one = cardinal(ones, lexicon) if ones else 0
        return 10 * (table["tens"].index(tens) + 2) + one if one is not None and one < 10 else None
    head, _, number = word.rpartition("-")
    return cardinal(number, lexicon) if head in lexicon.counting else None


def spelled(tree: Tree, token: int) -> tuple[int, int]:
    """The first and the last token of a number that hyphens cut: all of "forty-three" for each of its words."""
    forms = tree.forms
    for first in (token, token - 2):
        if (
            first >= 0
            and first + 2 < len(tree)
            and forms[first + 1] == "-"
            and tree.ends[first] == tree.starts[first + 1]
        ):
            return first, first + 2
    return token, token


def completed(word: str, lexicon: Lexicon) -> str:
    """ "mother-of" in "mother-of-three", "" in other words."""
    head = word.rpartition("-")[0]
    return head if head in lexicon.counting and cardinal(word, lexicon) is not None else ""


def count(tree: Tree, token: int, lexicon: Lexicon) -> int | None:
    """The number that a token says: of the noun that it counts, and of what is joined to that noun ("two sons and a
    daughter" is three). Of parts of a whole ("a son") a number is told only where all are counted.
    """
    noun = tree.heads[token]
    parts = lexicon.parts
    if tree.lemmas[noun].lower() not in parts or tree.deps[token].partition(":")[0] not in _COUNTING:
        number = _one_count(tree, token, lexicon)
        return None if number == 1 and tree.deps[token] == "det" else number  # "has a child" tells of one, not how many
    counted = [(n, _counted(tree, n, lexicon)) for n in tree.conjuncts(noun)]
    if any(number is None or tree.lemmas[n].lower() not in parts for n, number in counted):
        return None
    total = sum(number or 0 for _, number in counted)
    return total if len(counted) > 1 or total > 1 else None


def _counted(tree: Tree, noun: int, lexicon: Lexicon) -> int | None:
    return next((n for c in tree.kids(noun, *_COUNTING) if (n := _one_count(tree, c, lexicon)) is not None), None)


def _one_count(tree: Tree, token: int, lexicon: Lexicon) -> int | None:
    word = tree.forms[token].lower()
    if tree.deps[token].partition(":")[0] in ("det", "amod"):
        told = lexicon.tables["words"]["counts"].get(word)
        return int(told) if told is not None else None
    return cardinal(word, lexicon)


def age_of_word(word: str) -> int | None:
    """ "39" -> 39; None for what is no age in whole years."""
    number = int(word) if word.isdecimal() and len(word) <= 3 else 0
    return number if 0 < number < OLDEST else None


def age_after(tree: Tree, last: int, lexicon: Lexicon) -> tuple[int, int, int] | None:
    """The age in ", 39," or "(39)" or ", aged 39" right after a name that ends at token last: (age, first, last
    token).
    """
    n = len(tree)
    if last + 2 >= n or tree.forms[last + 1] not in (",", "("):
        return None
    i = last + 2
    if tree.forms[i].lower() in lexicon.words("words", "age", "word"):
        i += 1
    if i + 1 >= n or (age := age_of_word(tree.forms[i])) is None:
        return None
    return (age, i, i) if tree.forms[i + 1] in (",", ")", ".", ";") else None


def age_of_verb(tree: Tree, token: int, lexicon: Lexicon) -> int | None:
    """The verb that a number dates by somebody's age: "died at the age of 82", "died aged 82"; None if it is none."""
    before = token - 1
    if before > 0 and tree.forms[before].lower() in lexicon.words("words", "age", "of"):
        before -= 1
    if before < 0 or tree.forms[before].lower() not in lexicon.words("words", "age", "word"):
        return None
    i = tree.heads[before] if tree.heads[token] == before else tree.heads[token]
    for _ in range(6):
        if tree.upos[i] == "VERB" and i != before:
            return i
        if tree.heads[i] == i:
            return None
        i = tree.heads[i]
    return None


def age_of_phrase(tree: Tree, head: int) -> tuple[int, int, int] | None:
    """The age in "the 39-year-old (singer)" or "a 39 year old singer": (age, first, last token).

    Only what stands on the head itself counts: in "the 90-year-old baker and Ann" the age is not Ann's.
    """
    own = [head, *tree.kids(head, "amod", "compound")]
    for t in own:
        run = [i for i in (tree.subtree(t) if t != head else [t]) if i <= t]
        text = "".join(tree.forms[i].lower() for i in run).replace("\u2013", "-")
        match = AGED.match(text)
        if match and (age := age_of_word(match[1])) is not None:
            return age, run[0], run[-1]
    return None
