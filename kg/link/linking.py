"""People and what ties them -> links, with scores and reasons."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.link.items import Items
from kg.link.names import bare, telling
from kg.link.signals import Weights, alone, family
from kg.link.together import STATES, State, factor, marginals, states
from kg.link.types import Candidate, Item, Linked, Person, Tie

SHOWN = 10
"""Candidates that are kept with a link."""
IN_TEXT = "kin.text"
"""The signal of kin of others in the text."""
NEVER = -1000.0
"""Log weight of what was ruled out by hand."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a person by hand. accepted: a Q number or "". nobody: that Wikidata does not know them."""

    accepted: str = ""
    rejected: frozenset[str] = frozenset()
    nobody: bool = False


def link(
    people: Sequence[Person],
    ties: Sequence[Tie],
    items: Items,
    weights: Weights,
    by_hand: Mapping[str, Decided] | None = None,
) -> list[Linked]:
    """Links people, those that ties join together.

    Args:
        ties: between people by id; those that name somebody else are left out.
        by_hand: person id -> what stands fast; it helps to tell the others, too.

    Raises:
        ServiceError: the source did not answer; nothing has been changed anywhere.
    """
    by_id = {person.id: person for person in people}
    known = [tie for tie in ties if tie.one in by_id and tie.other in by_id and tie.one != tie.other]
    decided = {who: one for who, one in (by_hand or {}).items() if who in by_id}
    items.fetch(one.accepted for one in decided.values() if one.accepted)
    decided = {who: _current(one, items) for who, one in decided.items()}
    found, tied = candidates(people, known, items)
    chosen = {
        who: _states(person, [items[qid] for qid in found[who]], tied[who], items, weights, decided.get(who))
        for who, person in by_id.items()
    }
    by_group: dict[int, list[Tie]] = defaultdict(list)
    groups = _groups(people, known)
    home = {who: number for number, group in enumerate(groups) for who in group}
    for tie in known:
        by_group[home[tie.one]].append(tie)
    linked: dict[str, Linked] = {}
    for number, group in enumerate(groups):
        linked |= _together({who: by_id[who] for who in sorted(group)}, by_group[number], chosen, weights)
    near = _near(by_id, known, chosen, linked, items, weights)
    for number in sorted({home[who] for who in near}):
        linked |= _together(
            {who: by_id[who] for who in sorted(groups[number])}, by_group[number], chosen | near, weights
        )
    return [_marked(linked[person.id], decided.get(person.id)) for person in people]


def _current(decided: Decided, items: Items) -> Decided:
    """The same of the item that the accepted one was merged into, if it was."""
    return replace(decided, accepted=items[decided.accepted].id) if decided.accepted else decided


def _near(
    people: Mapping[str, Person],
    ties: Sequence[Tie],
    chosen: Mapping[str, Sequence[State]],
    linked: Mapping[str, Linked],
    items: Items,
    weights: Weights,
) -> dict[str, list[State]]:
    """The states of those who are not linked yet, where some are kin of whom the same text surely means, marked.

    A text about a family names members without saying how they belong together. Where it says so, that counts already.
    """
    kin: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for who, one in linked.items():
        if one.qid:
            kin[people[who].document].append((who, items[one.qid].relatives))
    tied = {pair for tie in ties for pair in ((tie.one, tie.other), (tie.other, tie.one))}
    weight = weights.signals.get(IN_TEXT, 0.0)
    found = {}
    for who, one in linked.items():
        those = kin.get(people[who].document, ()) if not one.qid else ()
        near = frozenset[str]().union(*(relatives for other, relatives in those if (who, other) not in tied))
        if any(state.item and state.item.id in near for state in chosen[who]):
            found[who] = [
                State(state.family, {**state.signals, IN_TEXT: 1.0}, state.alone + weight)
                if state.item and state.item.id in near
                else state
                for state in chosen[who]
            ]
    return found


def _states(
    person: Person, found: Sequence[Item], tied: frozenset[str], items: Items, weights: Weights, by_hand: Decided | None
) -> list[State]:
    """What a person may be; what was decided by hand leaves one state, or takes some away."""
    kinds = items.terms.names
    if by_hand is None:
        return states(person, found, tied, kinds, weights)
    if by_hand.accepted:
        item = items[by_hand.accepted]
        return [State(None, {}, NEVER), State(family(item, kinds), alone(person, item, kinds), 0.0)]
    left = [] if by_hand.nobody else [item for item in found if item.id not in by_hand.rejected]
    return states(person, left, tied, kinds, weights)


def _marked(linked: Linked, by_hand: Decided | None) -> Linked:
    if by_hand and by_hand.accepted:
        return replace(linked, qid=by_hand.accepted, score=1.0, nil=0.0, verdict="by hand")
    return replace(linked, verdict="by hand") if by_hand and by_hand.nobody else linked


def candidates(
    people: Sequence[Person], ties: Sequence[Tie], items: Items
) -> tuple[dict[str, list[str]], dict[str, frozenset[str]]]:
    """Q numbers for each person by names, by pairs that Wikidata ties, and among the kin of those tied to it.

    Returns:
        all of them, and those that came by a tie.
    """
    named = items.source.named([person.names for person in people])
    found = {person.id: list(qids) for person, qids in zip(people, named, strict=True)}
    names = {person.id: person.names for person in people}
    by_tie: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for one, other in items.source.related(names[tie.one], names[tie.other]):
            by_tie[tie.one].add(one)
            by_tie[tie.other].add(other)
    items.fetch(qid for qids in [*found.values(), *by_tie.values()] for qid in qids)
    _kin_of_neighbours(names, ties, found, by_tie, items)
    _of_one_name(ties, found, by_tie, items)
    for who, qids in by_tie.items():
        found[who] = list(dict.fromkeys([*found[who], *sorted(qids)]))
    return found, {who: frozenset(by_tie[who]) for who in found}


