"""What is no table: headings, lists and paragraphs in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.blocks import Heading, ListBlock, Paragraph
from index.pdf.lines import Line, lines_of
from index.pdf.marks import BULLET, PAIR, is_bullet, is_caption, is_value
from index.pdf.values import Word

_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVXLC]+[.)]|[A-Z][.)])\s+\S")
_ITEM = re.compile(r"^(?:\d{1,2}[.)]|[a-z]\)|[ivx]+[.)])\s+\S")
_LETTERED = re.compile(r"^[a-z]\)\s+[^\W\d_]*[a-záéíóúñ]")
_ENDS = (".", ":", ";", "?", "!")


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A block with its place on the page, to be merged with the tables."""

    block: Heading | Paragraph | ListBlock
    top: float
    x0: float
    x1: float


def body_size(words: Sequence[Word]) -> float:
    """The font size most letters have."""
    weights: dict[float, int] = {}
    for word in words:
        size = round(word.size * 2) / 2
        weights[size] = weights.get(size, 0) + len(word.text)
    return max(weights, key=lambda s: (weights[s], s), default=10.0)


_SAMPLED = 12  # pages that tell how large the running text is
_RUNNING = 7  # words of a line of running text, at least
_ENOUGH = 200  # letters


def prose_size(pages: Sequence[Sequence[Word]]) -> float:
    """The font size of the running text: that of most letters in paragraphs, and where there are none, of all.

    Reports with many tables have more letters in their cells, which are smaller: each line of prose beside them would
    look like a heading.
    """
    weights: dict[float, int] = {}
    for words in [p for p in pages if p][:_SAMPLED]:
        lines = lines_of(words)
        runs = [_runs(line) for line in lines]
        for place, line in enumerate(lines):
            beside = (place and runs[place - 1]) or runs[place + 1 : place + 2] == [True]
            if runs[place] and beside:
                size = round(line.size * 2) / 2
                weights[size] = weights.get(size, 0) + len(line.text)
    if sum(weights.values()) < _ENOUGH:
        return body_size([w for words in pages for w in words])
    return max(weights, key=lambda s: (weights[s], s))


def _runs(line: Line) -> bool:
    """Whether a line reads on from side to side, as sentences do and cells do not."""
    letters = sum(c.isalpha() for c in line.text)
    return len(line.chunks) == 1 and len(line.words) >= _RUNNING and letters >= 0.7 * len(line.text) and not _bold(line)


def prose_blocks(page: int, words: Sequence[Word], size: float, breaks: Sequence[float] = ()) -> list[Placed]:
    """Blocks of one flow of text. `breaks` are levels where a table stands: no block runs across one."""
    groups: list[list[Line]] = []
    for line in lines_of(words):
        if groups and _continues(groups[-1], line, size, breaks):
            groups[-1].append(line)
        else:
            groups.append([line])
    found: list[Placed] = []
    for group in groups:
        block = _block(page, group, size)
        last = found[-1].block if found else None
        if isinstance(block, ListBlock) and isinstance(last, ListBlock):
            merged = ListBlock(items=last.items + block.items, page=page)
            found[-1] = replace(found[-1], block=merged)
        else:
            x0, x1 = min(line.x0 for line in group), max(line.x1 for line in group)
            found.append(Placed(block=block, top=group[0].top, x0=x0, x1=x1))
    return found


def _bold(line: Line) -> bool:
    return all(w.bold for w in line.words)


def is_heading(lines: Sequence[Line], size: float) -> bool:
    """Larger, bold or upper-case text that is short and no sentence."""
    text = " ".join(line.text for line in lines)
    if len(text.split()) > 22 or len(lines) > 3 or not any(c.isalpha() for c in text) or is_bullet(text):
        return False
    if _LETTERED.match(text):
        return False  # "a) …": an item, whatever its letters look like
    if text.endswith((".", ";", ",")) and not _NUMBERED.match(text):
        return False
    if PAIR.match(text) and not is_caption(text):
        return False
    large = min(w.size for line in lines for w in line.words) >= 1.12 * size
    upper = text.upper() == text and len(text) > 3
    return large or upper or (all(_bold(line) for line in lines) and not text.endswith(":"))


def _level(lines: Sequence[Line], size: float) -> int:
    largest = max(line.size for line in lines)
    if largest >= 1.35 * size:
        return 1
    if largest >= 1.12 * size:
        return 2
    return 3


def _continues(group: list[Line], line: Line, size: float, breaks: Sequence[float]) -> bool:
    last = group[-1]
    if any(last.middle < y <= line.middle for y in breaks):
        return False
    gap = line.top - last.bottom
    if gap > 0.85 * max(last.size, line.size) or gap < -2.5 * line.size:
        return False
    if abs(line.size - last.size) > 0.15 * size or is_bullet(line.text):
        return False
    if is_heading(group, size) != is_heading([line], size):
        return is_heading(group, size) is False and not _bold(line) and len(group) > 0 and not is_heading([line], size)
    if is_heading(group, size):
        return gap < 0.6 * line.size
    if _ITEM.match(line.text) and (_ITEM.match(group[0].text) or last.text.endswith(_ENDS)):
        return False
    bulleted = is_bullet(group[0].text)
    if bulleted and line.x0 < group[0].x0 + 2 and len(group[0].chunks[0].text) > 2 and last.text.endswith(_ENDS):
        return False
    indented = line.x0 > last.x0 + 1.2 * line.size and len(group) > 1
    width = max(li.x1 for li in group) - min(li.x0 for li in group)
    short = last.x1 < max(li.x1 for li in group) - 0.15 * width and len(group) > 1
    return not (last.text.endswith(_ENDS) and (indented or short) and not bulleted)


def _block(page: int, group: list[Line], size: float) -> Heading | Paragraph | ListBlock:
    text = joined_text(group)
    if is_bullet(text):
        return ListBlock(items=(BULLET.sub("", text).strip() or text,), page=page)
    if is_heading(group, size):
        return Heading(text=text, level=_level(group, size), page=page)
    if _ITEM.match(text):
        return ListBlock(items=(text,), page=page)
    return Paragraph(text=text, page=page)


def joined_text(group: Sequence[Line]) -> str:
    """Lines as one text; a word cut by a hyphen at a line's end is made whole again."""
    text = ""
    for line in group:
        if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and line.text[:1].islower():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    return text


def heading_or_text(lines: Sequence[Sequence[Word]]) -> str:
    """Caption lines as one text, line by line."""
    return "\n".join(" ".join(w.text for w in line) for line in lines)


def block_text(block: Heading | Paragraph | ListBlock) -> str:
    return " ".join(block.items) if isinstance(block, ListBlock) else block.text


def is_loose(block: Heading | Paragraph | ListBlock) -> bool:
    """Figures without words: what a chart prints on its axes and bars. Nobody can say what they measure."""
    words = block_text(block).split()
    figures = sum(is_value(w) for w in words)
    return bool(figures) and figures >= 0.8 * len(words)
