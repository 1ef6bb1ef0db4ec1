"""Wikidata's API as it tells items: wbsearchentities finds them by name, wbgetentities tells of them.

The API is current where SPARQL services lag behind, knows redirects, and says which items do not exist.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kg.errors import ServiceError
from kg.link.cache import Cache
from kg.link.items import kin_text
from kg.link.source import MISSING, MOVED, Tells, batches
from kg.link.terms import Terms

Call = Callable[[Mapping[str, str]], bytes]

SEARCHED = 20
"""Items that a search for a name brings at most."""
IDS = 50
"""Items of a call of wbgetentities at most."""
LAG = 5
"""Seconds that the servers may be behind before they would rather not be asked (MediaWiki, Manual:Maxlag parameter)."""
ALL = "info|sitelinks|aliases|labels|descriptions|claims"


class Entities:
    """The two calls, through the cache.

    Args:
        url: for the cache and for people. call: makes a call, gives JSON.
    """

    def __init__(self, url: str, call: Call, cache: Cache, terms: Terms) -> None:
        self._url, self._call, self._cache, self._terms = url, call, cache, terms

    def search(self, name: str) -> list[str]:
        """Q numbers of items that the name finds, the likeliest first.

        Raises:
            ServiceError: the API did not answer.
        """
        language = self._terms.languages[0]
        asked = {"search": name, "language": language, "uselang": language, "type": "item", "limit": str(SEARCHED)}
        found = self._asked("wbsearchentities", asked).get("search", ())
        return [qid for one in found if self._is_item(qid := str(one.get("id", "")))]

    def tells(self, qids: Iterable[str]) -> dict[str, Tells]:
        """What is told of each item, as a Source tells it; kin only as it stands on the item itself.

        Raises:
            ServiceError: the API did not answer.
        """
        found: dict[str, dict[str, list[str]]] = {}
        for batch in batches(qids, IDS):
            for key, entity in self._entities(batch, ALL):
                found[key] = self._told(key, entity)
        named = self._labels({one for told in found.values() for what in ("work", "country") for one in told[what]})
        for told in found.values():
            for what in ("work", "country"):
                told[what] = sorted(named[one] for one in told[what] if one in named)
        return dict(found)

    def _labels(self, qids: Iterable[str]) -> dict[str, str]:
        """The labels of items, in the first of the languages that they have one in."""
        found: dict[str, str] = {}
        for batch in batches(qids, IDS):
            for key, entity in self._entities(batch, "labels"):
                if texts := self._texts(entity, "labels"):
                    found[key] = texts[0]
        return found

    def _entities(self, qids: list[str], props: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The entities of a call by the numbers that were asked for, redirected or not."""
        asked = {"ids": "|".join(qids), "props": props, "languages": "|".join(self._terms.languages)}
        entities = self._asked("wbgetentities", {**asked, "redirects": "yes"}).get("entities", {})
        if not isinstance(entities, dict):
            raise ServiceError(f"{self._url}: its answer holds no entities", kind="type")
        for key, entity in entities.items():
            yield str(entity.get("redirects", {}).get("from", key)), entity

    def _asked(self, action: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        wanted = {"action": action, **parameters, "format": "json", "maxlag": str(LAG)}
        question = json.dumps(wanted, sort_keys=True)
        answer = json.loads(self._cache.answer(self._url, question, lambda: self._call(wanted)))
        if not isinstance(answer, dict):
            raise ServiceError(f"{self._url}: its answer is no object", kind="type")
        return answer

    # -------------------------------------------------------------- one entity
    def _told(self, key: str, entity: Mapping[str, Any]) -> dict[str, list[str]]:
        told: dict[str, list[str]] = defaultdict(list)
        if "missing" in entity:
            told[MISSING] = ["1"]
            return told
        if str(entity.get("id", key)) != key:
            told[MOVED] = [str(entity["id"])]
            return told
        person = self._terms.person
        for what, field in (("label", "labels"), ("alias", "aliases"), ("description", "descriptions")):
            told[what] = self._texts(entity, field)
        for what, ones in (("kind", person["is"]), ("gender", person["gender"]), ("born", person["born"]),
                           ("died", person["died"]), ("country", person["country"])):  # fmt: skip
            told[what] = list(_values(entity, ones))
        told["work"] = [value for one in person["works"] for value in _values(entity, one)]
        told["fame"] = [str(len(entity.get("sitelinks", ())))]
        told["kin"] = [
            kin_text(kin.way, other, kin.gender)
            for one, kin in self._terms.ways.items()
            for other in _values(entity, one)
            if self._is_item(other)
        ]
        return told

    def _texts(self, entity: Mapping[str, Any], field: str) -> list[str]:
        """Labels, aliases or descriptions in the languages, in their order."""
        found = entity.get(field) or {}  # PHP writes an empty table as []
        ones = [found[language] for language in self._terms.languages if language in found]
        return [str(text["value"]) for one in ones for text in (one if isinstance(one, list) else [one])]

    def _is_item(self, qid: str) -> bool:
        return qid[:1] == "Q" and qid[1:].isdigit()


def _values(entity: Mapping[str, Any], name: str) -> Iterator[str]:
    """The best values of a property: of preferred rank if there are any, never deprecated; no unknown ones."""
    claims = (entity.get("claims") or {}).get(name, ())
    ranks = {claim.get("rank") for claim in claims}
    best = next((rank for rank in ("preferred", "normal") if rank in ranks), "")
    for claim in claims:
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value")
        if claim.get("rank") == best and value is not None:
            yield str(value.get("id") or value.get("time") or "") if isinstance(value, dict) else str(value)
