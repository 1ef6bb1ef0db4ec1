"""Of facts that cannot all be true the surest stand, and the others say why they went."""

from dataclasses import replace

from kg.model import Status, Value
from kg.resolve import resolve
from tests.extract.trees import ontology, relation
from tests.resolve.readings import Story

VOCABULARY = ontology(
    replace(relation("parent", inverse="child"), disjoint=("child", "spouse")),
    replace(relation("child", inverse="parent"), disjoint=("parent",)),
    replace(relation("father", parents=("parent",), gender="male"), at_most=1),
    replace(relation("spouse", symmetric=True), disjoint=("parent",)),
    replace(relation("birthDate", range_="date"), at_most=1),
)


def believed(story: Story) -> dict[str, str]:
    """Each fact -> why it was dropped."""
    facts = resolve(story.reading(), VOCABULARY, 0.0).facts
    ends = {f: f.object.value if isinstance(f.object, Value) else f.object.name for f in facts}
    return {f"{f.subject.name} {f.relation} {end}": f.dropped for f, end in ends.items()}


def test_nobody_is_his_own_fathers_father(story: Story) -> None:
    story.claim(0, "father", 1, score=0.9)
    story.claim(1, "father", 0, score=0.6)
    assert believed(story) == {"Tom father John": "", "John father Tom": "contradicts Tom father John (0.90)"}


def test_the_surer_of_two_fathers_stands(story: Story) -> None:
    story.claim(0, "father", 1, score=0.6)
    story.claim(0, "father", 2, score=0.8)
    assert believed(story) == {"Tom father John": "contradicts Tom father Ann (0.80)", "Tom father Ann": ""}


def test_a_symmetric_relation_speaks_in_both_directions(story: Story) -> None:
    story.claim(0, "spouse", 1, score=0.9)
    story.claim(1, "father", 0, score=0.5)
    assert believed(story)["John father Tom"] == "contradicts Tom spouse John (0.90)"


def test_what_is_only_reported_contradicts_nothing(story: Story) -> None:
    story.claim(0, "father", 1, score=0.6)
    story.claim(0, "father", 2, score=0.9, status=Status(modality="reported"))
    assert believed(story) == {"Tom father John": "", "Tom father Ann": ""}


def test_a_year_and_a_day_of_it_agree(story: Story) -> None:
    for day, score in (("1950", 0.9), ("1950-05-12", 0.8), ("1951", 0.7)):
        story.claim(0, "birthDate", Value(text=day, value=day), score=score)
    assert [bool(why) for why in believed(story).values()] == [False, False, True]
