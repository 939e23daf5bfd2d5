"""A chart beside an answer where a look says more than a number: its kind, its bars in percent of the axis, its data.

Every axis has its zero. Nothing is computed here but lengths: the figures are those of the answer or of its cells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.model import Answer, Status
from index.model import Document, Report, Table
from tools.access import unit_in, value
from tools.formatting import number as plain
from tools.formatting import show
from tools.model import Figure
from ui.chat.names import cut
from ui.chat.sources import Operand, Source, sources_of

_MOST = 15  # bars; more of them are read better in the table
_FEWEST_PERIODS = 3  # a course over time has a shape from here on
_RANKED = re.compile(r"(.+?), \d+ filas ordenadas ")  # as `tools.phrases.ranking_formula` words it
_SCALES = ((10**9, "miles de millones"), (10**6, "millones"), (10**4, "miles"))


class Kind(StrEnum):
    BARS = "bars"  # lying: things compared or ranked
    COLUMNS = "columns"  # standing: a course over time
    SHARE = "share"  # one bar: a part and the rest of its whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """start, size: percent of the axis. series: 0 or 1, the measure it shows."""

    shown: str
    value: Decimal
    start: float
    size: float
    series: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What stands over one label: a bar for each measure."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    at: float  # percent of the axis
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """unit: of the axis, in words. series: names of the measures, empty when the title says it.

    zero: where it stands on the axis, as a part of its length.
    """

    kind: Kind
    title: str
    unit: str
    groups: tuple[Group, ...]
    ticks: tuple[Tick, ...] = ()
    series: tuple[str, ...] = ()
    zero: float = 0.0

    @property
    def widest(self) -> int:
        """Letters of the longest figure beside a bar."""
        return max(len(bar.shown) for group in self.groups for bar in group.bars)

    @property
    def told(self) -> str:
        """The chart in words, for who does not see it."""
        parts = (f"{g.label}: {', '.join(b.shown for b in g.bars)}" for g in self.groups)
        return f"{self.title}. {'; '.join(parts)}."

    def rows(self) -> list[list[str | Decimal]]:
        """Its data as a table, the head first."""
        names = list(self.series) or [self.title]
        rows: list[list[str | Decimal]] = [["", *names]]
        rows.extend([g.label, *(b.value for b in g.bars)] for g in self.groups)
        return rows


@dataclass(frozen=True, kw_only=True, slots=True)
class _Point:
    label: str
    figures: tuple[Figure, ...]


def chart_of(answer: Answer, report: Report | None) -> Chart | None:
    """The chart of an answer, None where a number says it all. report: the one its first source is in."""
    if answer.status is not Status.ANSWERED or answer.route.name != "figures" or report is None:
        return None
    tool = answer.route.tool
    document = report.document
    if tool == "share":
        return _share(answer, document)
    if tool == "rank":
        ranked = dict.fromkeys(f for f in answer.values if f.value is not None)  # the first may be told once more
        points = [_Point(label=f.label, figures=(f,)) for f in ranked]
        return _drawn(Kind.BARS, _ranked_by(answer), points, document)
    sources = sources_of(answer)
    table = next((t for t in report.tables if sources and t.id == sources[0].table_id), None)
    if table is None:
        return None
    cells = _cells(sources[0], table, document)
    if tool in {"growth", "average"}:
        return _course(cells, document)
    if tool == "compare":
        points = [_Point(label=_label(o, cells), figures=(f,)) for o, f in cells]
        return _drawn(Kind.BARS, _column(answer), points, document)
    if tool == "percentage":
        return _goal(cells, document)
    if tool in {"list", "count"}:
        return _grouped(cells, document)
    return None


def _cells(source: Source, table: Table, document: Document) -> list[tuple[Operand, Figure]]:
    """The operands with their figures in units, those of the unit of the first one."""
    found: list[tuple[Operand, Figure]] = []
    for operand in source.operands:
        row, column = operand.cited.row_index, operand.cited.column_index
        amount = None if row is None or column is None else value(table, row, column)
        if row is None or column is None or amount is None:
            continue
        figure = Figure(value=amount, unit=unit_in(table, document, row, column), label=operand.cited.row or "")
        if not found or figure.unit == found[0][1].unit:
            found.append((operand, figure))
    return found


def _course(cells: Sequence[tuple[Operand, Figure]], document: Document) -> Chart | None:
    """Periods that stand in the rows of one column, or in the columns of one row, in the order of the table."""
    rows = {o.cited.row_index for o, _ in cells}
    columns = {o.cited.column_index for o, _ in cells}
    if min(len(rows), len(columns)) != 1 or len(cells) < _FEWEST_PERIODS:
        return None
    ordered = sorted(cells, key=lambda c: (c[0].cited.row_index or 0, c[0].cited.column_index or 0))
    points = [_Point(label=_label(o, cells), figures=(f,)) for o, f in ordered]
    first = ordered[0][0].cited
    return _drawn(Kind.COLUMNS, (first.column if len(columns) == 1 else first.row) or "", points, document)


def _goal(cells: Sequence[tuple[Operand, Figure]], document: Document) -> Chart | None:
    """Goal against execution: what was reached, and what it is measured by."""
    if len(cells) != 2 or cells[0][0].cited.row_index != cells[1][0].cited.row_index:
        return None
    points = [_Point(label=o.cited.column or "", figures=(f,)) for o, f in cells]
    return _drawn(Kind.BARS, cells[0][0].cited.row or "", points, document)


def _grouped(cells: Sequence[tuple[Operand, Figure]], document: Document) -> Chart | None:
    """Rows of a list, with the one or two measures that chose them."""
    names = list(dict.fromkeys(o.cited.column or "" for o, _ in cells))
    if not 1 <= len(names) <= 2:
        return None
    rows: dict[int | None, list[tuple[Operand, Figure]]] = {}
    for operand, figure in cells:
        rows.setdefault(operand.cited.row_index, []).append((operand, figure))
    whole = [r for r in rows.values() if [o.cited.column for o, _ in r] == names]
    if len(whole) != len(rows) or not any(f.value for row in whole for _, f in row):
        return None
    points = [_Point(label=row[0][0].cited.row or "", figures=tuple(f for _, f in row)) for row in whole]
    series = tuple(names) if len(names) == 2 else ()
    return _drawn(Kind.BARS, " y ".join(names), points, document, series=series)


def _share(answer: Answer, document: Document) -> Chart | None:
    amounts = [f for f in answer.values if f.unit != "%" and f.value is not None]
    if len(amounts) != 2 or answer.values[0].unit != "%" or answer.values[0].value is None:
        return None
    share = float(answer.values[0].value)
    part, whole = (f.value or Decimal(0) for f in amounts)
    if not 0 <= share <= 100 or part < 0 or whole <= part:
        return None
    rest = Figure(value=whole - part, unit=amounts[0].unit, label="El resto")
    groups = tuple(
        Group(
            label=label,
            bars=(Bar(shown=_shown(f, document), value=f.value or Decimal(0), start=start, size=size, series=series),),
        )
        for label, f, start, size, series in (
            (amounts[0].label, amounts[0], 0.0, share, 0),
            ("El resto", rest, share, 100 - share, 1),
        )
    )
    return Chart(kind=Kind.SHARE, title=f"Parte de {_shown(amounts[1], document)}", unit="%", groups=groups)


def _drawn(
    kind: Kind, title: str, points: Sequence[_Point], document: Document, *, series: tuple[str, ...] = ()
) -> Chart | None:
    figures = [f for p in points for f in p.figures]
    units = {f.unit for f in figures}
    if not 2 <= len(points) <= _MOST or len(units) != 1 or any(f.value is None for f in figures):
        return None
    values = [f.value for f in figures if f.value is not None]
    if not any(values):  # zeros have no length
        return None
    low, high, step = _axis(values)
    span = high - low
    groups = tuple(
        Group(label=p.label, bars=tuple(_bar(f, i, low, span, document) for i, f in enumerate(p.figures)))
        for p in points
    )
    scale, word = next(((s, w) for s, w in _SCALES if max(abs(low), abs(high)) >= s), (1, ""))
    marks = [low + step * i for i in range(round(span / step) + 1)]
    ticks = tuple(
        Tick(at=float((m - low) / span * 100), label=plain(m / scale, document.country, document.currency))
        for m in marks
    )
    unit = " de ".join(filter(None, (word, _unit_name(units.pop()))))
    return Chart(kind=kind, title=title, unit=unit, groups=groups, ticks=ticks, series=series, zero=float(-low / span))


def _bar(figure: Figure, series: int, low: Decimal, span: Decimal, document: Document) -> Bar:
    amount = figure.value or Decimal(0)
    start = float((min(amount, Decimal(0)) - low) / span * 100)
    return Bar(
        shown=_shown(figure, document), value=amount, start=start, size=float(abs(amount) / span * 100), series=series
    )


def _axis(values: Iterable[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Lowest and highest mark and the step between them: zero is always one of them, three to six in all."""
    listed = [Decimal(0), *values]
    low, high = min(listed), max(listed)
    rough = float(high - low) / 4 or 1.0
    power = 10 ** math.floor(math.log10(rough))
    step = Decimal(next(f for f in (1, 2, 2.5, 5, 10) if f * power >= rough)) * Decimal(str(power))
    return (
        (low / step).to_integral_value("ROUND_FLOOR") * step,
        (high / step).to_integral_value("ROUND_CEILING") * step,
        step,
    )


def _label(operand: Operand, cells: Sequence[tuple[Operand, Figure]]) -> str:
    """What tells a cell from the others: its row, its column, or both."""
    rows = {o.cited.row_index for o, _ in cells}
    columns = {o.cited.column_index for o, _ in cells}
    parts = (operand.cited.row if len(rows) > 1 else "", operand.cited.column if len(columns) > 1 else "")
    return " · ".join(filter(None, parts))


def _column(answer: Answer) -> str:
    names = list(dict.fromkeys(c.column for c in answer.citations if c.column))
    return names[0] if len(names) == 1 else cut(" y ".join(names), 80)


def _ranked_by(answer: Answer) -> str:
    """What the rows were ordered by: a column, or what was computed of several."""
    by = _RANKED.match(answer.formula or "")
    return cut(by[1], 80) if by else _column(answer)


def _shown(figure: Figure, document: Document) -> str:
    return show(figure, document.country, document.currency)


def _unit_name(unit: str | None) -> str:
    if unit is None or len(unit) != 3 or not unit.isupper():
        return unit or ""
    from babel.numbers import get_currency_name  # noqa: PLC0415 - only charts of money need the name

    return str(get_currency_name(unit, count=2, locale="es"))
