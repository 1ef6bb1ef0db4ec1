"""Wikidata, or a mirror of it, as a Source: portable SPARQL in large questions; the API for what that does not tell."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.errors import ServiceError
from kg.link.cache import Cache
from kg.link.entities import Entities
from kg.link.items import about, kin_of, kin_text, languages, values
from kg.link.names import bare
from kg.link.source import BATCH, Row, Tells, batches
from kg.link.terms import Terms

Ask = Callable[[str], bytes]
SEARCHES = 200
"""Names that are searched one by one in a run; the API takes one a call."""


class Remote:
    """A SPARQL service that holds Wikidata's data, and Wikidata's API if there is one; a Source.

    Args:
        url: of the SPARQL service, for the cache and for people. ask: sends a SELECT, gives JSON results.
        api: Wikidata's API if there is one. triples: sends a CONSTRUCT, gives N-Triples.
    """

    def __init__(
        self, url: str, ask: Ask, cache: Cache, terms: Terms, api: Entities | None = None, triples: Ask | None = None
    ) -> None:
        self.name = urlsplit(url).hostname or url
        self._url, self._ask, self._api = url, ask, api
        self._triples = triples or ask
        self._cache, self._terms = cache, terms
        self._searches = 0

    def _rows(self, query: str) -> list[Row]:
        text = self._terms.declare(query)
        return rows_from(self._cache.answer(self._url, text, lambda: self._ask(text)), self.name)

    def tells(self, qids: Sequence[str]) -> Mapping[str, Tells]:
        said: dict[str, dict[str, list[str]]] = {qid: defaultdict(list) for qid in qids}
        for row in self._rows(about(list(qids), self._terms)):
            value = row["value"]
            one = self._terms.qid(row["item"])
            said[one][row["what"]].append(self._terms.qid(value) or value)
        for row in self._rows(kin_of(list(qids), self._terms)):
            one, other = self._terms.qid(row["item"]), self._terms.qid(row["value"])
            if other:
                kin = self._terms.ways[row["what"]]
                back = row["back"] == "1"
                said[one]["kin"].append(kin_text(kin.way, other, "" if back else kin.gender, back=back))
        untold = [qid for qid, told in said.items() if not told]
        return {**said, **self._api.tells(untold)} if self._api and untold else said

    def statements(self, query: str, qids: Sequence[str]) -> Sequence[Row]:  # noqa: ARG002 (the query names them)
        return self._rows(query)

    def dump(self, qids: Sequence[str]) -> Sequence[str]:
        found: set[str] = set()
        for query in slice_queries(list(qids), self._terms):
            text = self._terms.declare(query)
            answer = self._cache.answer(self._url, text, partial(self._triples, text))
            found |= {line.strip() for line in answer.decode().splitlines() if line.strip()}
        return sorted(found)

    def related(self, one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, str]]:  # noqa: ARG002
        return []  # portable SPARQL cannot look for words in names; the kin of likely candidates is looked at instead

    def named(self, names: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """By exact label or alias, in some hundred names a question; the API is asked for those whom none bears."""
        forms = [self._forms(group) for group in names]
        bearers: dict[str, list[str]] = defaultdict(list)
        for batch in batches((form for group in forms for form in group), BATCH):
            for row in self._rows(named_query(batch, self._terms)):
                bearers[row["name"]].append(self._terms.qid(row["item"]))
        found = [list(dict.fromkeys(qid for form in group for qid in bearers.get(form, ()))) for group in forms]
        return [qids or self._search(group[0]) for qids, group in zip(found, names, strict=True)]

    def _forms(self, group: Sequence[str]) -> list[str]:
        """The names as written, and without titles in front."""
        found = []
        for name in group:
            words = name.split()
            kept = len(bare(name, self._terms.names))
            plain = " ".join(words[-kept:]) if 0 < kept < len(words) else ""
            found += [" ".join(words), plain]
        return [form for form in dict.fromkeys(found) if form]

    def _search(self, name: str) -> list[str]:
        if self._api is None or self._searches >= SEARCHES:
            return []
        self._searches += 1
        return self._api.search(name)


def named_query(names: Sequence[str], terms: Terms) -> str:
    """Rows of (name, item): people who bear one of these names, as label or alias, in one of the languages."""
    values = " ".join(str(Literal(name, language=lang)) for name in names for lang in terms.languages)
    person = terms.person
    return (
        "SELECT DISTINCT ?name ?item WHERE {\n"
        f"VALUES ?name {{ {values} }}\n"
        "{ ?item rdfs:label ?name } UNION { ?item skos:altLabel ?name }\n"
        f"?item wdt:{person['is']} wd:{person['human']} .\n}} ORDER BY ?name ?item"
    )


def slice_queries(qids: Sequence[str], terms: Terms) -> list[str]:
    """CONSTRUCTs of all that a slice holds of items: names, facts, statements with their values and qualifiers."""
    which, lang = values(qids), languages(terms, "text")
    used = {one for ones in terms.relations.values() for one in ones} | set(terms.ways)
    used |= {one for key in ("is", "gender", "born", "died", "country") for one in (terms.person[key],)}
    used |= set(terms.person["works"])
    direct = " ".join(f"wdt:{one}" for one in sorted(used))
    steps = " ".join(f"p:{one}" for one in sorted(used))
    names = "rdfs:label skos:altLabel schema:description"
    return [
        f"CONSTRUCT {{ ?item ?name ?text }} WHERE {{ {which} VALUES ?name {{ {names} }} ?item ?name ?text {lang} }}",
        f"CONSTRUCT {{ ?item ?fact ?value . ?value rdfs:label ?text }} WHERE {{ {which} VALUES ?fact {{ {direct} }}"
        f" ?item ?fact ?value OPTIONAL {{ ?value rdfs:label ?text {lang} }} }}",
        f"CONSTRUCT {{ ?item ?step ?statement . ?statement ?how ?value }} WHERE {{ {which} VALUES ?step {{ {steps} }}"
        " ?item ?step ?statement . ?statement ?how ?value FILTER(!ISBLANK(?value)) }",
        f"CONSTRUCT {{ ?item wikibase:sitelinks ?count }} WHERE {{ {which} ?item wikibase:sitelinks ?count }}",
    ]


def rows_from(answer: bytes, service: str) -> list[Row]:
    """The rows of SPARQL JSON results as texts.

    Raises:
        ServiceError: they are no SPARQL results.
    """
    try:
        solutions = parse_query_results(answer, format=QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise SyntaxError("an answer to ASK")
        names = [variable.value for variable in solutions.variables]
        return [
            {name: term.value for name in names if isinstance(term := row[name], NamedNode | Literal)}
            for row in solutions
        ]
    except (SyntaxError, ValueError) as error:
        raise ServiceError(f"{service}: its answer is no SPARQL result: {error}", kind="type") from error
