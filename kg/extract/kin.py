"""Kin ties between the people of one document while it is being read, whatever word they were told by."""

from collections.abc import Mapping

from kg.model import Gender, RelationType


class Ties:
    """Ties between hashable people, told in any relation and asked for in any other that says the same.

    "father" is stored as its neutral parent relation, "child" as the inverse of it: asking for somebody's son finds the
    person of whom he is the father.
    """

    def __init__(self, relations: Mapping[str, RelationType]) -> None:
        self.relations = relations
        self._ties: dict[tuple[str, object], list[object]] = {}
        self._between: dict[frozenset[object], set[str]] = {}
        self.pairs: list[tuple[object, object]] = []
        """Each two of equal rank (spouses, siblings, …), in the order told."""

    def neutral(self, name: str) -> tuple[str, bool]:
        """The neutral relation that a name stands for, and whether it runs the other way round."""
        relation = self.relations[name]
        if relation.gender:
            return self.neutral(relation.parents[0])
        if relation.inverse and relation.inverse < name:
            return relation.inverse, True
        return name, False

    def add(self, relation: str, subject: object, object_: object) -> None:
        name, turned = self.neutral(relation)
        between = self._between.setdefault(frozenset((subject, object_)), set())
        if self.relations[name].symmetric and name not in between:
            self.pairs.append((subject, object_))
        between.add(name)
        pairs = [(object_, subject)] if turned else [(subject, object_)]
        if self.relations[name].symmetric:
            pairs.append((pairs[0][1], pairs[0][0]))
        for a, b in pairs:
            for key, value in (((name, a), b), (("^" + name, b), a)):
                known = self._ties.setdefault(key, [])
                if value not in known:
                    known.append(value)

    def find(self, relation: str, subject: object) -> list[object]:
        """Those who are known to stand in the relation to subject, in the order told (genders are the caller's)."""
        name, turned = self.neutral(relation)
        return list(self._ties.get(("^" + name if turned else name, subject), ()))

    def between(self, a: object, b: object) -> list[str]:
        """The neutral relations in which either is known to stand to the other, sorted."""
        return sorted(self._between.get(frozenset((a, b)), ()))

    def symmetric(self, relation: str) -> bool:
        return self.relations[relation].symmetric

    def gender(self, relation: str) -> Gender:
        return self.relations[relation].gender
