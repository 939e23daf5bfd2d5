"""Where a layout leaves room for doubt, the reading of a table that its arithmetic bears out is kept."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.blocks import RawTable
from index.ingest import read_report
from index.pdf.conserve import lost_letters
from index.pdf.contest import Verdict
from index.pdf.drafts import Draft
from index.pdf.reader import read_pdf
from index.pdf.source import open_pdf
from index.pdf.tables import page_tables
from tests.index.pdf.sheets import Draw, Sheet, rows

Grid = tuple[int, list[list[str]]]  # rows of header, and all rows


def render(path: Path, *pages: Draw) -> Path:
    sheet = Sheet(path)
    for index, draw in enumerate(pages):
        if index:
            sheet.next_page()
        draw(sheet)
    sheet.canvas.save()
    return path


def first_reading(path: Path) -> list[Grid]:
    """The tables of the first page as they are read before any contest."""
    with open_pdf(path) as source:
        ink = source.ink(1)
    return [(d.header_rows, grid(d)) for d in page_tables(ink, ink.words).drafts]


def grid(draft: Draft) -> list[list[str]]:
    return [list(draft.row_text(row)) for row in range(draft.rows)]


def kept(path: Path) -> list[Grid]:
    return [(b.header_rows or 0, rows(b)) for b in read_pdf(path).blocks if isinstance(b, RawTable)]


def two_lists(sheet: Sheet) -> None:
    """Income and spending side by side, each with its own distance of rows. One is named by its code alone."""
    for x0, figures, step in ((50, INCOME, 14.0), (320, SPENDING, 12.5)):
        sheet.row(100, [(x0, figures[0][0]), *zip((x0 + 150, x0 + 210), figures[0][1:], strict=True)])
        for i, (label, *values) in enumerate(figures[1:], start=1):
            sheet.row(104 + step * i, [(x0, label), *zip((x0 + 150, x0 + 210), values, strict=True)])


INCOME = [
    ["Ingresos", "Previsto", "Recibido"],
    ["Tasas", "1.240", "1.105"],
    ["Multas", "310", "275"],
    ["Rentas", "2.480", "2.450"],
    ["Total ingresos", "4.030", "3.830"],
]
SPENDING = [
    ["Gastos", "Previsto", "Pagado"],
    ["Sueldos", "1.900", "1.890"],
    ["2-21", "420", "377"],
    ["Fletes", "615", "580"],
    ["Abonos", "233", "204"],
    ["Obras", "862", "518"],
    ["Total gastos", "4.030", "3.569"],
]


def overlapping(sheet: Sheet) -> None:
    """Centred figures so different in length that no white river parts the columns."""
    for i, row in enumerate(ATTENDED):
        sheet.text(50, 100 + 15 * i, row[0])
        for x, figure in zip((230, 282, 334), row[1:], strict=True):
            sheet.centre(x, 100 + 15 * i, figure)


ATTENDED = [
    ["Distrito", "Vacunas", "Consultas", "Visitas"],
    ["Ribera", "3,004,512,770", "12", "2,112,900,451"],
    ["Loma", "7", "5,118,300,226", "4"],
    ["Puerto", "1,220,118,006", "9", "1,008,774,300"],
    ["Total", "4,224,630,783", "5,118,300,247", "3,121,674,755"],
]


def like_years(sheet: Sheet) -> None:
    """A net whose first row of data reads like the years of its columns."""
    for y in (100, 118, 136, 154, 172):
        sheet.line(60, y, 340, y)
    for x in (60, 200, 270, 340):
        sheet.line(x, 100, x, 172)
    for i, (label, *figures) in enumerate(SCHOOLS):
        sheet.row(113 + 18 * i, [(64, label), *zip((266, 336), figures, strict=True)])


SCHOOLS = [["Zona", "Niñas", "Niños"], ["Urbana", "1990", "2005"], ["Rural", "310", "415"], ["Total", "2300", "2420"]]


def half_ruled(sheet: Sheet) -> None:
    """A net that rules off the last column only; the two before it share a box, and not every row fills both."""
    for y in (100, 116, 200):
        sheet.line(60, y, 420, y)
    for x in (60, 200, 350, 420):
        sheet.line(x, 100, x, 200)
    for i, (label, *figures) in enumerate(WORKS):
        cells = [(x, f) for x, f in zip((266, 340, 416), figures, strict=True) if f]
        sheet.row(111 + 16 * i, [(64, label), *cells])


WORKS = [
    ["Obra", "Mano", "Piedra", "Suma"],
    ["Puente", "41.250,00", "18.300,00", "59.550,00"],
    ["Muro", "7.125,00", "", "7.125,00"],
    ["Canal", "22.480,00", "9.665,00", "32.145,00"],
    ["Pozo", "", "3.110,00", "3.110,00"],
    ["Total", "70.855,00", "31.075,00", "101.930,00"],
]


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (two_lists, [(1, INCOME), (1, SPENDING)]),
        (overlapping, [(1, ATTENDED)]),
        (like_years, [(1, SCHOOLS)]),
        (half_ruled, [(1, WORKS)]),
    ],
)
def test_the_reading_whose_sums_hold_is_kept(tmp_path: Path, draw: Draw, expected: list[Grid]) -> None:
    """Side by side or one, white rivers or the order in the line, a row more of header or less, with a net or without."""
    path = render(tmp_path / "informe.pdf", draw)
    assert kept(path) == expected
    assert first_reading(path) != expected
    assert all(t.trust.found == t.trust.held > 0 for t in read_report(path, name="informe.pdf").tables)


def test_a_total_printed_wrong_leaves_the_first_reading_as_it_is_and_is_told(tmp_path: Path) -> None:
    """No reading makes a wrong sum right: what is printed stays, and the table says that a check fails."""
    printed = [["Obra", "Previsto", "Pagado"], ["Muro", "1,200.50", "800.25"], ["Pozo", "310.00", "290.75"]]

    def draw(sheet: Sheet) -> None:
        for i, (label, *figures) in enumerate([*printed, ["Total", "1,510.50", "1,991.00"]]):
            sheet.row(100 + 14 * i, [(60, label), *zip((260, 340), figures, strict=True)])

    path = render(tmp_path / "informe.pdf", draw)
    assert kept(path) == first_reading(path) == [(1, [*printed, ["Total", "1,510.50", "1,991.00"]])]
    (table,) = read_report(path, name="informe.pdf").tables
    assert (table.trust.found, table.trust.held) == (2, 1)
    assert table.rows[-1].cells[2].value == Decimal("1991.00")


def test_of_readings_that_are_as_good_the_first_one_stays() -> None:
    """Only what is better in one respect and worse in none beats it; what says nothing proves nothing."""
    first = Verdict(rows=5, held=3, failed=2, crowded=1)
    assert not first.beats(first)
    assert not Verdict(rows=5).beats(Verdict(rows=5, failed=2))  # no check left to fail
    assert not Verdict(rows=5, held=4, failed=2, crowded=1).beats(first)  # one more may be chance
    assert not Verdict(rows=5, held=9, failed=2, crowded=2).beats(first)
    assert not Verdict(rows=9, held=3, failed=2).beats(first)  # rows torn apart part any figures
    assert Verdict(rows=5, held=3, failed=2).beats(first)
    assert Verdict(rows=9, held=5, failed=2, crowded=1).beats(first)


@pytest.mark.parametrize("draw", [two_lists, overlapping, like_years, half_ruled])
def test_a_reading_conserves_every_word_and_comes_out_the_same_again(tmp_path: Path, draw: Draw) -> None:
    path = render(tmp_path / "informe.pdf", draw)
    with open_pdf(path) as source:
        printed = [w.text for w in source.ink(1).words]
    reading = read_pdf(path)
    assert lost_letters(printed, reading) == {}
    assert read_pdf(path) == reading


@pytest.mark.parametrize(("total", "joined"), [("2,060.75", True), ("310.00", False), ("999.00", False)])
def test_a_table_goes_on_over_a_note_when_its_total_adds_up_both_pages(
    tmp_path: Path, total: str, joined: bool
) -> None:
    """ "Continúa…" stands between the parts, and no header is repeated: print alone leaves it open."""

    def upper(sheet: Sheet) -> None:
        for i, row in enumerate(
            (["Obra", "Previsto", "Pagado"], ["Muro", "1,200.50", "800.25"], ["Pozo", "550.25", "90.75"])
        ):
            sheet.row(700 + 14 * i, [(60, row[0]), *zip((260, 340), row[1:], strict=True)])
        sheet.text(60, 780, "Continúa en la página siguiente.")

    def lower(sheet: Sheet) -> None:
        paid = {"2,060.75": "1,141.00", "310.00": "250.00", "999.00": "7.00"}[total]
        for i, row in enumerate((["Dique", "210.00", "150.00"], ["Canal", "100.00", "100.00"], ["Total", total, paid])):
            sheet.row(60 + 14 * i, [(60, row[0]), *zip((260, 340), row[1:], strict=True)])

    found = [b for b in read_pdf(render(tmp_path / "informe.pdf", upper, lower)).blocks if isinstance(b, RawTable)]
    assert [t.pages for t in found] == ([(1, 2)] if joined else [(1,), (2,)])
