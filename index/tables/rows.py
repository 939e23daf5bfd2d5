"""What each body row is called and whether its words and blanks make it a total or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Role
from index.numbers import is_no_value
from index.tables.codes import is_ancestor
from index.tables.columns import Strip, is_code
from index.tables.grid import Grid, flat, has_letters, key
from index.tables.sections import Line
from index.tables.wording import is_balance, is_garbled_total, is_total_word, looks_spaced, split_code

_NOTE = re.compile(
    r"\s*(?:\*|fuentes?\b|notas?\b|elaborad|elaboraci|\(\*\)|\d/\s|p/|bajo protesta|cifras )", re.IGNORECASE
)
_LONG_NOTE = 90  # characters: labels without figures at the foot of a table are shorter


@dataclass(frozen=True, kw_only=True)
class Named:
    """A body row with its name. `alone`: it has text only where names stand."""

    label: str
    code: str | None
    total: bool
    alone: bool
    wide: bool
    bold: bool
    indent: float


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """What naming a row needs to know of its table."""

    grid: Grid
    strips: Sequence[Strip]
    label: Strip | None
    codes: Strip | None
    spaced: bool  # labels print "1000 Servicios"
    lettered: bool  # labels print "A. Gastos" or "I. Ingresos"


def name_rows(grid: Grid, body: Sequence[int], strips: Sequence[Strip]) -> list[Named]:
    """Labels, codes and total words of the body rows."""
    label_strip = next((s for s in strips if s.role is Role.LABEL), None)
    texts = list(label_strip.texts) if label_strip else ["" for _ in body]
    spaced = sum(map(looks_spaced, texts)) * 5 >= 3 * sum(map(bool, texts)) and sum(map(looks_spaced, texts)) >= 3
    lettered = sum(_is_lettered(split_code(t)[0]) for t in texts) >= 2
    frame = _Frame(
        grid=grid,
        strips=strips,
        label=label_strip,
        codes=_code_strip(strips, label_strip),
        spaced=spaced,
        lettered=lettered,
    )
    return [_named(frame, i, row) for i, row in enumerate(body)]


def _named(frame: _Frame, place: int, row: int) -> Named:
    grid, strips, label_strip, code_strip = frame.grid, frame.strips, frame.label, frame.codes
    own = label_strip.texts[place] if label_strip else ""
    cell = label_strip.cells[place] if label_strip else None
    covering = grid.covered(row, label_strip.column) if label_strip else None
    label = own or (flat(covering.text) if covering else "")
    wordy = [s.texts[place] for s in strips if has_letters(s.texts[place])]
    total = _total_label(own, wordy, strips, place)
    if total is not None:
        label = total
    elif not label:
        label = " ".join(s.texts[place] for s in strips if s.role is not Role.NUMBER and s.texts[place])
    code, rest = (None, label) if total is not None else split_code(label, spaced=frame.spaced)
    if _is_lettered(code) and not frame.lettered:
        code, rest = None, label
    if code is None and is_code(rest):
        code = rest
    elif code is None and code_strip is not None:
        code = code_strip.texts[place] or None
    numbers = [s for s in strips if s.role is Role.NUMBER]
    others = [s for s in strips if s.role in (Role.TEXT, Role.KEY) and s.texts[place] and s is not code_strip]
    filled = [s for s in strips if s.texts[place]]
    first = filled[0].cells[place] if filled else None
    return Named(
        label=rest,
        code=code if total is None else None,
        total=total is not None,
        alone=bool(filled) and not any(s.texts[place] for s in numbers) and len(others) + bool(own) <= 1,
        wide=first is not None and _width(grid, row, first) > max(1, grid.columns // 2),
        bold=bool(cell and cell.bold) or bool(first and first.bold),
        indent=_indent(cell),
    )


def _indent(cell: object) -> float:
    text = getattr(cell, "text", "")
    spaces = len(text) - len(text.lstrip(" \u00a0\t"))
    return float(getattr(cell, "indent", 0.0)) + spaces


def _width(grid: Grid, row: int, cell: object) -> int:
    return sum(grid.covered(row, column) is cell for column in range(grid.columns))


def _is_lettered(code: str | None) -> bool:
    return code is not None and not any(c.isdigit() for c in code)


def _total_label(own: str, wordy: list[str], strips: Sequence[Strip], place: int) -> str | None:
    """What a total row is called, None when the row is no total."""
    if is_total_word(own):
        return "TOTAL" if is_garbled_total(own) else own.strip(" :")
    keys = [s.texts[place] for s in strips if s.role in (Role.KEY, Role.TEXT) and s.texts[place]]
    if not own or is_code(own):
        joined = " ".join(wordy)
        if is_total_word(joined):
            return "TOTAL" if is_garbled_total(joined) else joined.strip(" :")
    return next((f"{k.strip(' :')} {own}".strip() for k in keys[:1] if is_total_word(k)), None)


def _code_strip(strips: Sequence[Strip], label: Strip | None) -> Strip | None:
    """The column whose codes tell rows apart, the nearest to the left of the labels."""
    found = None
    for strip in strips:
        filled = [t for t in strip.texts if t and not is_total_word(t)]
        if strip.role is not Role.KEY or not filled or any(len(t) > 40 for t in filled):
            continue
        coded = sum(is_code(t) or t.isdigit() or bool(re.fullmatch(r"[A-Z\d.-]{1,8}", t)) for t in filled)
        known = sum(any(s.texts[i] for s in strips if s.role is Role.NUMBER) for i in range(len(strip.texts)))
        distinct = len(set(filled)) * 10 >= len(filled) * 9
        # a column of groups prints its key in the first row; one of codes may leave titles and totals blank
        least = 4 if distinct and not strip.texts[0] and len(filled) > 2 else 7
        if len(filled) * 10 < known * least:
            continue
        if (
            coded * 10 >= len(filled) * 8
            and distinct
            and (label is None or strip.column < label.column or found is None)
        ):
            found = strip
    return found


def lines_of(named: Sequence[Named], strips: Sequence[Strip]) -> list[Line]:
    """Rows for the hierarchy: which rows without figures are headings, and which only lack figures."""
    return [
        Line(
            label=n.label,
            code=n.code,
            total=n.total,
            bold=n.bold,
            indent=n.indent,
            formula=is_balance(n.label),
            section=_is_section(named, i, strips),
        )
        for i, n in enumerate(named)
    ]


def _is_section(named: Sequence[Named], place: int, strips: Sequence[Strip]) -> bool:
    row = named[place]
    if not row.alone or row.total or not row.label or place + 1 >= len(named):
        return False
    after = named[place + 1]
    if row.wide or is_ancestor(row.code, after.code) or row.label.endswith(":") or after.indent > row.indent:
        return True
    plain = [n for n in named if not n.alone and not n.total]
    if row.bold and sum(n.bold for n in plain) * 2 < len(plain):
        return True
    upper = row.label.isupper() and sum(n.label.isupper() for n in plain) * 2 < len(plain)
    closed = any(
        n.total and len(key(row.label)) > 3 and key(n.label).endswith(key(row.label)) for n in named[place + 1 :]
    )
    if upper or closed:
        return True
    lonely = not after.alone and not (place > 0 and named[place - 1].alone)
    return lonely and not after.total and _figures_are_usual(strips)


def _figures_are_usual(strips: Sequence[Strip]) -> bool:
    """Whether blanks are rare among the figures: only then does a row without any mean something."""
    cells = [t for s in strips if s.role is Role.NUMBER for t in s.texts]
    return sum(map(bool, cells)) * 2 > len(cells)


def foot_notes(named: Sequence[Named], strips: Sequence[Strip]) -> int:
    """How many rows at the end are notes: one text, no figures, long or worded as a note."""
    count = 0
    for place in range(len(named) - 1, -1, -1):
        texts = [s.texts[place] for s in strips if s.texts[place]]
        if len(texts) != 1 or not has_letters(texts[0]) or is_no_value(texts[0]) or named[place].total:
            break
        if len(texts[0]) < _LONG_NOTE and not _NOTE.match(texts[0]):
            break
        count += 1
    return count
