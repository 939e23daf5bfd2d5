"""Rulings of a picture: found as long runs of ink, handed on as lines, and wiped off before the letters are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.ocr.clean import Mask, closed, components, lasting
from index.ocr.picture import Grey, Picture

SHORTEST = 0.4  # inches: the least length of a line
PIECE = 0.11  # inches: the least length of its unbroken pieces; the strokes of small letters are shorter
THICKEST = 0.045  # inches: thicker runs are bars and boxes
DOT, HOLE = 1, 6  # pixels without ink inside a piece, and between two pieces


@dataclass(frozen=True, kw_only=True, slots=True)
class Stroke:
    """A line in pixels. path: where a horizontal one runs, as (x, y) from left to right: paper bends."""

    x0: int
    top: int
    x1: int
    bottom: int
    path: tuple[tuple[float, float], ...] = ()


def wiped(picture: Picture, dark: Mask) -> tuple[Picture, Mask, list[Stroke]]:
    """The picture and its ink without rulings, and the rulings."""
    dots = _dotted(dark, picture.dpi)
    dark = dark & ~dots
    flat, across = _lines(dark, picture.dpi)
    tall, down = _lines(dark.T, picture.dpi)
    gone = _wiping(flat, dark) | _wiping(tall, dark.T).T | _fringed(dots)
    pixels: Grey = np.where(gone, np.uint8(255), picture.pixels)
    strokes = [*across, *(Stroke(x0=s.top, top=s.x0, x1=s.bottom, bottom=s.x1) for s in down)]
    return Picture(pixels=pixels, dpi=picture.dpi), dark & ~gone, strokes


def _lines(dark: Mask, dpi: int) -> tuple[Mask, list[Stroke]]:
    """Horizontal lines: their pixels, and one stroke for each."""
    pieces = lasting(closed(dark, DOT), int(PIECE * dpi))
    long = lasting(closed(pieces, HOLE), int(SHORTEST * dpi))
    thick = int(THICKEST * dpi)
    bars = lasting(long.T, thick + 1).T
    kept = long & ~bars
    boxes = [b for b in components(kept) if b[2] - b[0] >= SHORTEST * dpi]
    return kept, [Stroke(x0=b[0], top=b[1], x1=b[2], bottom=b[3], path=_path(kept, b)) for b in boxes]


def _dotted(dark: Mask, dpi: int) -> Mask:
    """The dots of dotted lines (and of leaders): specks that follow each other on one level for most of an inch."""
    low = int(0.018 * dpi)
    specks = np.zeros_like(dark)
    for x0, top, x1, bottom in components(dark):
        if bottom - top <= low:
            specks[top:bottom, x0:x1] = True
    rows = lasting(closed(specks, int(0.05 * dpi)), int(0.8 * dpi))
    return specks & _fringed(rows)


def _fringed(mask: Mask, reach: int = 2) -> Mask:
    """The mask and the pixels right above and beneath it."""
    wide = mask.copy()
    for step in range(1, reach + 1):
        wide[step:] |= mask[:-step]
        wide[:-step] |= mask[step:]
    return wide


def _path(lines: Mask, box: tuple[int, int, int, int]) -> tuple[tuple[float, float], ...]:
    """The middle of a line at up to nine places."""
    x0, top, x1, bottom = box
    part = lines[top:bottom, x0:x1]
    found = []
    for x in np.linspace(0, x1 - x0 - 1, 9).astype(int):
        rows = part[:, x].nonzero()[0]
        if len(rows):
            found.append((float(x0 + x), float(top + rows.mean())))
    return tuple(found)


def _wiping(lines: Mask, dark: Mask) -> Mask:
    """The lines with their frayed edges; where a letter crosses a line, its ink is kept."""
    wide = lines.copy()
    wide[1:] |= lines[:-1]
    wide[:-1] |= lines[1:]
    outside = dark & ~wide
    reach = 3
    above, below = np.zeros_like(dark), np.zeros_like(dark)
    for step in range(1, reach + 1):
        above[step:] |= outside[:-step]
        below[:-step] |= outside[step:]
    return np.asarray(wide & ~(above & below & dark))
