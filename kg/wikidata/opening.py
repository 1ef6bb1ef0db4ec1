"""Where Wikidata is asked, by the settings: its own service, another one, or a slice on disk."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kg.link.cache import Cache, Use
from kg.link.slices import SHIPPED, open_slice
from kg.link.source import Source
from kg.link.terms import Terms
from kg.settings import Settings

REPOSITORY = "https://pypi.org/project/kg-people"


@dataclass(frozen=True, slots=True)
class Asked:
    """A source. shipped: whether it is the slice that comes with kg, which knows few people."""

    source: Source
    shipped: bool = False


def cache_folder(settings: Settings) -> Path:
    return Path(settings.cache) if settings.cache else Path(platformdirs.user_cache_dir("kg"))


def open_source(settings: Settings, terms: Terms, use: Use = "normal") -> Asked:
    """The source that the settings name; offline without a name, the slice that comes with kg.

    Raises:
        KgError: an address that is none, a slice that cannot be read.
    """
    folder = cache_folder(settings)
    where = settings.wikidata
    if where and "://" not in where:
        return Asked(open_slice(Path(where), folder, terms))
    if use == "offline" and not where:
        return Asked(open_slice(SHIPPED, folder, terms), shipped=True)
    return Asked(_remote(settings, terms, Cache(folder, use)))


def _remote(settings: Settings, terms: Terms, cache: Cache) -> Source:
    from kg.endpoint import Access, Api, Endpoint  # half a second that a slice need not wait for
    from kg.link.entities import Entities
    from kg.link.remote import Remote

    access = Access(user_agent=settings.user_agent or f"{Access().user_agent} ({REPOSITORY})")
    url = settings.wikidata or terms.sparql
    # An own mirror has no API of its own unless it is named; Wikidata's answers for Wikidata.
    api = settings.wikidata_api or ("" if settings.wikidata else terms.api)
    endpoint = Endpoint(url, access=access)
    entities = Entities(api, Api(api, access=access).get, cache, terms) if api else None

    def triples(query: str) -> bytes:
        return endpoint.query(query, "ntriples")

    return Remote(url, endpoint.query, cache, terms, entities, triples)
