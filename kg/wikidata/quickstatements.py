"""New facts as QuickStatements (version 1), for a person to review and upload; nothing is ever written to Wikidata.

The syntax: Help:QuickStatements on Wikidata. A line is item, property, value, then source properties ("S…") and values.
"""

import re
from collections.abc import Iterable, Iterator

from kg.link.terms import Terms
from kg.wikidata.comparing import Compared, Evidence

DAY, YEAR, MONTH = 11, 9, 10
LONGEST_QUOTE = 400
"""Characters that Wikidata takes for a quotation."""
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def lines(found: Iterable[Compared], terms: Terms) -> Iterator[tuple[Compared, str]]:
    """The new facts with a line each; those that no line can hold (no item, no URL of the document) with ""."""
    for one in found:
        if one.verdict == "new":
            yield one, _line(one, terms)


def _line(one: Compared, terms: Terms) -> str:
    value = one.object or _date(one.text)
    evidence = next((where for where in one.evidence if where.url.startswith("http")), None)
    if not value or evidence is None:
        return ""
    return "|".join([one.qid, one.prop, value, *_source(evidence, terms)])


def _source(evidence: Evidence, terms: Terms) -> Iterator[str]:
    of = terms.references
    yield f"S{of['url'][1:]}"
    yield _text(evidence.url)
    published = _date(evidence.date)
    if published:
        yield f"S{of['published'][1:]}"
        yield published
    yield f"S{of['quotation'][1:]}"
    yield f"en:{_text(evidence.quote[:LONGEST_QUOTE])}"


def _text(text: str) -> str:
    """In straight quotes; there is no way to write those, or a bar, inside."""
    return '"' + text.replace('"', "”").replace("|", "¦") + '"'


def _date(text: str) -> str:
    """+1984-09-15T00:00:00Z/11, with the precision that the date has; "" for what is no date."""
    found = DATE.fullmatch(text)
    if not found:
        return ""
    year, month, day = found.groups()
    precision = DAY if day else MONTH if month else YEAR
    return f"+{year}-{month or '00'}-{day or '00'}T00:00:00Z/{precision}"
