"""Where to read apart: between the vertical rulings of a table each column, then the page around the tables.

A photographed sheet is never flat: lines of neighbouring columns that are level on paper are not level on the picture,
and read across they spoil each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.ocr.picture import Picture
from index.ocr.rulings import Stroke
from index.ocr.sheet import Cutting

NEAR = 0.06  # inches: ends of rulings this close are one level
LEAST = 0.1  # inches: no line of text is lower or narrower


def zones(picture: Picture, strokes: Sequence[Stroke]) -> tuple[list[Cutting], Picture]:
    """The columns inside nets of rulings, and the picture of all the rest."""
    near, least = NEAR * picture.dpi, LEAST * picture.dpi
    tall = [s for s in strokes if s.bottom - s.top > s.x1 - s.x0]
    flat = [s for s in strokes if s.bottom - s.top <= s.x1 - s.x0]
    cuttings: list[Cutting] = []
    for net in _nets(tall, flat, near):
        cuttings.extend(c for c in _columns(net, near) if c.height >= least and c.width >= least)
    rest = picture.pixels.copy()
    for c in cuttings:
        rest[c.top : c.bottom, c.x0 : c.x1] = 255
    return cuttings, Picture(pixels=np.ascontiguousarray(rest), dpi=picture.dpi)


def _nets(tall: Sequence[Stroke], flat: Sequence[Stroke], near: float) -> list[list[Stroke]]:
    """Vertical rulings that horizontal ones tie together, two or more."""
    groups = [{i} for i in range(len(tall))]
    for line in flat:
        met = [
            i
            for i, s in enumerate(tall)
            if line.x0 - near <= (s.x0 + s.x1) / 2 <= line.x1 + near
            and s.top - near <= (line.top + line.bottom) / 2 <= s.bottom + near
        ]
        joined = [g for g in groups if g & set(met)]
        if len(joined) > 1:
            groups = [g for g in groups if g not in joined] + [set().union(*joined)]
    return [[tall[i] for i in sorted(g)] for g in groups if len(g) > 1]


def _columns(net: Sequence[Stroke], near: float) -> list[Cutting]:
    """Columns of a net; where a ruling ends or starts, columns end and others start."""
    levels: list[float] = []
    for y in sorted({float(y) for s in net for y in (s.top, s.bottom)}):
        if not levels or y - levels[-1] > near:
            levels.append(y)
    found: list[Cutting] = []
    for top, bottom in pairwise(levels):
        middle = (top + bottom) / 2
        through = sorted((s for s in net if s.top <= middle <= s.bottom), key=lambda s: s.x0)
        for left, right in pairwise(through):
            x0, x1 = (left.x0 + left.x1) // 2, (right.x0 + right.x1) // 2 + 1  # figures may touch a ruling
            same = next((c for c in found if _goes_on(c, x0, x1, top, near)), None)
            if same is not None:
                found.remove(same)
                found.append(Cutting(x0=min(same.x0, x0), top=same.top, x1=max(same.x1, x1), bottom=int(bottom)))
            else:
                found.append(Cutting(x0=x0, top=int(top), x1=x1, bottom=int(bottom)))
    return found


def _goes_on(column: Cutting, x0: int, x1: int, top: float, near: float) -> bool:
    return abs(column.x0 - x0) <= near and abs(column.x1 - x1) <= near and column.bottom >= top - 1
