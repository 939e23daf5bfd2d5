"""Differences, shares, averages, growth and comparisons between amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools import phrases
from tools.access import column_name, measure_name, row_name, shown, value
from tools.amounts import Amount, amount, is_stock, not_summed, summable
from tools.catalogue import TableView
from tools.execution import Pair
from tools.formatting import rounded
from tools.matching import RowMatch, whole_table
from tools.model import Figure, Result


def _merge(*amounts: Amount) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for a in amounts for w in a.warnings))


def variance(view: TableView, match: RowMatch, pair: Pair, subject: str) -> Result:
    """numerator − denominator of one row or group, told in words with the positive figure.

    The signed difference (reached − planned) comes first among the figures; the printed one is named when its sign
    or size is another.
    """
    num, den = amount(view, match, pair.numerator), amount(view, match, pair.denominator)
    names = measure_name(view, pair.numerator), measure_name(view, pair.denominator)
    if num.value is None or den.value is None:
        lacking, which = (num, names[0]) if num.value is None else (den, names[1])
        return Result(
            text=phrases.no_value(subject, which, lacking.text),
            figures=(num.figure, den.figure),
            citations=(*num.citations, *den.citations),
            warnings=_merge(num, den),
            complete=False,
        )
    gap = num.value - den.value
    printed = _printed_gap(view, match, pair)
    signed = Figure(value=gap, unit=num.figure.unit, label=f"{subject}: {names[0]} − {names[1]}", printed=False)
    size = Figure(value=abs(gap), unit=num.figure.unit, label="", printed=False)
    words = (names[0], shown(view, num.figure), names[1], shown(view, den.figure))
    if gap == 0:
        text = phrases.even(subject, names[0], names[1], shown(view, num.figure))
    else:
        text = (phrases.over if gap > 0 else phrases.under)(subject, shown(view, size), *words)
    warnings = list(_merge(num, den))
    cites = [*num.citations, *den.citations]
    extra: tuple[Figure, ...] = ()
    if printed is not None:
        cites += printed.citations
        if printed.value is not None and abs(printed.value) == abs(gap) != 0 and printed.value != gap:
            header = column_name(view.table.columns[printed.column])
            warnings.append(f"El informe imprime {printed.text} en «{header}», que resta en el otro sentido.")
            extra = (Figure(value=printed.value, unit=num.figure.unit, label=f"impreso en «{header}»"),)
        elif printed.value is not None and abs(printed.value) != abs(gap):
            warnings.append(f"El informe imprime {printed.text}; con sus cifras da {shown(view, signed)}.")
            extra = (Figure(value=printed.value, unit=num.figure.unit, label="diferencia impresa"),)
    return Result(
        text=text,
        figures=(signed, *extra, num.figure, den.figure),
        citations=tuple(cites),
        formula=f"{names[0]} {shown(view, num.figure)} − {names[1]} {shown(view, den.figure)} = {shown(view, signed)}",
        warnings=tuple(warnings),
        complete=num.complete and den.complete,
    )


def remaining(view: TableView, match: RowMatch, pair: Pair, subject: str) -> Result:
    """denominator − numerator (vigente − ejecutado) where the table prints no balance of its own."""
    spent, base = amount(view, match, pair.numerator), amount(view, match, pair.denominator)
    names = measure_name(view, pair.denominator), measure_name(view, pair.numerator)
    citations = (*base.citations, *spent.citations)
    if spent.value is None or base.value is None:
        lacking, name = (spent, names[1]) if spent.value is None else (base, names[0])
        text = phrases.no_value(subject, name, lacking.text)
        return Result(text=text, figures=(base.figure, spent.figure), citations=citations, complete=False)
    left = Figure(
        value=base.value - spent.value,
        unit=base.figure.unit,
        label=f"{subject}: {names[0]} − {names[1]}",
        printed=False,
    )
    words = shown(view, left), names[0], shown(view, base.figure), names[1], shown(view, spent.figure)
    return Result(
        text=phrases.remaining(subject, *words),
        figures=(left, base.figure, spent.figure),
        citations=citations,
        formula=f"{names[0]} {words[2]} − {names[1]} {words[4]} = {words[0]}",
        warnings=_merge(base, spent),
        complete=base.complete and spent.complete,
    )


def _printed_gap(view: TableView, match: RowMatch, pair: Pair) -> Amount | None:
    both = {pair.numerator, pair.denominator}
    for column in view.numbers:
        if column.derived is not None and set(column.derived) == both and column.unit not in ("%", "ratio"):
            return amount(view, match, column.index)
    return None


def share(view: TableView, match: RowMatch, column: int, subject: str, of: RowMatch | None = None) -> Result:
    """What part of the table's total, or of the group `of`, a row or group is, in percent."""
    part = amount(view, match, column)
    wider = match.within is not None and set(match.within.rows) > set(match.rows)
    base = amount(view, of or (match.within if match.within and wider else whole_table(view)), column)
    name = measure_name(view, column)
    total = f"de «{of.label}» en {name}" if of else f"del total de {name}"
    if part.value is None or base.value is None or base.value == 0:
        return Result(
            text=phrases.undefined_percentage(
                subject,
                name,
                shown(view, part.figure),
                f"la base «{of.label}»" if of else f"el total de {name}",
                shown(view, base.figure),
            ),
            figures=(part.figure, base.figure),
            citations=(*part.citations, *base.citations),
            warnings=_merge(part, base),
            complete=False,
        )
    result = Figure(
        value=rounded(part.value / base.value * 100),
        unit="%",
        label=f"{subject}: parte {total}",
        printed=False,
    )
    return Result(
        text=f"{subject}: {shown(view, result)} {total} ({shown(view, part.figure)} de {shown(view, base.figure)}).",
        figures=(result, part.figure, base.figure),
        citations=(*part.citations, *base.citations),
        formula=f"{shown(view, part.figure)} / {shown(view, base.figure)} × 100 = {shown(view, result)}",
        warnings=_merge(part, base),
        complete=part.complete and base.complete,
    )


