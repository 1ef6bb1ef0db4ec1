"""What the matcher finds in a tree, put so that a test can be read; and a small ontology with a cue of every class."""

from kg.extract.frames import Match, Matcher
from kg.model import Cue
from tests.extract.trees import lexicon, relation, tree

LEXICON = lexicon(
    relation("parent", Cue(frame="noun", words=("parent",))),
    relation(
        "father",
        Cue(frame="noun", words=("father", "old man"), bearer="male"),
        Cue(frame="verb", words=("father",), reversed=True),
        gender="male",
        parents=("parent",),
    ),
    relation("son", Cue(frame="noun", words=("son",), bearer="male"), parents=("child",), gender="male"),
    relation("child", Cue(frame="noun", words=("child",))),
    relation("grandparent", Cue(frame="noun", words=("grandfather",), bearer="male")),
    relation("inLaw", Cue(frame="noun", words=("father-in-law",), bearer="male")),
    relation(
        "spouse",
        Cue(frame="noun", words=("spouse", "wife")),
        Cue(frame="noun", words=("ex-wife",), phase="former"),
        Cue(frame="mutual", words=("married couple",)),
        Cue(frame="verb", words=("marry",)),
        Cue(frame="verb", words=("tie the knot",), prepositions=("with",)),
        Cue(frame="adjective", words=("married",), prepositions=("to",)),
        Cue(frame="event", words=("wedding", "marriage"), prepositions=("to", "of")),
        symmetric=True,
    ),
    relation("sibling", Cue(frame="noun", words=("sister", "twin")), symmetric=True),
    relation("adoptiveParent", Cue(frame="verb", words=("adopt",), reversed=True)),
    relation("bornTo", Cue(frame="passive", words=("bear",), prepositions=("to",))),
    relation("birthDate", Cue(frame="passive", words=("bear",), prepositions=("in", "on")), range_="date"),
    relation("residence", Cue(frame="verb", words=("live",), prepositions=("in",)), range_="Place"),
    relation("office", Cue(frame="role", words=("judge", "chief judge")), range_="Position"),
    relation("howMany", Cue(frame="number", words=("child",)), range_="number"),
    relation("countOf", Cue(frame="counted", words=("father",), prepositions=("of",)), range_="number"),
)


def ties(written: str, matcher: Matcher, *relations: str) -> list[str]:
    """What is found, sorted: "father noun.possessor: Tom > father John"; with members, "spouse mutual.each_other: A B".

    With relations named, only these.
    """
    made = tree(written)

    def forms(tokens: tuple[int, ...]) -> str:
        return " ".join(made.forms[t] for t in tokens)

    def say(m: Match) -> str:
        who = forms(m.members) if m.members else f"{forms(m.subjects)} > {forms(m.objects)}"
        return f"{m.relation.name} {m.frame.cue_class}.{m.frame.name}: {who}".rstrip()

    return sorted(say(m) for m in matcher.matches(made) if not relations or m.relation.name in relations)
