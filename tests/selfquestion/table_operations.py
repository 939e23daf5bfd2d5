"""Questions about a table as a whole: totals, ranks, lists, counts, averages, months."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from index.text import fold
from tests.selfquestion.grids import MONTHS, Grid, GridColumn, root
from tests.selfquestion.pairs import Pair, pairs_of
from tests.selfquestion.questions import Asked, Maker, Measure, Reading, Scope, distinct, elsewhere, feminine
from tests.selfquestion.wording import CONDITIONS, TEMPLATES

COUNTED = {"programado", "evaluado"}  # goals of unlike products are summed only where the report sums them
_MOST_LISTED = 8  # longer lists may fairly be cut in an answer
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "met": lambda goal, done: goal > 0 and done >= goal,
    "missed": lambda goal, done: goal > 0 and done < goal,
    "exceeded": lambda goal, done: 0 < goal < done,
    "zero": lambda goal, done: goal > 0 and done == 0,
    "unplanned": lambda goal, done: goal == 0 and done > 0,
}


def totals(grid: Grid, column: GridColumn) -> tuple[Decimal, ...]:
    """The printed total and the sum of the rows: either is a true answer. Empty when neither is sure."""
    if not grid.summable(column):
        return ()
    found = []
    if grid.total is not None and column.index in grid.total.values:
        found.append(grid.total.values[column.index])
    if grid.flat and grid.complete(column):
        found.append(sum((row.values[column.index] for row in grid.leaves), Decimal(0)))
    return tuple(dict.fromkeys(found))


def summed(grid: Grid, column: GridColumn) -> bool:
    """Whether the report itself prints a total of the column."""
    return grid.total is not None and column.index in grid.total.values


def total(maker: Maker, grid: Grid) -> Asked | None:
    """The total of a column."""
    found = _column(maker, grid, table=0.6)
    if found is None:
        return None
    column, measure, scope = found
    if column.concept in COUNTED and not summed(grid, column):
        return None
    each = [(g, c, totals(g, c)) for g in scope.grids for c in g.columns if measure.fits(c) and not c.percent]
    readings = distinct(Reading(figures=(values,), place=_at(g, c)) for g, c, values in each if values)
    unknown = any(not values for _, _, values in each)
    if unknown and not scope.names_table:
        return None  # another table may give its own total, which the oracle cannot tell
    near = unknown or bool(elsewhere(scope.grids, measure, (g.id for g, _, _ in each)))
    return _asked(maker, "total", readings, scope, measure, near=near)


def group_total(maker: Maker, grid: Grid) -> Asked | None:
    """The sum of the rows of one category. Rows whose category is doubtful may or may not be in it."""
    found = _column(maker, grid, table=0.6)
    codes = sorted({key for row in grid.leaves for key in row.keys if re.fullmatch(r"\d+(?:[-.]\d+)+", key)})
    if found is None or not codes or not grid.flat:
        return None
    column, measure, scope = found
    if column.concept in COUNTED:
        return None
    code = maker.rng.choice(codes)
    if maker.rng.random() < 0.5:
        code = "-".join(code.split("-")[:2])
    readings = distinct(
        _group_sum(g, c, code)
        for g in scope.grids
        for c in g.columns
        if measure.fits(c) and g.flat and g.complete(c) and g.summable(c)
    )
    name = maker.rng.choice(("del programa", "de la categoría programática", "de la categoría"))
    return _asked(maker, "total de grupo", readings, scope, measure, of=f"{name} {code}")


def _group_sum(grid: Grid, column: GridColumn, code: str) -> Reading | None:
    def inside(keys: frozenset[str]) -> bool:
        return any(key == code or key.startswith((f"{code}-", f"{code}.")) for key in keys)

    sure = [row.values[column.index] for row in grid.leaves if inside(row.keys)]
    maybe = [row.values[column.index] for row in grid.leaves if not inside(row.keys) and inside(row.doubtful)]
    if not sure:
        return None
    low = sum(sure, Decimal(0))
    return Reading(figures=((low, low + sum(maybe, Decimal(0))),), place=_at(grid, column))


def extreme(maker: Maker, grid: Grid) -> Asked | None:
    """The row with most or least of something."""
    found = _ranked(maker, grid)
    if found is None:
        return None
    column, measure, scope = found
    high = maker.rng.random() < 0.6
    found_all = [_best(g, c, 1, high=high) for g, c in _alike(grid, measure, scope)]
    readings = distinct(found_all)
    if _best(grid, column, 1, high=high) is None or None in found_all:
        return None
    return _asked(maker, "mayor" if high else "menor", readings, scope, measure, grid=grid)


def top(maker: Maker, grid: Grid) -> Asked | None:
    """The first two to five rows."""
    found = _ranked(maker, grid)
    if found is None:
        return None
    column, measure, scope = found
    size = maker.rng.randint(2, 5)
    if len(grid.units) <= size or _best(grid, column, size, high=True) is None:
        return None
    found_all = [_best(g, c, size, high=True) for g, c in _alike(grid, measure, scope)]
    if None in found_all:  # a table that fits as well ties at the cut: its rows cannot be foretold
        return None
    readings = distinct(found_all)
    return _asked(maker, "primeros", readings, scope, measure, grid=grid, n=str(size))


def _best(grid: Grid, column: GridColumn, size: int, *, high: bool) -> Reading | None:
    """None when the last place is shared: then nobody can say which rows are the first."""
    if not (grid.flat and grid.complete(column)) or len(grid.units) <= size:
        return None
    ranked = sorted(grid.units, key=lambda r: r.values[column.index], reverse=high)
    values = [r.values[column.index] for r in ranked]
    if values[size - 1] == values[size] or values[0] == 0:
        return None
    return Reading(
        figures=tuple((v,) for v in values[:size]),
        labels=tuple(r.label for r in ranked[:size]),
        place=_at(grid, column),
    )


def listing(maker: Maker, grid: Grid) -> Asked | None:
    """Which rows meet a condition."""
    return _by_condition(maker, grid, counted=False)


def count(maker: Maker, grid: Grid) -> Asked | None:
    """How many rows meet a condition."""
    return _by_condition(maker, grid, counted=True)


def _by_condition(maker: Maker, grid: Grid, *, counted: bool) -> Asked | None:
    pairs = pairs_of(grid, "fisica")
    if len(pairs) != 1 or not grid.flat or len(grid.units) < 4:
        return None
    name = maker.rng.choice(sorted(CONDITIONS))
    scope = maker.scope(grid, table=True)
    tables = [(g, p) for g in scope.grids if g.flat and same_noun(g, grid) for p in pairs_of(g, "fisica")]
    readings = distinct(_meeting(g, p, name, counted=counted) for g, p in tables)
    mine = _meeting(grid, pairs[0], name, counted=counted)
    if mine is None or (not counted and not 0 < len(mine.labels) <= _MOST_LISTED):
        return None
    kind = "cuenta" if counted else "lista"
    condition = maker.rng.choice(CONDITIONS[name])
    return _asked(maker, kind, readings, scope, None, grid=grid, condition=condition)


def _meeting(grid: Grid, pair: Pair, name: str, *, counted: bool) -> Reading | None:
    if not (grid.complete(pair.base) and grid.complete(pair.achieved)):
        return None
    test = _TESTS[name]
    inside = [r for r in grid.units if test(r.values[pair.base.index], r.values[pair.achieved.index])]
    if counted:
        return Reading(figures=((Decimal(len(inside)),),), place=_at(grid, pair.achieved))
    others = [r.label for r in grid.units if r not in inside]
    labels = tuple(r.label for r in inside)
    return Reading(figures=(), labels=labels, others=tuple(others), place=_at(grid, pair.achieved))


def threshold(maker: Maker, grid: Grid) -> Asked | None:
    """The rows above or below an amount that lies between two of them, listed or counted."""
    found = _ranked(maker, grid)
    if found is None:
        return None
    column, measure, scope = found
    values = sorted({row.values[column.index] for row in grid.units})
    gaps = [(a, b) for a, b in pairwise(values) if b - a > 2 and b > 1]
    if not gaps:
        return None
    low, high = maker.rng.choice(gaps)
    limit = _round_between(low, high)
    kind = maker.rng.choice(("umbral, lista", "umbral, cuenta", "umbral bajo, lista"))
    above = "bajo" not in kind
    each = [_past(g, c, limit, above=above, counted="cuenta" in kind) for g, c in _alike(grid, measure, scope)]
    mine = _past(grid, column, limit, above=above, counted=False)
    if mine is None or (not 0 < len(mine.labels) <= _MOST_LISTED and "lista" in kind):
        return None
    # the one point of "1.500" is a thousand to some and a decimal mark to others: no mark is used
    return _asked(maker, kind, distinct(each), scope, measure, grid=grid, near=None in each, n=f"{limit:f}")


def _round_between(low: Decimal, high: Decimal) -> Decimal:
    """The roundest whole number strictly between two."""
    for size in range(15, -1, -1):
        step = Decimal(10) ** size
        found = (low // step + 1) * step
        if low < found < high:
            return found.quantize(Decimal(1))
    return (low + 1).quantize(Decimal(1))


def _past(grid: Grid, column: GridColumn, limit: Decimal, *, above: bool, counted: bool) -> Reading | None:
    if not (grid.flat and grid.complete(column)) or len(grid.units) < 3:
        return None
    inside = [r for r in grid.units if (r.values[column.index] > limit if above else r.values[column.index] < limit)]
    if counted:
        return Reading(figures=((Decimal(len(inside)),),), place=_at(grid, column))
    # the title of a table of months names some of them
    others = tuple(r.label for r in grid.units if r not in inside and r.month is None)
    return Reading(figures=(), labels=tuple(r.label for r in inside), others=others, place=_at(grid, column))


def average(maker: Maker, grid: Grid) -> Asked | None:
    """The mean over the rows of a table."""
    found = _ranked(maker, grid)
    if found is None:
        return None
    column, measure, scope = found
    if column.concept in COUNTED and not summed(grid, column):
        return None
    each = [_mean(g, c) for g, c in _alike(grid, measure, scope)]
    return _asked(maker, "promedio", distinct(each), scope, measure, grid=grid, near=None in each)


def _mean(grid: Grid, column: GridColumn) -> Reading | None:
    if not (grid.flat and grid.complete(column) and grid.summable(column)):
        return None
    values = [row.values[column.index] for row in grid.units]
    return Reading(figures=((sum(values, Decimal(0)) / len(values),),), place=_at(grid, column))


def months(maker: Maker, grid: Grid) -> Asked | None:
    """The sum, or the change, from one month to another in a table of months."""
    found = _column(maker, grid, table=0.6)
    named = sorted(row.month for row in grid.leaves if row.month)
    if found is None or len(named) < 3:
        return None
    _, measure, scope = found
    first, last = sorted(maker.rng.sample(named, 2))
    kind = maker.rng.choice(("meses", "meses", "crecimiento", "crecimiento %"))
    readings = distinct(
        _over_months(g, c, first, last, kind)
        for g in scope.grids
        for c in g.columns
        if measure.fits(c) and not c.percent
    )
    ends = {"x": MONTHS[first - 1], "y": MONTHS[last - 1]}
    return _asked(maker, kind, readings, scope, measure, of="de ", **ends)


def _over_months(grid: Grid, column: GridColumn, first: int, last: int, kind: str) -> Reading | None:
    values = {r.month: r.values[column.index] for r in grid.leaves if r.month and column.index in r.values}
    wanted = range(first, last + 1)
    if not set(wanted) <= set(values):
        return None
    if kind == "meses":
        if not grid.summable(column):
            return None
        return Reading(figures=((sum((values[m] for m in wanted), Decimal(0)),),), place=_at(grid, column))
    change = values[last] - values[first]
    if change == 0 or values[first] == 0:
        return None
    told = change if kind == "crecimiento" else change / values[first] * 100
    return Reading(figures=((told, -told),), place=_at(grid, column), rises=change > 0)


def years(maker: Maker, grid: Grid) -> Asked | None:
    """The change of one row between two columns of years."""
    row = maker.rng.choice(grid.rows)
    dated = [(c, year) for c in grid.columns if not c.percent and (year := _year(c)) and c.index in row.values]
    pairs = [(a, b) for a in dated for b in dated if a[1] < b[1] and a[0].concept == b[0].concept is not None]
    if not pairs:
        return None
    (old, start), (new, end) = maker.rng.choice(pairs)
    scope = maker.scope(grid, table=True)
    phrase = maker.row_phrase(grid, row, scope)
    before, after = row.values[old.index], row.values[new.index]
    if phrase is None or before in {0, after}:
        return None
    kind = maker.rng.choice(("crecimiento", "crecimiento %"))
    told = after - before if kind == "crecimiento" else (after - before) / before * 100
    reading = Reading(figures=((told, -told),), place=_at(grid, new), rises=after > before)
    measure = Measure(text=f"lo {old.concept}", bare=str(old.concept), fits=lambda c: c is old)
    return _asked(maker, kind, (reading,), scope, measure, of=f"{phrase.of} de ", x=start, y=end)


def _year(column: GridColumn) -> str | None:
    found = re.findall(r"\b(?:19|20)\d\d\b", " ".join(column.path))
    return found[0] if len(found) == 1 else None


def _column(maker: Maker, grid: Grid, *, table: float) -> tuple[GridColumn, Measure, Scope] | None:
    columns = [c for c in grid.columns if not c.percent and c.concept not in {None, "diferencia"}]
    if not columns:
        return None
    column = maker.rng.choice(columns)
    measure = maker.measure(grid, column)
    scope = maker.scope(grid, table=maker.rng.random() < table)
    return (column, measure, scope) if measure else None


def _ranked(maker: Maker, grid: Grid) -> tuple[GridColumn, Measure, Scope] | None:
    found = _column(maker, grid, table=1.0)
    if found is None or not (grid.flat and grid.complete(found[0])) or len(grid.units) < 3:
        return None
    return found


def _alike(grid: Grid, measure: Measure, scope: Scope) -> list[tuple[Grid, GridColumn]]:
    """Columns the words fit, in tables whose rows bear the same name, or in all when none is said."""
    return [
        (g, c)
        for g in scope.grids
        if grid.noun is None or same_noun(g, grid)
        for c in g.columns
        if measure.fits(c) and not c.percent
    ]


def same_noun(one: Grid, other: Grid) -> bool:
    """Whether the rows of two tables are called the same, "productos" and "Producto" alike."""
    return one.noun == other.noun or bool(one.noun and other.noun and root(fold(one.noun)) == root(fold(other.noun)))


def _asked(
    maker: Maker,
    operation: str,
    readings: tuple[Reading, ...],
    scope: Scope,
    measure: Measure | None,
    *,
    grid: Grid | None = None,
    near: bool = False,
    **slots: str,
) -> Asked | None:
    """near: other tables fit as well, and the oracle does not know what they give: asking back is fair."""
    if not readings or len(readings) > 6:
        return None
    noun = (grid.noun if grid else None) or "concepto"
    words = {"m": "", "b": "", "s": scope.suffix, "noun": noun, "nouns": plural(noun), "el": article(noun)} | slots
    if measure is not None:
        words |= {"m": measure.text, "b": measure.bare}
    text = maker.rng.choice(TEMPLATES[operation]).format(**words)
    text = text.replace(" de el ", " del ").replace(" a el ", " al ").replace("  ", " ")
    if feminine(noun):
        text = text.replace("Los ", "Las ").replace("los ", "las ").replace("Cuántos", "Cuántas")
    base = (measure.text,) if measure else (noun, plural(noun))
    return Asked(operation=operation, text=text, readings=readings, near=near, documents=scope.documents, base=base)


def plural(noun: str) -> str:
    if noun.endswith("s") and len(noun) > 3:
        return noun
    return noun + ("s" if noun[-1] in "aeiou" else "es")


def article(noun: str) -> str:
    return "la" if fold(noun).endswith(("a", "dad", "cion")) and noun != "programa" else "el"


def _at(grid: Grid, column: GridColumn) -> str:
    return f"{grid.document.file} · {grid.table.name} · {fold(' / '.join(column.path))}"


OPERATIONS: tuple[tuple[int, Callable[[Maker, Grid], Asked | None]], ...] = (
    (3, total),
    (2, group_total),
    (2, extreme),
    (2, top),
    (2, listing),
    (2, count),
    (2, threshold),
    (1, average),
    (2, months),
    (1, years),
)
