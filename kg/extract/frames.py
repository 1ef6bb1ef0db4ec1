"""Cue words x frames -> matches: which tokens stand in which relation, before anybody knows who they are.

The matcher is anchored at cue words, so its cost grows with their number, not with the number of relations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.errors import OntologyError
from kg.extract.lexicon import Lexicon
from kg.extract.paths import Path, Step, Subject, antecedent, compile_path, follow, subjects
from kg.extract.tree import Tree
from kg.model import Cue, RelationType


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a cue is tied. paths: role ("subject", "object", "members", …) -> the paths to its words."""

    name: str
    cue_class: str
    paths: dict[str, tuple[Path, ...]]
    without: tuple[Path, ...] = ()
    voice: str = "any"
    bare: bool = False
    bare_cue: bool = False
    ranges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A cue word found with its partners; tokens, not yet people.

    subject and object (or members of a symmetric relation) are lists of alternatives by coordination: each stands in
    the relation. identity: for each token, the other tokens that the sentence says are the same person.
    """

    relation: RelationType
    cue: Cue
    frame: Frame
    anchor: int
    span: tuple[int, int]
    word: str
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    others: dict[str, tuple[int, ...]] = field(default_factory=dict)


class Matcher:
    """The frames of frames.toml over the cues of the ontology.

    Raises:
        OntologyError: a frame without class or paths, or a path that is none.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        table = lexicon.tables["frames"]
        self._identity = tuple(
            compile_path(p, f"frames.toml, identity {row.get('name')}")
            for row in table.get("identity", ())
            for p in row["paths"]
        )
        self._last: tuple[Tree | None, dict[int, list[int]]] = (None, {})  # what `same` has found in the last tree
        self._frames: dict[str, list[Frame]] = {}
        for row in table.get("frame", ()):
            frame = _frame(row)
            self._frames.setdefault(frame.cue_class, []).append(frame)

    # -------------------------------------------------------------- identity
    def same(self, tree: Tree, i: int) -> list[int]:
        """i and the words that the sentence says are the same person: apposition, copula, "became"."""
        if self._last[0] is not tree:
            self._last = (tree, {})
        known = self._last[1]
        if i not in known:
            known[i] = self._same(tree, i)
        return known[i]

    def _same(self, tree: Tree, i: int) -> list[int]:
        out = [i]
        for k in out:  # grows: "the novelist Ann was the daughter …" leads by "novelist" to "Ann"
            for path in self._identity:
                for j in follow(tree, k, path, self._subject(tree)):
                    if (
                        j not in out
                        and tree.upos[j] in _NOMINAL
                        and tree.xpos[j] not in ("JJ", "JJR", "JJS")
                        and not _names_apart(tree, k, j)
                    ):
                        out.append(j)
        return out

    def _subject(self, tree: Tree) -> Subject:
        return lambda i: subjects(tree, i)

    # -------------------------------------------------------------- cues
    def matches(self, tree: Tree) -> Iterator[Match]:
        """All matches of a document, in text order of their cue words."""
        for first, last, head, relation, cue, word in self.cues(tree):
            for cue_class in _classes(cue, relation):
                for frame in self._frames.get(cue_class, ()):
                    match = self._match(tree, (first, head, last), relation, cue, word, frame)
                    if match:
                        yield match

    def cues(self, tree: Tree) -> list[tuple[int, int, int, RelationType, Cue, str]]:
        """All cue words as (first, last, head token, relation, cue, word), text order; within a longer cue the shorter
        ones are not seen ("wife" in "ex-wife"), nor is a cue behind a prefix that makes it another word
        ("grandfather" in "great-grandfather")."""
        found = []
        begun = self._lexicon.cue_words
        for j in range(len(tree)):
            seen: set[tuple[str, int]] = set()
            for form in (tree.lemmas[j].lower(), tree.forms[j].lower()):
                for relation, cue, word, words in begun.get(form, ()):
                    if (word, id(cue)) not in seen and _stands(tree, j, words):
                        last = j + len(words) - 1
                        seen.add((word, id(cue)))
                        found.append((j, last, _head(tree, j, last), relation, cue, word))
        longest: dict[int, int] = {}
        for first, last, *_ in found:
            for t in range(first, last + 1):
                longest[t] = max(longest.get(t, 0), last - first)
        kept = [f for f in found if all(longest[t] <= f[1] - f[0] for t in range(f[0], f[1] + 1))]
        idiom = self._idiomatic(tree)
        return [f for f in kept if not self._prefixed(tree, f[0]) and not idiom.intersection(range(f[0], f[1] + 1))]

    def _idiomatic(self, tree: Tree) -> set[int]:
        """The tokens of phrases in which a kin word is no kin: "sister company"."""
        out: set[int] = set()
        idioms = self._lexicon.idioms
        for j in range(len(tree)):
            for form in (tree.lemmas[j].lower(), tree.forms[j].lower()):
                for words in idioms.get(form, ()):
                    if _stands(tree, j, words):
                        out.update(range(j, j + len(words)))
        return out

    def _prefixed(self, tree: Tree, first: int) -> bool:
        prefixes = self._lexicon.words("words", "kin", "prefixes")
        joined = first > 1 and tree.forms[first - 1] == "-" and tree.forms[first - 2].lower() in prefixes
        return joined or (first > 0 and tree.forms[first - 1].lower() in prefixes)

    def _together(self, tree: Tree, i: int, reached: int, path: Path) -> list[int]:
        """A word that a path has reached from cue i, with the words joined to it that stand there too."""
        if path == (_HERE,) and (reached == i or not self._several(tree, i)):
            return [reached]  # one bearer of a singular noun; "his sons A and B" has several
        joined = tree.conjuncts(reached)
        up = path[-1].direction == "<" and path[-1].dep == "conj"  # from a joined word to those before it
        return [c for c in joined if c < i] if up else joined

    def _several(self, tree: Tree, i: int) -> bool:
        """Whether a noun stands for more than one: "sons", "couple"; "A and B are brother and sister"."""
        if tree.xpos[i] in ("NNS", "NNPS") or tree.lemmas[i].lower() in self._lexicon.group_nouns:
            return True
        return bool(tree.kids(i, "cop")) and any(tree.upos[c] == "NOUN" for c in tree.kids(i, "conj"))

    def _applies(self, tree: Tree, place: tuple[int, int, int], relation: RelationType, cue: Cue, frame: Frame) -> bool:
        """Whether nothing about the cue word speaks against the frame."""
        first, i, last = place
        if frame.voice != "any" and (frame.voice == "passive") != _passive(tree, i):
            return False
        if cue.frame == "noun" and _modifies_a_thing(tree, i):
            return False
        if (frame.bare and tree.kids(i, "nmod:poss")) or (frame.bare_cue and cue.prepositions):
            return False
        if frame.cue_class == "mutual" and not self._several(tree, i):
            return False
        if frame.ranges and relation.range not in frame.ranges:
            return False
        own, subject = set(range(first, last + 1)), self._subject(tree)
        return not any(set(follow(tree, i, p, subject, cue.prepositions)) - own for p in frame.without)

    def _match(
        self, tree: Tree, place: tuple[int, int, int], relation: RelationType, cue: Cue, word: str, frame: Frame
    ) -> Match | None:
        first, i, last = place
        subject = self._subject(tree)
        if not self._applies(tree, place, relation, cue, frame):
            return None
        found: dict[str, tuple[int, ...]] = {}
        for role, paths in frame.paths.items():
            words: list[int] = []
            for path in paths:
                reached = [
                    r for r in follow(tree, i, path, subject, cue.prepositions) if r == i or not first <= r <= last
                ]
                reached = [antecedent(tree, r) for r in reached]
                if path == (_HERE,):
                    reached = self.same(tree, i)
                for r in reached:
                    words += [c for c in self._together(tree, i, r, path) if c not in words]
            found[role] = tuple(words)
        if "members" in frame.paths:
            usable = relation.symmetric and bool(found["members"])
            return Match(relation, cue, frame, i, (first, last), word, members=found["members"]) if usable else None
        if not found.get("subject") or ("object" in frame.paths and not found["object"]):
            return None
        others = {k: v for k, v in found.items() if k not in ("subject", "object")}
        left, right = found["subject"], found.get("object", ())
        if cue.reversed:
            left, right = right, left
        return Match(relation, cue, frame, i, (first, last), word, subjects=left, objects=right, others=others)


