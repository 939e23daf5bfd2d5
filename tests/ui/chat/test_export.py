"""Files that leave the page: figures as figures, texts as texts, nothing that a program would run."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from ui.chat.export import answer_markdown, escaped, table_rows, talk_markdown, to_csv, to_xlsx
from ui.chat.service import ChatService, Incident
from ui.chat.turns import Turn

DANGEROUS = ("=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", '=HYPERLINK("http://x")', "-A1", "=cmd|'/C calc'!A0")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv([[text, "b"]]).decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == f"'{text}"


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([["Cabeza"], [text]], "Hoja")))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value == text


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Decimal("-1234.50"), "-1234.50"),
        (Decimal("1E+3"), "1000"),
        ("-1,234.50", "-1,234.50"),
        ("- 828.93", "- 828.93"),
        ("-12 %", "-12 %"),
        ("Año; «ñ»", "Año; «ñ»"),
        ("N/D", "N/D"),
    ],
)
def test_figures_stay_figures(cell: str | Decimal, written: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv([[cell]]).decode("utf-8-sig")), delimiter=";"))
    assert rows == [[written]]


def test_a_sheet_takes_any_title_and_any_letter() -> None:
    """Names of tables hold what a sheet name may not, and texts what XML may not."""
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([["a\x0bb"]], "Cuadro 1/2: [enero]? " + "x" * 60)))
    assert book.worksheets[0]["A1"].value == "a b"


def test_a_table_is_exported_whole(service: ChatService) -> None:
    """Every row and column, figures as numbers, the carried-down keys filled in."""
    report = next(r for r in service.reports() if "piedraclara" in r.document.file)
    rows = table_rows(report.tables[0])
    assert len(rows) == len(report.tables[0].rows) + 1
    assert {len(row) for row in rows} == {len(report.tables[0].columns)}
    roads = next(row for row in rows if "Vías y transporte" in row)
    assert Decimal(2704315) in roads


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3.4 Vías", "3.4 Vías"),
        ("1) Salud", "1\\) Salud"),
        ("- gasto", "\\- gasto"),
        ("<b>x</b> *y* [z](w)", "\\<b\\>x\\</b\\> \\*y\\* \\[z\\](w)"),
        ("a\nb", "a b"),
        ("$5 | 6_7", "\\$5 \\| 6\\_7"),
    ],
)
def test_markdown_shows_texts_as_they_are(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_an_answer_as_markdown_says_all_of_it(service: ChatService) -> None:
    """Figure, calculation, source, cells and warning: what is copied stands on its own."""
    question = "¿Qué porcentaje ejecutó Piedraclara en vías y transporte?"
    text = answer_markdown(question, service.ask(question))
    assert text.startswith("## ¿Qué porcentaje")
    for part in ("44,12 %", "Cálculo: ", "Fuente: ", "2.704.315", "Aviso: ", "piedraclara-colombia-2024-demo.pdf"):
        assert part in text


def test_a_conversation_tells_what_failed_and_what_was_stopped(service: ChatService) -> None:
    turns = (
        Turn(question="uno", answer=service.ask("¿Cuánto gastó la SIE en mayo?")),
        Turn(question="dos", incident=Incident(number="260101-AB12", message="Algo falló: incidente 260101-AB12.")),
        Turn(question="tres"),
    )
    text = talk_markdown(turns)
    assert text.count("\n## ") == 3
    assert "Q2,529,447.00" in text.replace("\\", "")
    assert "260101-AB12" in text
    assert "Detenida" in text
