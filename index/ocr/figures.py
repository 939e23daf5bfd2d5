"""Every figure is read three times, and trusted where no reading says otherwise.

The first reading reads the page for its words. The others read the figures alone: cut out with room for a sign before
them, drawn larger, by two models that may answer with digits only. What they dispute is left to the table's arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.ocr import tesseract
from index.ocr.clean import Mask, components
from index.ocr.picture import Picture
from index.ocr.sheet import Cutting, read_cuttings
from index.ocr.tesseract import Seen

ONLY = "0123456789.,-()%$"
SURE = 30.0  # confidence below which a reading says nothing
HEIGHTS = (46, 62)  # pixels to which figures are drawn for the second and the third reading
_FIGURE = re.compile(r"^[\[({|*]*[-–—−]*\s*[$QLSB/.]{0,3}\s*[-–—−(]*\d[\d.,'’\s]*\)?\s*%?\s*[-)\]}|*]*$")
_LOOKS = str.maketrans("OoQDlI|íiSsBGZзОЗ", "00001111155862303"[:17])
_DATE = re.compile(r"^\W*\d{1,4}([/.:-])\d{1,2}(?:\1\d{1,4})?\W*$")
_THREE = re.compile(r"^\d{3}(?:[.,].*)?$")
_DASH = re.compile(r"[–—−~_]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A figure of a picture. other: what the readings that differ say. verified: two readings agree."""

    text: str
    place: Cutting
    verified: bool
    other: tuple[str, ...] = ()


def is_figure(text: str) -> bool:
    """Whether a word is a number, or digits with one or two letters that look like digits."""
    if not any(c.isdigit() for c in text):
        return False
    plain = _DASH.sub("-", text)
    if _FIGURE.match(plain):
        return True
    digits, letters = sum(c.isdigit() for c in text), sum(c.isalpha() for c in text)
    if digits * 4 < 3 * (digits + letters) or _DATE.match(text):
        return False
    long = digits > 4 and letters < 2 and len(re.findall(r"[.,]", text)) > 1
    return bool(_FIGURE.match(plain.translate(_LOOKS))) or long


def normal(text: str) -> str:
    """Digits with their marks, as one writes them: no spaces, one kind of dash, no stray bars and points around."""
    text = _DASH.sub("-", text.replace("’", "'").replace(" ", ""))
    text = re.sub(r"[^0-9.,'()%$-]", "", text)
    text = re.sub(r"^[.,']+|[.,']+$", "", text)
    return re.sub(r"^-+", "-", text)


def same(one: str, two: str) -> bool:
    """Whether two readings are one figure: its digits, its sign, and where its decimals start."""
    return _essence(one) == _essence(two) and any(c.isdigit() for c in one)


