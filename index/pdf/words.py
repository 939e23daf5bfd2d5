"""Glyphs to words, in the order of the file: a gap, a jump back or a new line ends a word."""

from __future__ import annotations

import re
import unicodedata

from index.pdf.values import Glyph, Word

GAP = 0.18  # of the font size: a wider gap ends a word
BACK = 0.35  # of the font size: a jump back beyond it ends a word (labels printed over numbers)
_ROWS = 1 << 20  # more than a page has: two places share a number only where it has
TWICE = 0.12  # of the font size: a glyph this close to its twin is printed twice
_GLUED = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d\d|-?\d{1,3}(?:,\d{3})*\.\d\d")
_WHOLE = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?")
_LEADER = re.compile(r"[.·…_]{4,}")
_LIGATURES = {"(cid:127)": "•", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}


def tokenize(glyphs: list[Glyph]) -> tuple[Word, ...]:
    """Words in file order. A glyph printed twice at one place (false bold) counts once and makes its word bold."""
    words: list[Word] = []
    run: list[Glyph] = []
    doubled = False
    for glyph, printed, twice in _once(glyphs):
        if run and _ends(run[-1], glyph):
            words.extend(_word(run, len(words), bold=doubled))
            run, doubled = [], False
        if printed:
            run.append(glyph)
            doubled = doubled or twice
        elif run:
            words.extend(_word(run, len(words), bold=doubled))
            run, doubled = [], False
    if run:
        words.extend(_word(run, len(words), bold=doubled))
    return tuple(words)


def _once(glyphs: list[Glyph]) -> list[tuple[Glyph, bool, bool]]:
    """Each glyph with whether it prints anything and whether it does so twice; one pass over the page.

    Those that repeat an earlier one within a tenth of their size are dropped.
    """
    seen: dict[str, dict[int, list[int]]] = {}  # by text and by place, a square of twice the tolerance
    kept: list[tuple[Glyph, bool, bool]] = []
    for glyph in glyphs:
        text = glyph.text
        if not text.strip():
            kept.append((glyph, False, False))
            continue
        step = max(glyph.size * TWICE, 0.2)
        across, down = glyph.x0 / (2 * step), glyph.top / (2 * step)
        column, row = int(across), int(down)
        here = column * _ROWS + row
        beside = _ROWS if across - column >= 0.5 else -_ROWS  # the nearer halves
        below = 1 if down - row >= 0.5 else -1
        alike = seen.setdefault(text, {})
        twin = None
        for place in (here, here + beside, here + below, here + beside + below):
            if place in alike:
                twin = next((i for i in alike[place] if _same_place(kept[i][0], glyph, step)), None)
                if twin is not None:
                    break
        if twin is not None:
            kept[twin] = (kept[twin][0], True, True)
            continue
        alike.setdefault(here, []).append(len(kept))
        kept.append((glyph, True, False))
    return kept


def _same_place(one: Glyph, two: Glyph, step: float) -> bool:
    return abs(one.x0 - two.x0) < step and abs(one.top - two.top) < step


def _ends(last: Glyph, new: Glyph) -> bool:
    size = max(last.size, new.size, 1.0)
    if last.top != new.top or last.bottom != new.bottom:
        overlap = min(last.bottom, new.bottom) - max(last.top, new.top)
        if overlap < 0.4 * min(last.bottom - last.top, new.bottom - new.top):
            return True
    gap = new.x0 - last.x1
    if gap < -0.05 * size and last.text.isalpha() and new.text.isdigit():
        return True  # an amount printed over the end of a label
    return gap > GAP * size or gap < -BACK * size


def _word(run: list[Glyph], order: int, *, bold: bool) -> list[Word]:
    text = "".join(_LIGATURES.get(g.text, g.text) for g in run)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace("\u00ad", "-"))
    parts = [text]
    if _LEADER.search(text):
        parts = [p for p in re.split(r"([.·…_]{4,})", text) if p]
    elif not _WHOLE.fullmatch(text):
        parts = _GLUED.findall(text)
        if not any(len(p) > 7 for p in parts):  # 0.26-0.44 is a range
            parts = [text]
    if len(parts) > 1 and "".join(parts) == text and len(text) == len(run):
        cut, found = 0, []
        for part in parts:  # two amounts printed without a gap, or dots that lead the eye
            found.append(_made(run[cut : cut + len(part)], part, order, bold=bold))
            cut += len(part)
        return found
    return [_made(run, text, order, bold=bold)]


def _made(run: list[Glyph], text: str, order: int, *, bold: bool) -> Word:
    _, lefts, tops, rights, bottoms, sizes, fonts, bolds = zip(*run, strict=True)
    return Word(
        text=text,
        x0=min(lefts),
        top=min(tops),
        x1=max(rights),
        bottom=max(bottoms),
        size=max(sizes),
        font=fonts[0],
        bold=bold or sum(bolds) * 2 > len(run),
        order=order,
        starts=lefts if len(text) == len(run) else (),
    )
