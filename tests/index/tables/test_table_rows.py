"""Totals, subtotals and headings are found by words, by sums and by codes, and coincidences are not."""

from __future__ import annotations

import pytest

from index.tables import addends
from index.tables.wording import is_total_word, split_code
from tests.index.tables.made_grids import kinds, row, table

KINDS = [
    pytest.param("Rubro | Pagado\nAgua | 10\nLuz | 4\nTOTAL | 14", "ddt", id="total"),
    pytest.param("Rubro | Pagado\nAgua | 10\nLuz | 4\nT O T A L | 14", "ddt", id="spaced letters"),
    pytest.param("Rubro | Pagado\nTotal general | 14\nAgua | 10\nLuz | 4", "tdd", id="total first"),
    pytest.param("Rubro | Meta | Avance\nA | 4 | 5\nB | 3 | 3\nTotal de reuniones | |", "ddt", id="total printed blank"),
    pytest.param(
        "Rubro | Pagado\nAgua | 10\nLuz | 4\nSubtotal | 14\nGas | 7\nPan | 1\nSubtotal | 8\nTotal general | 22",
        "ddsddst",
        id="subtotals",
    ),
    pytest.param(
        "Rubro | Pagado\nServicios | \nAgua | 10\nLuz | 4\nTotal servicios | 14\nBienes | \nPan | 8\nTotal bienes | 8\nTotal | 22",
        "hddshdst",
        id="headings closed by their totals",
    ),
    pytest.param("Producto | Meta\nAgenda | 1\nPlan | 1\nMesa | 2\nOtros | 4", "dddd", id="small counts that happen to add up"),
    pytest.param("Rubro | Pagado\nAgua | 0\nLuz | 0\nGas | 0\nTOTAL | 0", "dddt", id="zeros"),
    pytest.param(
        "Código | Objeto | Vigente | Pagado\n1000 | Personal | 350,120.50 | 310,020.10\n1100 | Sueldos | 300,100.25 | 270,000.05"
        "\n1200 | Aguinaldo | 50,020.25 | 40,020.05\n2000 | Materiales | 99,000.10 | 0.00\n2100 | Papel | 99,000.10 | 0.00"
        "\nTotal | | 449,120.60 | 310,020.10",
        "sddsdt",
        id="codes over codes",
    ),
    pytest.param(
        "Concepto | Vigente | Pagado\n!PERSONAL | 350,120.50 | 310,020.10\nSueldos | 300,100.25 | 270,000.05"
        "\nAguinaldo | 50,020.25 | 40,020.05\n!MATERIALES | 99,000.10 | 71,333.31\nPapel | 70,000.05 | 50,111.10"
        "\nTinta | 29,000.05 | 21,222.21\n!DEUDA | 0.00 | 0.00\nIntereses | 0.00 | 0.00\nTotal | 449,120.60 | 381,353.41",
        "sddsddsdt",
        id="parents without codes, one of zeros",
    ),
    pytest.param(
        "Rubro | Pagado\n1. Propios | \nTasas | 10\nMultas | 4\nTotal | 14\nLibres | 9\nAfectados | 5\nTotal | 14"
        "\n2. Ajenos | 6\nTotal General (1+2) | 20",
        "hddsddsdt",
        id="one total broken down twice",
    ),
    pytest.param(
        "Partida | Denominación | Devengado\n99801 | Corrientes | 57,457.28\n9980118 | Transferencias | 57,357.28"
        "\n998011801 | Del Estado | 57,357.28\n9980119 | Otros | 100.00",
        "ssdd",
        id="codes that grow to the right",
    ),
    pytest.param(
        "Concepto | Importe\nI. Ingresos corrientes | 900,250.25\nII. Gastos corrientes | 600,100.10\nIII. Ahorro corriente (I - II) | 300,150.15",
        "ddd",
        id="a balance is no addend",
    ),
    pytest.param(
        "Rubro | Pagado\nAgua | 100,000\nLuz | 40,500\nTOTAL | 140,600", "ddt", id="a total printed wrong is still the total"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("drawing", "expected"), KINDS)
def test_kind_of_rows(drawing: str, expected: str) -> None:
    assert kinds(table(drawing)) == expected


def test_what_a_total_adds_up_looks_through_headings() -> None:
    found = table("Rubro | Pagado\nServicios | \nAgua | 10\nLuz | 4\nBienes | \nPan | 8\nSal | 5\nTotal | 27")
    assert addends(found.rows, 6) == (1, 2, 4, 5)
    assert found.rows[1].parent == 0
    assert found.rows[0].parent == 6
    assert [r.depth for r in found.rows] == [1, 2, 2, 1, 2, 2, 0]


def test_a_heading_reaches_to_the_total_of_its_name_over_the_groups_in_between() -> None:
    """The second group has a heading that is not right under another one, and still stands in both outer ones."""
    found = table(
        "Rubro | Pagado\nGastos fijos | \nLocales | \nAgua | 10\nLuz | 4\nTotal Locales | 14\nPersonal | "
        "\nSueldos | 30\nAguinaldos | 2\nTotal de Personal | 32\nTotal Gastos fijos | 46\nFerias | 7\nTotal | 53"
    )
    locales, personal, fixed = row(found, "Locales"), row(found, "Personal"), row(found, "Gastos fijos")
    total = row(found, "Total Gastos fijos")
    assert (locales.parent, personal.parent, total.parent) == (total.index, total.index, fixed.index)
    assert addends(found.rows, fixed.index) == (total.index,)
    assert addends(found.rows, total.index) == (
        row(found, "Total Locales").index,
        row(found, "Total de Personal").index,
    )
    assert addends(found.rows, row(found, "Total").index) == (total.index, row(found, "Ferias").index)


def test_a_balance_below_the_subtotals_is_left_alone() -> None:
    found = table(
        "Rubro | Pagado\nTasas | 10,000.50\nMultas | 4,000.25\nTotal ingresos | 14,000.75\nSueldos | 9,000.00\nTotal gastos | 9,000.00"
    )
    assert kinds(found) == "ddsds"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TOTAL", True), ("Total Institucional", True), ("тот AL:", True), ("TOT AL:", True), ("T O T A L", True),
        ("T0TAL", True), ("Totales generales", True), ("Sub-total", True), ("Suma", True), ("Gran total", True),
        ("Totalmente pagado", False), ("Sumario", False), ("Resumen", False), ("Aduana total", False),
    ],
)  # fmt: skip
def test_total_words(text: str, expected: bool) -> None:
    assert is_total_word(text) is expected


