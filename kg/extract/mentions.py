"""Where a text names, describes or points at people, organisations and places.

Names come from the tagger, pronouns from the closed class, descriptions from noun phrases whose head is a word for a
person (kin and office nouns of the ontology included), groups from coordination and plural words.
"""

from dataclasses import dataclass, field

from kg.extract import names
from kg.extract.lexicon import Lexicon
from kg.extract.names import title_at
from kg.extract.tree import Name, Tree
from kg.model import Gender, Mention, MentionKind, Span

TYPES = {"PERSON": "Person", "ORG": "Organisation", "PLACE": "Place"}
LIKELY = -1.0  # log odds of an arc that is worth a mention
SURE = 1.0  # of one that is worth a name
_PHRASE = ("det", "nmod:poss", "amod", "compound", "nummod", "case", "nmod:desc")


@dataclass(slots=True)
class Spot:
    """A mention and its tokens. first, last: inclusive; head: the token that stands for it; points: a token of the
    mention whose bearer it is, where grammar or the network tells."""

    mention: Mention
    first: int
    last: int
    head: int
    definite: bool = False
    points: int | None = None


@dataclass(slots=True)
class Spots:
    """All spots of a document in text order, and which one each token belongs to (the innermost, names first)."""

    all: list[Spot] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)

    def add(self, spot: Spot, tokens: range | tuple[int, ...]) -> None:
        self.all.append(spot)
        for t in tokens:
            self.at.setdefault(t, len(self.all) - 1)


def find(tree: Tree, document: str, lexicon: Lexicon) -> Spots:
    """All mentions of a document, sorted by place."""
    spots = Spots()
    _names(tree, document, lexicon, spots)
    _pointers(tree, document, lexicon, spots)
    _tied(tree, document, lexicon, spots)
    return _sorted(spots)


def _mention(
    tree: Tree,
    document: str,
    tokens: tuple[int, int],
    kind: MentionKind,
    type_: str = "Person",
    name: str = "",
    titles: tuple[str, ...] = (),
    gender: Gender = "",
) -> Mention:
    """The mention of tokens first to last."""
    start, end = tree.starts[tokens[0]], tree.ends[tokens[1]]
    span = Span(document=document, start=start, end=end)
    return Mention(span=span, text=tree.text[start:end], kind=kind, type=type_, name=name, titles=titles, gender=gender)


def _head(tree: Tree, first: int, last: int) -> int:
    """The token of a stretch that hangs on a word outside it."""
    for i in range(first, last + 1):
        if tree.heads[i] == i or not first <= tree.heads[i] <= last:
            return i
    return last


