"""A column says what it is for and what it measures, by its header, by its cells, and by arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.blocks import RawCell, RawTable
from index.model import Level, Role
from index.tables import build_table
from tests.index.tables.made_grids import column, row, table, values

GOALS = """
    CATEGORIA    | PRODUCTO             | GA | UE | META FÍSICA | EJECUTADO FÍSICO | DIFERENCIA | VIGENTE   | EJECUTADO | DIFERENCIA
    12-01-000    | 3-Escuelas reparadas | 1  | 4  | 10.00       | 12.50            | -2.50      | 40,500.00 | 30,250.00 | 10,250.00
    12-01-000    | 4-Aulas pintadas     | 1  | 4  | 8.00        | 3.00             | 5.00       | 0.00      | 0.00      | 0.00
    12-02-000    | 7-Becas entregadas   | 1  | 4  | 1,200.00    | 1,210.00         | -10.00     | 90,000.00 | 90,000.00 | 0.00
    12-02-000    | 9-Talleres dados     | 1  | 4  | 6.00        | 6.00             | 0.00       | 12,000.00 | 11,000.00 | 1,000.00
                 |                      |    |    |             |        TO        | TAL:       | 142,500.00| 131,250.00| 11,250.00
"""


def test_roles() -> None:
    found = table(GOALS)
    assert [c.role.value for c in found.columns[:4]] == ["key", "label", "key", "key"]
    assert all(c.role is Role.NUMBER for c in found.columns[4:])


def test_two_columns_of_the_same_name_get_their_level_from_what_they_come_from() -> None:
    found = table(GOALS)
    first, second = (c for c in found.columns if c.path == ("DIFERENCIA",))
    assert (first.measure, first.level, first.derived) == ("diferencia", Level.PHYSICAL, (4, 5))
    assert (second.measure, second.level, second.derived) == ("diferencia", Level.FINANCIAL, (7, 8))


def test_whole_numbers_in_the_hundreds_are_no_percentages() -> None:
    """ "participantes" has the root of "participación", which is a percentage where its figures may be one."""
    found = table("Feria | Productores participantes | Participación\nNorte | 412 | 55\nSur | 298 | 45\nEste | 310 | 0")
    assert [(c.measure, c.unit) for c in found.columns[1:]] == [(None, None), ("porcentaje", "%")]


def test_headings_among_codes_make_them_no_figures() -> None:
    """Taken for decimals, "1.1" and "1.2" would leave the thousands of the next column unread."""
    found = table(
        "Código | Producto | Anual | Avance\nPrograma 1. Agua | | |\n1.1 | Pozos | 1.200 | 90,5 %\n1.2 | Redes | 950 | 100,0 %"
        "\nPrograma 2. Suelo | | |\n2.1 | Viveros | 2.500 | 12,0 %"
    )
    assert found.columns[0].role is Role.KEY
    assert values(found, "Anual") == [None, "1200", "950", None, "2500"]


def test_numbers_of_purchases_are_no_amounts() -> None:
    found = table(
        "NOG | Evento | Monto\n22115089 | Obra vial | 1,817,560.30\n22040243 | Equipo | 975,100.00\n | Total | 2,792,660.30"
    )
    assert [c.role for c in found.columns] == [Role.KEY, Role.LABEL, Role.NUMBER]


def test_a_difference_is_what_its_numbers_say() -> None:
    """The header says S − A, the figures are A − S."""
    found = table("Mes | Solicitada | Asignada | Diferencia (S - A)\nEnero | 200 | 350 | 150\nMarzo | 410 | 400 | -10")
    assert found.columns[3].derived == (2, 1)


@pytest.mark.parametrize(
    ("header", "cells", "unit"),
    [
        ("%", ["61%", "50%"], "%"),
        ("", ["61.3%", "50.0%"], "%"),
        ("Índice", ["0.61", "0.50"], "ratio"),
        ("% de avance", ["61", "50"], "%"),
    ],
)
def test_percentages_know_numerator_and_denominator(header: str, cells: list[str], unit: str) -> None:
    found = table(
        f"Rubro | Aprobado | Vigente | Devengado | {header}\nAgua | 4,900 | 4,000 | 2,452 | {cells[0]}\nLuz | 910 | 900 | 450 | {cells[1]}"
    )
    assert (found.columns[4].measure, found.columns[4].derived, found.columns[4].unit) == ("porcentaje", (3, 2), unit)


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Saldo x devengar", "saldo"),
        ("Vig. - Devengado", "diferencia"),
        ("Dif. entre vigente y devengado", "diferencia"),
    ],
)
def test_a_difference_is_not_called_after_its_operands(header: str, measure: str) -> None:
    found = table(f"Rubro | Vigente | Devengado | {header}\nAgua | 4,900 | 4,000 | 900\nLuz | 910 | 900 | 10")
    assert (found.columns[3].measure, found.columns[3].derived) == (measure, (1, 2))


def test_one_wrong_cell_does_not_hide_a_difference() -> None:
    rows = "\n".join(
        f"Rubro {i} | {1000 + 37 * i} | {500 + 11 * i} | {500 + 26 * i + (9 if i == 4 else 0)}" for i in range(9)
    )
    assert table(f"Rubro | Vigente | Pagado | Saldo\n{rows}").columns[3].derived == (1, 2)


def test_spent_and_planned_take_the_level_of_their_table() -> None:
    physical = table("Producto | Metas programadas | Ejecución\nTalleres | 4 | 5\nVisitas | 10 | 9")
    assert [(c.measure, c.level) for c in physical.columns[1:]] == [
        ("programado", Level.PHYSICAL),
        ("alcanzado", Level.PHYSICAL),
    ]
    money = table("Programa | Programado | Ejecutado\nRiego | 400 | 350", caption="Avance (en colones)")
    assert {(c.level, c.unit) for c in money.columns[1:]} == {(Level.FINANCIAL, "CRC")}


def test_monthly_and_accumulated() -> None:
    found = table("Mes | Ejecución mensual | Ejecutada acumulada\nEnero | 120 | 120\nFebrero | 90 | 210")
    assert [(c.measure, c.accumulated) for c in found.columns[1:]] == [("ejecutado", False), ("ejecutado", True)]


def test_a_percentage_comes_from_its_own_group_first() -> None:
    found = table(
        """
        Producto | Año  | I Trimestre | <         | II Trimestre | <
        ^        | Meta | Meta        | Ejecución | Meta         | % de la meta
        Informes | 448  | 147         | 148       | 149          | 33%
        Visitas  | 12   | 4           | 4         | 4            | 33%
        """
    )
    assert found.columns[5].derived == (4, 1)


def test_an_accumulated_column_is_named_after_what_it_adds_up() -> None:
    found = table(
        """
        Producto | I Trimestre 2022 | <         | II Trimestre 2022 | <         | Acumulado anual
        ^        | Meta             | Ejecución | Meta              | Ejecución | ^
        Talleres | 4                | 5         | 6                 | 6         | 11
        Visitas  | 10               | 9         | 10                | 8         | 17
        """
    )
    assert (found.columns[5].measure, found.columns[5].level, found.columns[5].accumulated) == (
        "alcanzado",
        Level.PHYSICAL,
        True,
    )
    periods = [c.period for c in found.columns[1:5]]
    assert [(p.year, p.first, p.last) for p in periods if p] == [(2022, 1, 3), (2022, 1, 3), (2022, 4, 6), (2022, 4, 6)]


def test_months_take_the_year_of_the_table() -> None:
    found = table("Servicio | Ene. | Feb.\nAgua | 1 | 2", caption="Reclamos 2021")
    assert [(c.period.year, c.period.first) for c in found.columns[1:] if c.period] == [(2021, 1), (2021, 2)]


@pytest.mark.parametrize(
    ("caption", "cells", "unit", "scale"),
    [
        ("Cuadro 2 (En Quetzales)", "10 | 20", "GTQ", 1),
        ("Gasto en miles de pesos", "10 | 20", "MXN", 1000),
        ("(millones de soles)", "10 | 20", "PEN", 10**6),
        ("", "₡10 | ₡20", "CRC", 1),
        ("", "$10 | $20", "MXN", 1),
        ("Se atendieron miles de personas", "10 | 20", "MXN", 1),
    ],
)
def test_unit_and_scale(caption: str, cells: str, unit: str, scale: int) -> None:
    found = table(f"Rubro | Vigente | Pagado\nAgua | {cells}", caption=caption, currency="MXN")
    assert [(c.unit, c.scale) for c in found.columns[1:]] == [(unit, Decimal(scale))] * 2


def test_unit_of_measure_is_text() -> None:
    found = table("Producto | Unidad de medida | Meta\nTalleres | Documentos | 4\nVisitas | Documentos | 9")
    assert (found.columns[1].role, found.columns[1].measure) == (Role.TEXT, "unidad_medida")


def test_an_ambiguous_figure_takes_the_vote_of_its_column_then_of_the_table() -> None:
    own = table("Rubro | A | B\nAgua | 1.568 | 3\nLuz | 2.000,50 | 4")
    assert values(own, "A") == ["1568", "2000.50"]
    of_table = table("Rubro | A | B\nAgua | 1.568 | 3,5\nLuz | 7 | 4,25")
    assert values(of_table, "A") == ["1568", "7"]
    of_document = table("Rubro | A\nAgua | 1.568\nLuz | 7", vote="1.234,56")
    assert values(of_document, "A") == ["1568", "7"]


def test_an_undecided_figure_is_flagged() -> None:
    found = table("Rubro | A\nAgua | 1.568\nLuz | 7")
    cell = row(found, "Agua").cells[1]
    assert (cell.text, cell.value) == ("1.568", None)
    assert cell.undecided
    assert column(found, "A").convention is None


def test_both_styles_in_one_column_leave_the_doubtful_cell_undecided() -> None:
    found = table("Rubro | A\nAgua | 1.568,00\nLuz | 7,250.50\nRiego | 3.400")
    assert values(found, "A") == ["1568.00", "7250.50", None]


def test_thousands_and_three_decimals_are_not_mixed_in_one_column() -> None:
    """Half the table writes 7.704, the other half 1,250: the vote of the table settles one half only."""
    found = table("Partida | TM | Total\nPeces | 7.704 | 1,000.50\nAlgas | 1,250 | 3.50")
    assert values(found, "TM") == [None, "1250"]


def test_no_data_is_told_apart_from_zero() -> None:
    found = table("Rubro | Meta | Avance\nAgua | 0 | N/D\nLuz | - | 3\nGas | 5 | #¡DIV/0!\nPan | 8 | no aplica")
    assert values(found, "Meta") == ["0", None, "5", "8"]
    assert values(found, "Avance") == [None, "3", None, None]
    assert not any(c.undecided for r in found.rows for c in r.cells)


def test_a_spreadsheet_number_wins_over_its_text() -> None:
    cells = [RawCell(text=t, row=0, column=i) for i, t in enumerate(("Rubro", "Pagado", "%"))]
    cells += [
        RawCell(text="Agua", row=1, column=0),
        RawCell(text="1.568", row=1, column=1, number="1568.25"),
        RawCell(text="60%", row=1, column=2, number="0.6033", percent=True),
    ]
    built = build_table(RawTable(cells=tuple(cells)), id="d:t1", document="d")
    assert built is not None
    assert [c.value for c in built[0].rows[0].cells[1:]] == [Decimal("1568.25"), Decimal("60.33")]
    assert built[0].columns[2].unit == "%"


def test_noise_of_spreadsheet_arithmetic_is_taken_off() -> None:
    cells = (
        RawCell(text="Agua", row=0, column=0),
        RawCell(text="7,033,626.72", row=0, column=1, number="7033626.720000001"),
    )
    built = build_table(RawTable(cells=cells), id="d:t1", document="d")
    assert built is not None
    assert built[0].rows[0].cells[1].value == Decimal("7033626.72")


def test_one_mark_before_three_digits_groups_thousands_where_whole_numbers_stand_beside() -> None:
    """No vote anywhere, but decimals would have shown: 900 would be printed 900.000."""
    goals = table("Obra | Meta I Trim | Meta II Trim\nAgua | 1.200 | 900\nLuz | 5.250 | 4.000")
    assert values(goals, "Meta I Trim") == ["1200", "5250"]
    unknown = table("Zona | Coeficiente A | Coeficiente B\nAgua | 1.200 | 900\nLuz | 5.250 | 4.000")
    assert values(unknown, "Coeficiente A") == [None, None]


def test_dotted_codes_under_a_code_header_are_no_figures() -> None:
    found = table("RUBRO | CONCEPTO | PAGOS\n2.1 | FUNCIONAMIENTO | 10.500,00\n2.3 | INVERSIÓN | 4.000,00")
    assert found.columns[0].role is Role.KEY
    assert [r.code for r in found.rows] == ["2.1", "2.3"]


def test_months_are_named_after_the_total_they_add_up_to() -> None:
    found = table(
        "Obra | Meta anual | Enero | Febrero | Total ejecutado\nAgua | 30 | 10 | 12 | 22\nLuz | 8 | 2 | 3 | 5"
    )
    assert [(c.measure, c.level) for c in found.columns[2:4]] == [("alcanzado", Level.PHYSICAL)] * 2


def test_growth_is_money_although_it_is_called_absolute() -> None:
    found = table(
        "Ingreso | 2022 | 2023 | Variación absoluta | Variación %\nTasas | 1.500,5 | 1.650,3 | 149,8 | 10,0"
        "\nMultas | 320,0 | 300,0 | -20,0 | -6,3",
        caption="Ingresos en millones de colones",
    )
    assert [(c.level, c.scale) for c in found.columns[1:4]] == [(Level.FINANCIAL, 10**6)] * 3
    assert [c.derived for c in found.columns[3:]] == [(2, 1), (3, 1)]


def test_digits_torn_apart_are_read_and_doubtful_ones_flagged() -> None:
    found = table("Rubro | Vigente | Pagado\nAgua | 334,59 5,42 4.51 | 3,130 19.68\nLuz | 1,250.00 | 2,000.00")
    assert values(found, "Vigente") == ["334595424.51", "1250.00"]
    assert values(found, "Pagado") == [None, "2000.00"]
    assert found.rows[0].cells[2].undecided


COUNTS = [
    # caption, headers → level and scale of each column
    ("(Miles de pesos)", "Habitantes | 2022", [(None, 1), ("financiero", 1000)]),
    ("(en pesos)", "Kilómetros | Costo por kilómetro", [(None, 1), ("financiero", 1)]),
    ("(en pesos)", "N° de plazas | Sueldos", [(None, 1), ("financiero", 1)]),
    ("(Personas y pesos)", "Total de visitantes | Ingresos por entradas", [(None, 1), ("financiero", 1)]),
    ("(Personas y pesos)", "Zona norte | Zona sur", [(None, 1), (None, 1)]),
    ("Subsidios (en pesos)", "Familias | Estudiantes", [("financiero", 1), ("financiero", 1)]),  # all there is is money
    ("(en pesos)", "Zona norte | Zona sur", [("financiero", 1), ("financiero", 1)]),
]


@pytest.mark.parametrize(("caption", "headers", "expected"), COUNTS)
def test_people_and_things_are_not_money(caption: str, headers: str, expected: list[tuple[str | None, int]]) -> None:
    found = table(f"Lugar | {headers}\nNorte | 41 | 912\nSur | 68 | 120", caption=caption, currency="COP").columns[1:]
    assert [(c.level and c.level.value, int(c.scale)) for c in found] == expected
    assert all((c.unit == "COP") == (c.level is Level.FINANCIAL) for c in found)


CODES = [
    ("Objeto del gasto", "110 | 120", Role.KEY),
    ("Fuente de financiamiento", "11 | 21", Role.KEY),
    ("Código del gasto", "5.01 | 57.02", Role.KEY),
    ("Partida", "5.01 | 0148", Role.KEY),
    ("Cuenta de capital", "1.200 | 3.500", Role.NUMBER),
    ("Fuente 11", "1.200,5 | 3.500,0", Role.NUMBER),
    ("Meta", "4 | 5", Role.NUMBER),
]


@pytest.mark.parametrize(("header", "cells", "role"), CODES)
def test_codes_are_keys_whatever_their_header_ends_in(header: str, cells: str, role: Role) -> None:
    first, second = cells.split(" | ")
    found = table(f"{header} | Nombre | Vigente\n{first} | Agua | 1.250,50\n{second} | Luz | 800,00")
    assert found.columns[0].role is role


BESIDE = [
    # headers, a row → measures
    ("Presupuesto | Ejecutado", "10 | 4", ["vigente", "ejecutado"]),
    ("Presupuesto | Vigente", "10 | 14", ["asignado", "vigente"]),
    ("Cierre 2024 | Presupuesto 2025", "10 | 14", [None, None]),
    ("Asignado | Modificado | Vigente", "10 | 4 | 14", ["asignado", "modificacion", "vigente"]),
    ("Aprobado | Modificado | Devengado", "10 | 14 | 9", ["asignado", "vigente", "devengado"]),
    ("Presupuestado | Real", "10 | 8", ["vigente", "ejecutado"]),
    ("Variación nominal | Variación real", "10 | 8", ["diferencia", "diferencia"]),
    ("Variación nominal | Variación real", "10% | 8%", ["porcentaje", "porcentaje"]),
    ("Vigente | Certificación | Compromiso", "10 | 9 | 8", ["vigente", None, "comprometido"]),
    ("Vigente | Preventivo | Compromiso", "10 | 9 | 8", ["vigente", None, "comprometido"]),
    ("Devengado | Pagado | Devengado no pagado", "10 | 9 | 1", ["devengado", "pagado", "por_pagar"]),
    ("Vigente | CDP | Obligaciones", "10 | 9 | 8", ["vigente", "comprometido", "devengado"]),
    ("Vigente | Sin ejecutar", "10 | 9", ["vigente", "saldo"]),
]


@pytest.mark.parametrize(("headers", "cells", "measures"), BESIDE)
def test_a_measure_depends_on_the_headers_beside(headers: str, cells: str, measures: list[str | None]) -> None:
    found = table(f"Rubro | {headers}\nAgua | {cells}\nLuz | {cells}", currency="GTQ")
    assert [c.measure for c in found.columns[1:]] == measures


def test_a_header_over_numbers_and_names_holds_no_figures() -> None:
    found = table(
        """
        Concepto    | <       | Fecha de cumplimiento | Monto
        INDICADORES | <       |                       |
        1           | Balance |                       | 10
        2           | Deuda   |                       | 25
        """
    )
    assert [c.role for c in found.columns] == [Role.KEY, Role.LABEL, Role.TEXT, Role.NUMBER]


def test_what_the_percentage_of_a_goal_comes_from_is_what_was_done() -> None:
    """ "Acumulado" and the quarters under no measure, where "Avance %" divides their sum by the goal."""
    found = table(
        "Producto | Meta anual | Trim. I | Trim. II | Acumulado | Avance %\nVados | 40 | 5 | 11 | 16 | 40,0\n"
        "Puentes | 36 | 4 | 7 | 11 | 30,6\nPozos | 90 | 20 | 16 | 36 | 40,0\nRedes | 70 | 30 | 19 | 49 | 70,0"
    )
    assert [c.measure for c in found.columns[1:5]] == ["programado", "alcanzado", "alcanzado", "alcanzado"]


def test_people_served_are_counted_under_a_caption_of_money() -> None:
    found = table(
        "Centro | Cupo | Niños atendidos | Costo anual (miles ¢)\nSur | 70 | 63 | 88 905,0\nEste | 45 | 38 | 57 112,8"
    )
    assert [c.level.value if c.level else None for c in found.columns[2:]] == ["fisico", "financiero"]


@pytest.mark.parametrize("header", ["Obj.", "Gr.", "Clasif."])
def test_codes_in_their_order_before_the_names_are_no_figures(header) -> None:
    """They were once money, and counted in sums."""
    found = table(
        f"{header} | Descripción | Vigente\n100 | Personal | 7.000,00\n200 | Servicios | 8.000,00\n500 | Obras | 9.500,00"
    )
    assert [c.role for c in found.columns] == [Role.KEY, Role.LABEL, Role.NUMBER]


def test_rising_figures_after_the_names_stay_figures() -> None:
    found = table("Mes | Visitas | Notas\nMayo | 100 | lluvia\nJunio | 200 | feria\nJulio | 500 | feria")
    assert found.columns[1].role is Role.NUMBER


CODES = [
    # header and cells of the first column, its role
    ("Prog", ("320", "322", "501", ""), "key"),
    ("Subt.", ("05", "21", "24", ""), "key"),
    ("Prog", ("320", "322", "320", "962"), "number"),
]


@pytest.mark.parametrize(("header", "cells", "role"), CODES)
def test_short_headers_over_codes_before_the_names_are_no_measures(header: str, cells: tuple[str, ...], role: str):
    """ "Prog" is short for "programado" only where its figures add up or repeat."""
    names = ("Pesca", "Sanidad", "Obras", "Total")
    lines = [f"{c} | {n} | {10 + i}.500" for i, (c, n) in enumerate(zip(cells, names, strict=True))]
    assert table(f"{header} | Denominación | Vigente\n" + "\n".join(lines)).columns[0].role.value == role


def test_a_column_that_a_total_adds_up_holds_no_codes() -> None:
    found = table(
        "Modalidad | Número | Valor\nDirecta | 214 | 900\nLicitación | 6 | 800\nMínima | 47 | 10\nTotal | 267 | 1.710"
    )
    assert found.columns[1].role is Role.NUMBER


@pytest.mark.parametrize("header", ["Número", "Cargos presupuestados", "Planta aprobada", "Recursos de revisión"])
def test_posts_and_appeals_are_no_money_in_a_table_of_money(header: str) -> None:
    found = table(
        f"Unidad | {header} | Gasto\nNorte | 12 | 900\nSur | 30 | 800",
        caption="Gasto y personal (en pesos)",
        currency="MXN",
    )
    assert [c.unit for c in found.columns[1:]] == [None, "MXN"]


@pytest.mark.parametrize(
    ("header", "unit"), [("Valor adjudicado (S/)", "PEN"), ("Monto (Q)", "GTQ"), ("Lote (B/.)", "PAB")]
)
def test_a_sign_of_money_in_brackets_is_the_unit(header: str, unit: str) -> None:
    assert table(f"Proceso | {header} | Estado\nUno | 12.50 | Listo\nDos | 30.75 | Listo").columns[1].unit == unit


@pytest.mark.parametrize("header", ["Prog.", "P. Ppal."])
def test_codes_that_come_again_for_each_row_of_a_programme_are_no_goals(header: str) -> None:
    """ "Prog." over 3201, 3202, 3202 was once read as what was planned."""
    found = table(
        f"{header} | Indicador | Meta 2023 | Logro\n3201 | Talleres | 120 | 116\n3202 | Viveros | 850 | 589\n"
        "3202 | Fauna | 400 | 586\n3203 | Pozos | 9 | 4"
    )
    assert [c.role for c in found.columns[:2]] == [Role.KEY, Role.LABEL]
    assert [c.measure for c in found.columns[2:]] == ["programado", "alcanzado"]


def test_the_word_total_among_the_codes_is_no_code() -> None:
    found = table(
        "Prog. | Nombre | Vigente\n01 | Central | 80.500,00\n11 | Bibliotecas | 135.300,00\nTOTAL | | 215.800,00"
    )
    assert [c.role for c in found.columns] == [Role.KEY, Role.LABEL, Role.NUMBER]


def test_a_header_that_a_narrow_column_broke_is_one_word() -> None:
    """The mark of the line break is lost in some files: "Compro- misos" names no measure, and "físico- legal" is two words."""
    found = table("Rubro | Compro- misos | Cruce físico- legal\nAgua | 7.000,50 | 3\nLuz | 8.000,25 | 4")
    assert [c.header for c in found.columns] == ["Rubro", "Compromisos", "Cruce físico- legal"]
    assert found.columns[1].measure == "comprometido"


def test_what_is_authorised_is_no_budget_unless_it_is_called_one() -> None:
    found = table("Mes | Zarpes autorizados | Presupuesto autorizado\nMayo | 12 | 8.500,50\nJunio | 30 | 9.100,25")
    assert [c.measure for c in found.columns[1:]] == [None, "vigente"]
