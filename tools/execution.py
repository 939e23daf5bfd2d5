"""Execution percentage: what was reached of what was planned, what was spent of what could be spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from index.model import Citation, Column, Level
from index.once import once
from tools import phrases
from tools.access import citation, column_name, measure_name, shown, value
from tools.amounts import Amount, amount
from tools.catalogue import TableView
from tools.formatting import rounded
from tools.matching import RowMatch
from tools.model import Figure, Result

DENOMINATORS = {
    Level.PHYSICAL: ("programado",),
    Level.FINANCIAL: ("vigente", "asignado", "presupuesto", "programado"),
}
NUMERATORS = {Level.PHYSICAL: ("alcanzado",), Level.FINANCIAL: ("ejecutado", "devengado", "recaudado")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Numerator and denominator of an execution percentage; printed: the column where the report prints it."""

    numerator: int
    denominator: int
    level: Level
    printed: int | None = None
    rank: int = 0  # 0 is the standard pair of the level; higher ones are to be named


def execution_pairs(view: TableView, level: Level | None, wanted: Iterable[str] = ()) -> tuple[Pair, ...]:
    """The pairs a table offers, best first. `wanted` are measures the question names for the numerator."""
    stages = ("pagado", "comprometido", "devengado", "recaudado", "ejecutado")
    return _pairs_of(view, level, tuple(m for m in wanted if m in stages))


@once
def _pairs_of(view: TableView, level: Level | None, named: tuple[str, ...]) -> tuple[Pair, ...]:
    found: list[Pair] = []
    for each in (Level.PHYSICAL, Level.FINANCIAL):
        if level is not None and each is not level:
            continue
        numerators = named if named and each is Level.FINANCIAL else NUMERATORS[each]
        if "ejecutado" in numerators and "devengado" not in numerators:
            numerators = (*numerators, "devengado")
        for r, measure in enumerate(numerators):
            for d, base in enumerate(DENOMINATORS[each]):
                found.extend(_pairs(view, each, measure, base, r + d))
    return tuple(sorted(found, key=lambda p: (p.rank, p.printed is None, p.numerator, p.denominator)))


def _pairs(view: TableView, level: Level, measure: str, base: str, rank: int) -> list[Pair]:
    found = []
    for num in view.numbers:
        if num.measure != measure or num.level not in (level, None) or num.unit in ("%", "ratio"):
            continue
        for den in view.numbers:
            if den.measure != base or den.level not in (level, None) or den.unit in ("%", "ratio"):
                continue
            if not _together(num, den, view):
                continue
            printed = next(
                (c.index for c in view.numbers if c.derived == (num.index, den.index) and c.unit in ("%", "ratio")),
                None,
            )
            found.append(Pair(numerator=num.index, denominator=den.index, level=level, printed=printed, rank=rank))
    return found


def _together(num: Column, den: Column, view: TableView) -> bool:
    """Same period; and where several groups repeat the same names, the same group."""
    if num.period != den.period and num.period is not None and den.period is not None:
        return False
    twins = [c for c in view.numbers if c.measure == den.measure and c.level == den.level and c.unit == den.unit]
    if len(twins) > 1 and len(num.path) > 1 and any(c.path[:1] == num.path[:1] for c in twins):
        return den.path[:1] == num.path[:1]
    return True


