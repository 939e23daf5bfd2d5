"""Pixels before they are read: which are ink, how the sheet lies, and where its rulings run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.ocr.picture import Grey, Picture

Mask = NDArray[np.bool_]
STEEPEST = 8.0  # degrees: a sheet that lies more askew was turned on purpose
FINEST = 0.05
GRAINY = 5.0  # spread of the greys of paper that was scanned with grain
SPECK = 12  # pixels: less is grain, or a point
BESIDE = 6  # pixels between a point and its digit
DARK = 120  # grey that is darker than any tinted paper


def ink(pixels: Grey) -> Mask:
    """Dark pixels: darker than most of their neighbourhood, so that shadows and tinted paper stay paper."""
    from scipy import ndimage  # noqa: PLC0415 - heavy

    side = max(15, min(pixels.shape) // 40) | 1
    grey = pixels.astype(np.float32)
    mean = ndimage.uniform_filter(grey, side)
    spread = np.sqrt(np.maximum(ndimage.uniform_filter(grey * grey, side) - mean * mean, 0))
    level = mean * (1 + 0.25 * (spread / 128 - 1))
    return np.asarray((pixels < level) & (pixels < 200))


def components(mask: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes (x0, top, x1, bottom; the last two exclusive) around what hangs together, diagonals included."""
    from scipy import ndimage  # noqa: PLC0415 - heavy

    labels, _ = ndimage.label(mask, structure=np.ones((3, 3), dtype=np.int8))
    found = ndimage.find_objects(labels)
    return [(s[1].start, s[0].start, s[1].stop, s[0].stop) for s in found if s is not None]


def without_grain(picture: Picture, dark: Mask) -> tuple[Picture, Mask]:
    """A noisy sheet with white paper: specks are no letters, and they cost the reader minutes. Others as they are."""
    from scipy import ndimage  # noqa: PLC0415 - heavy

    near = ndimage.binary_dilation(dark, iterations=3)
    paper = picture.pixels[~near]
    if not paper.size or float(paper.std()) < GRAINY:
        return picture, dark
    labels, count = ndimage.label(dark, structure=np.ones((3, 3), dtype=np.int8))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    large = (sizes > SPECK)[labels]
    kept = large | (dark & ndimage.binary_dilation(large, iterations=BESIDE))  # decimal points stand beside digits
    near = ndimage.binary_dilation(kept, iterations=3)
    return Picture(pixels=np.where(near, picture.pixels, np.uint8(255)), dpi=picture.dpi), np.asarray(kept)


def brightened(picture: Picture) -> Picture:
    """The picture with its dark boxes turned into paper: headers are often white on black."""
    from scipy import ndimage  # noqa: PLC0415 - heavy

    side = max(5, picture.dpi // 10)
    dark = ndimage.uniform_filter((picture.pixels < DARK).astype(np.float32), side) > 0.6
    pixels = picture.pixels.copy()
    for x0, top, x1, bottom in components(dark):
        if bottom - top >= side and x1 - x0 >= 3 * side:
            box = pixels[max(0, top - side // 4) : bottom + side // 4, max(0, x0 - side // 4) : x1 + side // 4]
            box[:] = 255 - box
    return Picture(pixels=pixels, dpi=picture.dpi)


def skew(dark: Mask) -> float:
    """Degrees by which lines of text fall to the right (negative: rise); 0 when the sheet shows no lines.

    The angle at which the ink gathers best in rows.
    """
    step = max(1, dark.shape[1] // 900)
    rows, columns = np.nonzero(dark[::step, ::step])
    if len(rows) < 200:
        return 0.0
    if len(rows) > 120_000:
        rows, columns = rows[:: len(rows) // 120_000 + 1], columns[:: len(columns) // 120_000 + 1]
    height = dark.shape[0] // step + dark.shape[1] // step

    def gathered(angle: float) -> float:
        shifted = rows - columns * np.tan(np.radians(angle))
        counts = np.bincount((shifted - shifted.min()).astype(np.int64), minlength=height).astype(np.float64)
        return float(np.square(np.diff(counts)).sum())

    best, reach = 0.0, STEEPEST
    for width in (0.5, 0.1, FINEST):
        angles = np.arange(best - reach, best + reach + width / 2, width)
        best = float(max(angles, key=gathered))
        reach = width
    return best if abs(best) < STEEPEST else 0.0


def turned(picture: Picture, angle: float) -> Picture:
    """The picture turned about its middle so that lines that fall by `angle` degrees lie level."""
    from PIL import Image  # noqa: PLC0415 - heavy

    image = Image.fromarray(picture.pixels)
    level = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return Picture(pixels=np.asarray(level, dtype=np.uint8), dpi=picture.dpi)


def quarter(picture: Picture, degrees: int) -> Picture:
    """The picture turned with the clock by a multiple of 90 degrees."""
    return Picture(pixels=np.ascontiguousarray(np.rot90(picture.pixels, -(degrees // 90) % 4)), dpi=picture.dpi)


def lasting(dark: Mask, length: int) -> Mask:
    """Pixels of horizontal runs of at least `length` pixels (an opening of the mask by a line)."""
    high, wide = dark.shape
    if length >= wide:
        return np.zeros_like(dark)
    sums = np.zeros((high, wide + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) == length  # a run starts here
    marks = np.zeros((high, wide + 1), dtype=np.int32)
    marks[:, : wide - length + 1] += full
    marks[:, length : length + full.shape[1]] -= full
    return np.asarray(np.cumsum(marks, axis=1)[:, :wide] > 0)


def closed(dark: Mask, gap: int) -> Mask:
    """The mask with horizontal gaps of up to `gap` pixels filled: printed lines are dotted with paper."""
    return ~lasting(~dark, gap + 1)
