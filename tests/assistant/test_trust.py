"""Answers tell what speaks against their figures: OCR that nothing confirms, sums that fail, pages nobody read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from index.ingest import read_report
from index.memory_store import MemoryStore
from index.model import Box, Report, Trust
from tests.building import report as made
from tests.building import table

TEXT = """MUNICIPALIDAD DE VILLA SERENA

Informe de ejecución, año 2023

Cuadro 1: Gasto por programa (En pesos)

Programa\tVigente\tEjecutado\tSaldo
Caminos\t1,200.00\t700.00\t500.00
Escuelas\t800.00\t300.00\t{saldo}
TOTAL\t2,000.00\t1,000.00\t1,000.00

MISIÓN

Cuidar los caminos y las escuelas de la villa.
"""


def report(folder: Path, saldo: str = "500.00") -> Report:
    path = folder / "villa.txt"
    path.write_text(TEXT.format(saldo=saldo), encoding="utf-8")
    return read_report(path)


def seen(before: Report, *, verified: bool) -> Report:
    """The report as if its second row had been read from a picture of page 3."""
    (table,) = before.tables
    box = Box(x0=10, top=20, x1=60, bottom=30)
    rows = [
        replace(r, cells=tuple(replace(c, verified=verified, page=3, box=box) for c in r.cells)) if r.index == 1 else r
        for r in table.rows
    ]
    document = replace(before.document, pages=3, scanned=(3,))
    return replace(before, document=document, tables=(replace(table, rows=tuple(rows)),))


def asking(kept: Report) -> Assistant:
    store = MemoryStore()
    store.add(kept)
    return Assistant(store)


def test_a_figure_that_only_ocr_read_is_told_as_such_with_its_page_and_box(tmp_path: Path):
    answer = asking(seen(report(tmp_path), verified=False)).ask("¿Cuánto se ejecutó en Escuelas?")
    (warning,) = [w for w in answer.warnings if "OCR" in w]
    assert "«300.00» (p. 3)" in warning
    assert "leída por OCR, sin verificar" in warning
    assert warning in answer.text
    assert [(c.page, c.box is not None, c.verified) for c in answer.citations] == [(3, True, False)]


def test_a_verified_figure_and_print_are_told_without_a_doubt(tmp_path: Path):
    for kept in (seen(report(tmp_path), verified=True), report(tmp_path)):
        assert asking(kept).ask("¿Cuánto se ejecutó en Escuelas?").warnings == ()


def test_a_figure_that_its_own_row_contradicts_says_so(tmp_path: Path):
    """800 − 300 is not 450: the printed figure is told, and what speaks against it."""
    kept = report(tmp_path, saldo="450.00")
    answer = asking(kept).ask("¿Cuál es el saldo de Escuelas?")
    assert answer.values[0].value == 450
    assert any("imprime 450" in w and "= 500" in w for w in answer.warnings)
    assert asking(kept).ask("¿Cuál es el saldo de Caminos?").warnings == ()


def test_one_finding_is_told_once(tmp_path: Path):
    answer = asking(report(tmp_path, saldo="450.00")).ask("¿Cuál es el saldo total?")
    assert len([w for w in answer.warnings if "950" in w]) == 1


def test_a_percentage_printed_wrong_is_told_once() -> None:
    """The calculation stands in the answer: one warning that the report prints another figure is enough."""
    grid = "Obra | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ | % =porcentaje,%,2/1\nMuro | 800.00 | 300.00 | 41.1%\nPozo | 200.00 | 100.00 | 50%"
    answer = asking(made(table(grid))).ask("porcentaje de ejecución del muro")
    assert len([w for w in answer.warnings if "41" in w]) == 1


@pytest.mark.parametrize(
    ("trust", "told"),
    [
        (Trust(found=10, held=4), "no cuadran 6 de 10 comprobaciones"),
        (Trust(found=3, held=3, lost=("900.00", "neto")), "sin colocar en ninguna celda («900.00 neto»)"),
    ],
)
def test_a_table_that_does_not_bear_itself_out_is_told(tmp_path: Path, trust: Trust, told: str):
    kept = report(tmp_path)
    kept = replace(kept, tables=tuple(replace(t, trust=trust) for t in kept.tables))
    assert any(told in w for w in asking(kept).ask("¿Cuánto se ejecutó en Escuelas?").warnings)


def test_a_refusal_names_the_document_that_is_scanned_and_unread(tmp_path: Path):
    kept = report(tmp_path)
    whole = replace(kept, document=replace(kept.document, pages=1, unread=(1,)))
    answer = asking(whole).ask("¿Cuántos hospitales se construyeron?")
    assert any("está escaneado y no se pudo leer" in w for w in answer.warnings)
    part = replace(kept, document=replace(kept.document, pages=9, unread=(4, 5)))
    answer = asking(part).ask("¿Cuántos hospitales se construyeron?")
    assert any("las páginas 4, 5 están escaneadas" in w for w in answer.warnings)


def test_identities_are_found_and_held(tmp_path: Path):
    """Three totals and three differences; one wrong balance breaks its row and its total."""
    assert report(tmp_path).tables[0].trust == Trust(found=6, held=6)
    assert report(tmp_path, saldo="450.00").tables[0].trust.held == 4


def test_a_column_beside_one_without_a_name_is_told(tmp_path: Path):
    """Its name may be of both: the figure is given, and with it where to look."""
    kept = report(tmp_path)
    (grid,) = kept.tables
    columns = tuple(
        replace(c, path=("Vigente Ejecutado",) if c.index == 2 else () if c.index == 3 else c.path)
        for c in grid.columns
    )
    doubted = replace(kept, tables=(replace(grid, columns=columns),))
    assert any(
        "hay una columna sin encabezado" in w for w in asking(doubted).ask("¿Cuánto se ejecutó en Escuelas?").warnings
    )
    assert not any("sin encabezado" in w for w in asking(kept).ask("¿Cuánto se ejecutó en Escuelas?").warnings)
