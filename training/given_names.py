"""ontology/given-names.toml from Wikidata: first names and the gender that they mostly have.

    python -m training.given_names --wikidata DIR [--more FILE] > ontology/given-names.toml

DIR holds Turtle files in Wikidata's RDF model (CC0). A person's gender is P21, or follows from being somebody's
father (P22) or mother (P25). A name is kept where at least nine of ten of its bearers agree.
"""

import argparse
import collections
from pathlib import Path

import pyoxigraph as ox

WDT, WD = "http://www.wikidata.org/prop/direct/", "http://www.wikidata.org/entity/"
GENDERS = {WD + "Q6581097": "male", WD + "Q6581072": "female"}
TELLS = {WDT + "P22": "male", WDT + "P25": "female"}
LABELS = ("http://www.w3.org/2000/01/rdf-schema#label",)


def count(folder: Path) -> dict[str, collections.Counter[str]]:
    """First name -> how many bearers of each gender."""
    names: dict[str, str] = {}
    genders: dict[str, str] = {}
    for path in sorted(folder.glob("*.ttl")):
        for quad in ox.parse(path=str(path)):
            s, p = getattr(quad.subject, "value", ""), quad.predicate.value
            if p in LABELS and isinstance(quad.object, ox.Literal) and quad.object.language in ("en", "mul"):
                names.setdefault(s, quad.object.value)
            elif p == WDT + "P21" and getattr(quad.object, "value", "") in GENDERS:
                genders[s] = GENDERS[quad.object.value]
            elif p in TELLS:
                genders.setdefault(quad.object.value, TELLS[p])
    out: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for person, gender in genders.items():
        words = names.get(person, "").split()
        if len(words) > 1 and words[0].isalpha() and words[0][0].isupper() and len(words[0]) > 2:
            out[words[0]][gender] += 1
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wikidata", type=Path, required=True)
    parser.add_argument("--more", type=Path, help="lines 'gender: Name Name …' that are added")
    args = parser.parse_args()
    sure: dict[str, set[str]] = {"male": set(), "female": set()}
    for name, genders in count(args.wikidata).items():
        (gender, n), total = genders.most_common(1)[0], sum(genders.values())
        if n >= 0.9 * total:
            sure[gender].add(name)
    for line in args.more.read_text(encoding="utf-8").splitlines() if args.more else ():
        gender, _, names = line.partition(":")
        other = "female" if gender == "male" else "male"
        sure[other] -= set(names.split())
        sure[gender] |= set(names.split())
    print("# First names and the gender that they mostly have: a guess, used only where the text says nothing.")
    print("# From Wikidata (CC0) by training/given_names.py, and from training/given-names.txt.")
    print("[given]")
    for gender, names in sure.items():
        print(f"{gender} = [" + ", ".join(f'"{n}"' for n in sorted(names)) + "]")


if __name__ == "__main__":
    main()
