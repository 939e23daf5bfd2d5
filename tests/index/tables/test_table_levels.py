"""A label and the figures printed one line beneath it are one row, where the layout shows it."""

from __future__ import annotations

import pytest

from tests.index.tables.made_grids import table

LEVELS = [
    pytest.param(
        "Concepto | Aprobado | Ejercido\nTecho de becas | | \n | 112.50 | 111.20\nComedores | | \n | 30.00 | 25.00\nTotal | 142.50 | 136.20",
        [("Techo de becas", "112.50"), ("Comedores", "30.00"), ("Total", "142.50")],
        id="pairs and a plain total",
    ),
    pytest.param(
        "Concepto | Aprobado\nBecas | 10.00\nTecho de viajes | \n | 7.50\nComedores | 30.00\nTotal | 47.50",
        [("Becas", "10.00"), ("Techo de viajes", "7.50"), ("Comedores", "30.00"), ("Total", "47.50")],
        id="one pair",
    ),
    pytest.param(
        "Concepto | Unidad | Aprobado\nTecho de becas | | \n | pesos | 7.50\nComedores | pesos | 30.00",
        [("Techo de becas", "7.50"), ("Comedores", "30.00")],
        id="the unit beside the figure",
    ),
    pytest.param(
        "Rubro | Pagado\nAgua | 10\nLuz | 4\nGas | \n | 14",
        [("Agua", "10"), ("Luz", "4"), ("Gas", None), ("", "14")],
        id="a total without a name",
    ),
    pytest.param(
        "Rubro | Pagado\nObras | \n | 10\n | 4\nPuentes | 9",
        [("Obras", None), ("", "10"), ("", "4"), ("Puentes", "9")],
        id="several figures under one label",
    ),
    pytest.param(
        "Rubro | Pagado\n | 3\nObras | \n | 10\nPuentes | 9",
        [("", "3"), ("Obras", None), ("", "10"), ("Puentes", "9")],
        id="figures that no label stands over",
    ),
    pytest.param(
        "Región | Mes | Gasto\nNorte | Enero | 10\n | Febrero | 4\nSur | Enero | 9",
        [("Norte", "10"), ("Febrero", "4"), ("Sur", "9")],
        id="a group printed once",
    ),
]


@pytest.mark.parametrize(("drawing", "rows"), LEVELS)
def test_labels_and_figures_on_two_levels(drawing: str, rows: list[tuple[str, str | None]]) -> None:
    found = table(drawing)
    figure = min(c.index for c in found.columns if c.role.value == "number")
    values = [r.cells[figure].value for r in found.rows]
    assert [(r.label, None if v is None else str(v)) for r, v in zip(found.rows, values, strict=True)] == rows
