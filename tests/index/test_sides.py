"""Tables side by side on a sheet come apart, also where codes stand before the names."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from index.readers.xlsx import read_xlsx
from tests.index.reading_views import tables


def test_a_table_of_codes_beside_another_one_is_its_own(tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    left = [("Prog.", "Denominación", "Vigente"), (11, "Agua", 654159), (12, "Luz", 724985), (14, "Caminos", 31414)]
    right = [("Nivel", "Mujeres"), ("Mando", 3), ("Base", 20)]
    for place, line in enumerate(left, 3):
        for column, value in enumerate(line, 1):
            sheet.cell(place, column, value)
    for place, line in enumerate(right, 3):
        for column, value in enumerate(line, 7):
            sheet.cell(place, column, value)
    path = tmp_path / "hoja.xlsx"
    book.save(path)
    assert [t.shape for t in tables(read_xlsx(path))] == [(4, 3), (3, 2)]
