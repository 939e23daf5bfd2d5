"""Columns that arithmetic gives away: differences and percentages of two other columns, checked over the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from index.model import Role
from index.tables.columns import Strip
from index.tables.levels import firm_level
from index.text import fold

_DIFFERENCE_WORDS = re.compile(
    r"\bdif|variaci|desvi|brecha|saldo|disponib|subejerc|sobrant|remanent|por (?:ejecutar|devengar|pagar|comprometer)|"
    r"sin ejecutar|no (?:ejecutad|devengad|pagad|gastad)|pendiente|exceso|deficit|[a-z]\.? [-–] [a-z]"
)
DIFFERENCE_MEASURES = frozenset({"diferencia", "saldo", "por_pagar", "por_recaudar"})
_DONE = frozenset({"ejecutado", "devengado", "pagado", "alcanzado", "recaudado", "comprometido"})
_PLANNED = ("vigente", "programado", "asignado", "solicitado")
_MOST_ROWS = Decimal("0.8")  # printed tables carry wrong cells: the identity must hold for this share of rows
_SAMPLE = 300  # rows checked at most

Check = Callable[[Decimal, Decimal, Decimal, int], Decimal | None]  # distance in steps of the last printed digit


@dataclass(frozen=True, kw_only=True)
class Derived:
    """`kind` is "diferencia", "porcentaje" or "ratio"; minuend or numerator first. Numbers are columns of the grid."""

    kind: str
    first: int
    second: int


def find_derived(strips: Sequence[Strip]) -> dict[int, Derived]:
    """What each derived NUMBER column comes from, by column."""
    numbers = [s for s in strips if s.role is Role.NUMBER]
    found: dict[int, Derived] = {}
    for strip in numbers:
        kinds = _kinds(strip)
        candidates = [s for s in numbers if s is not strip and not looks_percent(s)] if kinds else []
        best = _best(strip, candidates, kinds)
        if best is not None:
            found[strip.column] = best
    return found


def looks_percent(strip: Strip) -> bool:
    valued = [p for p in strip.parsed if p.numeric]
    return (strip.reading.unit == "%" and not is_count(strip)) or (sum(p.is_percent for p in valued) * 2 > len(valued))


_PERCENT_SAID = re.compile(r"%|porcent|por ciento")
_HUNDREDS = 200


def is_count(strip: Strip) -> bool:
    """Whole numbers far beyond a hundred under a header without a sign are no percentages: "Productores participantes"."""
    if _PERCENT_SAID.search(fold(" ".join(strip.path))) or any(p.is_percent for p in strip.parsed):
        return False
    values = sorted(abs(v) for v in strip.values if v is not None)
    return bool(values) and all(v % 1 == 0 for v in values) and values[len(values) // 2] > _HUNDREDS


def _kinds(strip: Strip) -> list[str]:
    """What a column may be derived as, by its header and the look of its cells."""
    if looks_percent(strip):
        return ["porcentaje"] if any(p.is_percent for p in strip.parsed) else ["porcentaje", "ratio"]
    kinds = ["diferencia"] if _may_be_difference(strip) else []
    if not strip.path:
        kinds.append("porcentaje")
    values = [v for v in strip.values if v is not None]
    fine = all(p.decimals >= 2 for p in strip.parsed if p.value is not None)
    if strip.reading.measure is None and values and all(-10 <= v <= 10 for v in values) and fine:
        kinds.append("ratio")
    return kinds


def _may_be_difference(strip: Strip) -> bool:
    named = _DIFFERENCE_WORDS.search(fold(" ".join(strip.path))) is not None
    return strip.reading.measure in DIFFERENCE_MEASURES or named or not strip.path


def _best(strip: Strip, candidates: list[Strip], kinds: list[str]) -> Derived | None:
    ranked: list[tuple[tuple[float, ...], Derived]] = []
    for kind in kinds:
        for first in candidates:
            for second in candidates:
                if first is second or _levels_differ(first, second):
                    continue
                if not strip.path and not (
                    first.path and second.path and max(first.column, second.column) < strip.column
                ):
                    continue  # without headers every column of a budget is a difference of two others
                score = _score(strip, first, second, kind)
                if score is not None:
                    ranked.append((score, Derived(kind=kind, first=first.column, second=second.column)))
    return max(ranked, key=lambda item: item[0])[1] if ranked else None


def _levels_differ(first: Strip, second: Strip) -> bool:
    levels = {firm_level(s.path, s.reading) for s in (first, second)}
    return len(levels) == 2 and None not in levels


def _score(strip: Strip, first: Strip, second: Strip, kind: str) -> tuple[float, ...] | None:
    check = {"diferencia": _difference, "porcentaje": _percentage, "ratio": _ratio}[kind]
    rows = held = strict = telling = operands = 0
    for parsed, a, b in zip(strip.parsed[:_SAMPLE], first.parsed, second.parsed, strict=False):
        if parsed.value is None or a.value is None or b.value is None:
            continue
        distance = check(parsed.value, a.value, b.value, max(parsed.decimals, *_shared(kind, a.decimals, b.decimals)))
        if distance is None:
            continue
        rows += 1
        held += distance <= 1
        strict += distance <= Decimal("0.51")
        if distance <= 1:
            telling += parsed.value != 0 if kind == "diferencia" else parsed.value not in (0, 1, 100)
            operands += a.value != 0
    if rows == 0 or held < _needed(rows):
        return None
    left = first.column < strip.column and second.column < strip.column
    names = _named(strip, first) + _named(strip, second)
    if not telling and not (left and operands and _adjacent(strip, first, second) and first.column < second.column):
        return None
    if rows == 1 and not (names == 2 or strip.reading.measure):
        return None
    if kind != "diferencia" and strip.reading.measure is None and (telling < 2 or held < rows):
        return None
    near = abs(strip.column - first.column) + abs(strip.column - second.column)
    return (
        round(held / rows, 2), round(strict / rows, 2), names, left, kind != "ratio",
        _kin(strip, first), _natural(first, second) if kind != "diferencia" else 0, -near, first.column < second.column,
    )  # fmt: skip


def _needed(rows: int) -> Decimal:
    if rows <= 2:
        return Decimal(rows)
    return Decimal(rows - 1) if rows <= 4 else rows * _MOST_ROWS


def _shared(kind: str, first: int, second: int) -> tuple[int, int]:
    return (first, second) if kind == "diferencia" else (0, 0)


def _difference(value: Decimal, a: Decimal, b: Decimal, decimals: int) -> Decimal | None:
    gap = abs(value - (a - b))
    if decimals == 0 and max(abs(value), abs(a), abs(b)) < 1000:
        return gap * 2  # small counts are not rounded: 4 − 4 is not 1
    return gap * Decimal(10) ** min(decimals, 2)


def _percentage(value: Decimal, a: Decimal, b: Decimal, decimals: int) -> Decimal | None:
    return abs(value - 100 * a / b) * Decimal(10) ** min(decimals, 4) if b else None


def _ratio(value: Decimal, a: Decimal, b: Decimal, decimals: int) -> Decimal | None:
    return abs(value - a / b) * Decimal(10) ** min(decimals, 4) if b and decimals else None


def _adjacent(strip: Strip, first: Strip, second: Strip) -> bool:
    return {first.column, second.column} == {strip.column - 1, strip.column - 2}


def _named(strip: Strip, operand: Strip) -> int:
    """Whether the header names the operand: "Dif. entre Vigente y Devengado", "Diferencia (S - A)"."""
    if not strip.path or not operand.path:
        return 0
    header = fold(strip.path[-1])
    own = {w[:5] for w in re.findall(r"[a-z]{5,}", fold(operand.path[-1]))}
    if own & {w[:5] for w in re.findall(r"[a-z]{5,}", header)} - {"difer"}:
        return 1
    initials = re.search(r"\(\s*([a-z])\s*[-–/]\s*([a-z])\s*\)", header)
    return int(initials is not None and fold(operand.path[-1])[:1] in initials.groups())


def _kin(strip: Strip, operand: Strip) -> int:
    """How many groups of the header an operand shares: the third quarter's goal before the first one's outcome."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(strip.path[:-1], operand.path[:-1], strict=False))
    return len(list(shared))


def _natural(first: Strip, second: Strip) -> float:
    """How usual it is to divide one by the other: done over planned, the current plan before the first one."""
    plan, done = second.reading.measure, first.reading.measure
    return (1 if done in _DONE else 0) + (1 - _PLANNED.index(plan) / 10 if plan in _PLANNED else 0)
