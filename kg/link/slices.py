"""A slice of Wikidata on disk: RDF in, an index out that opens at once.

The index is one SQLite file: names, folded, to be found by any of their words (FTS5), what is told of each item, and
its triples, packed, for questions about statements. It is made once for each content of the file, in the cache.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from kg.errors import SourceError
from kg.link.indexing import make_index
from kg.link.names import NameWords, alike, bare, folded, head, telling
from kg.link.source import Row, Tells
from kg.link.terms import Terms

SHIPPED = Path(__file__).parent / "slice.ttl.gz"
VERSION = "6"
"""Of the index; another version is made anew."""
MATCHING = "SELECT rowid FROM words WHERE words MATCH ?"
MOST = 200
"""Candidates for one person, the best known first."""
LONG = 8
"""Letters of a name of one word that may be spelt in another way."""
SPELLINGS = 12
"""Ways to spell a word that are tried."""


class Slice:
    """An opened slice; a Source."""

    def __init__(self, index: Path, name: str, terms: Terms) -> None:
        self.name = name
        self._terms = terms
        # Nobody writes to it; closed with the process.
        self._index = sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        self._index.close()

    def people(self) -> frozenset[str]:
        """The Q numbers of all who are named here."""
        return frozenset(f"Q{number}" for (number,) in self._index.execute("SELECT id FROM item"))

    def tells(self, qids: Sequence[str]) -> Mapping[str, Tells]:
        found = self._index.execute(f"SELECT id, told FROM item WHERE id IN ({_marks(qids)})", _numbers(qids))
        return {f"Q{number}": json.loads(told) for number, told in found}

    def dump(self, qids: Sequence[str]) -> Sequence[str]:
        found = self._index.execute(f"SELECT packed FROM triples WHERE item IN ({_marks(qids)})", _numbers(qids))
        return sorted({line for (packed,) in found for line in zlib.decompress(packed).decode().split("\n")})

    def statements(self, query: str, qids: Sequence[str]) -> Sequence[Row]:
        numbers = _numbers(qids)
        marks = _marks(qids)
        wanted = f"SELECT other FROM kin WHERE one IN ({marks}) UNION SELECT id FROM item WHERE id IN ({marks})"
        graph = Store()
        for (packed,) in self._index.execute(f"SELECT packed FROM triples WHERE item IN ({wanted})", numbers * 2):
            graph.extend(Quad(*one.triple) for one in parse(zlib.decompress(packed), format=RdfFormat.N_TRIPLES))
        return list(rows_of(graph, self._terms.declare(query)))

    def named(self, names: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        return [self._one(forms) for forms in names]

    def related(self, one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, str]]:
        first, second = (self._matches([form]) for form in (one[0], other[0]))
        if not first or not second:
            return []
        found = self._index.execute(
            f"WITH a AS (SELECT item FROM name WHERE rowid IN ({MATCHING})),"
            f" b AS (SELECT item FROM name WHERE rowid IN ({MATCHING}))"
            " SELECT DISTINCT one, other FROM kin WHERE one IN a AND other IN b ORDER BY one, other LIMIT ?",
            (first[0], second[0], MOST),
        )
        return [(f"Q{a}", f"Q{b}") for a, b in found]

    def _one(self, forms: Sequence[str]) -> list[str]:
        """Those who bear a form as written, then those whose names hold its words, the best known first."""
        exact = sorted({folded(form) for form in forms})
        found = self._ids(f"SELECT item FROM name WHERE folded IN ({_marks(exact)})", exact)
        for words in self._matches(forms):
            if len(found) >= MOST:
                break
            found += self._ids(
                "SELECT item FROM name WHERE rowid IN (SELECT rowid FROM words WHERE words MATCH ?)", [words]
            )
        for words in self._loosely(forms[0]) if not found else ():
            found += self._ids(f"SELECT item FROM name WHERE rowid IN ({MATCHING})", [words])
        return list(dict.fromkeys(found))[:MOST]

    def _matches(self, forms: Sequence[str]) -> list[str]:
        kinds = self._terms.names
        found = []
        for form in forms:
            words = sorted(telling(bare(form, kinds), kinds) or telling(folded(form).split(), NameWords()))
            if words:
                found.append(" AND ".join(f'"{word}"' for word in words))
        return list(dict.fromkeys(found))

    def _loosely(self, form: str) -> list[str]:
        """Matches for a name that nobody bears as it is: what stands before a comma, first and last word, spellings."""
        kinds = self._terms.names
        words = [word for word in bare(form, kinds) if word in telling(bare(form, kinds), kinds)]
        ends = f'"{words[0]}" AND "{words[-1]}"' if len(words) > 2 else ""
        shorter = self._matches([form.partition(",")[0]])
        return [one for one in (*shorter, ends, self._spelt(telling(head(form, kinds), kinds) or words)) if one]

    def _spelt(self, words: Iterable[str]) -> str:
        """A match for words that are spelt in another way here, as long as they are enough to tell somebody."""
        wanted = sorted(words)
        if not wanted or (len(wanted) == 1 and len(wanted[0]) < LONG):
            return ""
        found = [[one for one in self._vocabulary(word[0]) if alike(word, one)][:SPELLINGS] for word in wanted]
        return " AND ".join("(" + " OR ".join(f'"{one}"' for one in ones) + ")" for ones in found) if all(found) else ""

    @lru_cache(maxsize=64)  # noqa: B019 (a slice lives as long as its process)
    def _vocabulary(self, letter: str) -> tuple[str, ...]:
        """The words of names that begin with a letter, the most frequent first."""
        found = self._index.execute(
            "SELECT term FROM spelling WHERE term >= ? AND term < ? ORDER BY cnt DESC, term",
            (letter, f"{letter}\U0010ffff"),
        )
        return tuple(term for (term,) in found)

    def _ids(self, select: str, values: Sequence[str]) -> list[str]:
        best = f"SELECT DISTINCT i.id FROM item i WHERE i.id IN ({select}) ORDER BY i.fame DESC, i.id LIMIT {MOST}"
        return [f"Q{number}" for (number,) in self._index.execute(best, values)]


def rows_of(graph: Store, query: str) -> Iterator[Row]:
    """The rows of a SELECT as texts."""
    answer = graph.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, QuerySolutions):
        raise TypeError("rows come from a SELECT")
    names = [variable.value for variable in answer.variables]
    for row in answer:
        yield {name: term.value for name in names if isinstance(term := row[name], NamedNode | Literal)}


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _numbers(qids: Sequence[str]) -> list[int]:
    return [int(qid[1:]) for qid in qids]


def open_slice(path: Path, cache: Path, terms: Terms) -> Slice:
    """Opens a slice; makes its index the first time.

    Raises:
        SourceError: the file is missing. FormatError: it is no RDF, or holds no item of Wikidata.
    """
    try:
        key = hashlib.sha256(VERSION.encode() + path.read_bytes()).hexdigest()[:20]
    except OSError as error:
        raise SourceError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    index = cache / "slices" / f"{key}.sqlite"
    if not index.exists():
        make_index(path, index, terms)
    return Slice(index, path.name, terms)
