"""Pages printed sideways: their ink is turned upright for reading, boxes are turned back for the screen."""

from __future__ import annotations

from index.model import Box
from index.pdf.values import Glyph, Rule


def direction(matrix: tuple[float, ...]) -> int:
    """Degrees by which a glyph's line is turned against the clock: 0, 90, 180, 270; -1 for slanted text."""
    a, b, c, d = matrix[:4]
    if abs(b) <= 0.15 * abs(a) and abs(c) <= 0.4 * abs(d):  # c leans in italics
        return 0 if a > 0 else 180
    if abs(a) <= 0.15 * abs(b):
        return 90 if b > 0 else 270
    return -1


def turn(box: Box, angle: int, width: float, height: float) -> Box:
    """A box of a page of the given size, in the frame where text of that direction runs left to right."""
    if angle == 90:
        return Box(x0=height - box.bottom, top=box.x0, x1=height - box.top, bottom=box.x1)
    if angle == 270:
        return Box(x0=box.top, top=width - box.x1, x1=box.bottom, bottom=width - box.x0)
    if angle == 180:
        return Box(x0=width - box.x1, top=height - box.bottom, x1=width - box.x0, bottom=height - box.top)
    return box


def turn_back(box: Box, angle: int, width: float, height: float) -> Box:
    """The inverse of `turn`; width and height are those of the turned frame."""
    return turn(box, {90: 270, 270: 90}.get(angle, angle), width, height)


def turned_glyph(glyph: Glyph, angle: int, width: float, height: float) -> Glyph:
    box = turn(Box(x0=glyph.x0, top=glyph.top, x1=glyph.x1, bottom=glyph.bottom), angle, width, height)
    return glyph._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def turned_rule(rule: Rule, angle: int, width: float, height: float) -> Rule:
    box = turn(Box(x0=rule.x0, top=rule.top, x1=rule.x1, bottom=rule.bottom), angle, width, height)
    return Rule(box.x0, box.top, box.x1, box.bottom, rule.drawn)
