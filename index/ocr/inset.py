"""Pictures on printed pages: those that show writing are read where they stand, photographs and logos are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.model import Box
from index.ocr.page import read_page
from index.ocr.picture import Grey, Picture
from index.pdf.lines import lines_of
from index.pdf.tables import page_tables
from index.pdf.values import Ink, Rule, Word, inside

INSET_DPI = 200  # pictures are pasted at 96 to 200: finer pixels hold no more and take twice the time
SMALLEST, LARGEST = 0.025, 0.9  # share of the page: smaller is a logo, larger is the ground of the page
PAPER = 0.55  # share of the pixels of a table that are as light as its paper; photographs and maps have fewer
INKED = 0.004, 0.30  # share that is dark
LETTERS = 24  # in words of three and more: fewer are the marks of a drawing
LINES, WORDS = 4, 6  # so many lines of so many words are prose; fewer are the title and the names of a chart


def insets(ink: Ink) -> list[Box]:
    """The pictures of a page that may show writing: of some size, and nothing printed over them."""
    area = max(ink.width * ink.height, 1.0)
    found: list[Box] = []
    for box in dict.fromkeys(ink.images):
        share = (box.x1 - box.x0) * (box.bottom - box.top) / area
        if SMALLEST <= share < LARGEST and not any(inside(w, box) for w in ink.words):
            found.append(box)
    return found


def with_insets(ink: Ink, whole: Picture, boxes: Sequence[Box]) -> Ink:
    """The page with what its pictures say. Those without writing stay pictures. `whole`: the page as it is shown.

    Raises OcrError when Tesseract fails.
    """
    read: dict[Box, Ink] = {}
    for box in boxes:
        part = _cut(whole, box)
        if part is None:
            continue
        said = read_page(part, ink.number)
        upright = abs(said.width - (box.x1 - box.x0)) < 0.1 * said.width
        if upright and _is_writing(said):
            read[box] = said
    words: list[Word] = []
    rules: list[Rule] = []
    for box, said in read.items():
        words.extend(_moved(w, box, len(ink.words) + len(words) + i) for i, w in enumerate(said.words))
        rules.extend(
            Rule(r.x0 + box.x0, r.top + box.top, r.x1 + box.x0, r.bottom + box.top, r.drawn) for r in said.rules
        )
    return replace(
        ink,
        words=(*ink.words, *words),
        rules=(*ink.rules, *rules),
        images=tuple(i for i in ink.images if i not in read),
        insets=tuple(read),
        dirt=tuple(text for said in read.values() for text in said.dirt),
        unread=sum(said.unread for said in read.values()),
    )


def _is_writing(said: Ink) -> bool:
    """A table or lines of prose. The labels of a chart are read too, but what they name cannot be told."""
    if sum(len(w.text) for w in said.words if len(w.text) > 2 and w.text.isalpha()) < LETTERS:
        return False
    if any(d.rows > 2 and d.columns > 1 for d in page_tables(said, said.words).drafts):
        return True
    return sum(len(line.words) >= WORDS for line in lines_of(said.words)) >= LINES


def _cut(whole: Picture, box: Box) -> Picture | None:
    """The pixels of a box when they look like writing on paper."""
    high, wide = whole.pixels.shape
    per = 1 / whole.scale
    top, bottom = max(0, int(box.top * per)), min(high, int(box.bottom * per))
    left, right = max(0, int(box.x0 * per)), min(wide, int(box.x1 * per))
    pixels = whole.pixels[top:bottom, left:right]
    if min(pixels.shape) < 40 or not _on_paper(pixels):
        return None
    return Picture(pixels=pixels, dpi=whole.dpi)


def _on_paper(pixels: Grey) -> bool:
    """Most pixels near one light grey, a few dark ones."""
    light = int(np.percentile(pixels, 80))
    paper = float((np.abs(pixels.astype(np.int16) - light) <= 24).mean())
    dark = float((pixels < light - 80).mean())
    return light > 150 and paper >= PAPER and INKED[0] <= dark <= INKED[1]


def _moved(word: Word, box: Box, order: int) -> Word:
    crop = word.crop
    return replace(
        word,
        x0=word.x0 + box.x0,
        x1=word.x1 + box.x0,
        top=word.top + box.top,
        bottom=word.bottom + box.top,
        order=order,
        crop=crop
        and Box(x0=crop.x0 + box.x0, top=crop.top + box.top, x1=crop.x1 + box.x0, bottom=crop.bottom + box.top),
    )
