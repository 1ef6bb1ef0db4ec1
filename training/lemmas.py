"""Lemmas as edit rules: "3>y" cuts three letters from the lower-cased word and adds y (married -> marry).

A classifier over such rules learns irregular forms by context as well (Chrupała 2006). "=" keeps the word as written.
"""

KEEP = "="


def rule_of(word: str, lemma: str) -> str:
    """The rule that leads from word to lemma."""
    if word == lemma:
        return KEEP
    low = word.lower()
    shared = 0
    while shared < min(len(low), len(lemma)) and low[shared] == lemma[shared]:
        shared += 1
    return f"{len(low) - shared}>{lemma[shared:]}"
