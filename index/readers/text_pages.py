"""Grids of one text → logical tables: joined over pages, apart where the report was generated anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from index.blocks import RawCell, RawTable
from index.model import Fact, LeftOut
from index.readers.grid import Grid, fit_rows, header_cells, header_count, is_number, place_header
from index.readers.text_lines import Line, caption_line, ends_sentence, list_item, starts_lower
from index.report_head import memo_pair, parse_head_line
from index.text import fold

_SCRAP = "resto suelto junto al encabezado de la página (posible logotipo o sello mal leído)"
_PAGE_MARK = re.compile(r"\b(?:hoja|pagina|pag|folio)\b\.?\s*(?:n[o°º]\.?\s*)?\d{1,4}\b")
_TOTAL = re.compile(r"(?:gran\s+)?total(?:\s+general|\s+institucional)?\s*[:.]?")


@dataclass(kw_only=True, slots=True)
class TextTable:
    """One logical table of a text: its grids in page order and the lines around them that are not prose."""

    parts: list[Grid]
    facts: list[Fact] = field(default_factory=list)
    fact_parts: list[int] = field(default_factory=list)  # the part each fact stands above or below
    titles: list[str] = field(default_factory=list)  # lines printed between the report head and the grid
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    marks: list[tuple[int, int, int | None]] = field(default_factory=list)  # (part, page number, of how many)
    marks_in_head: bool = False  # page numbers are printed above the grid, not below
    scraps: list[tuple[str, int]] = field(default_factory=list)  # (text, part it stands before)
    start: int = 0  # first line that belongs to the table, its head included
    end: int = 0


def join_pages(lines: Sequence[Line], grids: Sequence[Grid]) -> list[TextTable]:
    """Logical tables in order. Lines [start, end) of each are consumed by it."""
    inside = {i for g in grids for i in range(g.start, g.end)}
    repeated = Counter(_mask(line.text) for i, line in enumerate(lines) if i not in inside and line.text)
    tables: list[TextTable] = []
    for k, grid in enumerate(grids):
        bottom = grids[k - 1].end if k else 0
        last = tables[-1] if tables else None
        gap = range(bottom, grid.start)
        whole = last is not None and all(_is_page_matter(lines, i, repeated) for i in gap)
        if last is not None and whole and _continues(last, grid):
            foot = _foot_end(lines, gap, last)
            if not _generated_anew(lines, range(foot, grid.start), last, foot_lines=range(bottom, foot)):
                _take(lines, gap, last, foot=foot, scraps=True)
                last.parts.append(grid)
                last.end = grid.end
                continue
        bottom = _close(lines, bottom, grid.start, last) if last else bottom
        table = TextTable(parts=[grid], start=grid.start, end=grid.end)
        table.start = _head_start(lines, bottom, grid.start, repeated)
        _take(lines, range(table.start, grid.start), table, foot=table.start, scraps=True)
        tables.append(table)
    if tables:
        _close(lines, tables[-1].end, len(lines), tables[-1])
    return tables


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", fold(text))


def _titleish(text: str) -> bool:
    return len(text.split()) <= 16 and not ends_sentence(text) and not starts_lower(text) and not list_item(text)


def _scrap(text: str) -> bool:
    return len(text) <= 14 and len(text.split()) <= 2 and not text.endswith((",", ".")) and not memo_pair(text)


def _running(text: str) -> bool:
    """Whether a line numbers its page: "SISTEMA DE PRESUPUESTO   Ejercicio 2023   Hoja 3"."""
    return _PAGE_MARK.search(fold(text)) is not None


def _is_page_matter(lines: Sequence[Line], at: int, repeated: Counter[str]) -> bool:
    line = lines[at]
    if line.blank or parse_head_line(line.text) is not None:
        return True
    if line.bookmark:
        return False
    return _scrap(line.text) or (repeated[_mask(line.text)] > 1 and _titleish(line.text))


def _same_header(first: Sequence[str], second: Sequence[str]) -> bool:
    a, b = (fold(" | ".join(r)) for r in (first, second))
    return a == b or (len(first) == len(second) and SequenceMatcher(None, a, b).ratio() > 0.93)


def _continues(table: TextTable, grid: Grid) -> bool:
    first = table.parts[0]
    if grid.style != first.style or grid.width != first.width:
        return False
    if _same_header(grid.rows[0], first.rows[0]):
        return True
    return any(is_number(c) for c in grid.rows[0])  # a page that goes on without header


def _head_keys(table: TextTable) -> set[str]:
    return {f.key for f in table.facts} - (set() if table.marks_in_head else {"pagina"})


def _foot_end(lines: Sequence[Line], gap: range, table: TextTable) -> int:
    """Where the foot of the page above ends: at the first line whose keys the head of the table has too."""
    head = _head_keys(table)
    end = gap.start
    for i in gap:
        parsed = parse_head_line(lines[i].text) if lines[i].text else None
        if parsed is None:
            continue
        if any(f.key in head for f in parsed.facts):
            break
        end = i + 1
    return end


def _generated_anew(lines: Sequence[Line], head: range, table: TextTable, *, foot_lines: range) -> bool:
    known = {f.key: f.value for f in table.facts if f.key != "pagina"}
    pages: list[tuple[int, int | None]] = []
    for i in (*foot_lines, *head):
        parsed = parse_head_line(lines[i].text) if lines[i].text else None
        if parsed is None:
            continue
        if parsed.page:
            pages.append(parsed.page)
            if i in foot_lines and parsed.page[0] == parsed.page[1]:
                return True
        if i in head and any(known.get(f.key, f.value) != f.value for f in parsed.facts if f.key != "pagina"):
            return True
    if table.marks and pages and pages[-1][0] <= table.marks[-1][1]:
        return True
    last = next((c for c in table.parts[-1].rows[-1] if c), "")
    return bool(_TOTAL.fullmatch(fold("".join(c for c in table.parts[-1].rows[-1] if c and not is_number(c)) or last)))


def _close(lines: Sequence[Line], start: int, stop: int, table: TextTable) -> int:
    """Takes the page foot that follows a table; returns where it ends."""
    head = _head_keys(table)
    end = start
    for i in range(start, min(stop, start + 12)):
        if lines[i].blank:
            continue
        parsed = parse_head_line(lines[i].text)
        if parsed is None or any(f.key in head for f in parsed.facts):
            break
        end = i + 1
    _take(lines, range(start, end), table, foot=end, scraps=False)
    table.end = max(table.end, end)
    return end


def _head_start(lines: Sequence[Line], bottom: int, stop: int, repeated: Counter[str]) -> int:
    """First line of the report head that stands above a grid; `stop` when there is none."""
    start = stop
    waiting: list[int] = []
    for i in range(stop - 1, bottom - 1, -1):
        line = lines[i]
        if line.blank:
            continue
        if parse_head_line(line.text) is not None:
            start, waiting = i, []
        elif line.bookmark or memo_pair(line.text):
            break
        elif start < stop and repeated[_mask(line.text)] > 1 and (_scrap(line.text) or _running(line.text)):
            start = i
        elif _titleish(line.text) and len(waiting) < 4:
            waiting.append(i)
        else:
            break
    return start


def _take(lines: Sequence[Line], span: range, table: TextTable, *, foot: int, scraps: bool) -> None:
    """Facts, page marks, titles and scraps of the lines around a grid go to its table, each once."""
    seen = {(f.key, f.value) for f in table.facts}
    part = len(table.parts) - 1
    for i in span:
        text = lines[i].text
        if not text:
            continue
        parsed = parse_head_line(text)
        if parsed is None:
            first = part == 0 and i < table.parts[0].start
            if first and not _scrap(text) and not _running(text):
                table.titles.append(text)
            elif scraps and text not in table.titles:
                table.scraps.append((text, 0 if first else part + (i >= foot)))
            continue
        if parsed.page:
            first = i < table.parts[0].start
            table.marks.append((part if first or i < foot else part + 1, *parsed.page))
            table.marks_in_head = table.marks_in_head or first
        for fact in parsed.facts:
            if (fact.key, fact.value) not in seen:
                seen.add((fact.key, fact.value))
                table.facts.append(replace(fact, page=lines[i].page))
                table.fact_parts.append(0 if i < table.parts[0].start else part + (i >= foot and scraps))
    named = next((i for i, title in enumerate(table.titles) if caption_line(title)), 0)
    table.scraps.extend((title, 0) for title in table.titles[:named])  # the running head of the page
    del table.titles[:named]


def _pages(table: TextTable, lines: Sequence[Line]) -> list[int | None]:
    """The page of each part: of the file when it has page breaks, else the printed one when the marks agree."""
    in_file = [lines[g.start].page for g in table.parts]
    if any(p is not None for p in in_file):
        return in_file
    offsets = {number - part for part, number, _ in table.marks}
    whole = {of for _, _, of in table.marks if of is not None}
    if len(offsets) != 1 or (len(whole) == 1 and max(whole) < len(table.parts) + min(offsets) - 1):
        if table.marks:
            table.warnings.append("Los números de página impresos no concuerdan con las páginas de la tabla.")
        return [None] * len(table.parts)
    return [part + min(offsets) for part in range(len(table.parts))]


def raw_table(table: TextTable, lines: Sequence[Line]) -> RawTable:
    """The RawTable of a logical table; rows that do not fit end in `table.left_out` and `table.warnings`."""
    pages = _pages(table, lines)
    first = table.parts[0]
    count = _header_rows(table)
    header = first.rows[:count] if count else []
    width = first.width
    body = [r for r in first.rows[len(header) :] if len(r) == width]
    labels = next((c for c in range(width) if any(is_number(r[c]) for r in body)), 0)
    placed, warnings = place_header(header, width, labels, first.spans)
    table.warnings.extend(f"En una tabla, {w}." for w in warnings)
    for row, line in zip(header, placed, strict=True):
        if not line:
            reason = "no se sabe qué columnas cubre este encabezado"
            table.left_out.append(LeftOut(text=" | ".join(c for c in row if c), reason=reason))
    placed = [row for row in placed if row]
    cells = header_cells(placed, pages[0])
    at = len(placed)
    repeats: list[int] = []
    for number, (part, page) in enumerate(zip(table.parts, pages, strict=True)):
        repeated = bool(part.rows and first.rows) and _same_header(part.rows[0], first.rows[0])
        skip = (count or 0) if number == 0 or repeated else 0
        if number and skip:
            repeats.append(page or number + 1)
            _note_variants(table, part.rows[:skip], header, page)
        for fitted in fit_rows(part, skip):
            if fitted is not None:
                cells.extend(RawCell(text=c, row=at, column=i, page=page) for i, c in enumerate(fitted))
                at += 1
        table.left_out.extend(replace(item, page=item.page or page) for item in part.left_out)
        table.warnings.extend(part.warnings)
    table.left_out.extend(LeftOut(text=t, reason=_SCRAP, page=pages[min(k, len(pages) - 1)]) for t, k in table.scraps)
    if repeats:
        shown_pages = ", ".join(map(str, repeats))
        text = " | ".join(c for row in header for c in row if c)
        reason = f"encabezado de la tabla, repetido en las páginas {shown_pages}"
        table.left_out.append(LeftOut(text=text, reason=reason))
    shown = tuple(dict.fromkeys(p for p in pages if p is not None))
    facts = tuple(
        replace(f, page=f.page or pages[min(part, len(pages) - 1)])
        for f, part in zip(table.facts, table.fact_parts, strict=True)
    )
    return RawTable(
        cells=tuple(cells),
        caption=" ".join(table.titles),
        header_rows=len(placed) if count else None,
        pages=shown,
        facts=facts,
    )


def _header_rows(table: TextTable) -> int | None:
    first = table.parts[0]
    if first.header_rows is not None:
        return first.header_rows
    count = header_count(first.rows)
    others = [g for g in table.parts[1:] if _same_header(g.rows[0], first.rows[0])]
    if others:  # the rows that every page repeats are the header
        same = 0
        while all(len(g.rows) > same and _same_header(g.rows[same], first.rows[same]) for g in (first, *others)):
            if same and any(is_number(c) for c in first.rows[same]):
                break
            same += 1
        return max(same, 1)
    return count


def _note_variants(table: TextTable, rows: list[list[str]], header: list[list[str]], page: int | None) -> None:
    """A repeated header that is printed otherwise than the first one is told."""
    for row, known in zip(rows, header, strict=False):
        if row != known:
            reason = "encabezado de la tabla repetido con otra escritura"
            table.left_out.append(LeftOut(text=" | ".join(row), reason=reason, page=page))
