"""Every tool against plain Decimal arithmetic over the raw texts of random tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import Level
from tests.building import many, one, read, view
from tools.amounts import amount
from tools.arithmetic import change, compare, remaining, share, variance
from tools.averages import average
from tools.catalogue import TableView
from tools.conditions import Condition, select
from tools.execution import Pair, execution
from tools.matching import whole_table
from tools.ranking import Criterion, Order, rank

BUDGET, SPENT = 2, 3
MONEY = Pair(numerator=SPENT, denominator=BUDGET, level=Level.FINANCIAL)
GROUPS = ("Norte", "Sur", "Este")
BLANKS = ("", "N/D", "-", "#¡DIV/0!")


@dataclass(frozen=True)
class Made:
    """A table and the texts it was made from: (group, budget, spent) a row, and the texts of its total row."""

    rows: tuple[tuple[str, str, str], ...]
    total: tuple[str, str] | None
    point: str

    @property
    def seen(self) -> TableView:
        lines = [f"Obra {n} | {group} | {a} | {b}" for n, (group, a, b) in enumerate(self.rows)]
        if self.total is not None:
            lines.append(f"T: TOTAL | | {self.total[0]} | {self.total[1]}")
        head = "Obra | Zona =key | Vigente =vigente,GTQ | Gasto =ejecutado,GTQ"
        return view("\n".join([head, *lines]), point=self.point)

    def values(self, column: int) -> list[Decimal | None]:
        """The figures of the data rows, read from their texts."""
        return [read(row[column - 1], self.point) for row in self.rows]

    def group(self, name: str) -> list[int]:
        return [i for i, row in enumerate(self.rows) if row[0] == name]


def printed(value: Decimal, point: str) -> str:
    text = f"{value:,.2f}"
    return text if point == "." else text.replace(",", "·").replace(".", ",").replace("·", ".")


def half_up(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@st.composite
def made_tables(draw: st.DrawFn, *, blanks: bool = True, total: bool = True, least: int = 2) -> Made:
    point = draw(st.sampled_from([".", ","]))
    few = st.sampled_from([Decimal(n) for n in (0, 1, 2, 5)])
    any_amount = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
    cell = (few | any_amount).map(lambda v: printed(v, point))
    if blanks:
        cell |= st.sampled_from(BLANKS)
    rows = tuple(draw(st.lists(st.tuples(st.sampled_from(GROUPS), cell, cell), min_size=least, max_size=7)))
    last = draw(st.none() | st.tuples(cell, cell)) if total else None
    return Made(rows=rows, total=last, point=point)


def plain_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def oracle_total(made: Made, column: int) -> Decimal | None:
    """The printed total where there is one, else the sum of the rows that print a figure."""
    stated = read(made.total[column - BUDGET], made.point) if made.total else None
    return stated if stated is not None else plain_sum(made.values(column))


@given(made_tables(), st.sampled_from([BUDGET, SPENT]))
def test_cells(made: Made, column: int) -> None:
    """A look-up gives the cell, None where the text is no figure."""
    seen = made.seen
    for row, expected in enumerate(made.values(column)):
        found = amount(seen, one(row), column)
        assert found.value == expected
        assert found.complete == (expected is not None)
        assert found.text == made.rows[row][column - 1]


@given(made_tables(), st.sampled_from([BUDGET, SPENT]))
def test_totals(made: Made, column: int) -> None:
    """The printed total, both figures told when the rows give another; the sum where none is printed."""
    seen = made.seen
    found = amount(seen, whole_table(seen), column)
    assert found.value == oracle_total(made, column)
    values = made.values(column)
    computed, stated = plain_sum(values), read(made.total[column - BUDGET], made.point) if made.total else None
    assert found.figure.printed == (stated is not None) or computed is None
    if stated is not None and None not in values:
        differs = computed is not None and abs(stated - computed) > Decimal("0.05")
        assert bool(found.warnings) == differs
        assert all("pero la suma de sus filas" in w for w in found.warnings)
    if stated is None and computed is not None:
        assert found.complete == (None not in values)


@given(made_tables(total=False), st.sampled_from([BUDGET, SPENT]))
def test_groups(made: Made, column: int) -> None:
    """A group is the sum of its rows; the groups together are the table."""
    seen = made.seen
    sums = []
    for name in GROUPS:
        rows = made.group(name)
        if not rows:
            continue
        found = amount(seen, many(name, *rows), column)
        expected = plain_sum([made.values(column)[r] for r in rows])
        assert found.value == expected
        sums.append(expected)
    assert plain_sum(sums) == amount(seen, whole_table(seen), column).value


@given(made_tables(), st.data())
def test_execution(made: Made, data: st.DataObject) -> None:
    """Spent over budget; no percentage at all when the budget is zero or a figure is missing."""
    row = data.draw(st.integers(0, len(made.rows) - 1))
    budget, spent = made.values(BUDGET)[row], made.values(SPENT)[row]
    found = execution(made.seen, one(row), MONEY, "X")
    if budget is None or spent is None:
        assert not found.complete
        assert all(f.unit != "%" for f in found.figures)
    elif budget == 0:
        assert "no se puede calcular" in found.text
        assert all(f.unit != "%" for f in found.figures)
    else:
        assert found.figures[0].value == half_up(spent / budget * 100)


@given(made_tables(), st.data())
def test_differences(made: Made, data: st.DataObject) -> None:
    """Variance and balance are opposite, and words tell the side."""
    row = data.draw(st.integers(0, len(made.rows) - 1))
    budget, spent = made.values(BUDGET)[row], made.values(SPENT)[row]
    gap = variance(made.seen, one(row), MONEY, "X")
    left = remaining(made.seen, one(row), MONEY, "X")
    if budget is None or spent is None:
        assert not gap.complete
        assert not left.complete
        return
    assert gap.figures[0].value == spent - budget
    assert left.figures[0].value == budget - spent
    side = "sin diferencia" if spent == budget else "por encima" if spent > budget else "por debajo"
    assert side in gap.text


@given(made_tables(blanks=False), st.sampled_from([BUDGET, SPENT]))
def test_shares(made: Made, column: int) -> None:
    """Each share is its part of the total; over a table that adds up, they sum to 100."""
    seen = made.seen
    base = oracle_total(made, column)
    shares = []
    for row, value in enumerate(made.values(column)):
        found = share(seen, one(row), column, "X")
        assert value is not None
        if not base:
            assert "no se puede calcular" in found.text
            continue
        assert found.figures[0].value == half_up(value / base * 100)
        shares.append(found.figures[0].value)
    if base and made.total is None:
        assert abs(sum(s for s in shares if s is not None) - 100) <= Decimal("0.005") * len(shares)


@given(made_tables(), st.sampled_from([BUDGET, SPENT]))
def test_averages(made: Made, column: int) -> None:
    """The sum over the rows that print a figure, by their number."""
    known = [v for v in made.values(column) if v is not None]
    found = average(made.seen, [one(r) for r in range(len(made.rows))], column, "obra")
    if not known:
        assert found.figures == ()
        return
    assert found.figures[0].value == half_up(sum(known, Decimal(0)) / len(known))
    assert bool(found.warnings) == (len(known) < len(made.rows))


@given(made_tables(), st.sampled_from([BUDGET, SPENT]), st.data())
def test_changes(made: Made, column: int, data: st.DataObject) -> None:
    """Last minus first; in percent of the first unless that is zero."""
    rows = st.integers(0, len(made.rows) - 1)
    start, end = data.draw(rows), data.draw(rows)
    first, last = made.values(column)[start], made.values(column)[end]
    found = change(made.seen, (one(start), column, "a"), (one(end), column, "b"), "")
    if first is None or last is None:
        assert not found.complete
        return
    assert found.figures[0].value == last - first
    percents = [f.value for f in found.figures if f.unit == "%"]
    assert percents == ([half_up((last - first) / abs(first) * 100)] if first else [])
    assert first or "no se puede calcular" in found.text


@given(made_tables(), st.sampled_from([BUDGET, SPENT]), st.data())
def test_comparisons(made: Made, column: int, data: st.DataObject) -> None:
    """Both figures, and who is ahead by how much."""
    rows = st.integers(0, len(made.rows) - 1)
    a, b = data.draw(rows), data.draw(rows)
    seen = made.seen
    first, second = made.values(column)[a], made.values(column)[b]
    found = compare([(seen, one(a), column, "uno"), (seen, one(b), column, "dos")])
    assert [f.value for f in found.figures[:2]] == [first, second]
    if first is None or second is None:
        assert len(found.figures) == 2
        return
    assert found.figures[2].value == first - second
    told = "Son iguales" if first == second else "uno supera a dos" if first > second else "dos supera a uno"
    assert told in found.text


@given(made_tables(), st.sampled_from([BUDGET, SPENT]), st.integers(1, 4), st.booleans(), st.booleans())
def test_rankings(made: Made, column: int, count: int, largest: bool, absolute: bool) -> None:
    """The best values in order; ties at the cut shown or told, rows without a figure told."""
    values = made.values(column)
    found = rank(
        made.seen,
        [one(r) for r in range(len(values))],
        Order(by=Criterion(column=column), count=count, largest=largest, absolute=absolute),
        "Obras",
    )
    keys = sorted((abs(v) if absolute else v for v in values if v is not None), reverse=largest)
    shown = [abs(f.value) if absolute else f.value for f in found.figures if f.value is not None]
    assert shown[:count] == keys[:count]
    assert len({f.label for f in found.figures}) == len(found.figures)
    tied = count < len(keys) and keys[count] == keys[count - 1]
    assert any("empatadas" in w for w in found.warnings) == tied
    assert shown == keys[: len(shown)]
    assert any("fuera" in w for w in found.warnings) == (None in values)


@given(made_tables(), st.booleans())
def test_rankings_by_percentage(made: Made, largest: bool) -> None:
    """Ranked by the unrounded percentage; rows that have none are out."""
    pairs = zip(made.values(SPENT), made.values(BUDGET), strict=True)
    percents = [None if a is None or not b else a / b * 100 for a, b in pairs]
    known = sorted((p for p in percents if p is not None), reverse=largest)
    order = Order(by=Criterion(pair=MONEY, kind="percent"), largest=largest)
    found = rank(made.seen, [one(r) for r in range(len(percents))], order, "Obras")
    assert [f.value for f in found.figures[:1]] == [half_up(p) for p in known[:1]]
    assert found.complete == (None not in percents)


GOALS = {
    "missed": lambda num, den: num < den,
    "met": lambda num, den: den > 0 and num >= den,
    "exceeded": lambda num, den: num > den > 0,
    "none_done": lambda num, den: den > 0 and num == 0,
    "unplanned": lambda num, den: den == 0 and num > 0,
    "not_planned": lambda num, den: den == 0,
}


@given(made_tables(), st.sampled_from(sorted(GOALS)))
def test_goals(made: Made, goal: str) -> None:
    """Every row that meets the condition is counted and named, no other, and the untestable are told."""
    pairs = list(zip(made.values(SPENT), made.values(BUDGET), strict=True))
    met = [a is not None and b is not None and GOALS[goal](a, b) for a, b in pairs]
    condition = Condition(text="", by=Criterion(pair=MONEY, kind="percent"), goal=goal)
    found = select(made.seen, [one(r) for r in range(len(pairs))], condition, "obras")
    assert found.figures[0].value == sum(met)
    for row, ok in enumerate(met):
        assert (f"Obra {row} (" in found.text) == ok
    assert found.complete == all(a is not None and b is not None for a, b in pairs)


@given(made_tables(), st.sampled_from([">", ">=", "<", "<="]), st.sampled_from([0, 1, 2, 5]))
@settings(max_examples=60)
def test_thresholds(made: Made, comparison: str, limit: int) -> None:
    """A limit is compared with the exact value."""
    test = {">": Decimal.__gt__, ">=": Decimal.__ge__, "<": Decimal.__lt__, "<=": Decimal.__le__}[comparison]
    values = made.values(SPENT)
    condition = Condition(text="", by=Criterion(column=SPENT), comparison=comparison, threshold=Decimal(limit))
    found = select(made.seen, [one(r) for r in range(len(values))], condition, "obras")
    assert found.figures[0].value == sum(v is not None and test(v, Decimal(limit)) for v in values)