def change(view: TableView, start: tuple[RowMatch, int, str], end: tuple[RowMatch, int, str], subject: str) -> Result:
    """Difference and growth from one amount to another: signed, absolute and in percent of the first."""
    first, last = amount(view, start[0], start[1]), amount(view, end[0], end[1])
    name = measure_name(view, end[1])
    if first.value is None or last.value is None:
        lacking = start[2] if first.value is None else end[2]
        return Result(
            text=phrases.no_value(lacking, name, (first if first.value is None else last).text),
            figures=(first.figure, last.figure),
            citations=(*first.citations, *last.citations),
            complete=False,
        )
    gap = last.value - first.value
    unit = last.figure.unit
    signed = Figure(
        value=gap, unit="puntos porcentuales" if unit == "%" else unit, label=f"{end[2]} − {start[2]}", printed=False
    )
    size = Figure(value=abs(gap), unit=signed.unit, label="", printed=False)
    words = "sin cambio" if gap == 0 else ("aumento de " if gap > 0 else "disminución de ") + shown(view, size)
    figures = [signed]
    percent_text = (
        ""
        if first.value
        else f"; la variación porcentual no se puede calcular, porque parte de {shown(view, first.figure)}"
    )
    if first.value and unit != "%":
        percent = Figure(
            value=rounded(gap / abs(first.value) * 100), unit="%", label="variación porcentual", printed=False
        )
        figures.append(percent)
        percent_text = f" ({shown(view, percent)})"
    head = f"{subject}, " if subject else ""
    return Result(
        text=f"{head}{name}: {words}{percent_text} de {start[2]} ({shown(view, first.figure)}) a {end[2]} ({shown(view, last.figure)}).",
        figures=(*figures, first.figure, last.figure),
        citations=(*first.citations, *last.citations),
        formula=f"{shown(view, last.figure)} − {shown(view, first.figure)} = {shown(view, signed)}",
        warnings=_merge(first, last),
        complete=first.complete and last.complete,
    )


def compare(items: Sequence[tuple[TableView, RowMatch, int, str]], measure: str | None = None) -> Result:
    """Amounts side by side, the difference between the first two when they are in the same unit.

    measure: what the amounts are, told when the question does not say it.
    """
    amounts = [amount(v, m, c) for v, m, c, _ in items]
    told = f"{measure} " if measure else ""
    parts = [f"{label}: {told}{shown(v, a.figure)}" for (v, _, _, label), a in zip(items, amounts, strict=True)]
    text = "; ".join(parts) + "."
    figures = [a.figure for a in amounts]
    warnings = list(_merge(*amounts))
    formula = None
    known = [a for a in amounts if a.value is not None]
    units = {a.figure.unit for a in known}
    if len(units) > 1:
        warnings.append(phrases.uncomparable_currency(*sorted(str(u or "sin unidad") for u in units)[:2]))
    elif len(known) == 2 and known[0].value is not None and known[1].value is not None:
        gap = known[0].value - known[1].value
        view = items[0][0]
        unit = known[0].figure.unit
        signed = Figure(
            value=gap, unit="puntos porcentuales" if unit == "%" else unit, label="diferencia", printed=False
        )
        size = Figure(value=abs(gap), unit=signed.unit, label="")
        first, second = items[0][3], items[1][3]
        if gap:
            more, less = (first, second) if gap > 0 else (second, first)
            text += f" {more} supera a {less} en {shown(view, size)}."
        else:
            text += " Son iguales."
        formula = f"{shown(view, known[0].figure)} − {shown(view, known[1].figure)} = {shown(view, signed)}"
        figures.append(signed)
    return Result(
        text=text,
        figures=tuple(figures),
        citations=tuple(c for a in amounts for c in a.citations),
        formula=formula,
        warnings=tuple(warnings),
        complete=all(a.complete for a in amounts),
    )


