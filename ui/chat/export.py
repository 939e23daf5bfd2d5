"""Tables and conversations as files. What a cell says stays text: no program that opens the file computes it."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.model import Answer, Status
from index.model import Table
from tools.access import cell
from ui.answer_view import Part, answer_lines
from ui.chat.turns import Turn

Cell = str | Decimal
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d\s*%?")  # "-1,234.50" begins like a formula and is none
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def table_rows(table: Table) -> list[list[Cell]]:
    """The table as parsed, its head in one row; figures as printed in their cells, before any "en miles"."""
    head: list[Cell] = [c.header for c in table.columns]
    body: list[list[Cell]] = []
    for row in table.rows:
        cells = [cell(table, row.index, c.index) for c in table.columns]
        body.append([c.value if c.value is not None else c.text.strip() or c.inferred or "" for c in cells])
    return [head, *body]


def to_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark that spreadsheets need; semicolons, as they expect where the decimal comma is used.

    Figures have a decimal point. A text that would be taken for a formula gets an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Sequence[Sequence[Cell]], title: str) -> bytes:
    """A workbook with one sheet; texts are stored as texts, whatever they begin with."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", title)[:31].strip() or "Tabla"
    for y, row in enumerate(rows, 1):
        for x, value in enumerate(row, 1):
            place = sheet.cell(row=y, column=x)
            if isinstance(value, Decimal):
                place.value = value
            else:
                place.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
                place.data_type = "s"
            if y == 1:
                place.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def data_link(data: bytes, kind: str) -> str:
    """A file as a link that needs no server. kind: its media type."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def answer_markdown(question: str, answer: Answer) -> str:
    """A question and its answer with its calculation, sources and warnings, as Markdown."""
    lines = [f"## {escaped(question)}", ""]
    for line in answer_lines(answer):
        text = escaped(line.text)
        if line.part is Part.ANSWER:
            text = f"**{text}**" if answer.status is Status.ANSWERED else text
        elif line.part in {Part.OPTION, Part.CELL}:
            text = f"- {text}"
        elif line.part is Part.NOTE:
            text = f"> {text}"
        listed = line.part in {Part.OPTION, Part.CELL}
        if not (listed and lines[-1].startswith("- ")) and lines[-1]:
            lines.append("")
        lines.append(text)
    return "\n".join(lines) + "\n"


def talk_markdown(turns: Sequence[Turn]) -> str:
    """A whole conversation as Markdown."""
    parts = ["# Consulta a los informes", ""]
    for turn in turns:
        if turn.answer is not None:
            parts.append(answer_markdown(turn.question, turn.answer))
        elif turn.incident is not None:
            parts.append(f"## {escaped(turn.question)}\n\n{escaped(turn.incident.message)}\n")
        else:
            parts.append(f"## {escaped(turn.question)}\n\nDetenida antes de terminar.\n")
    return "\n".join(parts)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d+)([.)])(\s)", r"\1\\\2\3", re.sub(r"^([-+=])", r"\\\1", line))


def _safe(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
