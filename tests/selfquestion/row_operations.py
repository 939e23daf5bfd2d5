"""Questions about one row or two: its figure, its rate, its differences, its share, its change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from tests.selfquestion.grids import Grid, GridColumn, GridRow
from tests.selfquestion.pairs import gap_reading, pairs_of, rate_reading
from tests.selfquestion.questions import Asked, Maker, Measure, Reading, RowPhrase, Scope, cells, distinct, elsewhere
from tests.selfquestion.table_operations import COUNTED, summed, totals
from tests.selfquestion.wording import FOLLOW_MEASURES, FOLLOW_MONTHS, FOLLOW_UPS, TEMPLATES

T = TypeVar("T")


def look_up(maker: Maker, grid: Grid) -> Asked | None:
    """One cell. A question that names no table means every table that has such a row and column."""
    picked = _picked(maker, grid)
    if picked is None:
        return None
    row, column, phrase, measure, scope = picked
    readings, near = cell_readings(scope, phrase, measure)
    if row.values[column.index] == 0 and maker.rng.random() < 0.7:
        return None  # many cells are zero, and zeros hide mistakes
    text = _say(maker, "dato", m=measure.text, b=measure.bare, of=phrase.of, r=phrase.text, s=scope.suffix)
    return _asked("dato", text, readings, scope, (phrase.text, measure.text), near=near)


def follow_up(maker: Maker, grid: Grid) -> Asked | None:
    """A look-up in two steps: a complete question before, then only what changes."""
    picked = _picked(maker, grid)
    if picked is None:
        return None
    row, column, phrase, measure, scope = picked
    if maker.rng.random() < 0.6:
        others = [r for r in grid.rows if r.label != row.label and column.index in r.values]
        before = maker.row_phrase(grid, maker.rng.choice(others), scope) if others else None
        if before is None:
            return None
        readings, near = _inherited(scope, before, phrase, measure, measure)
        forms = FOLLOW_MONTHS if row.month else FOLLOW_UPS
        text, history = maker.rng.choice(forms).format(r=phrase.text), (before, measure)
    else:
        columns = [c for c in grid.columns if c != column and not c.percent and c.index in row.values]
        earlier = maker.measure(grid, maker.rng.choice(columns)) if columns else None
        if earlier is None:
            return None
        readings, near = _inherited(scope, phrase, phrase, earlier, measure)
        text, history = maker.rng.choice(FOLLOW_MEASURES).format(m=measure.text), (phrase, earlier)
    if not readings or len(readings) > 6:
        return None
    said = _say(
        maker, "dato", m=history[1].text, b=history[1].bare, of=history[0].of, r=history[0].text, s=scope.suffix
    )
    return Asked(
        operation="dato, repregunta",
        text=text,
        readings=readings,
        near=near,
        follows=True,
        history=(said,),
        documents=scope.documents,
        base=(phrase.text,),
    )


def _inherited(
    scope: Scope, before: RowPhrase, now: RowPhrase, earlier: Measure, measure: Measure
) -> tuple[tuple[Reading, ...], bool]:
    """What the second question may mean: cells of the tables that the first one could speak of."""
    tables = {g.id for g, _, _ in cells(scope, before, earlier.fits)[0]}
    narrowed = Scope(suffix="", grids=tuple(g for g in scope.grids if g.id in tables))
    return cell_readings(narrowed, now, measure)


def rate(maker: Maker, grid: Grid) -> Asked | None:
    """Execution percentage; the level is named when the table has both."""
    pair = _choice(maker, pairs_of(grid))
    row = _choice(maker, [r for r in grid.rows if pair and {pair.base.index, pair.achieved.index} <= set(r.values)])
    if pair is None or row is None or len(pairs_of(grid, pair.level)) > 1:
        return None
    zero = row.values[pair.base.index] == 0
    if zero and maker.rng.random() < 0.8:
        return None
    scope = maker.scope(grid, table=maker.rng.random() < 0.4)
    phrase = maker.row_phrase(grid, row, scope)
    if phrase is None:
        return None
    both = {p.level for g in scope.grids for p in pairs_of(g)} == {"fisica", "financiera"}
    level = pair.level if both or maker.rng.random() < 0.3 else None
    hits, near = cells(scope, phrase)
    readings = distinct(rate_reading(g, r, p) for g, r, _ in hits for p in pairs_of(g, level))
    near = near or any(not pairs_of(g) for g, _, _ in hits)  # there "Presupuesto" and "Ejecución" may be the pair
    spelled = {"fisica": " física", "financiera": " financiera"}
    text = _say(
        maker,
        "porcentaje",
        r=phrase.text,
        of=phrase.of,
        s=scope.suffix,
        l=spelled[level] if level else "",
        l2=f"{spelled[level]}mente" if level else "",
    )
    return _asked("porcentaje", text, readings, scope, (phrase.text,), near=near)


def gap(maker: Maker, grid: Grid) -> Asked | None:
    """The difference between two columns of one row that speak of the same thing."""
    found = [(p.base, p.achieved) for p in pairs_of(grid)] + list(_budget_gaps(grid))
    chosen = _choice(maker, found)
    if chosen is None:
        return None
    first, second = chosen
    row = _choice(maker, [r for r in grid.rows if {first.index, second.index} <= set(r.values)])
    one, two = maker.measure(grid, first), maker.measure(grid, second)
    scope = maker.scope(grid, table=maker.rng.random() < 0.4)
    phrase = maker.row_phrase(grid, row, scope) if row else None
    if phrase is None or one is None or two is None:
        return None
    hits, near = cells(scope, phrase)
    readings = distinct(
        gap_reading(g, r, a, b) for g, r, _ in hits for a in g.columns if one.fits(a) for b in g.columns if two.fits(b)
    )
    near = near or any(
        one.kin(a) and two.kin(b) and a != b and g.id != grid.id
        for g, _, _ in hits
        for a in g.columns
        for b in g.columns
    )
    text = _say(
        maker,
        "diferencia",
        m=one.text,
        b=one.bare,
        m2=two.text,
        b2=two.bare,
        of=phrase.of,
        r=phrase.text,
        s=scope.suffix,
    )
    return _asked("diferencia", text, readings, scope, (phrase.text,), near=near)


def _budget_gaps(grid: Grid) -> Iterable[tuple[GridColumn, GridColumn]]:
    for first, second in (("solicitado", "asignado"), ("asignado", "vigente"), ("devengado", "pagado")):
        for a in grid.of_concept(first):
            yield from ((a, b) for b in grid.of_concept(second) if b.group == a.group)


def goal_distance(maker: Maker, grid: Grid) -> Asked | None:
    """How far below its goal a row stayed, or how far it went beyond."""
    pair = _choice(maker, pairs_of(grid, "fisica"))
    if pair is None or len(pairs_of(grid, "fisica")) > 1:
        return None
    b, a = pair.base.index, pair.achieved.index
    row = _choice(maker, [r for r in grid.rows if r.values.get(b, Decimal(0)) != r.values.get(a, Decimal(0))])
    if row is None or not {a, b} <= set(row.values):
        return None
    scope = maker.scope(grid, table=maker.rng.random() < 0.4)
    phrase = maker.row_phrase(grid, row, scope)
    if phrase is None:
        return None
    hits, near = cells(scope, phrase)
    found = (gap_reading(g, r, p.base, p.achieved) for g, r, _ in hits for p in pairs_of(g, "fisica"))
    kind = "falta" if row.values[a] < row.values[b] else "superó"
    text = _say(maker, kind, of=phrase.of, r=phrase.text, s=scope.suffix)
    return _asked("distancia a la meta", text, distinct(found), scope, (phrase.text,), near=near)


def share(maker: Maker, grid: Grid) -> Asked | None:
    """The part of its table's total that a row is."""
    picked = _picked(maker, grid)
    if picked is None:
        return None
    row, column, phrase, measure, scope = picked
    if row not in grid.units or not row.values[column.index] or column.concept in {"diferencia", "saldo"}:
        return None
    if column.concept in COUNTED and not summed(grid, column):
        return None
    hits, near = cells(scope, phrase, measure.fits)
    readings = distinct(_share(g, r, c) for g, r, c in hits if c is not None)
    text = _say(maker, "participación", m=measure.text, b=measure.bare, of=phrase.part, r=phrase.text, s=scope.suffix)
    return _asked("participación", text, readings, scope, (phrase.text, measure.text), near=near)


