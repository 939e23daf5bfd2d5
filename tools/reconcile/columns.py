"""Which columns of a table come from which others: by what the reader found, by their measures, by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from index.model import Column, Level
from index.text import fold
from tools.reconcile.identities import Identity, Reading, readings
from tools.reconcile.model import CheckKind
from tools.reconcile.periods import period_identities
from tools.reconcile.sheet import Sheet

_TOTAL = re.compile(r"^(?:sub ?total|total|suma)\b")
_SAMPLE = 60  # rows that arithmetic alone looks at
_WIDE = 16  # columns beyond which arithmetic alone finds coincidences
_ENOUGH = 3  # telling rows that arithmetic alone needs
_MOST = Decimal("0.8")
_DONE = ("ejecutado", "devengado", "alcanzado", "pagado", "recaudado")
_PLANNED = ("vigente", "programado", "asignado")
_REST = frozenset({"saldo", "diferencia"})


def column_identities(sheet: Sheet) -> list[Identity]:
    """Every identity among the number columns, each once."""
    found: list[Identity] = []
    seen: set[tuple[int, frozenset[int]]] = set()
    targets: set[int] = set()
    for source in (_derived, _modified, period_identities, _natural, _totals, _arithmetic):
        for item in source(sheet):
            summed = source in (_totals, _natural) and item.target in targets
            if item.key in seen or summed:
                continue
            seen.add(item.key)
            targets.add(item.target)
            found.append(item)
    return found


def is_percent(column: Column) -> bool:
    """Whether a column holds percentages or ratios."""
    return column.unit in ("%", "ratio") or column.measure == "porcentaje"


def _derived(sheet: Sheet) -> Iterator[Identity]:
    """What the reader found over the rows when it typed the table."""
    usable = {c.index for c in sheet.numbers}
    for column in sheet.numbers:
        if column.derived is None or not usable.issuperset(column.derived):
            continue
        first, second = column.derived
        kind = CheckKind.PERCENTAGE if is_percent(column) else CheckKind.DIFFERENCE
        yield Identity(kind=kind, target=column.index, plus=(first,), minus=(second,))


def _modified(sheet: Sheet) -> Iterator[Identity]:
    """First plan + changes = plan in force, within one group of columns."""
    for change in _of(sheet, "modificacion"):
        plans = [c for c in _of(sheet, "asignado") if _beside(c, change)]
        now = [c for c in _of(sheet, "vigente") if _beside(c, change)]
        if len(plans) == 1 and len(now) == 1:
            plus = (plans[0].index, change.index)
            yield Identity(kind=CheckKind.SUM, target=now[0].index, plus=plus, structural=True)


def _natural(sheet: Sheet) -> Iterator[Identity]:
    """Percentages and balances that the reader could not derive, tried with the usual pairs of measures."""
    for column in sheet.numbers:
        percent = is_percent(column)
        if column.derived is not None or not (percent or column.measure in _REST):
            continue
        best: tuple[int, Identity] | None = None
        for done, plan in _pairs(sheet, column):
            pair = (done.index, plan.index) if percent else (plan.index, done.index)
            kind = CheckKind.PERCENTAGE if percent else CheckKind.DIFFERENCE
            item = Identity(kind=kind, target=column.index, plus=pair[:1], minus=pair[1:], structural=True)
            known = [r for r in readings(sheet, item) if r.known]
            held = sum(r.holds and r.telling and r.expected not in (0, 100) for r in known)
            if held * 2 >= max(1, len(known)) and (best is None or held > best[0]):
                best = held, item
        if best is not None:
            yield best[1]


def _pairs(sheet: Sheet, column: Column) -> Iterator[tuple[Column, Column]]:
    for done in _DONE:
        for plan in _PLANNED:
            for a in _of(sheet, done):
                for b in _of(sheet, plan):
                    alike = a.level in (b.level, None) and column.level in (a.level, None) and a.period == b.period
                    alike = alike and column.period in (a.period, None)
                    if alike and (a.accumulated == column.accumulated or not column.accumulated):
                        yield a, b


def _totals(sheet: Sheet) -> Iterator[Identity]:
    """Columns that say "total": the columns since the one before, those of their group, or those after them."""
    columns = [c for c in sheet.numbers if sheet.additive(c.index)]
    for place, column in enumerate(columns):
        if not any(_TOTAL.match(fold(p)) for p in column.path):
            continue
        options = (
            [c for c in columns if c is not column and len(c.path) > 1 and c.path[:1] == column.path[:1]],
            _until_total(reversed(columns[:place]))[::-1],
            _until_total(columns[place + 1 :]),
        )
        for addends in options:
            alike = tuple(
                c.index for c in addends if (c.level, c.unit, c.scale) == (column.level, column.unit, column.scale)
            )
            if len(alike) < 2:
                continue
            item = Identity(kind=CheckKind.SUM, target=column.index, plus=alike, structural=True)
            known = [r for r in readings(sheet, item) if r.known and r.telling]
            if known and sum(r.holds for r in known) * 2 >= len(known):
                yield item
                break


def _until_total(columns: Iterable[Column]) -> list[Column]:
    found = []
    for column in columns:
        if any(_TOTAL.match(fold(p)) for p in column.path):
            break
        found.append(column)
    return found


def _arithmetic(sheet: Sheet) -> Iterator[Identity]:
    """A + B = C in most rows, beyond coincidence."""
    columns = [c for c in sheet.numbers if sheet.additive(c.index) and not is_percent(c)]
    if not 3 <= len(columns) <= _WIDE:
        return
    rows = [r for r in sheet.rows if sum(bool(sheet.value(r.index, c.index)) for c in columns) >= 3][:_SAMPLE]
    if len(rows) < _ENOUGH:
        return
    for target, (a, b) in ((t, p) for t in columns for p in combinations([c for c in columns if c is not t], 2)):
        if {(c.level, c.unit) for c in (target, a, b)} != {(target.level, target.unit)}:
            continue
        item = Identity(kind=CheckKind.SUM, target=target.index, plus=(a.index, b.index))
        if _beyond_chance(sheet, item, [r for r in readings(sheet, item, rows) if r.known]):
            yield item


def _beyond_chance(sheet: Sheet, item: Identity, known: list[Reading]) -> bool:
    telling = [r for r in known if all(sheet.value(r.row, c) for c in item.plus) and r.printed]
    held = [r for r in telling if r.holds]
    if len(held) < _ENOUGH or len(held) < _MOST * len(telling) or sum(r.holds for r in known) < _MOST * len(known):
        return False
    figures = {r.printed for r in held}
    financial = sheet.view.table.columns[item.target].level is Level.FINANCIAL
    digits = sum(len(str(abs(int(f or 0)))) for f in figures)
    return len(figures) >= _ENOUGH and digits >= (12 if financial else 7)


def _of(sheet: Sheet, measure: str) -> list[Column]:
    return [c for c in sheet.numbers if c.measure == measure and not is_percent(c)]


def _beside(column: Column, other: Column) -> bool:
    """Same level and period, and the same group of columns where there are groups."""
    grouped = len(column.path) > 1 and len(other.path) > 1
    return (
        column.level == other.level
        and column.period == other.period
        and (not grouped or column.path[:-1] == other.path[:-1])
    )


def mislabelled(sheet: Sheet) -> Iterator[tuple[Column, int, int]]:
    """Differences whose header names the operands the other way round: column, minuend and subtrahend by figures."""
    for column in sheet.numbers:
        if column.derived is None or is_percent(column):
            continue
        minuend, subtrahend = column.derived
        said = _said(column)
        if said is None:
            continue
        names = sheet.view.table.columns
        first, second = names[minuend], names[subtrahend]
        straight = _names(said[0], first) and _names(said[1], second)
        if not straight and _names(said[0], second) and _names(said[1], first):
            yield column, minuend, subtrahend


def _said(column: Column) -> tuple[str, str] | None:
    """The two operands a header names: "Diferencia (S - A)", "Vigente menos Devengado"."""
    header = fold(column.path[-1])
    inside = re.search(r"\(\s*([^()]+?)\s*(?:[-–−]| menos )\s*([^()]+?)\s*\)", header)
    plain = re.search(r"([a-z. ]+?)\s*(?: [-–−] | menos )\s*([a-z. ]+)$", header)
    match = inside or plain
    return (match[1].strip(), match[2].strip()) if match else None


def _names(said: str, column: Column) -> bool:
    """Whether a few letters name a column: its initial, or the beginnings of its words."""
    header = fold(column.path[-1])
    if len(said.rstrip(".")) == 1:
        return header.startswith(said.rstrip("."))
    heads = [w[:4] for w in re.findall(r"[a-z]{3,}", said)]
    return bool(heads) and heads[-1] in {w[:4] for w in re.findall(r"[a-z]{3,}", header)}