def execution(view: TableView, match: RowMatch, pair: Pair, subject: str) -> Result:
    """numerator / denominator × 100 of a row, a group or the whole table, the printed percentage beside it.

    A denominator of zero has no percentage: the figures are given instead.
    """
    num = amount(view, match, pair.numerator)
    den = amount(view, match, pair.denominator)
    names = (measure_name(view, pair.numerator), measure_name(view, pair.denominator))
    warnings = tuple(dict.fromkeys((*num.warnings, *den.warnings)))
    citations = (*num.citations, *den.citations)
    if num.value is None or den.value is None:
        lacking = names[0] if num.value is None else names[1]
        return Result(
            text=phrases.cannot_tell(subject, warnings[0])
            if warnings and not (num if num.value is None else den).text
            else phrases.no_value(subject, lacking, (num if num.value is None else den).text),
            figures=(num.figure, den.figure),
            citations=citations,
            warnings=warnings,
            complete=False,
        )
    if den.value == 0:
        return Result(
            text=phrases.undefined_percentage(
                subject, names[0], shown(view, num.figure), names[1], shown(view, den.figure)
            ),
            figures=(num.figure, den.figure),
            citations=citations,
            formula=f"{names[0]} {shown(view, num.figure)} / {names[1]} {shown(view, den.figure)}: división entre cero",
            warnings=warnings,
        )
    result = Figure(
        value=rounded(num.value / den.value * 100), unit="%", label=f"{subject}: {names[0]} / {names[1]}", printed=False
    )
    printed, places, said = _printed(view, num, den, pair, result)
    return Result(
        text=phrases.percentage(
            subject, shown(view, result), names[0], shown(view, num.figure), names[1], shown(view, den.figure)
        ),
        figures=(result, *printed, num.figure, den.figure),
        citations=(*citations, *places),
        formula=(
            f"{names[0]} {shown(view, num.figure)} / {names[1]} {shown(view, den.figure)} × 100 = {shown(view, result)}"
        ),
        warnings=warnings + said,
        complete=num.complete and den.complete,
    )


def quotient(view: TableView, match: RowMatch, columns: tuple[int, int], subject: str) -> Result:
    """One column over another of a row, a group or the whole table: how much there is for each. Never over zero."""
    num, den = (amount(view, match, c) for c in columns)
    names = tuple(measure_name(view, c) for c in columns)
    figures = (num.figure, den.figure)
    told = tuple(shown(view, f) for f in figures)
    citations = (*num.citations, *den.citations)
    warnings = tuple(dict.fromkeys((*num.warnings, *den.warnings)))
    if num.value is None or not den.value:
        text = phrases.no_quotient(subject, names[0], told[0], names[1], told[1])
        return Result(text=text, figures=figures, citations=citations, warnings=warnings, complete=False)
    each = Figure(
        value=rounded(num.value / den.value),
        unit=num.figure.unit,
        label=f"{subject}: {names[0]} / {names[1]}",
        printed=False,
    )
    return Result(
        text=phrases.quotient(subject, shown(view, each), names[0], told[0], names[1], told[1]),
        figures=(each, *figures),
        citations=citations,
        formula=f"{names[0]} {told[0]} / {names[1]} {told[1]} = {shown(view, each)}",
        warnings=warnings,
        complete=num.complete and den.complete,
    )


def _printed(
    view: TableView, num: Amount, den: Amount, pair: Pair, result: Figure
) -> tuple[tuple[Figure, ...], tuple[Citation, ...], tuple[str, ...]]:
    """The percentage the report prints for the same row, said when it is not the computed one to the decimal."""
    if pair.printed is None or num.rows != den.rows or len(num.rows) != 1:
        return (), (), ()
    row = num.rows[0]
    found = value(view.table, row, pair.printed)
    if found is None:
        return (), (), ()
    if view.table.columns[pair.printed].unit == "ratio":
        found *= 100
    figure = Figure(
        value=found, unit="%", label=f"porcentaje impreso en «{column_name(view.table.columns[pair.printed])}»"
    )
    cite = citation(view, row, pair.printed)
    said = (phrases.printed_percentage(cite.text, shown(view, result)),) if found != result.value else ()
    return (figure,), (cite,), said


def percent_of_row(view: TableView, row: int, pair: Pair) -> Decimal | None:
    """The execution percentage of one row, unrounded; None when it cannot be computed."""
    num, den = value(view.table, row, pair.numerator), value(view.table, row, pair.denominator)
    if num is None or den is None or den == 0:
        return None
    return num / den * 100
