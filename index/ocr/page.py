"""A page that is a picture, as `Ink`: words with their figures read twice, and the rulings of its tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.model import Box
from index.ocr import clean, tesseract
from index.ocr.clean import Mask
from index.ocr.figures import Figure, Group, decimal_mark, figures_of, is_figure, read_again
from index.ocr.picture import Picture
from index.ocr.rulings import Stroke, wiped
from index.ocr.sheet import Cutting, read_cuttings
from index.ocr.tesseract import Seen
from index.ocr.warp import Warp
from index.ocr.zones import zones
from index.pdf.values import Ink, Rule, Word

POOR = 55.0  # mean confidence under which the sheet may lie on its side
_SIGNS = frozenset({"%", "$", "Q", "L", "S/", "Bs", "-", "–", "—"})
PAPER = 128  # mean grey of a sheet that is mostly paper
EMPTY = 0.0004  # share of dark pixels of an empty sheet
DIRT = 30.0  # confidence under which a word without digits is dirt, a logo or a signature
_LOOSE = re.compile(r"^[^\w%$()–—-]+$")
_TALL = re.compile(r"[A-ZÁÉÍÓÚÑÜ0-9bdfhkltáéíóúñ()%$/?¿!¡]")
_DEEP = re.compile(r"[gjpqyçQ()/]")
_COMMA = re.compile(r"[,;]")


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """A picture set straight and what was read of it: words of text, figures, and marks that nothing made out."""

    picture: Picture
    quarter: int
    skew: float
    strokes: tuple[Stroke, ...]
    words: tuple[Seen, ...]
    figures: tuple[tuple[Group, Figure], ...]
    unread: int
    inked: float  # share of its pixels
    dirt: tuple[str, ...]  # what looks like no writing

    @property
    def confidence(self) -> float:
        sure = [w.confidence for w in self.words] + [w.confidence for g, _ in self.figures for w in g.words]
        return sum(sure) / len(sure) if sure else 0.0


def read_page(picture: Picture, number: int) -> Ink:
    """What a picture of page `number` shows. Raises OcrError when Tesseract fails."""
    if _is_empty(picture):
        wide, high = picture.pixels.shape[1] * picture.scale, picture.pixels.shape[0] * picture.scale
        return Ink(number=number, width=wide, height=high, words=(), pictured=True, blank=True)
    sheet = _upright(picture)
    high, wide = picture.pixels.shape
    warp = Warp(sheet.strokes, sheet.picture.pixels.shape[1])
    place = _Place(sheet, wide, high)
    words = [
        *_words(sheet, place, warp),
        *(_figure(group, figure, place, warp) for group, figure in sheet.figures if group.alone and figure.text),
    ]
    words.sort(key=lambda w: (round(w.middle / 4), w.x0))
    scale = picture.scale
    tall, broad = sheet.picture.pixels.shape
    return Ink(
        number=number,
        width=broad * scale,
        height=tall * scale,
        words=tuple(replace(w, order=i) for i, w in enumerate(words)),
        rules=tuple(_rule(s, warp, scale) for s in sheet.strokes),
        images=() if words else (Box(x0=0, top=0, x1=broad * scale, bottom=tall * scale),),
        pictured=True,
        blank=not words and sheet.inked < EMPTY and float(picture.pixels.mean()) >= PAPER,  # nothing but rulings
        unread=sheet.unread,
        dirt=sheet.dirt,
    )


def _is_empty(picture: Picture) -> bool:
    if float(picture.pixels.mean()) < PAPER:
        return False  # a dark sheet hides what it holds
    _, dark = clean.without_grain(picture, clean.ink(picture.pixels))
    return float(dark.mean()) < EMPTY


def _upright(picture: Picture) -> _Sheet:
    """The sheet as it reads best: as it lies, else turned by quarters."""
    sheet = _read(picture, 0)
    if sheet.confidence >= POOR and len(sheet.words) > 5:
        return sheet
    told = tesseract.quarter_turns(picture)
    if told == 0:
        return sheet
    turn = told or max((0, 90, 270, 180), key=lambda t: _legible(picture, t))
    if turn == 0:
        return sheet
    return max(sheet, _read(clean.quarter(picture, turn), turn), key=lambda s: s.confidence * min(len(s.words), 20))


def _legible(picture: Picture, quarter: int) -> float:
    """How well a rough look reads the picture when it is turned."""
    small = clean.quarter(Picture(pixels=picture.pixels[::2, ::2], dpi=picture.dpi // 2), quarter)
    seen = tesseract.read(small)
    return sum(w.confidence for w in seen if sum(map(str.isalnum, w.text)) > 2)


def _read(picture: Picture, quarter: int) -> _Sheet:
    skew = clean.skew(clean.ink(picture.pixels))
    straight = clean.turned(picture, skew) if abs(skew) >= clean.FINEST else picture
    straight = clean.brightened(straight)
    straight, dark = clean.without_grain(straight, clean.ink(straight.pixels))
    bare, dark, strokes = wiped(straight, dark)
    columns, rest = zones(bare, strokes)
    parts: dict[int, list[Seen]] = {}
    for index, seen in read_cuttings(bare, columns, tesseract.read):
        parts.setdefault(index, []).append(seen)
    around, dirt = _clear(tesseract.read(rest))
    runs = [[w for w in _without_scraps(_in_reading_order(p)) if not _is_dirt(w)] for p in parts.values()] + [around]
    groups = [g for run in runs for g in figures_of(run)]
    held = {id(w) for g in groups if g.alone for w in g.words}
    words = [w for run in runs for w in run if id(w) not in held]
    marks = _marks(dark, [*words, *(w for g in groups for w in g.words)], groups, columns)
    figures = read_again(bare, dark, [*groups, *marks], decimal_mark([g.text for g in groups]))
    pairs = tuple(zip([*groups, *marks], figures, strict=True))
    unread = sum(1 for group, figure in pairs if not group.text and not figure.text)
    return _Sheet(
        picture=straight,
        quarter=quarter,
        skew=skew,
        strokes=tuple(strokes),
        words=tuple(words),
        figures=pairs,
        unread=unread,
        inked=float(dark.mean()),
        dirt=tuple(dirt),
    )


def _in_reading_order(words: Sequence[Seen]) -> list[Seen]:
    return sorted(words, key=lambda w: (w.line, w.x0))


def _without_scraps(words: Sequence[Seen]) -> list[Seen]:
    """In a column, scraps on a line without text are lone digits that were misread: their ink is read again."""
    wordy = {w.line for w in words if sum(map(str.isalpha, w.text)) > 2}
    return [w for w in words if w.line in wordy or len(w.text) > 2 or is_figure(w.text) or w.text in _SIGNS]


def _clear(words: Sequence[Seen]) -> tuple[list[Seen], list[str]]:
    """The words of the page around its tables, and the lines that are no writing: stamps, signatures, grain."""
    lines: dict[tuple[int, int, int], list[Seen]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    kept: list[Seen] = []
    dirt: list[str] = []
    for held in lines.values():
        good = [w for w in held if not _is_dirt(w)]
        letters = sum(len(w.text) for w in held)
        sure = sum(w.confidence * len(w.text) for w in held) / max(letters, 1)
        written = any(w.confidence > 85 and sum(map(str.isalnum, w.text)) > 3 for w in good)
        if sure < POOR and not written:
            dirt.append(" ".join(w.text for w in held))
            continue
        scraps = [w for w in good if w.confidence < POOR and len(w.text) < 3]
        kept += [w for w in good if w not in scraps]
        lost = [w.text for w in held if w in scraps or w not in good]
        if lost:
            dirt.append(" ".join(lost))
    return kept, dirt


def _is_dirt(word: Seen) -> bool:
    """Marks without a letter, and words that hardly are: signatures, logos, shadows."""
    if _LOOSE.match(word.text):
        return True
    return word.confidence < DIRT and not any(c.isdigit() for c in word.text)


def _marks(dark: Mask, words: Sequence[Seen], groups: Sequence[Group], columns: Sequence[Cutting]) -> list[Group]:
    """Ink in the columns of tables that the first reading passed over, of the height of figures: lone digits."""
    heights = sorted(w.height for g in groups if g.alone for w in g.words)
    if len(heights) < 3:
        return []
    usual = heights[len(heights) // 2]
    left = np.zeros_like(dark)
    for c in columns:
        left[c.top : c.bottom, c.x0 : c.x1] = dark[c.top : c.bottom, c.x0 : c.x1]
    for w in words:
        left[max(0, w.top - 3) : w.bottom + 3, max(0, w.x0 - 3) : w.x1 + 3] = False
    boxes = [
        b
        for b in clean.components(left)
        if 0.6 * usual <= b[3] - b[1] <= 1.6 * usual and 0.1 * usual <= b[2] - b[0] <= 1.5 * usual
    ]
    boxes.sort(key=lambda b: (b[1] // usual, b[0]))
    runs: list[list[tuple[int, int, int, int]]] = []
    for box in boxes:
        last = runs[-1][-1] if runs else None
        if last and abs(last[1] - box[1]) < 0.5 * usual and 0 <= box[0] - last[2] < 0.6 * usual:
            runs[-1].append(box)
        else:
            runs.append([box])
    return [Group(words=(_mark(run),)) for run in runs[:400] if len(run) <= 14]


def _mark(run: Sequence[tuple[int, int, int, int]]) -> Seen:
    return Seen(
        text="",
        x0=min(b[0] for b in run),
        top=min(b[1] for b in run),
        x1=max(b[2] for b in run),
        bottom=max(b[3] for b in run),
        confidence=0.0,
    )


class _Place:
    """From pixels of the straight sheet to points of the page as it is shown."""

    def __init__(self, sheet: _Sheet, wide: int, high: int) -> None:
        self.scale = sheet.picture.scale
        self._angle = math.radians(sheet.skew)
        self._quarter = sheet.quarter % 360
        tall, broad = sheet.picture.pixels.shape
        self._middle = broad / 2, tall / 2
        self._size = wide, high

    def __call__(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        cx, cy = self._middle
        x, y = (x0 + x1) / 2 - cx, (top + bottom) / 2 - cy
        # the sheet was turned against the clock by the angle: turn back with it
        x, y = (
            x * math.cos(self._angle) - y * math.sin(self._angle),
            x * math.sin(self._angle) + y * math.cos(self._angle),
        )
        x, y = x + cx, y + cy
        half_x, half_y = (x1 - x0) / 2, (bottom - top) / 2
        wide, high = self._size
        if self._quarter == 90:
            x, y, half_x, half_y = y, high - x, half_y, half_x
        elif self._quarter == 180:
            x, y = wide - x, high - y
        elif self._quarter == 270:
            x, y, half_x, half_y = wide - y, x, half_y, half_x
        s = self.scale
        return Box(x0=(x - half_x) * s, top=(y - half_y) * s, x1=(x + half_x) * s, bottom=(y + half_y) * s)


def _words(sheet: _Sheet, place: _Place, warp: Warp) -> list[Word]:
    beside = {id(w): figure for group, figure in sheet.figures if not group.alone for w in group.words}
    sizes = _sizes(sheet.words)
    found = []
    for seen in sheet.words:
        figure = beside.get(id(seen))
        told = None if figure is None or not is_figure(seen.text) else figure.verified
        found.append(_word(seen, sizes[id(seen)], place, warp, verified=told))
    return found


def _figure(group: Group, figure: Figure, place: _Place, warp: Warp) -> Word:
    words = group.words
    seen = Seen(
        text=figure.text,
        x0=min(w.x0 for w in words),
        top=min(w.top for w in words),
        x1=max(w.x1 for w in words),
        bottom=max(w.bottom for w in words),
        confidence=0.0,
    )
    word = _word(seen, _em(seen), place, warp, verified=figure.verified)
    return replace(word, other=figure.other)


def _em(seen: Seen) -> float:
    """The size of the type, in pixels, by the height of a word and the letters it is made of."""
    tall = 0.72 if _TALL.search(seen.text) else 0.52
    deep = 0.21 if _DEEP.search(seen.text) else 0.13 if _COMMA.search(seen.text) else 0.0
    return seen.height / (tall + deep)


def _sizes(words: Sequence[Seen]) -> dict[int, float]:
    """One size for the words of each line: a single word says it badly."""
    lines: dict[tuple[object, ...], list[Seen]] = {}
    for word in words:
        lines.setdefault((word.line, word.top // 400), []).append(word)
    found: dict[int, float] = {}
    for held in lines.values():
        ems = sorted(_em(w) for w in held)
        found.update({id(w): ems[len(ems) // 2] for w in held})
    return found


def _word(seen: Seen, em: float, place: _Place, warp: Warp, *, verified: bool | None) -> Word:
    deep = 0.21 if _DEEP.search(seen.text) else 0.13 if _COMMA.search(seen.text) else 0.0
    tall = 0.72 if _TALL.search(seen.text) else 0.52
    middle = (seen.top + seen.bottom) / 2
    base = warp.level((seen.x0 + seen.x1) / 2, middle) + (tall + deep) * em / 2 - deep * em
    scale = place.scale
    return Word(
        text=seen.text,
        x0=seen.x0 * scale,
        top=(base - 0.75 * em) * scale,
        x1=seen.x1 * scale,
        bottom=(base + 0.22 * em) * scale,
        size=em * scale,
        verified=verified,
        crop=place(seen.x0, seen.top, seen.x1, seen.bottom),
    )


def _rule(stroke: Stroke, warp: Warp, scale: float) -> Rule:
    middle_x, middle_y = (stroke.x0 + stroke.x1) / 2, (stroke.top + stroke.bottom) / 2
    if stroke.path and stroke.x1 - stroke.x0 >= stroke.bottom - stroke.top:
        middle_y = sum(y for _, y in stroke.path) / len(stroke.path)
        middle_x = sum(x for x, _ in stroke.path) / len(stroke.path)
        y = warp.level(middle_x, middle_y) * scale
        return Rule(stroke.x0 * scale, y, stroke.x1 * scale, y)
    x = middle_x * scale
    return Rule(x, warp.level(middle_x, stroke.top) * scale, x, warp.level(middle_x, stroke.bottom) * scale)
