"""How little is asked of a service: questions for many people at a time, each once."""

import math
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.endpoint import Endpoint
from kg.link import terms as link_terms
from kg.link.cache import Cache
from kg.link.items import Items
from kg.link.linking import link
from kg.link.remote import Remote
from kg.link.signals import weights
from kg.link.types import Person
from kg.vocabulary import load
from tests.link.family import PREFIXES
from tests.services.sparql import sparql_service

PEOPLE = 600
KINDS = 3
"""Kinds of question: who bears a name, what is told of items, what kin they have."""


@pytest.mark.network
def test_at_most_one_request_for_fifty_people_a_kind_of_question(tmp_path: Path) -> None:
    terms = link_terms.load(load())
    items = "".join(f'wd:Q{n} rdfs:label "Ann Reed{n}"@en ; wdt:P31 wd:Q5 .\n' for n in range(1, PEOPLE + 1))
    store = Store()
    store.load((PREFIXES + items).encode(), format=RdfFormat.TURTLE)
    people = [Person(id=str(n), names=(f"Mrs Ann Reed{n}",), document="d") for n in range(1, PEOPLE + 1)]
    with sparql_service(store) as service:
        url = f"{service.url}/query"
        source = Remote(url, Endpoint(url).query, Cache(tmp_path), terms)
        linked = link(people, [], Items(source, terms), weights())
        assert [one.candidates[0].item.id for one in linked] == [f"Q{one.person.id}" for one in linked]
        assert len(service.asked) <= KINDS * math.ceil(PEOPLE / 50)
        assert len(set(service.asked)) == len(service.asked)
        assert all(agent.startswith("kg/") for agent in service.agents)
        link(people, [], Items(source, terms), weights())
        assert len(set(service.asked)) == len(service.asked)  # the answers were kept
