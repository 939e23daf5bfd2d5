"""The demonstration corpus: reports that can be rebuilt, and golden questions whose figures can be recomputed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus.build import REPORTS, build
from corpus.golden_build import GOLDEN, SETS, golden
from corpus.load import load_report, report_stems
from corpus.model import RowMark, is_number, printed, printed_cells, spans
from corpus.questions.model import REFUSED
from corpus.questions.oracle import Table, number, percent

CUSTOMS = "aduanas-honduras-2021-01-demo"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("informes")
    build(folder)
    return folder


def text_of(path: Path) -> str:
    """All the text of a report, cells included, one space between words."""
    readers = {".docx": _docx, ".xlsx": _xlsx, ".pdf": _pdf}
    pieces = readers[path.suffix](path) if path.suffix in readers else [path.read_text(encoding="utf-8")]
    return " ".join(" ".join(pieces).split())


def _docx(path: Path) -> Iterator[str]:
    import docx

    document = docx.Document(str(path))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def _xlsx(path: Path) -> Iterator[str]:
    import openpyxl

    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if value is not None)


def _pdf(path: Path) -> Iterator[str]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        yield from (page.extract_text() for page in document.pages)


def entries() -> list[dict[str, Any]]:
    lines = [line for path in sorted(GOLDEN.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_reports_are_built_from_their_data(built: Path) -> None:
    """Rebuilding gives the text of the reports in the repository, and no other file."""
    assert sorted(p.name for p in built.iterdir()) == sorted(p.name for p in REPORTS.iterdir())
    for path in built.iterdir():
        assert text_of(path) == text_of(REPORTS / path.name), path.name


def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Nothing of the hour or of the order of a dictionary enters the files."""
    for path in build(tmp_path):
        assert path.read_bytes() == (built / path.name).read_bytes(), path.name


def test_formats_and_countries_are_various() -> None:
    """DOCX, PDF, XLSX, TXT and CSV; both number conventions; at least six reports."""
    reports = [load_report(stem) for stem in report_stems()]
    assert len(reports) >= 6
    assert {r.kind for r in reports} == {"docx", "pdf", "xlsx", "txt", "csv"}
    assert {r.convention for r in reports} == {"1,234.56", "1.234,56"}
    assert len({r.country for r in reports}) == len(reports)


@pytest.mark.parametrize("path", sorted(REPORTS.iterdir()), ids=lambda p: p.name)
def test_each_report_says_it_is_a_demonstration(path: Path) -> None:
    """A reader who opens the file cannot take it for an official one."""
    assert "documento de demostración" in text_of(path).lower()


@pytest.mark.parametrize("stem", [s for s in report_stems() if load_report(s).kind != "xlsx"])
def test_each_cell_of_data_is_in_its_report(stem: str) -> None:
    """No figure is lost on the way from the data to the page (the workbook keeps numbers, checked below)."""
    report = load_report(stem)
    words = Counter(text_of(REPORTS / report.file).replace(";", " ").split())
    cells: Counter[str] = Counter()
    for table in report.tables.values():
        for row in table.rows:
            found = zip(row.cells, printed_cells(table, row, convention=report.convention), strict=True)
            cells.update(shown for place, (raw, shown) in enumerate(found) if place >= table.texts and is_number(raw))
    assert not cells - words


def test_the_workbook_keeps_numbers_as_numbers() -> None:
    """A figure of the cédula is a stored number, a percentage a stored fraction, and N/D a text."""
    import openpyxl

    book = openpyxl.load_workbook(REPORTS / "rioverde-alto-ecuador-2023-demo.xlsx")
    rows = {row[0]: row for row in book["Ingresos"].iter_rows(values_only=True)}
    assert rows["11.01"][2:] == (162400, 0, 162400, 178152.33, 156401.27, 0.9631)
    assert rows["37.01"][5] == "N/D"


