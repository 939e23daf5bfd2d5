"""XLSX → blocks: each sheet a section with its tables, titles, notes and texts, hidden parts read and named."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.blocks import Block, Heading, Paragraph, RawCell, Reading
from index.errors import ReadError
from index.model import Fact, LeftOut
from index.readers.cell_format import show
from index.readers.package import damaged
from index.readers.sheet_parts import SheetParts, scan_sheet, sheet_paths
from index.readers.sheet_tables import SheetReader

if TYPE_CHECKING:
    from openpyxl import Workbook

NOT_CALCULATED = "#SIN_CALCULAR"  # shown for a formula whose result the file does not hold; never a figure
_INDENT = 9.0  # points that one step of indent moves a label
_NAMED = 12  # rows or cells named in one warning


def read_xlsx(path: Path) -> Reading:
    """Read a workbook. Figures keep the stored value, texts are what the cell shows.

    Raises ReadError when the file is damaged or holds no cell with content.
    """
    try:
        reading = _read(path)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ArithmeticError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,
        OSError,
    ) as error:
        raise damaged(path.name) from error
    if not any(not isinstance(b, Heading) for b in reading.blocks) and not reading.left_out:
        raise ReadError(f"«{path.name}» no tiene datos en ninguna hoja: revise que sea el archivo correcto.")
    return reading


@dataclass
class _Found:
    """What was found so far in a workbook."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _read(path: Path) -> Reading:
    import openpyxl  # noqa: PLC0415 - loaded when a workbook comes

    found = _Found()
    with warnings.catch_warnings(), path.open("rb") as file, zipfile.ZipFile(file) as package:
        warnings.simplefilter("ignore")  # openpyxl warns of drawings, which are read here, and of styles
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            titles = {s.title for s in book.worksheets}
            for name, part in sheet_paths(package).items():
                if name in titles:
                    _sheet(book[name], name, scan_sheet(package, part), found)
                else:
                    found.left_out.append(LeftOut(text=name, reason="es una hoja de gráfico: no tiene celdas"))
            facts, title = _properties(book)
        finally:
            book.close()
    return Reading(
        blocks=tuple(found.blocks),
        left_out=tuple(found.left_out),
        facts=facts,
        title=title,
        warnings=tuple(dict.fromkeys(found.notes)),
    )


def _sheet(sheet: Any, name: str, parts: SheetParts, found: _Found) -> None:
    if sheet.sheet_state != "visible":
        found.notes.append(f"La hoja «{name}» está oculta en el archivo; se leyó igual.")
    sheet.reset_dimensions()  # some programs write a wrong size, and rows beyond it would be lost
    cells = list(_cells(sheet, name, parts, found))
    reader = SheetReader(sheet=name, filter_row=parts.filter_row, boxes=list(parts.texts))
    blocks = reader.read(cells)
    texts = [Paragraph(text=text) for text, _ in reader.boxes]
    if blocks or texts:
        found.blocks.append(Heading(text=name, level=1))
        found.blocks.extend([*texts, *blocks])
    _hidden(name, parts, cells, found.notes)
    _floating(name, parts, found.left_out)


