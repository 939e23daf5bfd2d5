"""CSV and its cousins (semicolons, tabs, bars) → blocks. Texts stay raw: the number convention is decided later."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.blocks import RawCell, RawTable, Reading
from index.errors import ReadError
from index.model import LeftOut
from index.readers.decoding import decode_text, read_bytes
from index.readers.grid import is_blank, is_number, is_year
from index.readers.sheet_rows import make_rows
from index.readers.sheet_tables import SheetReader

_DELIMITERS = (";", "\t", ",", "|", "^", "~", "¦")
_SAMPLE = 300  # records that are enough to tell the delimiter
_NAMED = 12  # lines named in one warning
_CELL_LIMIT = 4 * 1024 * 1024  # characters of one cell; the csv module stops at 131,072


def read_csv(path: Path) -> Reading:
    """Read a delimited text file: title lines, tables, notes.

    A record with more cells than its table, or with fewer where the figures cannot be tied to columns, is left out
    and named: its cells would stand under the wrong header. Raises ReadError when the file is no text or
    has no data: no cell with a letter or digit, or a header with nothing below it.
    """
    text, warnings = decode_text(read_bytes(path), path.name)
    records, delimiter = _records(text, path.name)
    if not any(sign.isalnum() for _, record in records for cell in record for sign in cell):
        raise _no_data(path.name)
    notes = list(warnings)
    left_out: list[LeftOut] = []
    cells = _cells(records, notes, left_out)
    if len(left_out) > len(records) / 2:
        raise ReadError(
            f"«{path.name}» tiene más celdas en las filas que en el encabezado ({left_out[0].reason}): seguramente las "
            "cifras llevan el separador sin comillas; expórtelo de nuevo o guárdelo como .xlsx."
        )
    blocks = SheetReader().read(cells)
    grids = any(isinstance(block, RawTable) for block in blocks)
    if not blocks or (not grids and not left_out and _only_header(cells)):
        raise _no_data(path.name)
    if delimiter is None and len(records) > 1:
        notes.append(f"«{path.name}» no tiene separador de columnas: se leyó como texto.")
    return Reading(blocks=blocks, left_out=tuple(left_out), warnings=tuple(notes))


def _no_data(name: str) -> ReadError:
    return ReadError(f"«{name}» no tiene datos, ni una fila bajo el encabezado: revise que sea el archivo correcto.")


def _only_header(cells: Sequence[RawCell]) -> bool:
    """Whether all there is, under title lines, is one row of column names; years name columns too."""
    rows = make_rows(cells)
    above, last = rows[:-1], rows[-1]
    names = len(last.cells) > 1 and all(is_year(c.text) or not is_number(c.text) for c in last.cells)
    return names and not last.facts and all(r.alone and not r.prose and not r.facts for r in above)


def _records(text: str, name: str) -> tuple[list[tuple[int, list[str]]], str | None]:
    """(line number, cells) of each record, and the delimiter; None when no delimiter divides the lines."""
    hint = text.split("\n", 1)[0].strip()
    skipped = 0
    if len(hint) == 5 and hint.lower().startswith("sep="):  # a hint for Excel, not content
        delimiter: str | None = hint[4]
        text, skipped = text.partition("\n")[2], 1
    else:
        delimiter = _delimiter(text)
    try:
        records = _parse(text, delimiter or "\x1f", limit=None)
    except csv.Error as error:
        raise ReadError(
            f"«{name}» no se puede dividir en columnas ({error}): guárdelo como .xlsx y cárguelo."
        ) from error
    return [(line + skipped, [c.strip() for c in cells]) for line, cells in records], delimiter


def _parse(text: str, delimiter: str, limit: int | None) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    found: list[tuple[int, list[str]]] = []
    for record in reader:
        found.append((reader.line_num, record))
        if limit and len(found) >= limit:
            break
    return found


def _delimiter(text: str) -> str | None:
    """The delimiter that cuts most records into the same number of cells, more than one."""
    best: tuple[float, str] | None = None
    for delimiter in _DELIMITERS:
        try:
            records = [r for _, r in _parse(text, delimiter, _SAMPLE) if any(c.strip() for c in r)]
        except csv.Error:
            continue
        widths = Counter(len(r) for r in records if len(r) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        agreement = count / len(records)
        short = sum(len(c.strip()) < 80 for r in records for c in r) / sum(len(r) for r in records)
        if agreement < 0.3 or (delimiter == "," and _is_prose(records, agreement)):
            continue
        score = agreement + min(width, 10) / 100 + 0.1 * short
        if best is None or score > best[0]:
            best = (score, delimiter)
    return best[1] if best else None


def _is_prose(records: Sequence[Sequence[str]], agreement: float) -> bool:
    """Sentences with commas: records of very different widths that end in a full stop."""
    stops = sum(r[-1].rstrip().endswith(".") for r in records)
    return agreement < 0.6 and stops > 0.5 * len(records)


def _cells(records: Sequence[tuple[int, list[str]]], notes: list[str], left_out: list[LeftOut]) -> list[RawCell]:
    """Cells at their places, table by table; records that do not fit go to `left_out`."""
    cells: list[RawCell] = []
    kept_short: list[int] = []
    dropped: list[int] = []
    for start, end in _runs(records):
        width, numeric = _shape([r for _, r in records[start:end]])
        for row in range(start, end):
            line, record = records[row]
            problem = _misfit(record, width, numeric)
            if problem:
                left_out.append(LeftOut(text=" | ".join(record), reason=f"línea {line}: {problem}"))
                dropped.append(line)
                continue
            if 1 < len(record) < width:
                kept_short.append(line)
            cells.extend(RawCell(text=c, row=row, column=i) for i, c in enumerate(record) if c)
    _note(notes, dropped, "Hay líneas que no se cargaron ({}) porque no tienen las columnas de su tabla y no se sabe "
          "a cuál va cada cifra: corríjalas y cargue el archivo de nuevo.")  # fmt: skip
    _note(notes, kept_short, "Hay líneas con menos celdas que su tabla ({}): sus últimas columnas quedaron vacías.")
    return cells


def _runs(records: Sequence[tuple[int, list[str]]]) -> list[tuple[int, int]]:
    """Spans of records without a blank one between them."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for i, (_, record) in enumerate(records):
        if any(record):
            start = i if start is None else start
        elif start is not None:
            runs.append((start, i))
            start = None
    if start is not None:
        runs.append((start, len(records)))
    return runs


