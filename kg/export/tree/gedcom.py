"""Families as GEDCOM, which genealogy programs read: 5.5.1 (https://gedcom.io/specifications/ged551.pdf) and 7
(https://gedcom.io/specifications/FamilySearchGEDCOMv7.html).

What it cannot hold is lost: sentences and their status, and kin other than parents, children and couples.
"""

from collections.abc import Iterator

from kg.export.tree.diagrams import couples, ended
from kg.family import Family

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
SEXES = {"male": "M", "female": "F", "": "U"}
HEADS = {
    "5.5.1": (
        "0 HEAD", "1 SOUR KG", "2 NAME kg", "1 SUBM @U1@", "1 GEDC", "2 VERS 5.5.1",
        "2 FORM LINEAGE-LINKED", "1 CHAR UTF-8", "0 @U1@ SUBM", "1 NAME kg",
    ),
    "7.0": ("0 HEAD", "1 GEDC", "2 VERS 7.0"),
}  # fmt: skip
ERAS = {"5.5.1": "B.C.", "7.0": "BCE"}


def gedcom(family: Family, version: str) -> Iterator[str]:
    """Lines of a GEDCOM file: individuals in the order of their IRIs, then families.

    Args:
        version: "5.5.1" or "7.0".
    """
    ids = {iri: f"@I{number}@" for number, iri in enumerate(sorted(family.people), 1)}
    families = [(f"@F{number}@", *row) for number, row in enumerate(couples(family).items(), 1)]
    as_child = [(child, name) for name, _, children in families for child in children]
    as_spouse = [(one, name) for name, couple, _ in families for one in couple]
    links: dict[str, list[str]] = {}
    for tag, pairs in (("FAMC", as_child), ("FAMS", as_spouse)):
        for iri, name in pairs:
            links.setdefault(iri, []).append(f"1 {tag} {name}")
    yield from (f"{line}\n" for line in HEADS[version])
    for iri, number in ids.items():
        person = family.people[iri]
        yield f"0 {number} INDI\n1 NAME {_text(person.name)}\n1 SEX {SEXES[person.gender]}\n"
        for tag, date in (("BIRT", person.born), ("DEAT", person.died)):
            if date:
                yield f"1 {tag}\n2 DATE {_date(date, version)}\n"
        yield from (f"{line}\n" for line in links.get(iri, ()))
    for name, couple, children in families:
        yield f"0 {name} FAM\n"
        yield from (f"1 {tag} {ids[one]}\n" for tag, one in _roles(family, couple))
        yield from (f"1 CHIL {ids[one]}\n" for one in children)
        if any(one.married for one in family.partners.get(couple[0], ()) if one.iri == couple[-1]):
            yield "1 MARR Y\n"
        if ended(family, couple):
            yield "1 NOTE It is over, a text says.\n"
    yield "0 TRLR\n"


def _roles(family: Family, couple: tuple[str, ...]) -> list[tuple[str, str]]:
    """GEDCOM knows one HUSB and one WIFE in a family; two of one gender take both places, as the standard says."""
    if len(couple) == 1:
        return [("WIFE" if family.people[couple[0]].gender == "female" else "HUSB", couple[0])]
    first, second = couple[:2]
    if family.people[first].gender == "female" or family.people[second].gender == "male":
        first, second = second, first
    return [("HUSB", first), ("WIFE", second)]


def _text(name: str) -> str:
    # A slash would begin a surname, an at sign a pointer.
    return " ".join(name.replace("/", " ").replace("@", "@@").split())


def _date(date: str, version: str) -> str:
    """An ISO 8601 date as GEDCOM writes it: 1948-11-14 -> 14 NOV 1948."""
    past = date.startswith("-")
    parts = date.lstrip("-").split("-")
    year = str(int(parts[0])) + (f" {ERAS[version]}" if past else "")
    month = [MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    day = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*day, *month, year])
