"""The arithmetic of a table decides what its print leaves open, and says what it bears out; it corrects nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.blocks import RawCell, RawTable
from index.numbers import COMMA_DECIMAL, POINT_DECIMAL
from index.tables import build_table
from tests.index.tables.made_grids import column, table, values

GOODS = "Concepto | Previsto | Pagado\nSueldos | {0} | {1}\nSemillas | 900 | 750\nTotal | {2} | {3}"


@pytest.mark.parametrize(
    ("printed", "vote", "expected"),
    [
        (("1,568", "2,311", "2,468", "3,061"), None, ["1568", "900", "2468"]),
        (("1.568", "2.311", "2.468", "3.061"), None, ["1568", "900", "2468"]),
        (("1.568", "2.311", "901.568", "752.311"), None, ["1.568", "900", "901.568"]),
        (("1.568", "2.311", "2.468", "3.061"), POINT_DECIMAL, ["1568", "900", "2468"]),
    ],
)
def test_sums_decide_which_mark_groups_thousands(
    printed: tuple[str, ...], vote: str | None, expected: list[str]
) -> None:
    """ "1.568" is thousands where that alone makes the total right, whatever the rest of the document prints."""
    found = table(GOODS.format(*printed), caption="Cuentas (en miles)", vote=vote)
    assert values(found, "Previsto") == expected
    assert found.trust.held == found.trust.found == 2


@pytest.mark.parametrize(
    "printed",
    [
        ("1.568", "2.311", "9.999", "9.998"),  # neither reading makes the totals right
        ("1.568", "2.311", "2.468", "9.998"),  # one sum alone may hold by chance
    ],
)
def test_what_no_sum_decides_stays_undecided(printed: tuple[str, ...]) -> None:
    found = table(GOODS.format(*printed), caption="Cuentas (en miles)")
    assert values(found, "Previsto") == [None, "900", None]
    assert found.rows[0].cells[1].undecided


def test_a_report_that_does_not_add_up_is_never_read_a_thousand_times_smaller() -> None:
    """A total wrong by 100 would pass for rounding if its thousands were decimals; the column of money proves the mark."""
    found = table(
        "Mes | Nacionales | Extranjeros | Todos | Ingresos\nEnero | 18.420 | 9.310 | 27.730 | 61.245.500,00\n"
        "Febrero | 16.875 | 8.742 | 25.617 | 56.310.250,00\nTOTAL | 35.295 | 18.052 | 53.247 | 117.555.750,00"
    )
    assert values(found, "Nacionales") == ["18420", "16875", "35295"]
    assert found.trust.held < found.trust.found


def test_figures_that_are_right_both_ways_stay_undecided() -> None:
    found = table("Obra | Previsto | Pagado\nMuro | 1.200 | 1.100\nPozo | 2.300 | 2.200\nTotal | 3.500 | 3.300")
    assert column(found, "Previsto").convention in (None, COMMA_DECIMAL)
    assert {c.value for c in (r.cells[1] for r in found.rows)} <= {None, Decimal(1200), Decimal(2300), Decimal(3500)}


def test_quarters_that_add_up_to_their_year_bear_the_table_out() -> None:
    """Goals and outcomes in turn under each quarter: the year's goal is the sum of the goals alone."""
    found = table(
        "Producto | Trimestre I | < | Trimestre II | < | Año | <\n^ | P | E | P | E | P | E\n"
        "Pozos | 120 | 95 | 210 | 190 | 330 | 285\nRedes | 45 | 40 | 60 | 66 | 105 | 106\nDiques | 8 | - | 9 | 7 | 17 | 7",
        header_rows=2,
    )
    assert found.trust.found == found.trust.held == 5  # one of the six has a single addend


def test_a_row_that_does_not_add_up_is_told_and_kept() -> None:
    lines = ["Muro | 1,250.00 | 310.50 | 60.25 | 1,500.25", "Pozo | 880.00 | 15.75 | 5.50 | 890.25"]
    lines += ["Dique | 2,410.00 | 99.00 | 9.00 | 2,500.00", "Canal | 770.00 | 20.00 | 30.00 | 760.00"]
    found = table("\n".join(["Obra | Inicial | Adiciones | Reducciones | Definitivo", *lines]))
    assert (found.trust.found, found.trust.held) == (4, 4)
    wrong = table(
        "\n".join(
            [
                "Obra | Inicial | Adiciones | Reducciones | Definitivo",
                *lines[:3],
                lines[0].replace("1,5", "1,6"),
                lines[3],
            ]
        )
    )
    assert (wrong.trust.found, wrong.trust.held) == (5, 4)
    assert values(wrong, "Definitivo")[3] == "1600.25"


@pytest.mark.parametrize(
    ("caption", "header", "label", "scales"),
    [
        ("Gasto (1)", "Devengado", "Muro", ["1000", "1000"]),  # the note of the whole table
        ("Gasto", "Devengado", "Muro", ["1000", "1000"]),  # a mark that stands nowhere
        ("Gasto", "Devengado (1)", "Muro", ["1", "1000"]),  # of that column
        ("Gasto", "Devengado", "Muro (1)", ["1", "1"]),  # of that row
    ],
)
def test_a_note_gives_its_scale_to_what_bears_its_mark(
    caption: str, header: str, label: str, scales: list[str]
) -> None:
    text = f"Obra | Presupuesto vigente | {header}\n{label} | 1,250.5 | 800.2\nPozo | 310.7 | 290.1"
    found = table(text, caption=caption, notes=("(1) En miles de pesos.",), currency="MXN")
    assert [str(c.scale) for c in found.columns[1:]] == scales


def test_a_percentage_stored_with_all_its_digits_is_that_of_its_columns() -> None:
    """A workbook keeps 0.635416666666667 and shows 63.5 %; the amounts it comes from are rounded to cents."""
    cells = [RawCell(text=t, row=0, column=i) for i, t in enumerate(("Rubro", "Estimado", "Recaudado", "%"))]
    for row, (name, a, b) in enumerate((("Tasas", "960.00", "610.00"), ("Multas", "70.00", "33.00")), start=1):
        cells += [RawCell(text=t, number=n, row=row, column=i) for i, t, n in ((0, name, None), (1, a, a), (2, b, b))]
        share = str(float(b) / float(a))
        cells.append(RawCell(text=f"{float(share):.1%}", number=share, percent=True, row=row, column=3))
    built = build_table(RawTable(cells=tuple(cells)), id="d:t1", document="d")
    assert built is not None
    assert (built[0].trust.found, built[0].trust.held) == (2, 2)