def add_up(items: Sequence[tuple[TableView, RowMatch, int, str]], name: str | None = None) -> Result:
    """The sum of several amounts, each told. name: what they are called together, the column's when None."""
    amounts = [amount(v, m, c) for v, m, c, _ in items]
    view = items[0][0]
    known = [a.value for a in amounts if a.value is not None]
    parts = [f"{label} {shown(v, a.figure)}" for (v, _, _, label), a in zip(items, amounts, strict=True)]
    citations = tuple(c for a in amounts for c in a.citations)
    units = {a.figure.unit for a in amounts if a.value is not None}
    if len(known) < len(amounts) or len(units) > 1 or not summable(view, items[0][2]):
        return Result(
            text="; ".join(parts) + ".", figures=tuple(a.figure for a in amounts), citations=citations, complete=False
        )
    total = Figure(value=sum(known, Decimal(0)), unit=units.pop(), label="suma", printed=False)
    steps = " + ".join(shown(v, a.figure) for (v, _, _, _), a in zip(items, amounts, strict=True))
    return Result(
        text=f"{name or measure_name(view, items[0][2])}: {shown(view, total)} en total ({'; '.join(parts)}).",
        figures=(total, *(a.figure for a in amounts)),
        citations=citations,
        formula=f"{steps} = {shown(view, total)}",
        warnings=_merge(*amounts),
        complete=all(a.complete for a in amounts),
    )


def side_by_side(items: Sequence[tuple[str, TableView, Result]]) -> Result:
    """The first figure of several reports next to each other; subtracted only when the units agree."""
    firsts = [(name, view, result.figures[0]) for name, view, result in items if result.figures]
    parts = [f"{name}: {shown(view, figure)}" for name, view, figure in firsts]
    text = "; ".join(parts) + "."
    figures = [
        Figure(value=f.value, unit=f.unit, label=f"{name}: {f.label}", printed=f.printed) for name, _, f in firsts
    ]
    warnings = [w for _, _, result in items for w in result.warnings]
    units = sorted({f.unit or "sin unidad" for _, _, f in firsts})
    formula = None
    if len(units) > 1:
        warnings.append(phrases.uncomparable_currency(units[0], units[1]))
    elif len(firsts) == 2 and firsts[0][2].value is not None and firsts[1][2].value is not None:
        (first, view, one), (second, _, two) = firsts
        gap = (one.value or Decimal(0)) - (two.value or Decimal(0))
        unit = "puntos porcentuales" if one.unit == "%" else one.unit
        signed = Figure(value=gap, unit=unit, label="diferencia", printed=False)
        size = Figure(value=abs(gap), unit=unit, label="", printed=False)
        more, less = (first, second) if gap >= 0 else (second, first)
        text += f" {more} supera a {less} en {shown(view, size)}." if gap else " Son iguales."
        formula = f"{shown(view, one)} − {shown(view, two)} = {shown(view, signed)}"
        figures.append(signed)
    return Result(
        text=text,
        figures=tuple(figures),
        citations=tuple(c for _, _, result in items for c in result.citations),
        formula=formula,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def less(view: TableView, base: Result, part: Result, names: tuple[str, str]) -> Result:
    """The first figure of a whole less that of a part of it, both of one column. names: of the whole and of the part."""
    whole, taken = base.figures[0], part.figures[0]
    assert whole.value is not None
    assert taken.value is not None
    measure = whole.label.rsplit(": ", 1)[-1]
    rest = Figure(
        value=whole.value - taken.value, unit=whole.unit, label=f"{names[0]} sin {names[1]}: {measure}", printed=False
    )
    told = (shown(view, rest), shown(view, whole), shown(view, taken))
    return Result(
        text=phrases.less(names[0], names[1], measure, *told),
        figures=(rest, whole, taken),
        citations=(*base.citations, *part.citations),
        formula=f"{told[1]} − {told[2]} = {told[0]}",
        warnings=tuple(dict.fromkeys((*base.warnings, *part.warnings))),
        complete=base.complete and part.complete,
    )


def trend(view: TableView, rows: Sequence[int], column: int, subject: str) -> Result:
    """A column over the periods of a table, from the first to the last."""
    name = measure_name(view, column)
    known = [(r, value(view.table, r, column)) for r in rows]
    cells = [amount(view, RowMatch(label="", rows=(r,)), column) for r, _ in known]
    parts = [f"{row_name(view.table.rows[r])} {shown(view, a.figure)}" for (r, _), a in zip(known, cells, strict=True)]
    base = change(
        view,
        (RowMatch(label="", rows=(rows[0],)), column, row_name(view.table.rows[rows[0]])),
        (RowMatch(label="", rows=(rows[-1],)), column, row_name(view.table.rows[rows[-1]])),
        subject,
    )
    return Result(
        text=f"{base.text} Período a período, {name}: {', '.join(parts)}.",
        figures=(*base.figures, *(a.figure for a in cells[1:-1])),
        citations=tuple(c for a in cells for c in a.citations),
        formula=base.formula,
        warnings=base.warnings + ((not_summed(view, column, name),) if is_stock(view, column) else ()),
        complete=base.complete,
    )