def _share(grid: Grid, row: GridRow, column: GridColumn) -> Reading | None:
    whole = [t for t in totals(grid, column) if t > 0]
    if not whole or column.index not in row.values:
        return None
    return Reading(figures=(tuple(row.values[column.index] / t * 100 for t in whole),), place=_at(grid, row, column))


def comparison(maker: Maker, grid: Grid) -> Asked | None:
    """Two rows of one table side by side: both figures must be there."""
    picked = _picked(maker, grid)
    if picked is None:
        return None
    row, column, phrase, measure, scope = picked
    others = [r for r in grid.rows if r.label != row.label and column.index in r.values]
    other = _choice(maker, [r for r in others if r.values[column.index] or row.values[column.index]])
    second = maker.row_phrase(grid, other, scope) if other else None
    if second is None:
        return None
    left, near_left = cell_readings(scope, phrase, measure)
    right, near_right = cell_readings(scope, second, measure)
    if len(left) != 1 or len(right) != 1 or near_left or near_right:
        return None  # two ties in one question are not worth their oracle
    reading = Reading(figures=(*left[0].figures, *right[0].figures), place=left[0].place)
    text = _say(
        maker,
        "comparación",
        m=measure.text,
        b=measure.bare,
        x=phrase.text,
        y=second.text,
        s=scope.suffix,
        m_that="la" if measure.text.startswith("la ") else "el",
    )
    return _asked("comparación", text, (reading,), scope, (phrase.text, second.text))