def _cells(sheet: Any, name: str, parts: SheetParts, found: _Found) -> Iterator[RawCell]:
    """Cells with content. A merged cell comes once; what other cells under it store is left out and listed."""
    spans = {(r, c): (last_r - r + 1, last_c - c + 1) for r, c, last_r, last_c in parts.merged}
    covered = {
        (r, c): (top, left)
        for top, left, last_r, last_c in parts.merged
        for r in range(top, min(last_r, top + 20_000) + 1)
        for c in range(left, min(last_c, left + 500) + 1)
    }
    scaled, invisible, missing = [], [], []
    for row in sheet.iter_rows():
        for cell in row:
            value = cell.value
            if value is None and not parts.uncalculated:
                continue
            if value is None and getattr(cell, "row", None) is None:  # a place without a cell
                continue
            place = (cell.row - 1, cell.column - 1)
            if value is None and place not in parts.uncalculated:
                continue
            if covered.get(place, place) != place:
                found.left_out.append(
                    LeftOut(text=str(value), reason=f"está oculto bajo una celda combinada de «{name}»")
                )
                continue
            rows, columns = spans.get(place, (1, 1))
            if value is None:
                missing.append(cell.coordinate)
                yield RawCell(text=NOT_CALCULATED, row=place[0], column=place[1], rows=rows, columns=columns)
                continue
            shown = show(value, cell.number_format or "General")
            if shown.scaled:
                scaled.append(cell.coordinate)
            if shown.hidden:
                invisible.append(cell.coordinate)
            text = shown.text.strip()
            if not text:
                continue
            words = isinstance(value, str)
            yield RawCell(
                text=text,
                row=place[0],
                column=place[1],
                rows=rows,
                columns=columns,
                bold=words and bool(cell.font and cell.font.b),
                indent=_indent(cell, value) if words else 0.0,
                number=shown.number,
                percent=shown.percent,
            )
    _note(found.notes, missing, f"En la hoja «{name}» hay fórmulas sin resultado guardado ({{}}): abra el archivo en Excel, "
          "guárdelo y cárguelo de nuevo; mientras tanto esas cifras no existen.")  # fmt: skip
    _note(found.notes, scaled, f"En la hoja «{name}» hay celdas que se muestran en miles o millones ({{}}): se leyeron como se "
          "ven, no como están guardadas.")  # fmt: skip
    _note(
        found.notes, invisible, f"En la hoja «{name}» hay celdas cuyo formato no muestra nada ({{}}); se leyó el valor."
    )


def _indent(cell: Any, value: str) -> float:
    """Indent of a label in points: the one of the format, and the spaces that stand before the text."""
    spaces = len(value) - len(value.lstrip(" \u00a0"))
    return _INDENT * (float((cell.alignment.indent if cell.alignment else 0) or 0) + spaces / 3)


def _note(notes: list[str], places: list[str], sentence: str) -> None:
    if places:
        more = f" y {len(places) - _NAMED} más" if len(places) > _NAMED else ""
        notes.append(sentence.replace("{}", ", ".join(places[:_NAMED]) + more))


def _hidden(name: str, parts: SheetParts, cells: list[RawCell], notes: list[str]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loaded when a workbook comes

    rows, columns = {c.row for c in cells}, {c.column for c in cells}
    hidden_rows = [str(r + 1) for r in parts.hidden_rows if r in rows]
    _note(notes, hidden_rows, f"La hoja «{name}» tiene filas ocultas ({{}}); se leyeron igual.")
    hidden_columns = [get_column_letter(c + 1) for c in parts.hidden_columns if c in columns]
    _note(notes, hidden_columns, f"La hoja «{name}» tiene columnas ocultas ({{}}); se leyeron igual.")


def _floating(name: str, parts: SheetParts, left_out: list[LeftOut]) -> None:
    for place, text in parts.comments:
        left_out.append(LeftOut(text=text, reason=f"es un comentario de la celda {place} de «{name}»"))
    if parts.charts:
        left_out.append(LeftOut(text=f"{parts.charts} gráfico(s)", reason=f"los gráficos de «{name}» no se leen"))
    if parts.images:
        left_out.append(LeftOut(text=f"{parts.images} imagen(es)", reason=f"las imágenes de «{name}» no son texto"))


def _properties(book: Workbook) -> tuple[tuple[Fact, ...], str | None]:
    """Title, author and company kept in the file's properties, when someone wrote them."""
    properties = book.properties
    title = (properties.title or "").strip() or None
    author = (properties.creator or "").strip()
    facts = [Fact(key="titulo", value=title, quote=title)] if title else []
    if author and author.lower() not in ("openpyxl", "user", "usuario", "administrador"):
        facts.append(Fact(key="autor del archivo", value=author, quote=author))
    return tuple(facts), title