def _shape(records: Sequence[Sequence[str]]) -> tuple[int, list[bool]]:
    """Cells that a record of a table has to have, and for each column whether it holds figures.

    The header tells, where there is one: with "Monto" over 1,234.50 unquoted every record has a cell too many.
    """
    wide = [r for r in records if sum(map(bool, r)) > 1]
    if not wide:
        return max((len(r) for r in records), default=0), []
    first = next((i for i, r in enumerate(wide) if any(map(is_number, r))), 0)
    width = max(map(len, wide[:first])) if first else Counter(map(len, wide)).most_common(1)[0][0]
    full = [r for r in wide if len(r) == width]
    numeric = [sum(is_number(r[c]) for r in full) > 0.5 * sum(bool(r[c]) for r in full) for c in range(width)]
    return width, numeric


def _misfit(record: Sequence[str], width: int, numeric: Sequence[bool]) -> str | None:
    """Why a record cannot be placed (Spanish), or None."""
    filled = [i for i, c in enumerate(record) if c]
    if not numeric or len(filled) <= 1 or len(record) == width:
        return None
    if filled[-1] >= width:
        return f"trae {len(record)} celdas y la tabla tiene {width} columnas"
    agrees = all(is_number(record[i]) == numeric[i] or is_blank(record[i]) for i in filled)
    if len(record) < width and not agrees and any(is_number(record[i]) for i in filled):
        return f"trae {len(record)} de {width} celdas"
    return None


def _note(notes: list[str], lines: Sequence[int], sentence: str) -> None:
    if lines:
        more = f" y {len(lines) - _NAMED} más" if len(lines) > _NAMED else ""
        notes.append(sentence.replace("{}", ", ".join(map(str, lines[:_NAMED])) + more))