def of_two_rows(maker: Maker, grid: Grid) -> Asked | None:
    """What two rows add up to, or by how much the first one passes the second."""
    picked = _picked(maker, grid)
    if picked is None:
        return None
    row, column, phrase, measure, scope = picked
    if column.concept in {"saldo", None} or not grid.summable(column):
        return None
    mine = row.values[column.index]
    # of rows that hold one another there is no sum
    others = [r for r in grid.units if r.label != row.label and r.values.get(column.index, mine) < mine]
    other = _choice(maker, others) if row in grid.units else None
    second = maker.row_phrase(grid, other, scope) if other else None
    if other is None or second is None or (row.month is None) != (other.month is None):
        return None
    left, near_left = cell_readings(scope, phrase, measure)
    right, near_right = cell_readings(scope, second, measure)
    if len(left) != 1 or len(right) != 1 or near_left or near_right:
        return None
    adds = maker.rng.random() < 0.4
    if column.concept in COUNTED and not grid.in_money:
        return None  # kilometres less clubs are nothing
    told = mine + other.values[column.index] if adds else mine - other.values[column.index]
    operation = "suma de filas" if adds else "resta de filas"
    text = _say(
        maker,
        operation,
        m=measure.text,
        b=measure.bare,
        x=phrase.text,
        y=second.text,
        s=scope.suffix,
        m_that="la" if measure.text.startswith("la ") else "el",
    )
    return _asked(
        # each figure first and their difference then is an answer too
        operation,
        text,
        (Reading(figures=((told,) if adds else (told, mine), (told,)), place=left[0].place),),
        scope,
        (phrase.text, second.text),
    )


def cell_readings(scope: Scope, phrase: RowPhrase, measure: Measure) -> tuple[tuple[Reading, ...], bool]:
    """The figures of all cells that the words fit."""
    hits, near = cells(scope, phrase, measure.fits)
    found = (
        Reading(figures=((r.values[c.index],),), place=_at(g, r, c))
        for g, r, c in hits
        if c is not None and c.index in r.values and not c.percent
    )
    others = elsewhere(scope.grids, measure, (g.id for g, _, _ in hits))
    near = near or any(phrase.fits(g, r) and c.index in r.values for g, c in others for r in g.rows)
    return distinct(found), near


def _picked(maker: Maker, grid: Grid) -> tuple[GridRow, GridColumn, RowPhrase, Measure, Scope] | None:
    """A cell of the table with words for its row, its column and where it is."""
    column = _choice(maker, [c for c in grid.columns if not c.percent and c.concept != "diferencia"])
    row = _choice(maker, [r for r in grid.rows if column is not None and column.index in r.values])
    if column is None or row is None:
        return None
    scope = maker.scope(grid, table=maker.rng.random() < 0.5)
    phrase, measure = maker.row_phrase(grid, row, scope), maker.measure(grid, column)
    return (row, column, phrase, measure, scope) if phrase and measure else None


def _asked(
    operation: str, text: str, readings: tuple[Reading, ...], scope: Scope, base: tuple[str, ...], *, near: bool = False
) -> Asked | None:
    if not readings or len(readings) > 6:
        return None  # more than six ways to take it is a question nobody would ask
    return Asked(operation=operation, text=text, readings=readings, near=near, documents=scope.documents, base=base)


def _say(maker: Maker, operation: str, **slots: str) -> str:
    text = maker.rng.choice(TEMPLATES[operation]).format(**slots)
    return text.replace(" de el ", " del ").replace(" a el ", " al ").replace(" de de ", " de ").replace("  ", " ")


def _choice(maker: Maker, options: list[T]) -> T | None:
    return maker.rng.choice(options) if options else None


def _at(grid: Grid, row: GridRow, column: GridColumn) -> str:
    return f"{grid.document.file} · {grid.table.name} · {row.label} · {' / '.join(column.path)}"


OPERATIONS: tuple[tuple[int, Callable[[Maker, Grid], Asked | None]], ...] = (
    (6, look_up),
    (3, follow_up),
    (3, rate),
    (2, gap),
    (2, goal_distance),
    (2, share),
    (2, comparison),
    (2, of_two_rows),
)
