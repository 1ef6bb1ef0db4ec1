"""Readings written by hand: who is named where, which mentions are one person, and what the sentences say.

Each mention is a word or phrase of its own place; a text grows as mentions are asked for, a sentence a claim.
"""

from kg.model import Claim, Document, Gender, Mention, MentionKind, Reading, Span, Status, Value

DOCUMENT = "story.txt"


class Story:
    """A reading under construction. Mentions are numbered as they are made."""

    def __init__(self, identity: str = DOCUMENT) -> None:
        self.identity = identity
        self.mentions: list[Mention] = []
        self.chains: list[tuple[int, ...]] = []
        self.groups: list[tuple[int, tuple[int, ...]]] = []
        self.claims: list[Claim] = []
        self.text = ""

    def mention(
        self,
        text: str,
        kind: MentionKind = "name",
        type_: str = "Person",
        titles: tuple[str, ...] = (),
        gender: Gender = "",
    ) -> int:
        """A new mention; its name is the text without its titles."""
        start = len(self.text)
        self.text += text + " "
        name = text.removeprefix(" ".join(titles)).strip() if kind == "name" else ""
        span = Span(document=self.identity, start=start, end=start + len(text))
        made = Mention(span=span, text=text, kind=kind, type=type_, name=name, titles=titles, gender=gender)
        self.mentions.append(made)
        return len(self.mentions) - 1

    def person(self, *texts: str, gender: Gender = "") -> int:
        """Somebody who is named by each of the texts; gives the first of the mentions."""
        made = tuple(self.mention(text, gender=gender) for text in texts)
        self.chains.append(made)
        return made[0]

    def chain(self, *mentions: int) -> int:
        """Joins mentions to one person; gives the number of the chain."""
        self.chains.append(mentions)
        return len(self.chains) - 1

    def group(self, text: str, *chains: int) -> int:
        """A mention that stands for several people."""
        made = self.mention(text, "group")
        self.groups.append((made, chains))
        return made

    def claim(
        self, subject: int, relation: str, object_: int | Value, score: float = 0.9, status: Status | None = None
    ) -> Claim:
        """What one more sentence says."""
        start = len(self.text)
        self.text += "… "
        made = Claim(
            relation=relation,
            subject=self.mentions[subject],
            object=self.mentions[object_] if isinstance(object_, int) else object_,
            sentence=Span(document=self.identity, start=start, end=start + 1),
            status=status or Status(),
            rule="made/by hand",
            score=score,
        )
        self.claims.append(made)
        return made

    def reading(self) -> Reading:
        return Reading(
            document=Document(id=self.identity, text=self.text),
            mentions=tuple(self.mentions),
            chains=tuple(self.chains),
            groups=tuple(self.groups),
            claims=tuple(self.claims),
        )
