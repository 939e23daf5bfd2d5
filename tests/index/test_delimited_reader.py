"""Delimited files: separator and encoding are found, and no figure moves to another column."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ReadError
from index.readers.delimited import read_csv
from tests.index.reading_views import prose, tables, texts

_ROWS = [["Sede", "Monto", "Nota"], ["Norte, alta", "1.234,50", "a"], ["Sur", "20,00", "b"]]


def _joined(delimiter: str) -> str:
    return "\n".join(delimiter.join(f'"{c}"' if delimiter in c else c for c in row) for row in _ROWS) + "\n"


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ",", "^", "~"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_joined(delimiter).replace("Nota", "Año").encode(encoding))
    (table,) = tables(read_csv(path))
    assert texts(table) == [["Sede", "Monto", "Año"], *_ROWS[1:]]
    assert all(c.number is None for c in table.cells)  # the convention is decided later


def test_titles_quoted_lines_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'sep=;\nGasto del vivero 2024;;\n(En miles de pesos);;\n\nRubro;Vigente;Pagado\n"Agua;\nluz";10;5\nTotal;10;5\n'
        "Fuente: cuaderno;;\n",
        encoding="utf-8",
    )
    (table,) = tables(read_csv(path))
    assert table.caption == "Gasto del vivero 2024 (En miles de pesos)"
    assert texts(table) == [["Rubro", "Vigente", "Pagado"], ["Agua;\nluz", "10", "5"], ["Total", "10", "5"]]
    assert table.notes == ("Fuente: cuaderno",)


def test_a_row_with_a_cell_too_many_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Año,Rubro,Monto\n2024,Agua,1,234.50\n2024,Luz,500.00\n2023,Gas,300.00\n2023,Sal\n", encoding="utf-8"
    )
    reading = read_csv(path)
    (table,) = tables(reading)
    assert [r[1] for r in texts(table)] == ["Rubro", "Luz", "Gas", "Sal"]
    assert [item.text for item in reading.left_out] == ["2024 | Agua | 1 | 234.50"]
    assert "línea 2" in reading.left_out[0].reason
    assert any("no se cargaron (2)" in w for w in reading.warnings)
    assert any("menos celdas que su tabla (5)" in w for w in reading.warnings)


def test_a_file_whose_figures_carry_the_delimiter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Rubro,Monto,Meta\nAgua,1,234.50,5\nLuz,2,234.50,5\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"«a\.csv» tiene más celdas en las filas"):
        read_csv(path)


def test_prose_named_csv_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Se informa, con gusto, lo pedido.\nNo hay tabla.\n", encoding="utf-8")
    reading = read_csv(path)
    assert prose(reading) == ["Se informa, con gusto, lo pedido.", "No hay tabla."]
    assert reading.warnings


NO_DATA = [";;;\n;;;\n", "sep=;\n;;\n", '"",""\n', "-;-\n", "Rubro;Vigente;Pagado\n", "Gasto;;\n\nRubro;2023;2024\n"]
SOME_DATA = [
    "Agua;10;20\n",
    "Nombre;Cargo\nAna;Jefa\n",
    "Rubro;Vigente\nAgua\n",
    "Inventario del vivero\nSede:;Norte\n",
]


@pytest.mark.parametrize("text", NO_DATA)
def test_a_file_without_a_row_of_data_is_refused(tmp_path: Path, text: str) -> None:
    """Loaded, it would count as a report and answer nothing."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"«a\.csv» no tiene datos"):
        read_csv(path)


@pytest.mark.parametrize("text", SOME_DATA)
def test_a_single_row_of_data_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert read_csv(path).blocks


def test_a_raised_digit_is_no_column_number(tmp_path: Path) -> None:
    """ "74³" reads as digits to Python and as no whole number."""
    path = tmp_path / "a.csv"
    path.write_text("Canal;Meta;Hecho\nNorte;1;2\n\n74³;2;3\n5;1;6\n", encoding="utf-8")
    (table,) = tables(read_csv(path))
    assert ["74³", "2", "3"] in texts(table)
