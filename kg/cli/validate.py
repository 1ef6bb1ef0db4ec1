"""kg validate"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import Console
from kg.cli.options import NAMESPACE, ONTOLOGY, STORE, options, settings_from

if TYPE_CHECKING:
    from kg.ask.reasons import End, Reason
    from kg.dataset import Dataset
    from kg.validate.findings import Finding, Report
    from kg.vocabulary import Vocabulary

COLOURS = {"violation": "red", "warning": "yellow", "info": "blue"}
FORMATS = ("text", "table", "json")
CHECKS = ("cycles", "families", "shapes")


@click.command("validate", short_help="Check the graph: shapes, ages, circles of ancestors.")
@click.option("--data", metavar="FILE", multiple=True, help="Check RDF files instead of the store.")
@click.option("--only", type=click.Choice(CHECKS), multiple=True, help="Run only these checks.  [default: all]")
@click.option("--strict", is_flag=True, help="Let warnings count.")
@click.option("-f", "--format", "chosen", type=click.Choice(FORMATS), default="text", help="[default: text]")
@options(STORE, ONTOLOGY, NAMESPACE)
@click.pass_obj
def command(
    console: Console, /, data: tuple[str, ...], only: tuple[str, ...], strict: bool, chosen: str, **flags: object
) -> None:
    """Check that the graph is sane, and name the claims of what is not, with their sentences: nobody descends from
    himself (cycles), children are younger than their parents and nobody dies before his birth (families), and each
    relation joins what it may, as often as it may (shapes: SHACL). The shapes are data: ontology/shapes/*.ttl, and what
    follows from the relations; `kg ontology shapes` prints them. Exits with 1 when the graph does not conform.

    \b
    Examples:
      kg validate
      kg validate -f json | jq .findings
      kg validate --data family.ttl --only cycles
    """
    from kg import build
    from kg.ask.files import from_files
    from kg.store.opening import open_read_only
    from kg.validate.checking import CHECKS as EVERY
    from kg.validate.checking import check

    settings = settings_from(**flags)
    graph: Dataset
    if data:
        graph, words = from_files(map(Path, data)), build.vocabulary(settings)
    else:
        opened = open_read_only(settings.store, settings.namespace)
        graph, words = opened.graph, build.vocabulary(settings, opened.base)
    report = check(graph, words, only or EVERY, console.progress)
    console.done()
    writers = {"text": _text, "table": _table, "json": _json}
    for line in writers[chosen](report, words):
        click.echo(line)
    console.remark(_summary(report))
    if not report.conforms(strict):
        raise click.exceptions.Exit(1)


def _summary(report: "Report") -> str:
    counted = [f"{n} {name}{'' if n == 1 else 's'}" for name in COLOURS if (n := report.count(name))]  # type: ignore[arg-type]
    people = f"{report.people} {'person' if report.people == 1 else 'people'}"
    return f"{', '.join(counted) or 'Nothing is wrong'} ({people}; {', '.join(report.checks)})."


def _text(report: "Report", words: "Vocabulary") -> Iterator[str]:
    """A block a finding: who, what is wrong, and the claims with their sentences."""
    for number, one in enumerate(report.findings):
        if number:
            yield ""
        severity = click.style(one.severity, fg=COLOURS[one.severity], bold=True)
        yield f"{severity}  {click.style(one.focus.name, bold=True)} {one.message}{_value(one)}"
        yield click.style(f"  {one.check}  {one.focus.iri}", dim=True)
        for claim in one.claims:
            how = f" ({', '.join(claim.how)})" if claim.how else ""
            yield f"  {_told(claim, words)}{how}  {click.style(f'{claim.confidence:.2f} {claim.iri}', dim=True)}"
            for quote in _quotes(claim):
                yield f"    “{quote['text']}”  {click.style(quote['document'], dim=True)}"


def _value(one: "Finding") -> str:
    """The value, which the messages of SHACL's core do not name."""
    names = [end.name for end in one.values if one.path]
    return f": {', '.join(names)}" if names else ""


def _told(claim: "Reason", words: "Vocabulary") -> str:
    relation = words.relation_of(claim.relation)
    return f"{claim.subject.name} · {relation.label if relation else claim.relation} · {claim.object.name}"


def _quotes(claim: "Reason") -> list[dict[str, str]]:
    """The sentences at the bottom of a claim."""
    found = {(one.document, one.start, " ".join(one.text.split())): None for one in claim.sentences}
    for premise in claim.premises:
        found |= {(one["document"], 0, one["text"]): None for one in _quotes(premise)}
    return [{"text": text, "document": document} for document, _, text in found]


def _table(report: "Report", _words: "Vocabulary") -> Iterator[str]:
    """A line a finding, tab-separated in a pipe."""
    import sys

    from kg.cli.tables import columns

    rows = [("severity", "check", "who", "what")]
    rows += [(one.severity, one.check, one.focus.name, one.message + _value(one)) for one in report.findings]
    yield from columns(rows) if sys.stdout.isatty() else map("\t".join, rows)


def _json(report: "Report", _words: "Vocabulary") -> Iterator[str]:
    findings = [
        {
            "severity": one.severity,
            "check": one.check,
            "focus": _end(one.focus),
            "message": one.message,
            "path": one.path or None,
            "values": [_end(end) for end in one.values],
            "claims": [
                {
                    "claim": claim.iri,
                    "subject": _end(claim.subject),
                    "relation": claim.relation,
                    "object": _end(claim.object),
                    "confidence": claim.confidence,
                    "quotes": _quotes(claim),
                }
                for claim in one.claims
            ],
        }
        for one in report.findings
    ]
    told = {"conforms": report.conforms(), "people": report.people, "checks": report.checks, "findings": findings}
    yield json.dumps(told, ensure_ascii=False)


def _end(end: "End") -> dict[str, str]:
    return {"iri": end.iri, "name": end.name} if end.iri else {"value": end.name}
