"""Reader of TXT and MD files: reports exported from systems, word processors, OCR or written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.blocks import Block, Heading, Paragraph, RawTable, Reading
from index.model import Fact, LeftOut
from index.readers.decoding import decode_text, read_bytes
from index.readers.memo import Memo, read_memo
from index.readers.text_grids import find_grids
from index.readers.text_headings import assign_levels
from index.readers.text_lines import Line, caption_line, clean_lines, ends_sentence, list_item, starts_lower, unit_line
from index.readers.text_pages import TextTable, join_pages, raw_table
from index.readers.text_prose import read_prose
from index.report_head import memo_pair, parse_head_line
from index.text import fold

_TITLE = re.compile(
    r"\b(?:informe|reporte|ejecucion|memoria|rendicion|evaluacion|seguimiento|liquidacion|boletin|estado)\b"
)


def read_text(path: Path) -> Reading:
    """Blocks, facts and what was left out of a text file.

    Raises ReadError when the file cannot be opened, is empty or holds no text.
    """
    text, warnings = decode_text(read_bytes(path), path.name)
    reading = read_lines(text)
    return replace(reading, warnings=(*warnings, *reading.warnings))


def read_lines(text: str) -> Reading:
    """The reading of a text already decoded."""
    lines, left_out = clean_lines(text)
    tables = join_pages(lines, find_grids(lines))
    captions = _captions(lines, tables)
    memo = read_memo(lines, _free(lines, tables))
    prose = [Line(raw="", text="", page=x.page) if i in memo.lines else x for i, x in enumerate(lines)]
    marked = any(x.bookmark or re.match(r"#{1,6}\s", x.text) for x in lines)
    blocks: list[Block] = []
    warnings: list[str] = []
    facts: list[Fact] = list(memo.facts)
    start = 0
    for k in range(len(tables) + 1):
        table = tables[k] if k < len(tables) else None
        span = range(start, table.start if table else len(lines))
        _add_prose(blocks, left_out, prose, span, memo, marked=marked)
        if table is None:
            break
        raw = raw_table(table, lines)
        blocks.append(replace(raw, caption=" ".join(filter(None, (captions[k], raw.caption)))))
        left_out.extend(table.left_out)
        warnings.extend(table.warnings)
        known = {(f.key, f.value) for f in facts}
        facts.extend(f for f in raw.facts if (f.key, f.value) not in known)
        start = table.end
    blocks = assign_levels(blocks)
    return Reading(
        blocks=tuple(blocks),
        left_out=tuple(left_out),
        facts=tuple(facts),
        pages=lines[-1].page if lines else None,
        title=_title(memo, blocks),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _free(lines: Sequence[Line], tables: Sequence[TextTable]) -> list[int]:
    taken = {i for t in tables for i in range(t.start, t.end)}
    return [i for i in range(len(lines)) if i not in taken]


def _add_prose(
    blocks: list[Block], left_out: list[LeftOut], lines: Sequence[Line], span: range, memo: Memo, *, marked: bool
) -> None:
    """Adds the blocks of the lines between two tables; notes right below a table are told to the table too."""
    below = bool(blocks) and isinstance(blocks[-1], RawTable)
    pieces = [span]
    if memo.title_line is not None and memo.title_line in span:
        pieces = [range(span.start, memo.title_line), range(memo.title_line + 1, span.stop)]
    for k, piece in enumerate(pieces):
        if k:
            blocks.append(Heading(text=memo.title or "", level=1))
        prose = read_prose(lines, piece, marked=marked, below_table=below and not k)
        if prose.notes and below and isinstance(blocks[-1], RawTable):
            blocks[-1] = replace(blocks[-1], notes=tuple(prose.notes))
        blocks.extend(prose.blocks)
        left_out.extend(prose.left_out)


def _captions(lines: Sequence[Line], tables: Sequence[TextTable]) -> list[str]:
    """The caption above each table; its lines are taken from the prose by moving the table's start up."""
    captions: list[str] = []
    bottom = 0
    for table in tables:
        named = any(map(caption_line, table.titles))  # in its head: what stands above that is no caption
        caption, table.start = ("", table.start) if named else _caption(lines, bottom, table.start)
        captions.append(caption)
        bottom = table.end
    return captions


def _caption(lines: Sequence[Line], bottom: int, stop: int) -> tuple[str, int]:
    """Caption line, wrapped over short lines, and the unit line; also where they start."""
    unit = ""
    at = _above(lines, bottom, stop, blanks=2)
    start = stop
    if at is not None and unit_line(lines[at].text):
        unit, start = unit_line(lines[at].text) or "", at
        at = _above(lines, bottom, at, blanks=2)
    if at is None:
        return unit, start
    parts: list[str] = []
    for i in range(at, max(bottom, at - 4) - 1, -1):
        line = lines[i]
        if not line.text:
            break
        if caption_line(line.text):
            return " ".join(filter(None, (line.text, *reversed(parts), unit))), i
        if line.bookmark or ends_sentence(line.text) or len(line.text) > 160:
            break
        parts.append(line.text)
    touching = at == start - 1 and (at == bottom or lines[at - 1].blank)
    if touching and _is_title(lines[at]):
        return " ".join(filter(None, (lines[at].text, unit))), at
    return unit, start


def _above(lines: Sequence[Line], bottom: int, stop: int, *, blanks: int) -> int | None:
    """The nearest printed line above `stop`, at most some blank lines away."""
    for i in range(stop - 1, max(bottom, stop - 1 - blanks) - 1, -1):
        if lines[i].text:
            return i
    return None


def _is_title(line: Line) -> bool:
    text = line.text
    if line.bookmark or ends_sentence(text) or list_item(text) or starts_lower(text) or text.startswith("#"):
        return False
    return len(text.split()) <= 20 and memo_pair(text) is None and parse_head_line(text) is None


def _title(memo: Memo, blocks: Sequence[Block]) -> str | None:
    """The title printed: the line with the letter's number, a Markdown title, or an early line that names a report."""
    if memo.title:
        return memo.title
    for block in blocks[:6]:
        if isinstance(block, Heading | Paragraph) and len(block.text) <= 160 and _TITLE.search(fold(block.text)):
            if not ends_sentence(block.text) and len(block.text.split()) > 1:
                return block.text
        elif isinstance(block, RawTable):
            break
    return None