@pytest.mark.parametrize(
    ("text", "convention", "negatives", "expected"),
    [
        ("2745.00", "1,234.56", "-", "2,745.00"),
        ("-2468.90", "1.234,56", "()", "(2.468,90)"),
        ("45.51%", "1.234,56", "-", "45,51%"),
        ("100 %", "1.234,56", "-", "100 %"),
        ("*18", "1,234.56", "-", "*18"),
        ("N/D", "1.234,56", "-", "N/D"),
        ("0", "1.234,56", "-", "0"),
    ],
)
def test_numbers_are_printed_in_the_convention_of_the_report(
    text: str, convention: str, negatives: str, expected: str
) -> None:
    assert printed(text, convention=convention, negatives=negatives) == expected


def test_merged_headers_resolve_to_spans() -> None:
    """The marks "<" and "^" join a cell to its left and upper neighbour."""
    header = (("Meta", "Año", "<"), ("^", "Prog.", "Alc."))
    assert spans(header) == [
        (0, 0, 2, 1, "Meta"),
        (0, 1, 1, 2, "Año"),
        (1, 1, 1, 1, "Prog."),
        (1, 2, 1, 1, "Alc."),
    ]


def test_customs_tables_keep_their_quirks() -> None:
    """22 and 51 rows, blank categories, and totals that differ by programme 11-03 alone."""
    final, inner = Table(CUSTOMS, "productos"), Table(CUSTOMS, "actividades")
    assert (len(final.data), len(inner.data)) == (22, 51)
    assert any(not row.cells["categoria"] for row in final.data)
    assert final.add("vigente") == final.total()["vigente"]
    assert inner.add("vigente") == inner.total()["vigente"]
    gap = final.add("vigente") - inner.add("vigente")
    in_risk = [t.add("vigente", lambda x: x.cells["categoria"].startswith("11-03")) for t in (final, inner)]
    assert gap == in_risk[0] - in_risk[1] != 0


@pytest.mark.parametrize("name", list(SETS))
def test_golden_files_equal_what_the_data_gives(name: str) -> None:
    """Every expected figure is recomputed from the data files."""
    stored = [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert stored == json.loads(json.dumps(golden(name)))


def test_golden_set_is_large_and_a_quarter_is_not_answered() -> None:
    """150 questions or more of all kinds; refusals and questions asked back are a quarter at least."""
    kinds = Counter(entry["kind"] for entry in entries())
    assert kinds.total() >= 150
    assert sum(kinds[kind] for kind in REFUSED) >= kinds.total() / 4
    assert min(kinds.values()) >= 5


def test_golden_entries_are_well_formed() -> None:
    """Unique ids and questions; an answer names its evidence, a refusal expects no figure."""
    found = entries()
    assert len({e["id"] for e in found}) == len(found)
    assert len({(e["question"], *e.get("history", ())) for e in found}) == len(found)
    for entry in found:
        expected = entry["expected"]
        if entry["kind"] in REFUSED:
            assert expected.get("abstains") or expected.get("asks_back"), entry["id"]
            assert "evidence" not in entry
        else:
            assert expected.get("values") or expected.get("mentions"), entry["id"]
            assert (REPORTS / load_report(entry["evidence"]["document"]).file).is_file()


def test_plain_figures_stand_in_a_cell_or_in_the_text() -> None:
    """An oracle that read the wrong table would be caught: a looked-up figure is one of the report's own."""
    for entry in entries():
        if entry["kind"] != "figure":
            continue
        report = load_report(entry["evidence"]["document"])
        cells = {number(c) for t in report.tables.values() for r in t.rows for c in r.cells}
        for value in entry["expected"]["values"]:
            options = value if isinstance(value, list) else [value]
            assert any(Decimal(str(option)) in cells for option in options), entry["id"]


def test_percentages_are_rounded_half_up() -> None:
    assert percent(Decimal(1), Decimal(800)) == Decimal("0.13")
    with pytest.raises(ArithmeticError):
        percent(Decimal(5), Decimal(0))


def test_an_unclear_row_name_is_an_error() -> None:
    """The oracle never takes a figure from the first of two rows that fit."""
    goals = Table("piedraclara-colombia-2024-demo", "metas")
    with pytest.raises(KeyError):
        goals.row("Mantenimiento preventivo")
    assert goals.row("preventivo", "vial").mark is RowMark.DATA
