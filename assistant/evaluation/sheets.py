"""Golden sets kept in a spreadsheet: rows of a CSV or XLSX file as the nested records that JSONL would give.

A cell holds JSON (`[[44.9, -44.9], 3]`) or the short form `a|b;c`: `;` between things that must all be there, `|`
between alternatives. Numbers are plain: decimal point, no thousands separator.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.evaluation.errors import GoldenSetError

_TEXTS = frozenset({"id", "question", "kind"})
_LISTS = frozenset({"history", "documents", "expected.values", "expected.mentions", "expected.forbids"})
_FLAGS = frozenset({"expected.abstains", "expected.asks_back"})
_EVIDENCE = frozenset(f"evidence.{key}" for key in ("document", "page", "table", "section", "row", "column", "text"))
_COLUMNS = _TEXTS | _LISTS | _FLAGS | _EVIDENCE
_NUMBERS_INSIDE = frozenset({"expected.values", "expected.forbids"})
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_TRUE = frozenset({"1", "true", "verdadero", "si", "sí", "x"})
_FALSE = frozenset({"0", "false", "falso", "no"})


def csv_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line, record) of every row of a CSV file with comma, semicolon or tab between cells."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise GoldenSetError(f"{path.name}: no se puede leer el archivo.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what spreadsheets in Spanish save by default
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text))
    yield from _nested(path.name, ((reader.line_num, row) for row in reader))


def xlsx_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row number, record) of every row of the first sheet of an XLSX file."""
    from zipfile import BadZipFile  # noqa: PLC0415 - with openpyxl, needed for this kind of file alone

    from openpyxl import load_workbook  # noqa: PLC0415 - heavy
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - heavy

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise GoldenSetError(f"{path.name}: no es un libro de Excel legible; guárdelo de nuevo como .xlsx.") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        yield from _nested(path.name, ((n, [_shown(cell) for cell in row]) for n, row in enumerate(rows, 1)))
    finally:
        book.close()


def _shown(cell: object) -> str:
    """A stored cell as text; whole numbers lose the ".0" that the file format adds."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _delimiter(text: str) -> str:
    """The separator that splits the heading into most known column names."""
    heading = text.split("\n", 1)[0].strip()
    return max(",;\t", key=lambda mark: len({name.strip(' "') for name in heading.split(mark)} & _COLUMNS))


def _nested(name: str, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, dict[str, Any]]]:
    columns: list[str] | None = None
    for line, row in rows:
        if columns is None:
            columns = _heading(name, line, row)
            continue
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(columns) :]):
            raise GoldenSetError(f"{name}, línea {line}: hay más celdas que columnas; ponga entre comillas los textos.")
        yield line, _record(dict(zip(columns, row, strict=False)), f"{name}, línea {line}")


def _heading(name: str, line: int, row: list[str]) -> list[str]:
    columns = [cell.strip() for cell in row]
    while columns and not columns[-1]:
        columns.pop()
    for column in columns:
        if column not in _COLUMNS:
            known = ", ".join(sorted(_COLUMNS))
            raise GoldenSetError(
                f"{name}, línea {line}: la columna «{column}» no se conoce; las columnas son: {known}."
            )
    return columns


def _record(cells: dict[str, str], where: str) -> dict[str, Any]:
    record: dict[str, Any] = {"expected": {}, "evidence": {}}
    for column, raw in cells.items():
        text = raw.strip()
        if not text:
            continue
        group, _, field = column.rpartition(".")
        place = record[group] if group else record
        place[field] = text if column in _TEXTS else _cell(column, text, where)
    return record


def _cell(column: str, text: str, where: str) -> object:
    if column in _FLAGS:
        if text.lower() in _TRUE | _FALSE:
            return text.lower() in _TRUE
        raise GoldenSetError(f"{where}: «{column}» debe decir sí o no, y dice «{text}».")
    if text[0] in "[{":
        try:
            return json.loads(text, parse_float=Decimal, parse_int=Decimal)
        except json.JSONDecodeError as error:
            raise GoldenSetError(f"{where}: la celda «{column}» parece JSON y no se puede leer.") from error
    if column in _EVIDENCE:
        return [part.strip() for part in text.split("|")]
    numbers = column in _NUMBERS_INSIDE
    entries = [[_number(part.strip(), numbers=numbers) for part in entry.split("|")] for entry in text.split(";")]
    if column in {"history", "documents"}:
        return [part for entry in entries for part in entry if part]
    return [entry[0] if len(entry) == 1 else entry for entry in entries]


def _number(text: str, *, numbers: bool) -> object:
    return Decimal(text) if numbers and _NUMBER.fullmatch(text) else text
