"""What the page shows of families: the tree around somebody, and how two people are related."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from kg.ask.families import family as gathered
from kg.ask.kinship import Kinship, load
from kg.ask.marking import marks
from kg.ask.related import related as path_between
from kg.ask.ties import Ties
from kg.export.tree.svg import svg
from kg.family import KinPath, Step
from kg.serve.asked import Asked, iri, words, words_of

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
OWN_STYLE = re.compile(r'\bstyle="([^"]*)"')
PROPERTY = re.compile(r"([\w-]+):([^;]+);?")

GENERATIONS, MOST = 3, 90
"""How much of a family fits a screen; from everybody in the picture one can go on."""


def family(asked: Asked) -> object:
    """The ancestors and descendants of somebody over some generations, as SVG with IRIs in data-iri."""
    found = gathered(_ties(asked), iri(asked).value, up=GENERATIONS, down=GENERATIONS, most=MOST)
    name = found.people[found.root].name
    drawn = svg(found, down=True, up=True, style="rows", title=name)
    sheet = STYLE.search(drawn)
    # The page's policy takes no style from markup, so the sheet goes beside it, and attributes do the rest.
    plain = OWN_STYLE.sub(lambda one: PROPERTY.sub(r'\1="\2"', one[1]), STYLE.sub("", drawn))
    return {"people": len(found.people), "svg": plain, "style": sheet[1] if sheet else ""}


def related(asked: Asked) -> object:
    """The shortest path of kin between two people, with its English term; steps is null if there is none."""
    path = path_between(_ties(asked), [iri(asked)], [iri(asked, "to")])
    if path is None:
        return {"steps": None}
    names = [path.start.name, *(step.person.name for step in path.steps)]
    return {
        "start": {"iri": path.start.iri, "name": path.start.name},
        "term": path.term,
        "back": path.back,
        "steps": [_step(asked, path, number, names) for number in range(len(path.steps))],
    }


def _step(asked: Asked, path: KinPath, number: int, names: list[str]) -> dict[str, Any]:
    step: Step = path.steps[number]
    relation = words(asked).relation_of(step.relation)
    cues = [word for cue in relation.cues for word in cue.words] if relation else []
    both = [(names[number],), (names[number + 1],)]
    quotes = [{"text": q.text, "document": q.document, "marks": marks(q.text, both, cues)} for q in step.quotes]
    person = {"iri": step.person.iri, "name": step.person.name}
    return {"term": step.term, "person": person, "ended": step.ended, "quotes": quotes}


def _ties(asked: Asked) -> Ties:
    return Ties(graph=asked.store, base=asked.opened.base, kinship=_kinship(asked.ontology, asked.opened.base))


@cache
def _kinship(ontology: tuple[Path, ...], base: str) -> Kinship:
    return load(words_of(ontology, base))
