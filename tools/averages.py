"""Means of a column over rows, of some amounts, and of percentages that have no base in their table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools import phrases
from tools.access import measure_name, shown
from tools.amounts import Amount, amount, summable
from tools.catalogue import TableView
from tools.formatting import rounded
from tools.matching import RowMatch, whole_table
from tools.model import Figure, Result


def average(view: TableView, units: Sequence[RowMatch], column: int, noun: str) -> Result:
    """Mean of one column over rows or groups with a figure.

    Percentages of two columns of the table are not averaged, for their bases are unequal; printed ones without a base
    are, and the answer says that it is a simple mean.
    """
    items = [amount(view, u, column) for u in units]
    known = [i for i in items if i.value is not None]
    missing = len(items) - len(known)
    name = measure_name(view, column)
    spec = view.table.columns[column]
    rate = spec.unit == "%" and spec.derived is None  # else the table has what to divide: its total tells
    if rate and len(known) > 1:
        return _average_rate(view, items, column, noun)
    if not known or not summable(view, column):
        return Result(
            text=f"El promedio de «{name}» no se puede calcular: no es una cantidad que se sume.",
            figures=(),
            citations=amount(view, whole_table(view), column).citations,
            complete=False,
        )
    total, count = sum((i.value for i in known if i.value is not None), Decimal(0)), len(known)
    unit = items[0].figure.unit
    result = Figure(value=rounded(total / count), unit=unit, label=f"promedio de {name}", printed=False)
    sum_figure = Figure(value=total, unit=unit, label=f"suma de {name}", printed=False)
    doubts = tuple(dict.fromkeys(w for i in known for w in i.warnings))
    return Result(
        text=f"Promedio de {name} por {noun}: {shown(view, result)} ({shown(view, sum_figure)} entre {count}).",
        figures=(result, sum_figure),
        citations=tuple(c for i in items for c in i.citations),
        formula=f"{shown(view, sum_figure)} / {count} = {shown(view, result)}",
        warnings=(*((phrases.rows_without_value(missing),) if missing else ()), *doubts),
        complete=not missing and all(i.complete for i in known),
    )


def _average_rate(view: TableView, items: Sequence[Amount], column: int, noun: str) -> Result:
    """The simple mean of printed percentages, told as such: it weighs every row alike, whatever its size."""
    known = [i for i in items if i.value is not None]
    mean = rounded(sum((i.value for i in known if i.value is not None), Decimal(0)) / len(known))
    name = measure_name(view, column)
    result = Figure(value=mean, unit="%", label=f"promedio simple de {name}", printed=False)
    steps = " + ".join(shown(view, i.figure) for i in known)
    warnings = [phrases.SIMPLE_MEAN]
    if len(known) < len(items):
        warnings.append(phrases.rows_without_value(len(items) - len(known)))
    return Result(
        text=f"Promedio simple de {name} por {noun}: {shown(view, result)} ({len(known)} porcentajes).",
        figures=(result,),
        citations=tuple(c for i in items for c in i.citations),
        formula=f"({steps}) / {len(known)} = {shown(view, result)}",
        warnings=tuple(dict.fromkeys((*warnings, *(w for i in known for w in i.warnings)))),
        complete=len(known) == len(items) and all(i.complete for i in known),
    )


def average_of(view: TableView, items: Sequence[tuple[str, Amount]], subject: str) -> Result:
    """Mean of some amounts, each told with its name; those without a figure are counted out."""
    known = [(name, a) for name, a in items if a.value is not None]
    total = sum((a.value for _, a in known if a.value is not None), Decimal(0))
    unit = known[0][1].figure.unit if known else None
    missing = len(items) - len(known)
    citations = tuple(c for _, a in items for c in a.citations)
    if not known:
        return Result(
            text=phrases.no_value(subject, items[0][0], items[0][1].text),
            figures=(),
            citations=citations,
            complete=False,
        )
    result = Figure(value=rounded(total / len(known)), unit=unit, label=f"{subject}: promedio", printed=False)
    sum_figure = Figure(value=total, unit=unit, label="suma", printed=False)
    steps = " + ".join(shown(view, a.figure) for _, a in known)
    return Result(
        text=f"{subject}: promedio {shown(view, result)} ({', '.join(f'{n} {shown(view, a.figure)}' for n, a in known)}).",
        figures=(result, sum_figure),
        citations=citations,
        formula=f"({steps}) / {len(known)} = {shown(view, result)}",
        warnings=(phrases.rows_without_value(missing),) if missing else (),
        complete=not missing,
    )