def _modifies_a_thing(tree: Tree, i: int) -> bool:
    """Whether a noun only modifies a common noun: the "sister bill", a "mother tongue"."""
    return tree.deps[i] in ("compound", "amod") and tree.upos[tree.heads[i]] != "PROPN"


_HERE = Step("")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def _classes(cue: Cue, relation: RelationType) -> tuple[str, ...]:
    """A noun of a symmetric relation also stands for both sides at once ("the brothers A and B")."""
    return (cue.frame, "mutual") if cue.frame == "noun" and relation.symmetric else (cue.frame,)


def _names_apart(tree: Tree, i: int, j: int) -> bool:
    """Two proper names joined by a mere "flat" are one name or a parse error, not two mentions of one person."""
    return tree.upos[i] == tree.upos[j] == "PROPN" and "flat" in (tree.deps[i], tree.deps[j])


def _stands(tree: Tree, j: int, words: Sequence[str]) -> bool:
    last = j + len(words) - 1
    if last >= len(tree) or tree.sentence_of[j] != tree.sentence_of[last]:
        return False
    return all(w in (tree.lemmas[j + k].lower(), tree.forms[j + k].lower()) for k, w in enumerate(words[1:], 1))


def _head(tree: Tree, first: int, last: int) -> int:
    """The word of a cue that stands for it in the tree; the first that hangs on a word outside ("father" of "father-
    in-law").
    """
    for i in range(first, last + 1):
        if tree.heads[i] == i or not first <= tree.heads[i] <= last:
            return i
    return last


def _passive(tree: Tree, i: int) -> bool:
    """Whether a verb is passive: with a passive auxiliary or subject, or a bare participle that modifies a noun."""
    if tree.kids(i, "aux:pass") or any(tree.deps[c].endswith(":pass") for c in tree.children[i]):
        return True
    return tree.xpos[i] == "VBN" and tree.deps[i] == "acl" and not tree.kids(i, "obj")


def _frame(row: dict[str, object]) -> Frame:
    where = f"frames.toml, frame {row.get('name')}"
    if "class" not in row or "name" not in row:
        raise OntologyError(f"{where}: a frame needs a name and a class", hint="see the frames that ship with kg")
    roles = {}
    for role in ("subject", "object", "members", "organisation"):
        value = row.get(role)
        if isinstance(value, list):
            roles[role] = tuple(compile_path(str(p), where) for p in value)
    if "subject" not in roles and "members" not in roles:
        raise OntologyError(f"{where}: neither subject nor members", hint="say which paths lead to them")
    without = row.get("without", [])
    return Frame(
        name=str(row["name"]), cue_class=str(row["class"]), paths=roles,
        without=tuple(compile_path(str(p), where) for p in without) if isinstance(without, list) else (),
        voice=str(row.get("voice", "any")), bare=bool(row.get("bare")), bare_cue=bool(row.get("bare_cue")),
        ranges=tuple(map(str, ranges)) if isinstance(ranges := row.get("ranges", []), list) else (),
    )  # fmt: skip