def _trim(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """A name span without a possessive or punctuation at its ends, and with the rest of a hyphenated name ("Kim Hae" of
    "Kim Hae-won"); cut at a line break."""
    if last > first and tree.forms[last] == "-" and _glued(tree, last - 1) and _glued(tree, last):
        last += 1
    while last > first and (
        tree.xpos[last] == "POS" or (tree.upos[last] == "PUNCT" and tree.forms[last] not in (")", '"', "."))
    ):
        last -= 1
    while _hyphenated(tree, first, last):
        last += 2
    for i in range(first, last):
        if "\n" in tree.text[tree.ends[i] : tree.starts[i + 1]]:
            return first, i
    return first, last


def _hyphenated(tree: Tree, first: int, i: int) -> bool:
    """Whether a hyphen and another part of the name follow its word i without a space: "Kim Hae-won", whatever the
    tagger takes "won" for, but not "Smith-led"."""
    if i + 2 >= len(tree) or tree.forms[i + 1] != "-" or not (_glued(tree, i) and _glued(tree, i + 1)):
        return False
    part = i + 2
    named = tree.upos[part] == "PROPN" or tree.deps[part] == "flat"
    return named or (first < i and tree.deps[part].partition(":")[0] != "amod" and tree.forms[part].islower())


def _glued(tree: Tree, i: int) -> bool:
    """Whether word i is followed by a word without a space."""
    return i + 1 < len(tree) and tree.ends[i] == tree.starts[i + 1]


def _names(tree: Tree, document: str, lexicon: Lexicon, spots: Spots) -> None:
    lone = []
    for name in _without_false_titles(tree, lexicon):
        first, last = _trim(tree, name.first, name.last)
        if not any(c.isalpha() for i in range(first, last + 1) for c in tree.forms[i]):
            continue
        if name.type == "PERSON" and first == last and tree.xpos[first] == "NNPS":  # "the Sussexes"
            spots.add(Spot(_mention(tree, document, (first, first), "group"), first, first, first, True), (first,))
        elif name.type == "PERSON":
            _person(tree, document, lexicon, spots, first, last)
        elif name.type in TYPES:
            text = tree.quote(first, last)
            mention = _mention(tree, document, (first, last), "name", TYPES[name.type], name=text)
            spots.add(Spot(mention, first, last, _head(tree, first, last), True), range(first, last + 1))
        elif name.type == "TITLE" and _names_somebody(tree, lexicon, first, last):
            _person(tree, document, lexicon, spots, first, last)
        elif name.type == "TITLE":
            lone.append((first, last))
    for first, last in lone:
        if not any(t in spots.at for t in range(first, last + 1)):
            _lone_title(tree, document, lexicon, spots, first, last)


def _without_false_titles(tree: Tree, lexicon: Lexicon) -> list[Name]:
    """The tagged names; a first name that was taken for a title ("Siri" in "Siri Lind") goes to its name: a capital
    word right before it that is neither a title of the list nor a word for a person."""
    out: list[Name] = []
    for name in tree.names:
        before = out[-1] if out else None
        if (
            name.type == "PERSON"
            and before is not None
            and before.type == "TITLE"
            and before.first == before.last == name.first - 1
            and tree.forms[before.first][:1].isupper()
            and not title_at(tree, before.first, name.first, lexicon)
            and tree.lemmas[before.first].lower() not in lexicon.person_nouns
        ):
            out[-1] = Name(before.first, name.last, name.type)
        else:
            out.append(name)
    return out


def _names_somebody(tree: Tree, lexicon: Lexicon, first: int, last: int) -> bool:
    """Whether a tagged title is a title and a name: "Prince William", but not "Lord Mayor" or "Duke of Sussex"."""
    i = first
    while i <= last and (n := title_at(tree, i, last + 1, lexicon)):
        i += n
    rest = range(i, last + 1)
    words_for_people = any(tree.lemmas[t].lower() in lexicon.person_nouns for t in rest)
    return first < i <= last and not words_for_people and all(tree.upos[t] == "PROPN" for t in rest)


def _person(tree: Tree, document: str, lexicon: Lexicon, spots: Spots, first: int, last: int) -> None:
    titled = names.split(tree, first, last, lexicon)
    begin = titled.titles[0][0] if titled.titles else titled.first
    titles = tuple(tree.quote(a, b) for a, b in titled.titles)
    text = " ".join(tree.quote(titled.first, titled.last).split())
    gender: Gender = next((g for t in titles if (g := lexicon.title_gender(t))), "")
    mention = _mention(tree, document, (begin, titled.last), "name", name=text, titles=titles, gender=gender)
    spot = Spot(mention, begin, titled.last, _head(tree, begin, titled.last), True)
    spots.add(spot, range(begin, titled.last + 1))


def _lone_title(tree: Tree, document: str, lexicon: Lexicon, spots: Spots, first: int, last: int) -> None:
    """ "the King", "the Duke of Sussex": a description that says a title. An article is part of it."""
    text = tree.quote(first, last)
    gender = lexicon.title_gender(text)
    begin = first - 1 if first and tree.upos[first - 1] == "DET" else first
    mention = _mention(tree, document, (begin, last), "description", titles=(text,), gender=gender)
    spots.add(Spot(mention, begin, last, _head(tree, first, last), True), range(begin, last + 1))


def _pointers(tree: Tree, document: str, lexicon: Lexicon, spots: Spots) -> None:
    for i, form in enumerate(tree.forms):
        if i in spots.at:
            continue
        low = form.lower()
        if tree.upos[i] in ("PRON", "DET") and (low in lexicon.pronouns or low in lexicon.first_pronouns):
            mention = _mention(tree, document, (i, i), "pronoun", gender=lexicon.pronouns.get(low, ""))
            spots.add(Spot(mention, i, i, i, True), (i,))
        elif tree.upos[i] in ("PRON", "DET") and low in lexicon.plural_pronouns:
            spots.add(Spot(_mention(tree, document, (i, i), "group"), i, i, i, True), (i,))
        elif tree.upos[i] == "NOUN":
            _description(tree, document, lexicon, spots, i)


def _tied(tree: Tree, document: str, lexicon: Lexicon, spots: Spots) -> None:
    """Words that are no mentions by themselves but that a relation arc touches: "who", "it" for an organisation, a noun
    that is only here a word for a person ("the respondent")."""
    relations = lexicon.vocabulary.relations
    for tie in tree.ties:
        relation = relations.get(tie.label)
        if relation is None or tie.odds < LIKELY:
            continue
        for i, kind in ((tie.subject, relation.domain), (tie.object, relation.range)):
            if i in spots.at:
                continue
            if tie.odds > SURE and kind in TYPES.values() and tree.upos[i] == "PROPN" and tree.forms[i][0].isupper():
                _overlooked(tree, document, spots, i, kind)
                continue
            if tie.odds > 0 and kind == "Person" and tree.upos[i] == "NOUN":
                _described(tree, document, spots, i, "", plural=tree.xpos[i] == "NNS")
                continue
            low = tree.forms[i].lower()
            if tree.xpos[i][:1] == "W" and low in lexicon.relative_pronouns:
                target = _relative_head(tree, i)
            elif kind == "Organisation" and low in lexicon.words("words", "pronouns", "thing"):
                target = _body_before(tree, spots, i)
            else:
                continue
            at = spots.at.get(target) if target is not None else None
            if at is not None and spots.all[at].mention.type == kind:
                mention = _mention(tree, document, (i, i), "pronoun", kind, gender=spots.all[at].mention.gender)
                spots.add(Spot(mention, i, i, i, True, target), (i,))


def _overlooked(tree: Tree, document: str, spots: Spots, i: int, kind: str) -> None:
    """A name that the tagger did not see but a sure arc ends at: the proper names around word i."""
    first = last = i
    a, b = tree.sentences[tree.sentence_of[i]]
    while first > a and tree.upos[first - 1] == "PROPN" and first - 1 not in spots.at:
        first -= 1
    while last + 1 < b and tree.upos[last + 1] == "PROPN" and last + 1 not in spots.at:
        last += 1
    mention = _mention(tree, document, (first, last), "name", kind, name=tree.quote(first, last))
    spots.add(Spot(mention, first, last, _head(tree, first, last), True), range(first, last + 1))


def _relative_head(tree: Tree, i: int) -> int | None:
    """The noun that the relative clause of "who", "which" modifies."""
    for _ in range(6):
        head = tree.heads[i]
        if head == i:
            return None
        if tree.deps[i].startswith("acl"):
            return head
        i = head
    return None


def _body_before(tree: Tree, spots: Spots, i: int) -> int | None:
    """The organisation that the network thinks "it" to be, else the last one named in this sentence or the last."""

    def is_body(t: int) -> bool:
        return t in spots.at and spots.all[spots.at[t]].mention.type == "Organisation"

    line = tree.antecedents.get(i, {})
    thought = [t for t in sorted(line, key=lambda t: -line[t]) if line[t] > 0 and is_body(t)]
    if thought:
        return thought[0]
    first = tree.sentences[max(0, tree.sentence_of[i] - 1)][0]
    return next((t for t in range(i - 1, first - 1, -1) if is_body(t)), None)


def _description(tree: Tree, document: str, lexicon: Lexicon, spots: Spots, i: int) -> None:
    noun = _noun(tree, i, lexicon)
    if noun is None:
        return
    _described(tree, document, spots, i, *noun)


def _described(tree: Tree, document: str, spots: Spots, i: int, gender: Gender, plural: bool) -> None:
    """A noun and what stands before it, as a description."""
    left = [c for c in tree.children[i] if c < i and tree.deps[c] in _PHRASE]
    first = min((min(tree.subtree(c)) for c in left if tree.deps[c] != "case"), default=i)
    definite = any(
        tree.deps[c] == "nmod:poss" or (tree.deps[c] == "det" and tree.forms[c].lower() in ("the", "this", "that"))
        for c in left
    )
    mention = _mention(tree, document, (first, i), "group" if plural else "description", gender=gender)
    spots.add(Spot(mention, first, i, i, definite), (i,))


def _noun(tree: Tree, i: int, lexicon: Lexicon) -> tuple[Gender, bool] | None:
    """The gender and plurality of a noun for people; None for other nouns. "39-year-old" counts ("the 39-year-old")."""
    lemma = tree.lemmas[i].lower()
    plural = tree.xpos[i] == "NNS"
    if lemma in lexicon.group_nouns:
        return "", True
    if lemma in lexicon.person_nouns:
        return lexicon.person_nouns[lemma], plural
    if tree.forms[i].lower().endswith(tuple(lexicon.words("words", "age", "suffixes"))):
        return "", False
    return None


def _sorted(spots: Spots) -> Spots:
    order = sorted(range(len(spots.all)), key=lambda k: (spots.all[k].first, -spots.all[k].last))
    place = {old: new for new, old in enumerate(order)}
    return Spots([spots.all[k] for k in order], {t: place[k] for t, k in spots.at.items()})
