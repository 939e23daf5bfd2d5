"""Questions that the page offers to begin with: drawn from the loaded reports, whatever their tables look like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.model import Status
from index.ingest import load
from index.model import Report, Role
from tests.assistant.made_store import made_store
from ui.chat.examples import examples
from ui.chat.service import ChatService

MONTHS = """INSTITUTO DE MUELLES

Cuadro 1: Gasto por mes (En quetzales)

Mes\tGasto
Enero\t10.00
Febrero\t20.00
Marzo\t30.00
"""


def headless(report: Report, role: Role) -> Report:
    """The report as it would be if the columns of one role had no header."""
    tables = [
        replace(t, columns=tuple(replace(c, path=()) if c.role is role else c for c in t.columns))
        for t in report.tables
    ]
    return replace(report, tables=tuple(tables))


class _Headless(ChatService):
    role: Role

    def reports(self) -> tuple[Report, ...]:
        return tuple(headless(report, self.role) for report in super().reports())


@pytest.mark.parametrize("role", [Role.LABEL, Role.NUMBER])
def test_a_column_without_a_header_is_no_reason_to_fail(tmp_path: Path, role: Role) -> None:
    store = made_store(tmp_path)
    (tmp_path / "meses.txt").write_text(MONTHS, encoding="utf-8")
    load([tmp_path / "meses.txt"], store)
    service = _Headless(store)
    service.role = role
    found = examples(service)
    assert found
    assert all(service.ask(text).status is Status.ANSWERED for text in found)
