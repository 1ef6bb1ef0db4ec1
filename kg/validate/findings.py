"""What a validation finds."""

from dataclasses import dataclass, field
from typing import Literal

from kg.ask.reasons import End, Reason

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong. check: the local name of the shape, or "ancestryCircle". message: what is wrong, to be
    read behind the name of the focus. value: the other end, or all nodes of a circle. claims: those that say so, with
    their sentences.
    """

    severity: Severity
    check: str
    focus: End
    message: str
    path: str = ""
    values: tuple[End, ...] = ()
    claims: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings, the gravest first. people: how many were looked at. checks: names of what was run."""

    findings: tuple[Finding, ...] = ()
    people: int = 0
    checks: tuple[str, ...] = field(default=())

    def count(self, severity: Severity) -> int:
        return sum(one.severity == severity for one in self.findings)

    def conforms(self, strict: bool = False) -> bool:
        """Whether nothing is wrong; warnings count only if strict."""
        return not self.findings if strict else not self.count("violation")