def _essence(text: str) -> tuple[str, int, bool, bool]:
    body = normal(text)
    negative = _negative(text)
    digits = re.sub(r"\D", "", body)
    last = re.search(r"[.,](\d+)\D*$", body)
    return digits, len(last[1]) if last else 0, negative, body.endswith("%")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The words of one figure. alone: no word of text stands beside it, so it may carry a sign or percent apart."""

    words: tuple[Seen, ...]
    alone: bool = True
    dashed: bool = False  # a dash stands apart behind it: its sign, or a speck

    @property
    def text(self) -> str:
        return "".join(w.text for w in self.words)


def figures_of(words: Sequence[Seen]) -> list[Group]:
    """The figures among the words of one column or page, in reading order; torn ones together ("77.840.567, 54")."""
    runs: list[list[Seen]] = []
    for word in words:
        if runs and _torn(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    found = []
    for index, run in enumerate(runs):
        if run and any(is_figure(w.text) for w in run):
            before = runs[index - 1][-1] if index and runs[index - 1] else None
            after = runs[index + 1][0] if index + 1 < len(runs) else None
            dashed = after is not None and _DASH.sub("-", after.text) == "-" and _beside(run[-1], after, after)
            if dashed:
                runs[index + 1] = []
                after = runs[index + 2][0] if index + 2 < len(runs) else None
            clear = not (_beside(before, run[0], before) or _beside(run[-1], after, after))
            found.append(Group(words=tuple(run), alone=clear, dashed=dashed))
    return found


def _beside(left: Seen | None, right: Seen | None, other: Seen | None) -> bool:
    """Whether `other`, one of two neighbours, is text that stands beside a figure: not a sign of its own."""
    if left is None or right is None or other is None or left.line != right.line:
        return False
    sign = other.text in ("%", ")") if other is right else not any(c.isalnum() for c in other.text)
    return not sign and right.x0 - left.x1 < 1.2 * max(left.height, right.height)


def _torn(left: Seen, right: Seen) -> bool:
    sign = left.text in {"-", "—", "–", "("}
    if left.line != right.line or not is_figure(right.text) or not (is_figure(left.text) or sign):
        return False
    gap = right.x0 - left.x1
    ends = left.text[-1] in ".,"
    if not -2 <= gap <= (1.0 if ends else 0.55) * max(left.height, right.height):
        return False
    return sign or ends or left.text[-1] in "-—–(" or right.text[0] in ".,)%" or bool(_THREE.match(right.text))


def read_again(picture: Picture, dark: Mask, groups: Sequence[Group], decimal: str | None = None) -> list[Figure]:
    """The figures of the groups, each read twice more. decimal: the mark that most figures use."""
    if not groups:
        return []
    heights = sorted(w.height for g in groups for w in g.words if g.alone) or [w.height for w in groups[0].words]
    usual = heights[len(heights) // 2]
    places = [_place(dark, group, usual) for group in groups]
    strays = [_strays(dark, g, p) for g, p in zip(groups, places, strict=True)]
    dashed = [g.alone and (g.dashed or _signed(dark, p, s)) for g, p, s in zip(groups, places, strays, strict=True)]
    second = _readings(picture, places, strays, HEIGHTS[0], language="eng")
    third = _readings(picture, places, strays, HEIGHTS[1], language="spa")
    found = []
    for i, group in enumerate(groups):
        readings = [r for r in (group.text, second[i], third[i]) if r]
        found.append(_settled(places[i], readings, dashed=dashed[i], decimal=decimal))
    return found


def _settled(place: Cutting, readings: list[str], *, dashed: bool, decimal: str | None) -> Figure:
    """What the readings come to: verified when there are two or more and all say the same."""
    unlike: list[str] = []
    for reading in readings:
        if not any(same(reading, u) for u in unlike):
            unlike.append(reading)
    counts = [sum(same(r, u) for r in readings) for u in unlike]
    ranked = [u for _, u in sorted(zip(counts, unlike, strict=True), key=lambda pair: -pair[0])]
    best = ranked[0] if ranked else ""
    verified = len(unlike) == 1 and len(readings) > 1 and not (dashed and not _negative(best))
    texts = [
        regular(min((r for r in readings if same(r, u)), key=lambda r: not _regular(normal(r))), decimal)
        for u in ranked
    ]
    signs = [f"-{t}" for t in texts if dashed and not _negative(t)] + [t.strip("-") for t in texts if _negative(t)]
    other = [*texts[1:], *signs]  # a speck before a figure looks like its sign
    return Figure(text=texts[0] if texts else "", place=place, verified=verified, other=tuple(other))


def _negative(text: str) -> bool:
    return normal(text).startswith(("-", "(", "$-")) or normal(text).endswith("-")


def regular(text: str, decimal: str | None) -> str:
    """A reading with the marks that its digits call for: groups of three, decimals after the page's own mark."""
    body = normal(text)
    if _regular(body):
        return body
    parts = re.split(r"[.,]", re.sub(r"[^\d.,]", "", body))
    if decimal is None or len(parts) < 2 or not 1 <= len(parts[0]) <= 3 or any(len(p) != 3 for p in parts[1:-1]):
        return body
    group = "." if decimal == "," else ","
    number = parts[0] + "".join((group if len(p) == 3 else decimal) + p for p in parts[1:])
    first, last = re.search(r"\d", body), re.search(r"\d(?=\D*$)", body)
    return body[: first.start()] + number + body[last.end() :] if first and last else body


def decimal_mark(texts: Sequence[str]) -> str | None:
    """The mark before the decimals of most figures of a page that has one kind of them."""
    marks = [m[1] for t in texts if (m := re.search(r"\d([.,])\d{1,2}\D*$", normal(t)))]
    for mark in ".,":
        if len(marks) > 2 and marks.count(mark) >= 0.9 * len(marks):
            return mark
    return None


