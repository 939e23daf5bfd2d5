"""What each column measures: level, unit, scale, period; the header proposes, arithmetic and the table dispose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.lexicon import HeaderReading
from index.model import Column, Level, Period, Role
from index.numbers import CURRENCY_SYMBOLS
from index.periods import find_closings, find_periods, merge
from index.tables.beside import by_neighbours
from index.tables.columns import Strip, counts_records
from index.tables.counts import counted, mixes_units, never_money, speaks_of_money
from index.tables.derived import DIFFERENCE_MEASURES, Derived, is_count, looks_percent
from index.tables.levels import LEVEL_BY_CONTEXT, names_level
from index.tables.notes import notes_on
from index.tables.wording import currency_of, names_money, names_unit, scale_of
from index.text import fold

# What adds up over the year: "Ejecutado hasta agosto" is accumulated, "Saldo al 31 de agosto" is what is left then.
_FLOWS = frozenset({"programado", "alcanzado", "ejecutado", "devengado", "pagado", "comprometido", "recaudado"})
_NOTHING = HeaderReading(measure=None, level=None, accumulated=False, unit=None)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the table as a whole says: `unit_line` is its caption, titles and bracketed leads."""

    unit_line: str
    currency: str | None
    period: Period | None
    counts: frozenset[int] = frozenset()  # columns of people and things, by index
    notes: tuple[str, ...] = ()  # printed under the table

    @property
    def money(self) -> bool:
        """Whether figures are money where nothing else is said: not where the caption names a count beside it."""
        return names_money(self.unit_line) and not mixes_units(self.unit_line)


def type_columns(strips: Sequence[Strip], derived: Mapping[int, Derived], context: Context) -> tuple[Column, ...]:
    """The columns of the table, in order; `index` counts the strips given."""
    place = {s.column: i for i, s in enumerate(strips)}
    strips = [replace(s, reading=_NOTHING) if counts_records(s, strips) or never_money(s.path) else s for s in strips]
    columns = [_column(i, s, derived.get(s.column), place, context) for i, s in enumerate(strips)]
    context = replace(context, counts=counted(strips, {c.index for c in columns if c.level is Level.FINANCIAL}))
    columns = by_neighbours(columns, strips)
    columns = _levels(columns, strips, context)
    columns = _accumulated(columns, strips)
    columns = _parts(columns, strips)
    return tuple(_unit(column, strip, context) for column, strip in zip(columns, strips, strict=True))


def _column(index: int, strip: Strip, derived: Derived | None, place: Mapping[int, int], context: Context) -> Column:
    reading = strip.reading
    if strip.role is not Role.NUMBER:
        measure = "unidad_medida" if names_unit(strip.path) else None
        return Column(index=index, path=strip.path, role=strip.role, measure=measure)
    measure = reading.measure
    if measure == "unidad_medida" or (measure == "porcentaje" and is_count(strip)):
        measure = None
    if _is_difference(strip, derived):
        saldo = re.search(r"\bsaldos?\b|disponib|subejerc|remanente", fold(" ".join(strip.path)))
        measure = measure if measure in DIFFERENCE_MEASURES else "saldo" if saldo else "diferencia"
    elif derived is not None or (looks_percent(strip) and measure in (None, "diferencia")):
        measure = "porcentaje"
    return Column(
        index=index,
        path=strip.path,
        role=strip.role,
        measure=measure,
        level=reading.level if derived is None else None,  # its operands know better: "Variación absoluta"
        period=_period(strip.path, context.period),
        accumulated=reading.accumulated or (measure in _FLOWS and _closes(strip.path)),
        unit=_ratio_unit(strip, derived),
        convention=strip.convention,
        derived=(place[derived.first], place[derived.second]) if derived else None,
    )


def _is_difference(strip: Strip, derived: Derived | None) -> bool:
    """Arithmetic shows it, or the header begins with it ("Dif. entre vigente y devengado")."""
    said = bool(strip.path) and re.match(r"dif(?:\.|erencia)", fold(strip.path[-1])) is not None
    return derived.kind == "diferencia" if derived is not None else said and not looks_percent(strip)


def _ratio_unit(strip: Strip, derived: Derived | None) -> str | None:
    if derived is not None and derived.kind != "diferencia":
        return "%" if derived.kind == "porcentaje" else "ratio"
    if not looks_percent(strip):
        return None
    said = any(p.is_percent for p in strip.parsed) or re.search(r"%|porcent", " ".join(strip.path).lower())
    values = [v for v in strip.values if v is not None]
    small = bool(values) and all(abs(v) <= 2 for v in values) and any(v % 1 for v in values)
    return "ratio" if small and not said else "%"


