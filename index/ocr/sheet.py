"""Cuttings of a picture pasted one under the other, so that one run of Tesseract reads them all, each on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.ocr.clean import Mask
from index.ocr.picture import Grey, Picture
from index.ocr.tesseract import Seen

TALLEST = 24_000  # pixels of one sheet: Tesseract takes no picture over 32,767
MARGIN = 24
NARROW, TOGETHER = 2.5, 8  # a cutting this many heights wide is narrow; so many narrow ones share a row


@dataclass(frozen=True, kw_only=True, slots=True)
class Cutting:
    """A rectangle of a picture, in pixels; x1 and bottom exclusive."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, kw_only=True)
class _Pasted:
    index: int
    cutting: Cutting
    left: int  # on the sheet, as the top
    top: int
    scale: float

    def holds(self, seen: Seen, slack: float) -> bool:
        x, y = (seen.x0 + seen.x1) / 2 - self.left, (seen.top + seen.bottom) / 2 - self.top
        wide, high = self.cutting.width * self.scale, self.cutting.height * self.scale
        return -slack <= x < wide + slack and -slack <= y < high + slack


def read_cuttings(
    picture: Picture,
    cuttings: Sequence[Cutting],
    reader: Callable[[Picture], list[Seen]],
    *,
    height: int | None = None,
    gap: int = 30,
    strays: Sequence[Mask] = (),
) -> Iterator[tuple[int, Seen]]:
    """What `reader` sees in each cutting: its index and the word, in pixels of the picture.

    height: cuttings are drawn to this height, as they are when None. gap: white between two of them. strays: for each
    cutting, the pixels that do not belong to it, drawn white.
    """
    for pasted in _sheets(cuttings, height, gap):
        sheet = _drawn(picture, pasted, strays)
        for seen in reader(sheet):
            home = next((p for p in pasted if p.holds(seen, gap / 2)), None)
            if home is not None:
                yield home.index, _back(seen, home)


def _sheets(cuttings: Sequence[Cutting], height: int | None, gap: int) -> Iterator[list[_Pasted]]:
    """Where each cutting goes. Those drawn to one height and narrow share a row: a digit alone is taken for dirt."""
    held: list[_Pasted] = []
    left, level, below, shared = MARGIN, MARGIN, MARGIN, 0
    for index, cutting in enumerate(cuttings):
        scale = 1.0 if height is None else height / max(cutting.height, 1)
        tall, wide = round(cutting.height * scale), round(cutting.width * scale)
        narrow = height is not None and wide <= NARROW * height
        if not (narrow and 0 < shared < TOGETHER):
            left, level, shared = MARGIN, below, 0
        if held and level + tall + MARGIN > TALLEST:
            yield held
            held, left, level, shared = [], MARGIN, MARGIN, 0
        held.append(_Pasted(index=index, cutting=cutting, left=left, top=level, scale=scale))
        left += wide + 2 * gap
        shared = shared + 1 if narrow else 0
        below = level + tall + gap
    if held:
        yield held


def _drawn(picture: Picture, pasted: Sequence[_Pasted], strays: Sequence[Mask]) -> Picture:
    from PIL import Image  # noqa: PLC0415 - heavy

    parts: list[Grey] = []
    for item in pasted:
        c = item.cutting
        part = picture.pixels[c.top : c.bottom, c.x0 : c.x1]
        if strays:
            part = np.where(strays[item.index], np.uint8(255), part)
        if item.scale != 1:
            size = max(1, round(c.width * item.scale)), max(1, round(c.height * item.scale))
            part = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BICUBIC), dtype=np.uint8)
        parts.append(part)
    wide = max(item.left + part.shape[1] for item, part in zip(pasted, parts, strict=True)) + MARGIN
    high = max(item.top + part.shape[0] for item, part in zip(pasted, parts, strict=True)) + MARGIN
    sheet: Grey = np.full((high, wide), 255, dtype=np.uint8)
    for item, part in zip(pasted, parts, strict=True):
        sheet[item.top : item.top + part.shape[0], item.left : item.left + part.shape[1]] = part
    return Picture(pixels=sheet, dpi=picture.dpi)


def _back(seen: Seen, home: _Pasted) -> Seen:
    c, s = home.cutting, home.scale
    return Seen(
        text=seen.text,
        x0=c.x0 + round((seen.x0 - home.left) / s),
        top=c.top + round((seen.top - home.top) / s),
        x1=c.x0 + round((seen.x1 - home.left) / s),
        bottom=c.top + round((seen.bottom - home.top) / s),
        confidence=seen.confidence,
        line=seen.line,
    )
