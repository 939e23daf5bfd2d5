"""Plain values of a page, in points from the top left corner. No PDF library is known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from index.model import Box


class Glyph(NamedTuple):
    """One printed character, in the order of the file."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    bold: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A run of glyphs without a gap. `starts` holds the x of each character, so that a run can be cut.

    verified: for a figure read from a picture, whether its readings agree; None for print and for words without
    digits. other: the readings that differ. crop: where a word read from a picture stands on the page as it is shown.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str = ""
    bold: bool = False
    order: int = 0  # place in the file's own order
    starts: tuple[float, ...] = ()
    verified: bool | None = None
    other: tuple[str, ...] = ()
    crop: Box | None = None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


class Rule(NamedTuple):
    """A visible horizontal or vertical line; `drawn` is False for the edge of a filled area."""

    x0: float
    top: float
    x1: float
    bottom: float
    drawn: bool = True

    @property
    def vertical(self) -> bool:
        return self.bottom - self.top > self.x1 - self.x0


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """All that is printed on one page. `sideways` words run neither left to right nor, on an upright page, up or down."""

    number: int  # from 1
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    fills: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    sideways: tuple[Word, ...] = ()
    upended: tuple[Word, ...] = ()  # phrases of an upright page that run up or down, each as one word where it stands
    insets: tuple[Box, ...] = ()  # pictures on a printed page whose writing was read by OCR
    pictured: bool = False  # read from a picture by OCR
    blank: bool = False  # a picture of an empty sheet
    dirt: tuple[str, ...] = ()  # what OCR made of stamps, signatures and grain
    unread: int = 0  # marks of such a picture that no reading made out
    turned: int = 0  # degrees the page's text runs against the clock; all boxes here are in the upright frame


def bounds(words: list[Word] | tuple[Word, ...]) -> Box:
    """The smallest box around words; at least one word is needed."""
    if len(words) == 1:
        word = words[0]
        return Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom)
    return Box(  # lists, not generators: this is asked for each line of each page
        x0=min([w.x0 for w in words]),
        top=min([w.top for w in words]),
        x1=max([w.x1 for w in words]),
        bottom=max([w.bottom for w in words]),
    )


def inside(word: Word, box: Box, slack: float = 0.0) -> bool:
    """True when the centre of the word lies in the box."""
    return box.x0 - slack <= word.centre <= box.x1 + slack and box.top - slack <= word.middle <= box.bottom + slack
