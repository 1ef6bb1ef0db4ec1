"""Trees written by hand: a word a line, so that a test says what a parser would have said, and needs no model.

    Tom     -  PROPN  -  3  nmod:poss  PERSON
    's      -  PART   -  1  case
    father  -  NOUN   -  0  root

Columns: form, lemma ("-": the form in lower case), UPOS, XPOS ("-": the commonest of its UPOS), head (1 is the first
word of the sentence, 0 the root), relation, and the type of the name that begins here ("+": the name goes on).
An empty line ends a sentence. Punctuation and clitics stand close to the word before them, as in print.
"""

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon import load as load_lexicon
from kg.extract.tree import Name, Tree
from kg.model import Cue, Gender, RelationType
from kg.vocabulary import DEFAULT_BASE, Vocabulary, shipped

XPOS = {
    "NOUN": "NN",
    "PROPN": "NNP",
    "VERB": "VBD",
    "AUX": "VBZ",
    "ADJ": "JJ",
    "ADV": "RB",
    "PRON": "PRP",
    "DET": "DT",
    "ADP": "IN",
    "SCONJ": "IN",
    "CCONJ": "CC",
    "NUM": "CD",
    "PART": "POS",
    "PUNCT": ",",
}
CLOSE_TO_THE_LEFT = frozenset({",", ".", "?", "!", ";", ")", "'s", "’s", "n't", "n’t"})
CLOSE_TO_THE_RIGHT = frozenset({"("})


def tree(written: str) -> Tree:
    """The tree of some sentences in the notation above."""
    made = Tree("", [], [], [], [], [], [], [], [], [], [], [], [])
    text = ""
    for sentence in written.strip("\n").split("\n\n"):
        base = len(made)
        rows = [line.split() for line in sentence.splitlines() if line.strip()]
        for row in rows:
            close = not text or row[0] in CLOSE_TO_THE_LEFT or text[-1] in CLOSE_TO_THE_RIGHT
            text += row[0] if close else " " + row[0]
            _add(made, row, base, len(text))
        made.sentences.append((base, len(made)))
        made.sentence_of.extend([len(made.sentences) - 1] * len(rows))
    made.children.extend([] for _ in made.forms)
    for i, head in enumerate(made.heads):
        if head != i:
            made.children[head].append(i)
    return Tree(text, *[getattr(made, column) for column in Tree.__slots__[1:]])


def _add(made: Tree, row: list[str], base: int, end: int) -> None:
    i = len(made)
    form, lemma, upos, xpos, head, dep, *name = row
    made.forms.append(form)
    made.lemmas.append(form.lower() if lemma == "-" else lemma)
    made.upos.append(upos)
    made.xpos.append(XPOS[upos] if xpos == "-" else xpos)
    made.heads.append(base + int(head) - 1 if head != "0" else i)
    made.deps.append(dep)
    made.starts.append(end - len(form))
    made.ends.append(end)
    if name == ["+"]:
        last = made.names.pop()
        made.names.append(Name(last.first, i, last.type))
    elif name:
        made.names.append(Name(i, i, name[0]))


def words(listed: str, kind: str = "PERSON") -> str:
    """A list of names, for tests that read no tree: "John Reed ; Ann Reed" is two names with a comma between."""
    lines: list[str] = []
    for name in listed.split(";"):
        if lines:
            lines.append(f", - PUNCT - {len(lines) + 2} punct")
        first = len(lines) + 1
        for k, word in enumerate(name.split()):
            above = first if k else min(first - 1, 1)
            lines.append(f"{word} - PROPN - {above} {'flat' if k else 'list'} {'+' if k else kind}")
    return "\n".join(lines)


def at(made: Tree, form: str) -> int:
    """The index of the first token with this form."""
    return made.forms.index(form)


# ------------------------------------------------------------------ small ontologies
def relation(
    name: str,
    *cues: Cue,
    range_: str = "Person",
    domain: str = "Person",
    parents: tuple[str, ...] = (),
    inverse: str = "",
    symmetric: bool = False,
    gender: Gender = "",
    chains: tuple[tuple[str, ...], ...] = (),
    family: bool = True,
) -> RelationType:
    """A relation with what a test needs of it."""
    return RelationType(
        name=name,
        iri=f"{DEFAULT_BASE}ns#{name}",
        label=name,
        comment=name,
        domain=domain,
        range=range_,
        parents=parents,
        inverse=inverse,
        symmetric=symmetric,
        gender=gender,
        chains=chains,
        family=family,
        cues=cues,
    )


def ontology(*relations: RelationType) -> Vocabulary:
    """An ontology of these relations alone, beside the shipped word lists and frames."""
    return Vocabulary(
        relations={r.name: r for r in sorted(relations, key=lambda r: r.name)},
        classes={},
        alignments={},
        frames={},
        prefixes={},
        base=DEFAULT_BASE,
        folders=(shipped(),),
    )


def lexicon(*relations: RelationType) -> Lexicon:
    """The shipped word lists with the cues of these relations alone."""
    return load_lexicon(ontology(*relations))
