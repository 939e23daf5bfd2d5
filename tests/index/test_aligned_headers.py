"""Headers of tables kept apart by spaces: each column gets the words that stand right over it, and no others."""

from __future__ import annotations

import pytest

from index.readers.text import read_lines
from tests.index.text_samples import path, rows, tables

TIGHT = [
    pytest.param(
        [
            "PROG  DENOMINACION              APERTURA    VIGENTE COMPROMETIDO     PAGADO   % EJEC",
            "-" * 84,
            "320   PESCA ARTESANAL            148.600    156.240      154.118    147.305    95,92",
            "322   SANIDAD ACUICOLA            96.450    101.380       98.774     94.020    94,32",
            "323   PLANTAS                     61.200     58.940       55.306     47.880    82,99",
        ],
        ["PROG", "DENOMINACION", "APERTURA", "VIGENTE", "COMPROMETIDO", "PAGADO", "% EJEC"],
        id="figures set at the right",
    ),
    pytest.param(
        [
            "Actividad              Programadas Realizadas Pendientes",
            "Kits entregados             12.450     11.390      1.060",
            "Brigadas                        35         35          0",
            "Charlas                      2.210      2.188         22",
        ],
        ["Actividad", "Programadas", "Realizadas", "Pendientes"],
        id="one chunk over all the figures",
    ),
    pytest.param(
        [
            "ESTABLECIMIENTO CONSULTAS PARTOS INTERNACIONES",
            "-" * 46,
            "San Roque          18.450    612         2.301",
            "La Paz              7.120      0           118",
        ],
        ["ESTABLECIMIENTO", "CONSULTAS", "PARTOS", "INTERNACIONES"],
        id="one chunk over labels and figures",
    ),
    pytest.param(
        [
            "SERVICIO         ENE FEB MAR ABR  TOTAL",
            "Consultas        587 255  13 748   1603",
            "Partos           163   8 816  73   1060",
            "Egresos          203 552 897 694   2346",
        ],
        ["SERVICIO", "ENE", "FEB", "MAR", "ABR", "TOTAL"],
        id="figures one blank apart too",
    ),
    pytest.param(
        [
            "                        CREDITO   CREDITO  COMPROMISO     GASTO",
            "COD PROGRAMA            INICIAL   VIGENTE   ACUMULADO DEVENGADO",
            "11  Agua                654.159   268.853     778.820   376.951",
            "12  Luz                 724.985   883.388     776.839   684.704",
        ],
        ["COD", "PROGRAMA", "CREDITO INICIAL", "CREDITO VIGENTE", "COMPROMISO ACUMULADO", "GASTO DEVENGADO"],
        id="names of two lines",
    ),
    pytest.param(
        [
            "                  Presupuesto                      Plan             Saldo",
            "Nivel               inicial         Ajustes     financiero      por gastar",
            "100 Personas          38.450           1.200        39.650          30.100",
            "200 Servicios         12.800             640        12.160           8.900",
        ],
        ["Nivel", "Presupuesto inicial", "Ajustes", "Plan financiero", "Saldo por gastar"],
        id="some names of two lines",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), TIGHT)
def test_names_one_blank_apart_head_the_columns_they_stand_over(lines: list[str], expected: list[str]) -> None:
    (found,) = tables(read_lines("Informe anual\n\nCuadro 1. Ejecución\n\n" + "\n".join(lines) + "\n"))
    assert [" ".join(path(found, i)) for i in range(found.shape[1])] == expected
    assert all(rows(found)[-1])  # a figure in each


GROUPS = [
    pytest.param(
        [
            "                                     Permisos otorgados o renovados",
            "Departamento            Embarcaciones           2022           2023  Recaudación ($)",
            "Rocha                             214            248            262        3.418.220",
            "Colonia                            83             92             95        1.240.675",
        ],
        [
            "Departamento",
            "Embarcaciones",
            "Permisos otorgados o renovados/2022",
            "Permisos otorgados o renovados/2023",
            "Recaudación ($)",
        ],
        id="one group above the first line",
    ),
    pytest.param(
        [
            "                            PRESUPUESTO                        GASTO",
            "COD PROGRAMA         INICIAL     AJUSTES     VIGENTE   DEVENGADO      PAGADO",
            "11  Agua             654.159     268.853     778.820     376.951     834.820",
            "12  Luz              724.985     883.388     776.839     684.704     556.787",
        ],
        [
            "COD",
            "PROGRAMA",
            "PRESUPUESTO/INICIAL",
            "PRESUPUESTO/AJUSTES",
            "PRESUPUESTO/VIGENTE",
            "GASTO/DEVENGADO",
            "GASTO/PAGADO",
        ],
        id="groups of unequal size",
    ),
    pytest.param(
        [
            "                         PRESUPUESTO              EJECUCION",
            "COD PROGRAMA         INICIAL     VIGENTE   DEVENGADO      PAGADO       SALDO",
            "11  Agua             654.159     268.853     778.820     376.951     834.820",
            "12  Luz              724.985     883.388     776.839     684.704     556.787",
        ],
        [
            "COD",
            "PROGRAMA",
            "PRESUPUESTO/INICIAL",
            "PRESUPUESTO/VIGENTE",
            "EJECUCION/DEVENGADO",
            "EJECUCION/PAGADO",
            "SALDO",
        ],
        id="a column under no group",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), GROUPS)
def test_a_group_covers_the_columns_it_is_set_over(lines: list[str], expected: list[str]) -> None:
    (found,) = tables(read_lines("Informe anual\n\nCuadro 1. Ejecución\n\n" + "\n".join(lines) + "\n"))
    assert ["/".join(path(found, i)) for i in range(found.shape[1])] == expected


def test_blanks_that_part_thousands_part_no_columns() -> None:
    lines = ["Obra      Vigente     Pagado", "Norte   1 234 567    345 000", "Sur        98 120     12 500"]
    (found,) = tables(read_lines("Cuadro 1. Obras\n\n" + "\n".join(lines) + "\n"))
    assert rows(found)[1:] == [["Norte", "1 234 567", "345 000"], ["Sur", "98 120", "12 500"]]


def test_a_table_goes_on_under_the_running_head_of_its_report() -> None:
    """The line that numbers the page is no part of the caption, so that both parts bear the same one."""
    page = "SISTEMA DE PRESUPUESTO          EJERCICIO 2023          Hoja {}\nEmitido: 22/03/2024   Usuario: ABC   Rep: R1\n\n"
    head = "CUADRO 3 - METAS{}\n\nCOD  META            PROGRAMADO  LOGRADO\n"
    text = (
        page.format(3)
        + head.format("")
        + "01   Permisos             1.150    1.196\n02   Inspecciones         2.400    2.316\n"
        "(continua en hoja siguiente)\n\n"
        + page.format(4)
        + head.format(" (continuacion)")
        + "03   Campanas                 4        3\n04   Hogares                620      620\n"
    )
    found = tables(read_lines(text))
    assert [t.caption for t in found] == ["CUADRO 3 - METAS", "CUADRO 3 - METAS (continuacion)"]


def test_a_bar_at_the_end_of_a_row_opens_an_empty_cell_where_no_row_is_closed_by_one() -> None:
    text = "ID | Obra | Monto | Estado\n---|---|---|---\n7 | Muro | 1.250.000 | Listo\n8 | Pozo | 2.500.000 | Listo\nTOTAL | | 3.750.000 |\n"
    (found,) = tables(read_lines(text))
    assert rows(found)[-1] == ["TOTAL", "", "3.750.000", ""]
