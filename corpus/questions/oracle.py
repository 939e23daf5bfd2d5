"""Plain arithmetic over the data files of the reports, independent of the program that answers the questions.

A row is named by its code ("3.4", the 22 of "22-Monitoreo…") or by a piece of its label; a name that fits no row or
two rows is an error, so that no expected figure is taken from the wrong place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from corpus.load import load_report
from corpus.model import RowMark, TableSpec, is_number

CENT = Decimal("0.01")


def number(text: str) -> Decimal | None:
    """The number of a cell; None for a blank, "N/D" and the like.

    >>> number("*18"), number("63%"), number("N/D")
    (Decimal('18'), Decimal('63'), None)
    """
    bare = text.strip("*% ")
    return Decimal(bare) if is_number(bare) else None


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Part of a whole as a percentage with two decimals, half up. Raises ArithmeticError when the whole is zero."""
    return (part * 100 / whole).quantize(CENT, ROUND_HALF_UP)


def growth(before: Decimal, after: Decimal) -> Decimal:
    """The change from one figure to the next as a percentage of the first."""
    return percent(after - before, before)


def mean(values: Iterable[Decimal]) -> Decimal:
    """Average with two decimals, half up."""
    found = list(values)
    return (sum(found, Decimal(0)) / len(found)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of data: its key, its group (section row above or parent code) and its cells by column key."""

    name: str
    section: str
    mark: RowMark
    cells: dict[str, str]

    def __getitem__(self, key: str) -> Decimal:
        value = number(self.cells[key])
        if value is None:
            raise ValueError(f"{self.name}: {key} is {self.cells[key]!r}")
        return value

    def has(self, *keys: str) -> bool:
        """Whether all these cells hold numbers."""
        return all(number(self.cells[key]) is not None for key in keys)


class Table:
    """The data of one table of one report."""

    def __init__(self, stem: str, name: str) -> None:
        self.spec = _spec(stem, name)
        self.lines = _lines(self.spec)

    @property
    def data(self) -> list[Line]:
        """Rows that are neither totals nor groups."""
        return [line for line in self.lines if line.mark is RowMark.DATA]

    def row(self, name: str, section: str = "") -> Line:
        """The one row of that code or label piece."""
        within = [line for line in self.lines if section in line.section]
        coded = [line for line in within if name in (line.name, _code(line))]
        found = coded or [line for line in within if any(name in cell for cell in line.cells.values())]
        if len(found) != 1:
            raise KeyError(f"{self.spec.name}: {name!r} fits {len(found)} rows")
        return found[0]

    def total(self) -> Line:
        """The printed total."""
        (found,) = (line for line in self.lines if line.mark is RowMark.TOTAL)
        return found

    def add(self, key: str, where: Callable[[Line], bool] = lambda _: True) -> Decimal:
        """Sum of a column over the data rows that hold a number."""
        return sum((line[key] for line in self.data if line.has(key) and where(line)), Decimal(0))

    def top(self, key: str, n: int, where: Callable[[Line], bool] = lambda _: True) -> list[Line]:
        """The n data rows with the highest figure. Raises ValueError when the last place is tied."""
        rows = sorted((x for x in self.data if x.has(key) and where(x)), key=lambda x: x[key], reverse=True)
        if len(rows) > n and rows[n][key] == rows[n - 1][key]:
            raise ValueError(f"{self.spec.name}: {key} is tied at place {n}")
        return rows[:n]

    def names(self, where: Callable[[Line], bool]) -> list[str]:
        """Names of the data rows that meet a condition."""
        return [line.name for line in self.data if where(line)]


@cache
def _spec(stem: str, name: str) -> TableSpec:
    return load_report(stem).tables[name]


def _lines(spec: TableSpec) -> list[Line]:
    lines = []
    section = ""
    for row in spec.rows:
        cells = dict(zip(spec.keys, row.cells, strict=True))
        name = row.cells[1] if _coded(spec) else row.cells[0]
        if row.mark in (RowMark.SECTION, RowMark.SUBTOTAL):
            section = name
        lines.append(Line(name=name, section=section, mark=row.mark, cells=cells))
    return lines


def _coded(spec: TableSpec) -> bool:
    return spec.keys[0] in ("codigo", "partida", "categoria", "programa")


def _code(line: Line) -> str:
    first = line.cells.get("codigo") or line.cells.get("partida") or ""
    return first or line.name.partition("-")[0]
