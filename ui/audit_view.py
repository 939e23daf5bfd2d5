"""Checks of a report on the screen and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.model import plain_number
from index.model import Document
from tools.reconcile import Check, CheckStatus

_STYLES = {CheckStatus.MISMATCH: "red", CheckStatus.UNKNOWN: "yellow", CheckStatus.VERIFIED: "green"}
_CITED = ("page", "table", "section", "row", "column", "text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of an audit. indent: columns; style: for rich."""

    text: str
    indent: int
    style: str


def counts(checks: Sequence[Check]) -> dict[str, int]:
    """How many checks ended how, the contradicted ones first."""
    found = Counter(check.status for check in checks)
    return {status.value: found[status] for status in CheckStatus}


def summary_line(checks: Sequence[Check]) -> str:
    """How the checks ended: «2 NO CUADRA, 6 NO VERIFICABLE, 10 VERIFICADO»."""
    if not checks:
        return "No hay en sus cuadros sumas ni columnas que se puedan comprobar."
    return ", ".join(f"{number} {status}" for status, number in counts(checks).items())


def audit_lines(checks: Sequence[Check], *, detail: bool) -> Iterator[Line]:
    """The checks under the tables they are about, tables with contradictions first.

    Checks that hold are told one by one only with `detail`, else as a count.
    """
    order = list(CheckStatus)
    for tables in dict.fromkeys(check.tables for check in sorted(checks, key=lambda c: order.index(c.status))):
        yield Line(text=" · ".join(tables), indent=2, style="bold")
        for status in order:
            alike = [c for c in checks if c.tables == tables and c.status is status]
            if status is CheckStatus.VERIFIED and alike and not detail:
                held = f"{len(alike)} comprobaciones" if len(alike) > 1 else "1 comprobación"
                yield Line(text=f"{status.value}: {held}", indent=4, style=_STYLES[status])
                continue
            for check in alike:
                text = f"{status.value} ({check.kind.value}): {check.text}"
                yield Line(text=text, indent=4, style=_STYLES[status])


def audit_dict(document: Document, checks: Sequence[Check]) -> dict[str, Any]:
    """The checks of a report as JSON."""
    return {
        "document": document.title,
        "file": document.file,
        "id": document.id,
        "counts": counts(checks),
        "checks": [_check_dict(check) for check in checks],
    }


def _check_dict(check: Check) -> dict[str, Any]:
    return {
        "kind": check.kind.value,
        "status": check.status.value,
        "tables": list(check.tables),
        "where": check.where,
        "text": check.text,
        "figures": [
            {"value": plain_number(f.value), "unit": f.unit, "label": f.label, "printed": f.printed}
            for f in check.figures
        ],
        "gap": plain_number(check.gap),
        "citations": [{key: asdict(cited)[key] for key in _CITED} for cited in check.citations],
    }
