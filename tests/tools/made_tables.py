"""Small invented tables, built cell by cell: what a reader would hand over, without a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from index.model import Cell, Column, Document, Level, Period, Report, Role, Row, RowKind, Table

_MEASURES = {
    "asignado": Level.FINANCIAL,
    "modificacion": Level.FINANCIAL,
    "vigente": Level.FINANCIAL,
    "ejecutado": Level.FINANCIAL,
    "saldo": Level.FINANCIAL,
    "solicitado": Level.FINANCIAL,
    "programado": Level.PHYSICAL,
    "alcanzado": Level.PHYSICAL,
}


@dataclass(frozen=True, kw_only=True)
class Col:
    """A number column. measure: a concept of the lexicon; derived as in `index.model.Column`, counted from 1."""

    header: str
    measure: str | None = None
    derived: tuple[int, int] | None = None
    percent: bool = False
    period: Period | None = None
    accumulated: bool = False
    scale: int = 1
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row: its name, what it prints, and the row that sums it."""

    label: str
    texts: Sequence[str]
    kind: RowKind = RowKind.DATA
    parent: int | None = None
    code: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


def number(text: str) -> Decimal | None:
    """The figure of a text in the convention 1,234.56; None when there is none."""
    plain = text.replace(",", "").rstrip("%").strip()
    try:
        return Decimal(plain)
    except ArithmeticError:
        return None


def table(name: str, columns: Sequence[Col], lines: Sequence[Line], *, key: str | None = None, order: int = 1) -> Table:
    """A table of a label column, number columns, and a key column at the end when `key` names one."""
    specs = [Column(index=0, path=("Concepto",), role=Role.LABEL)]
    for place, col in enumerate(columns, 1):
        level = col.level or _MEASURES.get(col.measure or "")
        unit = "%" if col.percent else ("GTQ" if level is Level.FINANCIAL else None)
        specs.append(
            Column(
                index=place,
                path=tuple(col.header.split(" / ")),
                role=Role.NUMBER,
                measure="porcentaje" if col.percent else col.measure,
                level=level,
                unit=unit,
                derived=col.derived,
                period=col.period,
                accumulated=col.accumulated,
                scale=Decimal(col.scale),
            )
        )
    if key:
        specs.append(Column(index=len(specs), path=(key,), role=Role.KEY))
    rows = []
    for place, line in enumerate(lines):
        cells = [Cell(text=line.label), *(Cell(text=t, value=number(t)) for t in line.texts)]
        if key:
            cells.append(Cell(text=line.keys.get(key, "")))
        rows.append(
            Row(
                index=place,
                kind=line.kind,
                label=line.label,
                cells=tuple(cells),
                parent=line.parent,
                code=line.code,
                page=1,
            )
        )
    return Table(
        id=f"doc:t{order}",
        document="doc",
        caption=name,
        number=found[1] if (found := re.match(r"Cuadro (\d+)", name)) else None,
        columns=tuple(specs),
        rows=tuple(rows),
        currency="GTQ",
        pages=(1,),
        order=order,
    )


def report(*tables: Table) -> Report:
    """A report of some tables."""
    document = Document(
        id="doc", file="faros.txt", title="Informe de faros", kind="txt", institution="Instituto de Faros",
        country="GT", currency="GTQ", period=Period(year=2023),
    )  # fmt: skip
    return Report(document=document, tables=tables, chunks=())


def lines(*rows: str, total: int | None = None) -> list[Line]:
    """Rows written "Punta Alta | 100 | 40"; the row numbered `total` sums all the others."""
    found = []
    for place, text in enumerate(rows):
        label, *texts = (part.strip() for part in text.split("|"))
        whole = place == total
        kind = RowKind.TOTAL if whole else RowKind.DATA
        found.append(Line(label=label, texts=texts, kind=kind, parent=None if whole else total))
    return found
