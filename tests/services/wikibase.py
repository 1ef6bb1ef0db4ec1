"""A small Wikibase API: wbsearchentities and wbgetentities over RDF of Wikidata, and over complete entities as JSON."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import Literal, NamedNode, Store

from tests.services.server import Handler, serving

ENTITY = "http://www.wikidata.org/entity/"
DIRECT = "http://www.wikidata.org/prop/direct/"
RDFS, SKOS, SCHEMA = (
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://schema.org/",
)
IDS = 50

Json = dict[str, Any]


@dataclass
class Wikibase:
    """A running API. complete: id -> entity as Wikidata gives it. moved: old id -> new. asked: the calls until now.

    lags: how many calls are answered with "maxlag" before the others.
    """

    store: Store = field(default_factory=Store)
    complete: Mapping[str, Json] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    lags: int = 0
    url: str = ""

    def answer(self, asked: dict[str, str]) -> Json:
        self.asked.append(asked)
        if self.lags > 0 and "maxlag" in asked:
            self.lags -= 1
            return _error("maxlag", "Waiting for wdqs1: 7.5 seconds lagged.")
        action = {"wbgetentities": self._get, "wbsearchentities": self._search}.get(asked.get("action", ""))
        return action(asked) if action else _error("badvalue", 'Unrecognized value for parameter "action".')

    def _get(self, asked: dict[str, str]) -> Json:
        ids = asked["ids"].split("|")
        if len(ids) > IDS:
            return _error("toomanyvalues", f'Too many values supplied for parameter "ids". The limit is {IDS}.')
        wanted, languages = asked.get("props", "").split("|"), asked.get("languages", "").split("|")
        entities: Json = {}
        for key in ids:
            qid = self.moved.get(key, key)
            entity = self.complete.get(qid) or self._entity(qid)
            if not entity:
                entities[key] = {"id": qid, "missing": ""}
                continue
            kept = {name: value for name, value in entity.items() if name in ("id", "type") or name in wanted}
            for name in {"labels", "descriptions", "aliases"} & kept.keys():
                # PHP writes an empty table as a list
                kept[name] = {lang: kept[name][lang] for lang in languages if lang in kept[name]} or []
            entities[key] = kept | ({"redirects": {"from": key, "to": qid}} if key != qid else {})
        return {"entities": entities, "success": 1}

    def _search(self, asked: dict[str, str]) -> Json:
        """Labels and aliases that begin with the text, as the real one does."""
        begin, found = asked["search"].casefold(), []
        for predicate in (RDFS + "label", SKOS + "altLabel"):
            for quad in self.store.quads_for_pattern(None, NamedNode(predicate), None):
                node = quad.object
                if isinstance(node, Literal) and node.value.casefold().startswith(begin):
                    found.append(str(getattr(quad.subject, "value", "")).removeprefix(ENTITY))
        for qid, entity in self.complete.items():
            texts = [*entity["labels"].values(), *(one for ones in entity["aliases"].values() for one in ones)]
            found += [qid] if any(text["value"].casefold().startswith(begin) for text in texts) else []
        ids = sorted(set(found), key=lambda qid: int(qid[1:]))[: int(asked["limit"])]
        return {"searchinfo": {"search": asked["search"]}, "search": [{"id": qid} for qid in ids], "success": 1}

    def _entity(self, qid: str) -> Json:
        """An item of the store as JSON; {} if it is not there."""
        quads = list(self.store.quads_for_pattern(NamedNode(ENTITY + qid), None, None))
        if not quads:
            return {}
        entity: Json = {"type": "item", "id": qid, "labels": {}, "descriptions": {}, "aliases": {}, "claims": {}}
        entity["sitelinks"] = {}
        for quad in quads:
            name, node = quad.predicate.value, quad.object
            if isinstance(node, Literal) and node.language:
                text = {"language": node.language, "value": node.value}
                if name == SKOS + "altLabel":
                    entity["aliases"].setdefault(node.language, []).append(text)
                elif name in (RDFS + "label", SCHEMA + "description"):
                    entity["labels" if name.endswith("label") else "descriptions"][node.language] = text
            elif name.startswith(DIRECT):
                claim = {"mainsnak": {"snaktype": "value", "datavalue": {"value": _value(node)}}, "rank": "normal"}
                entity["claims"].setdefault(name.removeprefix(DIRECT), []).append(claim)
            elif name.endswith("#sitelinks") and isinstance(node, Literal):
                entity["sitelinks"] = {f"{k}wiki": {} for k in range(int(node.value))}
        return entity


def _value(node: object) -> Json | str:
    value = str(getattr(node, "value", ""))
    if value.startswith(ENTITY):
        return {"entity-type": "item", "id": value.removeprefix(ENTITY)}
    return {"time": f"+{value}", "precision": 11} if value[4:5] == "-" and value.endswith("Z") else value


def _error(code: str, info: str) -> Json:
    return {"error": {"code": code, "info": info}}


@contextmanager
def wikibase(api: Wikibase) -> Iterator[Wikibase]:
    with serving(type("Api", (_Api,), {"tell": staticmethod(api.answer)})) as url:
        api.url = f"{url}/w/api.php"
        yield api


class _Api(Handler):
    tell: Callable[[dict[str, str]], Json]

    def do_GET(self) -> None:
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.answer(json.dumps(self.tell(asked)).encode(), "application/json")