def _regular(text: str) -> bool:
    body = re.sub(r"[^\d.,']", "", text)
    return bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:[.,]\d+)?", body))


def _place(dark: Mask, group: Group, usual: int) -> Cutting:
    """The cutting of a figure: all its ink, and on each side room for a sign that was not seen."""
    high, wide = dark.shape
    x0, x1 = min(w.x0 for w in group.words), max(w.x1 for w in group.words)
    top, bottom = min(w.top for w in group.words), max(w.bottom for w in group.words)
    tall = min(max(bottom - top, usual // 2), 2 * usual)
    middle = (top + bottom) // 2
    top, bottom = max(0, middle - tall // 2 - tall // 5), min(high, middle + tall // 2 + tall // 4)
    if group.alone:
        x0, x1 = _room(dark, x0, top, bottom, tall, -1), _room(dark, x1, top, bottom, tall, 1)
    return Cutting(x0=max(0, x0 - 3), top=top, x1=min(wide, x1 + 3), bottom=bottom)


def _strays(dark: Mask, group: Group, place: Cutting) -> Mask:
    """What reaches into the cutting from the lines above and beneath, with its grey seam."""
    part = dark[place.top : place.bottom, place.x0 : place.x1]
    found = np.zeros_like(part)
    top, bottom = (min(w.top for w in group.words) - place.top, max(w.bottom for w in group.words) - place.top)
    quarter = max(2, (bottom - top) // 4)
    for x0, y0, x1, y1 in components(part):
        at_edge = y0 == 0 or y1 == part.shape[0]
        if at_edge and (y1 <= top + quarter or y0 >= bottom - quarter):
            found[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = True
    return found


def _room(dark: Mask, edge: int, top: int, bottom: int, tall: int, step: int) -> int:
    """How far the cutting goes on beyond an edge: over one sign, up to the white before the next word."""
    wide = dark.shape[1]
    reach = int(1.1 * tall)
    start, stop = (max(0, edge - reach), edge) if step < 0 else (edge, min(wide, edge + reach))
    inked = np.asarray(dark[top:bottom, start:stop].any(axis=0))
    white = max(2, tall // 3)
    run = 0
    span = range(len(inked) - 1, -1, -1) if step < 0 else range(len(inked))
    reached, seen = 0, False
    for count, x in enumerate(span):
        if inked[x]:
            if seen and run >= white:
                break
            seen, run = True, 0
        else:
            run += 1
        reached = count + 1
    return edge + step * reached


def _signed(dark: Mask, place: Cutting, strays: Mask) -> bool:
    """Whether a dash stands before the figure: wide, flat, at half height."""
    part = dark[place.top : place.bottom, place.x0 : place.x1] & ~strays
    tall = place.height
    columns = np.asarray(part.any(axis=0))
    if not columns.any():
        return False
    first = int(columns.argmax())
    end = first
    while end < part.shape[1] and columns[end]:
        end += 1
    blob = np.asarray(part[:, first:end].any(axis=1))
    rows = blob.nonzero()[0]
    thick, wide = int(rows[-1] - rows[0] + 1), end - first
    middle = (rows[0] + rows[-1]) / 2 / tall
    return wide >= 1.5 * thick and thick <= 0.25 * tall and wide >= 0.15 * tall and 0.3 < middle < 0.72


def _readings(
    picture: Picture, places: Sequence[Cutting], strays: Sequence[Mask], height: int, *, language: str
) -> list[str | None]:
    """What one reader sees in each cutting."""
    if not places:
        return []
    parts: dict[int, list[Seen]] = {}
    known = language if language in tesseract.languages() else "spa"
    for index, seen in read_cuttings(
        picture,
        places,
        lambda sheet: tesseract.read(sheet, language=known, only=ONLY),
        height=height,
        gap=height // 2,
        strays=strays,
    ):
        parts.setdefault(index, []).append(seen)
    found: list[str | None] = []
    for index in range(len(places)):
        held = sorted(parts.get(index, ()), key=lambda s: s.x0)
        text = normal("".join(s.text for s in held))
        certain = held and min(s.confidence for s in held) >= SURE
        found.append(text if certain and any(c.isdigit() for c in text) else None)
    return found