def _kin_of_neighbours(
    names: Mapping[str, tuple[str, ...]],
    ties: Sequence[Tie],
    found: Mapping[str, list[str]],
    by_tie: dict[str, set[str]],
    items: Items,
) -> None:
    """Adds to a person the relatives of the likely candidates of those tied to it, if they bear one of its words."""
    kinds = items.terms.names
    near: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for one, other in ((tie.one, tie.other), (tie.other, tie.one)):
            for qid in found[one][:SHOWN]:
                near[other] |= items[qid].relatives - set(found[other])
    items.fetch(qid for qids in near.values() for qid in qids)
    for who, qids in near.items():
        wanted = {word for name in names[who] for word in telling(bare(name, kinds), kinds)}
        for qid in qids:
            if any(wanted & telling(bare(name, kinds), kinds) for name in items[qid].names if name):
                by_tie[who].add(qid)


def _of_one_name(
    ties: Sequence[Tie], found: Mapping[str, list[str]], by_tie: dict[str, set[str]], items: Items
) -> None:
    """Adds those of many candidates who share a surname with a candidate of somebody tied to the person."""
    for tie in ties:
        surnames = [
            {qid: name for qid in found[who] if (name := family(items[qid], items.terms.names).surname)}
            for who in (tie.one, tie.other)
        ]
        shared = set(surnames[0].values()) & set(surnames[1].values())
        for who, these in zip((tie.one, tie.other), surnames, strict=True):
            if len(found[who]) > STATES:
                by_tie[who] |= {qid for qid, name in these.items() if name in shared}


def _groups(people: Sequence[Person], ties: Sequence[Tie]) -> list[set[str]]:
    """Sets of people that ties join, in the order of the people."""
    home: dict[str, set[str]] = {person.id: {person.id} for person in people}
    for tie in ties:
        one, other = home[tie.one], home[tie.other]
        if one is not other:
            one |= other
            home |= dict.fromkeys(other, one)
    return list({id(group): group for group in home.values()}.values())


def _together(
    people: Mapping[str, Person], ties: Sequence[Tie], all_states: Mapping[str, Sequence[State]], weights: Weights
) -> dict[str, Linked]:
    chosen = {who: all_states[who] for who in people}
    shares = marginals(chosen, ties, weights)
    best = {who: max(range(len(these)), key=lambda k: shares[who][k]) for who, these in chosen.items()}
    likely = {who: chosen[who][best[who]] for who in chosen}
    return {who: _linked(people[who], chosen[who], shares[who], ties, likely, weights) for who in people}


def _linked(
    person: Person,
    these: Sequence[State],
    shares: Sequence[float],
    ties: Sequence[Tie],
    likely: Mapping[str, State],
    weights: Weights,
) -> Linked:
    ranked = sorted(zip(these[1:], shares[1:], strict=True), key=lambda pair: (-pair[1], -pair[0].alone))[:SHOWN]
    shown = tuple(
        Candidate(item=state.item, score=round(share, 4), reasons=_reasons(_told(person, state, ties, likely), weights))
        for state, share in ranked
        if state.item
    )
    top = shown[0] if shown else None
    kin = bool(ranked) and any(weights.kin & set(each) for _, each in _told(person, ranked[0][0], ties, likely))
    sure = top is not None and top.score >= weights.margin(ranked[0][0].signals, kin)
    verdict = "linked" if sure else "doubtful" if shown else "unknown"
    qid = top.item.id if top and sure else ""
    score = top.score if top else 0.0
    return Linked(person=person, qid=qid, score=score, nil=round(shares[0], 4), verdict=verdict, candidates=shown)


def _told(
    person: Person, state: State, ties: Sequence[Tie], likely: Mapping[str, State]
) -> list[tuple[str, Mapping[str, float]]]:
    """All signals of a state: its own, and those with the likeliest states of the others, whose labels come first."""
    told = [("", state.signals)]
    for tie in ties:
        if person.id == tie.one:
            told.append((_who(likely[tie.other]), factor(tie, state, likely[tie.other])))
        elif person.id == tie.other:
            told.append((_who(likely[tie.one]), factor(tie, likely[tie.one], state)))
    return told


def _reasons(told: Sequence[tuple[str, Mapping[str, float]]], weights: Weights) -> tuple[tuple[str, float], ...]:
    """What spoke for and against, in words, the weightiest first."""
    found: dict[str, float] = {}
    for who, signals in told:
        for name, strength in signals.items():
            weight = weights.signals.get(name, 0.0) * strength
            words = weights.words.get(name)
            if words and weight:
                said = words[0 if weight > 0 else 1].replace("{other}", who)
                found[said] = found.get(said, 0.0) + weight
    return tuple(sorted(((said, round(weight, 2)) for said, weight in found.items()), key=lambda r: (-abs(r[1]), r[0])))


def _who(state: State) -> str:
    return state.item.label if state.item else "the other"
