"""How somebody is called: from the places where a text names him, and without the titles before a name."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.model import Gender, Mention

# what a mention tells of gender weighs by how directly it tells it
_WEIGHT = {"name": 3, "description": 2, "pronoun": 1, "group": 0}


def without_titles(words: Sequence[str], titles: frozenset[str], longest: int) -> Sequence[str]:
    """The words of a name without titles in front, the longest first, as long as something remains.

    Args:
        words, titles: folded alike; a title of several words has single spaces.
        longest: how many words a title has at most.
    """
    size = longest
    while size:
        if len(words) > size and " ".join(words[:size]) in titles:
            words = words[size:]
            size = longest
        else:
            size -= 1
    return words


def called(named: Sequence[Mention]) -> tuple[str, tuple[str, ...]]:
    """The name to show, and all other forms that the text uses, sorted.

    The fullest name is shown; a name of one word is shown with its title, since that is how people know it ("Prince
    Harry").

    Args:
        named: at least one mention of kind "name".
    """
    forms = Counter(m.name for m in named if m.name)
    fullest = max(forms, key=lambda n: (len(n.split()), not n.isupper(), forms[n], n))
    titled = Counter(_titled(m) for m in named if m.name == fullest and m.titles)
    show = fullest
    if titled and _mononym(fullest):
        show = max(titled, key=lambda t: (titled[t], t))
    aliases = set(forms) | {_titled(m) for m in named} - {""}
    return show, tuple(sorted(aliases - {show}))


def _titled(mention: Mention) -> str:
    return " ".join([*mention.titles, mention.name])


def _mononym(name: str) -> bool:
    """One word, but for regnal numbers: "Charles III"."""
    words = name.split()
    return len([w for w in words if not (w.isupper() and set(w) <= set("IVX"))]) < 2


def gender_of(mentions: Iterable[Mention]) -> Gender:
    """The gender that most of the mentions tell; "" where they tell nothing or disagree evenly."""
    votes: Counter[Gender] = Counter()
    for m in mentions:
        if m.gender:
            votes[m.gender] += _WEIGHT[m.kind]
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]
