"""One measure told of every row: "el gasto por mes", "el vigente de cada programa"."""

from __future__ import annotations

from collections.abc import Sequence

from tools import phrases
from tools.access import shown
from tools.amounts import Amount
from tools.catalogue import TableView
from tools.matching import RowMatch
from tools.model import Result
from tools.ranking import Criterion, doubts_of, figure_of, left_out, measured, places

MOST = 40  # rows that are told one by one


def breakdown(view: TableView, units: Sequence[RowMatch], by: Criterion, total: Amount | None, noun: str) -> Result:
    """The figure of each row or group in the order of the table, and their total where there is one.

    noun: what the rows are ("mes"). figures: one a unit, in its order; the total, where there is one, comes first. Rows beyond `MOST` are counted and not told.
    """
    values = [measured(view, u, by) for u in units]
    figures = [figure_of(view, u, by, v) for u, v in zip(units, values, strict=True)]
    told = [f"{f.label}: {shown(view, f)}" if f.value is not None else f"{f.label}: sin cifra" for f in figures]
    whole = total.figure if total is not None and total.value is not None else None
    missing = [u for u, v in zip(units, values, strict=True) if v is None]
    text = phrases.breakdown(
        f"{by.name(view)} por {noun}", told[:MOST], len(told) - MOST, shown(view, whole) if whole else ""
    )
    return Result(
        text=text,
        figures=(*((whole,) if whole else ()), *figures[:MOST]),
        citations=tuple(
            dict.fromkeys(
                [c for u in units[:MOST] for c in places(view, u, by)] + list(total.citations if total else ())
            )
        ),
        formula=None,
        warnings=(
            *(left_out(view, missing, by) if missing else ()),
            *(total.warnings if total else ()),
            *doubts_of(view, units, by),
        ),
        complete=not missing,
    )