def _period(path: tuple[str, ...], table: Period | None) -> Period | None:
    """The innermost period of a header path, with the year that an outer part or the table gives."""
    found: Period | None = None
    for part in reversed(path):
        mentions = find_closings(part) or find_periods(part)
        if not mentions:
            continue
        if found is None:
            found = mentions[0].period
        elif found.year is None and mentions[0].period.year is not None:
            found = merge(found, mentions[0].period)
    found = found or _numbered(path)
    return merge(found, table) if found is not None else None


_SPAN_OVER = re.compile(r"\b(bimestre|trimestre|cuatrimestre|semestre)")


def _numbered(path: tuple[str, ...]) -> Period | None:
    """ "Ejecutado por trimestre" over "I", "II", "III": the number alone says which."""
    if len(path) < 2 or not re.fullmatch(r"[ivIV]{1,3}|[1-6](?:\s*[°º])?", path[-1].strip()):
        return None
    span = _SPAN_OVER.search(fold(" ".join(path[:-1])))
    mentions = find_periods(f"{path[-1].strip()} {span[1]}") if span else ()
    return mentions[0].period if mentions else None


def _closes(path: tuple[str, ...]) -> bool:
    return any(find_closings(part) for part in path)


def _levels(columns: list[Column], strips: Sequence[Strip], context: Context) -> list[Column]:
    columns = [_by_context(c, strips[i], columns, context) for i, c in enumerate(columns)]
    for _ in range(2):  # a percentage of a difference needs the difference first
        columns = [_from_operands(c, columns) for c in columns]
    known = {c.level for c in columns if c.role is Role.NUMBER} - {None}
    columns = [_from_neighbours(c, columns, known, strips[c.index], context) for c in columns]
    columns = [_from_operands(c, columns) for c in columns]
    return [
        replace(c, level=s.reading.level) if c.level is None and c.role is Role.NUMBER else c
        for c, s in zip(columns, strips, strict=True)
    ]


def _by_context(column: Column, strip: Strip, columns: list[Column], context: Context) -> Column:
    """The word "Ejecución" beside "Metas programadas" is physical; "Programado" in a table in quetzales is money."""
    if column.role is not Role.NUMBER or column.measure not in (*LEVEL_BY_CONTEXT, "porcentaje", None):
        return column
    if names_level(strip.path):
        return column
    if _symbols(strip):
        return _as_level(column, Level.FINANCIAL)
    if column.index in context.counts:
        return _as_level(column, Level.PHYSICAL) if column.measure in LEVEL_BY_CONTEXT else column
    if column.measure not in LEVEL_BY_CONTEXT:
        return column
    others = {
        c.level
        for c in columns
        if c.index != column.index and c.role is Role.NUMBER and c.level is not None
        and (c.measure not in LEVEL_BY_CONTEXT or names_level(c.path))
    }  # fmt: skip
    if context.money and Level.PHYSICAL not in others:
        return _as_level(column, Level.FINANCIAL)
    if len(others) == 1:
        return _as_level(column, next(iter(others)))
    if not others and any(c.measure == "programado" for c in columns) and not context.money:
        return _as_level(column, Level.PHYSICAL)
    return column


def _as_level(column: Column, level: Level) -> Column:
    renamed = {("ejecutado", Level.PHYSICAL): "alcanzado", ("alcanzado", Level.FINANCIAL): "ejecutado"}
    return replace(column, level=level, measure=renamed.get((column.measure or "", level), column.measure))


def _from_operands(column: Column, columns: list[Column]) -> Column:
    if column.derived is None:
        return column
    levels = {columns[i].level for i in column.derived} - {None}
    return replace(column, level=next(iter(levels))) if len(levels) == 1 else column


def _from_neighbours(
    column: Column, columns: list[Column], known: set[Level | None], strip: Strip, context: Context
) -> Column:
    if column.role is not Role.NUMBER or column.level is not None or column.index in context.counts:
        return column
    if column.derived is not None and set(column.derived) <= context.counts:
        return column
    if mixes_units(context.unit_line) and speaks_of_money(column.path):
        return replace(column, level=Level.FINANCIAL)
    if _symbols(strip) or (context.money and column.measure != "porcentaje" and Level.PHYSICAL not in known):
        return replace(column, level=Level.FINANCIAL)
    if len(known) == 1 and (column.measure is not None or column.unit is not None):
        return replace(column, level=next(iter(known)))
    group = [c for c in columns if c.level is not None and len(c.path) > 1 and c.path[:1] == column.path[:1]]
    levels = {c.level for c in group}
    if len(levels) == 1 and len(column.path) > 1:
        return replace(column, level=next(iter(levels)))
    if column.measure in ("diferencia", "porcentaje"):
        left = next((c for c in reversed(columns[: column.index]) if c.role is Role.NUMBER and c.level), None)
        return replace(column, level=left.level) if left else column
    return column


