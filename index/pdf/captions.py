"""Title, unit and note lines that stand right above or beneath a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.model import Box
from index.pdf.drafts import Draft
from index.pdf.lines import Chunk, Line, lines_of
from index.pdf.marks import CAPTION, NOTE, UNIT, is_bullet, is_caption
from index.pdf.values import Word
from index.tables.wording import scale_of

NEAR = 2.2  # lines of white between a caption and its table
_HIGH = 90.0  # points over a table in which its caption stands
_ASIDE = 40.0  # points beside a table that its caption may stand over
_NOTES = 6  # lines under a table that may be its notes
_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[)/]|\(?[a-z][)/]|\*+|[¹²³⁴†‡]|notas?\s*(?:\d{1,2})?\s*[:.])\s*", re.IGNORECASE)


def take_captions(drafts: Sequence[Draft], words: Sequence[Word]) -> list[Word]:
    """Give each draft its caption lines and notes; returns the words that are left."""
    free = list(words)
    boxes = [d.box for d in drafts]
    for draft, box in zip(drafts, boxes, strict=True):
        over = [w for w in free if w.bottom <= box.top + 2 and box.top - w.bottom < _HIGH]
        floor = max(
            (b.bottom for b in boxes if b.bottom <= box.top + 2 and b.x0 < box.x1 and b.x1 > box.x0), default=0.0
        )
        lines = [line for line in _over_columns(lines_of(over), box) if line.top >= floor - 1]
        draft.caption = [list(line.words) for line in _caption_lines(lines, box.top, box.x0, box.x1)]
        draft.notes.extend(list(line.words) for line in _unit_notes(free, boxes, box))
        taken = {id(w) for line in [*draft.caption, *draft.notes] for w in line}
        free = [w for w in free if id(w) not in taken]
    return free


def _over_columns(lines: Sequence[Line], box: Box) -> list[Line]:
    """Of lines the chunks that stand over a table, whole: the title of a narrow table runs far beyond it."""
    found = []
    for line in lines:
        chunks = tuple(c for c in line.chunks if _over(c, box))
        if chunks:
            top, bottom = min(c.top for c in chunks), max(c.bottom for c in chunks)
            found.append(replace(line, chunks=chunks, top=top, bottom=bottom))
    return found


def _over(chunk: Chunk, box: Box) -> bool:
    """Whether a chunk stands over a table, or a table stands under it, for half of the narrower of the two."""
    shared = min(chunk.x1, box.x1 + _ASIDE) - max(chunk.x0, box.x0 - _ASIDE)
    return shared >= 0.5 * min(chunk.x1 - chunk.x0, box.x1 - box.x0)


def _unit_notes(words: Sequence[Word], boxes: Sequence[Box], box: Box) -> list[Line]:
    """Of the notes right beneath a table, those that say in which unit its figures are."""
    floor = min(
        (b.top for b in boxes if b.top >= box.bottom - 2 and b.x0 < box.x1 and b.x1 > box.x0), default=box.bottom + 90
    )
    under = [w for w in words if box.bottom - 2 <= w.top < floor and box.x0 - 40 <= w.centre <= box.x1 + 40]
    level, found = box.bottom, []
    for line in lines_of(under)[:_NOTES]:
        if line.top - level > NEAR * line.size or not (NOTE.match(line.text) or UNIT.match(line.text)):
            break
        level = line.bottom
        said = _MARK.sub("", line.text)
        if UNIT.match(said.split(". ")[0]) and scale_of(said) != 1:
            found.append(line)
    return found


def _caption_lines(lines: Sequence[Line], top: float, x0: float, x1: float) -> list[Line]:
    numbered = _from_numbered(lines, top)
    if numbered:
        return numbered
    kept: list[Line] = []
    level = top
    for line in reversed(lines):
        gap = level - line.bottom
        if gap > NEAR * line.size or len(kept) >= 5:
            break
        text = line.text
        if is_caption(text) or CAPTION.match(text):
            return [line, *kept]
        if UNIT.match(text):
            kept.insert(0, line)
            level = line.top
            continue
        if is_bullet(text) or NOTE.match(text) or not _title_like(line, kept, x0, x1):
            break
        kept.insert(0, line)
        level = line.top
    return kept


def _from_numbered(lines: Sequence[Line], top: float) -> list[Line]:
    """From a line that names and numbers the table down to it: title, subject and unit."""
    level = top
    for index in range(len(lines) - 1, max(-1, len(lines) - 7), -1):
        line = lines[index]
        if level - line.bottom > NEAR * line.size or len(line.words) > 30 or NOTE.match(line.text):
            return []
        if is_caption(line.text):
            return list(lines[index:])
        if line.text.rstrip().endswith((".", ";")) or is_bullet(line.text):
            return []
        level = line.top
    return []


def _title_like(line: Line, kept: list[Line], x0: float, x1: float) -> bool:
    """A short line that is bold, upper case or centred over the table, and no sentence."""
    text = line.text
    if not any(c.isalpha() for c in text) or text.rstrip().endswith((".", ";")) or len(line.words) > 28:
        return False
    bold = sum(w.bold for w in line.words) * 2 > len(line.words)
    upper = text.upper() == text and any(c.isalpha() for c in text)
    centred = abs((line.x0 + line.x1) / 2 - (x0 + x1) / 2) < 0.06 * (x1 - x0) and line.x0 > x0 + 0.08 * (x1 - x0)
    return bold or upper or (centred and len(kept) < 3 and len(line.words) <= 16)