@pytest.mark.parametrize(
    ("text", "code", "label"),
    [
        ("22-Monitoreo a las obras", "22", "Monitoreo a las obras"),
        ("51 - X", "51", "X"),
        ("2.1.3 Servicios", "2.1.3", "Servicios"),
        ("A. Gastos", "A", "Gastos"),
        ("01 . Personal", "01", "Personal"),
        ("11.4.01.00 - Coparticipación", "11.4.01.00", "Coparticipación"),
        ("2020-2029 Plan de largo plazo", None, "2020-2029 Plan de largo plazo"),
        ("100 becas", None, "100 becas"),
        ("Agua potable", None, "Agua potable"),
        ("I+D", None, "I+D"),
    ],
)
def test_code_glued_to_a_label(text: str, code: str | None, label: str) -> None:
    assert split_code(text) == (code, label)


def test_code_of_its_own_column() -> None:
    found = table(
        "Partida | Descripción | Pagado\n0301 | Peces vivos | 10\n0302 | Pescado fresco | 4\n0511.91 | Otros | 3"
    )
    assert [(r.code, r.label) for r in found.rows] == [
        ("0301", "Peces vivos"),
        ("0302", "Pescado fresco"),
        ("0511.91", "Otros"),
    ]


def test_total_garbled_over_two_cells_is_called_total() -> None:
    found = table("Rubro | Meta | Avance | Pagado\nAgua | 4 | 1 | 10.50\nLuz | 2 | 2 | 4.25\n | тот | AL: | 14.75")
    assert found.rows[-1].label == "TOTAL"
    assert [c.text for c in found.rows[-1].cells] == ["", "тот", "AL:", "14.75"]


def test_blank_key_is_filled_only_between_equal_keys() -> None:
    found = table(
        """
        Categoría | Producto | Meta
        11-01     | 1-Agua   | 3
                  | 2-Luz    | 4
        11-01     | 3-Gas    | 5
                  | 4-Pan    | 6
        11-02     | 5-Sal    | 7
                  | 6-Miel   | 8
                  | Total    | 33
        """
    )
    cells = [r.cells[0] for r in found.rows]
    assert [c.inferred for c in cells] == [None, "11-01", None, None, None, None, None]
    assert cells[3].candidates == ("11-01", "11-02")
    assert cells[5].candidates == ("11-02",)
    assert cells[6].candidates == ()
    assert [c.text for c in cells] == ["11-01", "", "11-01", "", "11-02", "", ""]


def test_a_merged_key_holds_for_every_row_it_spans() -> None:
    found = table("Eje | Obra | Meta\nSur | Agua | 3\n^ | Luz | 4\nNorte | Gas | 5")
    assert [c.cells[0].inferred for c in found.rows] == [None, "Sur", None]


def test_a_column_that_most_rows_leave_blank_is_not_carried_down() -> None:
    found = table("Nota | Obra | Meta\n | Agua | 3\n | Luz | 4\nX-1 | Gas | 5\n | Pan | 6\n | Sal | 7\nX-2 | Té | 8")
    assert not any(r.cells[0].candidates or r.cells[0].inferred for r in found.rows)


def test_row_by_label_and_its_parent() -> None:
    found = table("Rubro | Pagado\nAgua | 10\nLuz | 4\nTOTAL | 14")
    assert row(found, "Agua").parent == 2


def test_codes_are_taken_although_titles_and_balances_have_none() -> None:
    found = table(
        """
        PARTIDA | DENOMINACIÓN       | PRESUPUESTO | EJECUCIÓN
                | INGRESOS           | 30          | 29
        18      | TRANSFERENCIAS     | 20          | 20
        19      | OTROS              | 10          | 9
                | GASTOS             | 25          | 22
        51      | PERSONAL           | 15          | 12
        53      | BIENES             | 10          | 10
                | SUPERÁVIT CORRIENTE| 5           | 7
        """
    )
    assert [r.code for r in found.rows] == [None, "18", "19", None, "51", "53", None]


def test_a_key_that_blanks_repeat_is_no_code_of_its_first_row() -> None:
    found = table("Programa | Producto | Meta\n11 | Riego | 3\n | Drenaje | 4\n12 | Becas | 5\n | Cursos | 6")
    assert [r.code for r in found.rows] == [None] * 4
