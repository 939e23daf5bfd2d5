"""Table or not: prose in boxes, bulleted text, chart axes and stray pairs are no tables."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from index.pdf.drafts import Draft
from index.pdf.lines import levels, text_of
from index.pdf.marks import is_bullet, is_value


def is_table(draft: Draft) -> bool:
    """A draft worth showing as a table."""
    rows, columns = draft.rows, draft.columns
    if rows < 2 or columns < 2 or len(draft.cells) < 4:
        return False
    body = [c for c in draft.cells if c.row >= draft.header_rows] or draft.cells
    texts = [text_of(c.words) for c in body]
    values = sum(is_value(t.replace(" ", "")) for t in texts)
    if draft.header_rows == 0 and not any(any(ch.isalpha() for ch in t) for t in texts):
        return len(texts) >= 0.6 * rows * columns and not _is_axis(
            draft
        )  # bare figures: the points of a chart unless they fill a grid
    if draft.ruled:
        return _ruled(draft, texts, values)
    return _open(draft, texts, values)


def is_contents(draft: Draft) -> bool:
    """Titles and the pages they stand on, led by dots: a table of contents."""
    body = [c for c in draft.cells if c.row >= draft.header_rows]
    last = draft.columns - 1
    pages = [text_of(c.words) for c in sorted(body, key=lambda c: c.row) if c.column == last]
    numbers = [int(p) for p in pages if p.isdecimal() and len(p) < 5]
    others = [c for c in body if 0 < c.column < last and is_value(text_of(c.words).replace(" ", ""))]
    climbing = all(a <= b for a, b in pairwise(numbers))
    return len(numbers) > 1 and len(numbers) >= 0.8 * len(pages) and climbing and not others


def _filled_rows(draft: Draft) -> float:
    """Share of body rows that hold at least two cells."""
    rows = {c.row for c in draft.cells if c.row >= draft.header_rows}
    several = sum(len(draft.row_cells(r)) > 1 for r in rows)
    return several / len(rows) if rows else 0.0


def _full_rows(draft: Draft) -> int:
    """Body rows that hold nearly every column of three or more."""
    rows = {c.row for c in draft.cells if c.row >= draft.header_rows}
    return sum(len(draft.row_cells(r)) >= max(3, 0.8 * draft.columns) for r in rows)


def _headed(draft: Draft) -> bool:
    """Each of three columns or more has its label: a form in which only the total is filled is a table too.

    Not when cells hold several lines of figures: then the net is a frame around an open body.
    """
    if any(sum(is_value(text_of(level)) for level in levels(c.words)) > 1 for c in draft.cells):
        return False
    head = [c for c in draft.cells if c.row < draft.header_rows and c.words]
    labelled = {c.column + i for c in head for i in range(c.columns)}
    return draft.columns > 2 and len(labelled) == draft.columns and len(head) >= draft.columns


def _ruled(draft: Draft, texts: list[str], values: int) -> bool:
    if _filled_rows(draft) < 0.3 and _full_rows(draft) < (1 if _headed(draft) else 2):
        return False
    long = sum(len(t.split()) > 60 for t in texts)
    return values > 0 or long * 2 < len(texts)


def _open(draft: Draft, texts: list[str], values: int) -> bool:
    body_rows = draft.rows - draft.header_rows
    if body_rows < 2 and (draft.header_rows == 0 or draft.columns < 3):
        return False
    if body_rows < 2 and values * 2 < len(texts):
        return False
    if _is_axis(draft) or (draft.columns > 4 and len(texts) < 0.3 * body_rows * draft.columns):
        return False
    if values < 0.15 * len(texts) or _filled_rows(draft) < 0.34:
        return False
    if sum(is_bullet(t) and not is_value(t) for t in texts) > 0.3 * body_rows:
        return False
    for column in range(draft.columns):
        held = [text_of(c.words) for c in draft.cells if c.column == column and c.row >= draft.header_rows and c.words]
        plain = [t for t in held if not is_value(t.replace(" ", ""))]
        if len(plain) > 2 and sum(len(t.split()) for t in plain) / len(plain) > 14 and values < 0.4 * len(texts):
            return False
    return True


def _is_axis(draft: Draft) -> bool:
    """Every column of figures (or the only row of them) climbs by one step: the scale of a chart."""
    columns: dict[int, list[Decimal]] = {}
    rows: dict[int, list[Decimal]] = {}
    for cell in sorted(draft.cells, key=lambda c: (c.row, c.column)):
        number = _plain_number(text_of(cell.words))
        if number is not None and cell.row >= draft.header_rows:
            columns.setdefault(cell.column, []).append(number)
            rows.setdefault(cell.row, []).append(number)
    long = [v for v in columns.values() if len(v) > 2]
    if not long:
        several = [v for v in rows.values() if len(v) > 1]
        return len(several) == 1 and len(several[0]) > 3 and _even_steps(several[0])
    return any(len(v) > 4 for v in long) and all(_even_steps(v) for v in long)


def _even_steps(numbers: list[Decimal]) -> bool:
    steps = {b - a for a, b in pairwise(numbers)}
    return len(steps) == 1 and steps != {Decimal(0)}


def _plain_number(text: str) -> Decimal | None:
    """The digits of a figure without its convention: only steps between neighbours matter here."""
    digits = re.sub(r"[^\d-]", "", text.replace("−", "-"))
    return Decimal(digits) if re.fullmatch(r"-?\d{1,15}", digits) and is_value(text.replace(" ", "")) else None
