"""Rows of a sheet and what each looks like: a title, a "key: value" pair, a header of texts, figures, a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from index.blocks import RawCell
from index.model import Fact
from index.readers.grid import is_number
from index.readers.text_lines import caption_line, ends_sentence, unit_line
from index.report_head import key_name, parse_head_line
from index.text import fold

_NOTE = re.compile(
    r"(?:notas?|fuentes?|elaboraci[oó]n|elaborado|observaci[oó]n(?:es)?|aclaraci[oó]n|nb|n/?[ade])\b\s*(?:\d+\s*)?[:.)/-]"
    r"|\*+\s*\S|\(?\d{1,2}[/)]\s+\S|\([a-z*]\)\s|[¹²³⁴⁵†]",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:sub)?total|suma")
_SENTENCE = 160  # characters: longer single texts are prose, not titles
_LONG_NOTE = 60


@dataclass(frozen=True)
class SheetRow:
    """One printed row: its cells with text, left to right, at their places in the sheet (from 0)."""

    index: int
    cells: tuple[RawCell, ...]

    @cached_property
    def alone(self) -> bool:
        """One text and nothing else."""
        return len(self.cells) == 1 and not is_figure(self.cells[0])

    @cached_property
    def figures(self) -> frozenset[int]:
        """Columns that hold a figure."""
        return frozenset(c.column for c in self.cells if is_figure(c))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Facts of a row made of "key:" and value cells, or of one text that system reports print at their head."""
        if self.alone:
            head = parse_head_line(self.text)
            return head.facts if head and any(f.key != "pagina" for f in head.facts) else ()
        texts = [" ".join(c.text.split()) for c in self.cells]
        if len(texts) % 2 or len(texts) > 8 or not all(t.endswith(":") and len(t) < 60 for t in texts[::2]):
            return ()
        pairs = zip(texts[::2], texts[1::2], strict=True)
        return tuple(Fact(key=key_name(k.rstrip(" :")), value=v, quote=f"{k} {v}") for k, v in pairs)

    @property
    def text(self) -> str:
        return " ".join(" ".join(c.text.split()) for c in self.cells)

    @property
    def texts_only(self) -> bool:
        """Two texts or more and no figure: a header, or a row of a table of texts."""
        return len(self.cells) > 1 and not self.figures

    @property
    def first(self) -> int:
        return self.cells[0].column

    @property
    def last(self) -> int:
        return max(c.column + c.columns for c in self.cells) - 1

    @property
    def total(self) -> bool:
        return any(_TOTAL.match(fold(c.text)) for c in self.cells[:2])

    @property
    def prose(self) -> bool:
        return self.alone and (len(self.text) > _SENTENCE or (len(self.text) > 100 and ends_sentence(self.text)))

    @property
    def note(self) -> bool:
        """A single text worded as a note or a source."""
        return self.alone and is_note(self.text)

    @property
    def caption(self) -> bool:
        return self.alone and (caption_line(self.text) or unit_line(self.text) is not None)

    def key(self) -> tuple[tuple[int, str], ...]:
        """What two prints of the same row share."""
        return tuple((c.column, fold(c.text)) for c in self.cells)


def is_note(text: str) -> bool:
    """Whether a text below a table is worded as a note, a source or an explanation of a mark."""
    return _NOTE.match(text) is not None


def is_figure(cell: RawCell) -> bool:
    return cell.number is not None or is_number(cell.text)


def make_rows(cells: Iterable[RawCell]) -> list[SheetRow]:
    """Rows that hold text, top to bottom; blank cells go."""
    rows: dict[int, list[RawCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    return [SheetRow(i, tuple(sorted(rows[i], key=lambda c: c.column))) for i in sorted(rows)]


def closing_notes(rows: list[SheetRow]) -> list[SheetRow]:
    """Single texts at the foot of a table that are notes, not rows: worded so, long, or after the total."""
    start = len(rows)
    while start > 1 and rows[start - 1].alone:
        start -= 1
    tail = rows[start:]
    after_total = start > 0 and rows[start - 1].total
    for i, row in enumerate(tail):
        if row.total:
            continue
        if after_total or row.note or (len(row.text) > _LONG_NOTE and ends_sentence(row.text)) or row.prose:
            return tail[i:]
    return []


def join_caption(lines: Iterable[str]) -> str:
    """Title lines as one caption; a unit in parentheses follows without a dash."""
    caption = ""
    for line in lines:
        if not caption:
            caption = line
        else:
            caption += (" " if line.startswith("(") else " — ") + line
    return caption
