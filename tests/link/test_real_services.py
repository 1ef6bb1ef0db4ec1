"""Against Wikidata itself; only where KG_REAL_WIKIDATA=1 asks for it, as it needs the open network."""

import os
from pathlib import Path

import pytest

from kg.endpoint import Api
from kg.link import terms as link_terms
from kg.link.cache import Cache
from kg.link.entities import Entities
from kg.link.items import Items
from kg.link.linking import link
from kg.link.signals import weights
from kg.link.types import Person, Tie
from kg.settings import Settings
from kg.vocabulary import load
from kg.wikidata.opening import open_source


@pytest.mark.network
@pytest.mark.skipif(os.environ.get("KG_REAL_WIKIDATA") != "1", reason="asks Wikidata: set KG_REAL_WIKIDATA=1")
def test_a_family_that_everybody_knows(tmp_path: Path) -> None:
    terms = link_terms.load(load())
    source = open_source(Settings(cache=str(tmp_path)), terms).source
    people = [Person(id="h", names=("Prince Harry",)), Person(id="c", names=("King Charles III",))]
    ties = [Tie(one="h", other="c", way="up", gender="male")]
    assert [one.qid for one in link(people, ties, Items(source, terms), weights())] == ["Q152316", "Q43274"]


@pytest.mark.network
@pytest.mark.skipif(os.environ.get("KG_REAL_WIKIDATA") != "1", reason="asks Wikidata: set KG_REAL_WIKIDATA=1")
def test_the_two_calls_of_the_api(tmp_path: Path) -> None:
    terms = link_terms.load(load())
    entities = Entities(terms.api, Api(terms.api).get, Cache(tmp_path), terms)
    assert "Q42" in entities.search("Douglas Adams")
    told = entities.tells(["Q42", "Q43274", "Q9999999999"])
    assert (told["Q42"]["label"][0], told["Q43274"]["kind"]) == ("Douglas Adams", ["Q5"])
    assert "missing" in told["Q9999999999"]