def _accumulated(columns: list[Column], strips: Sequence[Strip]) -> list[Column]:
    """Name an "Acumulado" column after the columns whose running sum it is."""
    groups: dict[tuple[str, Level | None], list[int]] = {}
    for column in columns:
        if column.measure in ("programado", "alcanzado", "ejecutado", "devengado", "pagado") and not column.accumulated:
            groups.setdefault((column.measure, column.level), []).append(column.index)
    found = list(columns)
    for column in columns:
        if column.role is not Role.NUMBER or column.measure is not None or column.unit == "%":
            continue
        if not (column.accumulated or re.search(r"total|anual", " ".join(column.path).lower())):
            continue
        rated = [
            (share, measure != "programado", measure, level)
            for (measure, level), members in groups.items()
            if (share := _running_sum(column.index, members, columns, strips)) >= Decimal("0.8")
        ]
        if rated:
            _, _, measure, level = max(rated, key=lambda item: item[:2])
            found[column.index] = replace(column, measure=measure, level=level, accumulated=True)
    return found


def _parts(columns: list[Column], strips: Sequence[Strip]) -> list[Column]:
    """Name the columns of periods after the total that they add up to: Enero | Febrero | Total ejecutado."""
    members = [c.index for c in columns if c.role is Role.NUMBER and c.period and c.measure is None and c.unit is None]
    for total in columns:
        if len(members) < 2 or total.role is not Role.NUMBER or total.measure is None or total.unit is not None:
            continue
        if _full_sum(total.index, members, strips) >= Decimal("0.8"):
            return [replace(c, measure=total.measure, level=total.level) if c.index in members else c for c in columns]
    return columns


def _full_sum(index: int, members: list[int], strips: Sequence[Strip]) -> Decimal:
    """Share of rows where a column is the sum of all members; 0 unless two of them add to it somewhere."""
    rows = held = telling = 0
    for place, value in enumerate(strips[index].values):
        parts = [v for m in members if (v := strips[m].values[place]) is not None]
        if value is None or not parts:
            continue
        rows += 1
        held += value == sum(parts)
        telling += value == sum(parts) and sum(v != 0 for v in parts) > 1
    return Decimal(held) / rows if rows and telling > 1 else Decimal(0)


def _running_sum(index: int, members: list[int], columns: list[Column], strips: Sequence[Strip]) -> Decimal:
    """Best share of rows where a column is the sum of the first two or more members."""
    members = [m for m in members if m < index]
    if len(members) > 1 and columns[members[0]].period is not None:  # a yearly goal is no addend of itself
        spans = [p.last - p.first for m in members if (p := columns[m].period)]
        members = [
            m
            for m in members
            if (p := columns[m].period) is None or p.last - p.first < max(spans) or len(set(spans)) == 1
        ]
    best = Decimal(0)
    for size in range(2, len(members) + 1):
        rows = held = 0
        for place, value in enumerate(strips[index].values):
            parts = [strips[m].values[place] for m in members[:size]]
            if value is None or any(p is None for p in parts):
                continue
            rows += 1
            held += value == sum(p for p in parts if p is not None)
        if rows:
            best = max(best, Decimal(held) / rows)
    return best


def _unit(column: Column, strip: Strip, context: Context) -> Column:
    if column.role is not Role.NUMBER or column.unit is not None:
        return column
    header = " ".join(strip.path)
    if column.level is not Level.FINANCIAL and not names_money(header):
        return column
    symbols = {CURRENCY_SYMBOLS.get(s.upper()) for s in _symbols(strip)}
    own = next(iter(symbols)) if len(symbols) == 1 else None
    scale = scale_of(header, header=True)
    if scale == 1:
        scale = scale_of(notes_on(header, context.notes))
    if scale == 1:
        scale = scale_of(context.unit_line)
    unit = own or currency_of(header, context.currency) or context.currency
    return replace(column, unit=unit, scale=scale, level=column.level or Level.FINANCIAL)


def _symbols(strip: Strip) -> set[str]:
    return {p.currency for p in strip.parsed if p.currency}
