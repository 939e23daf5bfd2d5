"""Words to lines and chunks: a chunk is a run of words that belongs together, a line holds chunks of one level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.pdf.marks import is_currency, is_mark, is_number
from index.pdf.values import Word, bounds

TEXT_GAP = 0.75  # of the font size: a wider gap between words of text starts a new chunk
EDGE_GAP = 0.4  # the same where a column border stands in the gap
FLUSH = 0.15  # by how much a label set flush with its figures may miss their edge
MIXED_GAP = 0.65  # the same between a figure and a word


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    number: bool  # a figure
    mark: bool  # a dash or another sign of "no value"

    @property
    def value(self) -> bool:
        return self.number or self.mark

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    chunks: tuple[Chunk, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for c in self.chunks for w in c.words)

    @property
    def text(self) -> str:
        return " ".join(c.text for c in self.chunks)

    @property
    def x0(self) -> float:
        return self.chunks[0].x0

    @property
    def x1(self) -> float:
        return max(c.x1 for c in self.chunks)

    @property
    def size(self) -> float:
        return max(c.size for c in self.chunks)

    @property
    def numbers(self) -> int:
        return sum(c.number for c in self.chunks)


def levels(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by level (their centres within half a line), each level from left to right."""
    held = [((w.top + w.bottom) / 2, w.x0, place, w) for place, w in enumerate(words)]
    if len(held) == 1:
        return [[held[0][3]]]
    groups: list[list[Word]] = []
    centre = size = 0.0
    held.sort()  # the place parts equals, so that words are never compared
    for middle, _, _, word in held:
        if groups and abs(middle - centre) <= 0.42 * max(min(size, word.size), 1.0):
            group = groups[-1]
            group.append(word)
            centre += (middle - centre) / len(group)
            size = max(size, word.size)
        else:
            groups.append([word])
            centre, size = middle, word.size
    for group in groups:
        if len(group) > 1:
            group.sort(key=_left)
    return groups


def _left(word: Word) -> float:
    return word.x0


def make_chunk(words: list[Word] | tuple[Word, ...]) -> Chunk:
    """The chunk of some words, in their order."""
    if len(words) == 1:
        return _lone(words[0])
    box = bounds(words)
    text = " ".join([w.text for w in words])
    return Chunk(
        words=tuple(words),
        text=text,
        x0=box.x0,
        top=box.top,
        x1=box.x1,
        bottom=box.bottom,
        size=max([w.size for w in words]),
        bold=sum([w.bold for w in words]) * 2 > len(words),
        number=is_number(text) or is_number(text.replace(" ", "")),
        mark=is_mark(text),
    )


def _lone(word: Word) -> Chunk:
    text = word.text
    return Chunk(
        words=(word,),
        text=text,
        x0=word.x0,
        top=word.top,
        x1=word.x1,
        bottom=word.bottom,
        size=word.size,
        bold=word.bold,
        number=is_number(text) or (" " in text and is_number(text.replace(" ", ""))),
        mark=is_mark(text),
    )


def chunks_of(level: list[Word], edges: tuple[float, ...] = ()) -> list[Chunk]:
    """Cut one level into chunks: at wide gaps, between two figures, and at the given vertical edges."""
    found: list[list[Word]] = []
    for word in level:
        if found and _together(found[-1], word, edges):
            found[-1].append(word)
        else:
            found.append([word])
    return [make_chunk(c) for c in found]


def _together(run: list[Word], word: Word, edges: tuple[float, ...]) -> bool:
    last = run[-1]
    gap, size = word.x0 - last.x1, max(min(last.size, word.size), 1.0)
    if edges and gap > EDGE_GAP * size:
        left_of, right_of = last.centre, word.centre
        if any(left_of < e < right_of and last.x1 - 1.5 <= e <= word.x0 + 1.5 for e in edges):
            return False
    left, right = is_number(last.text), is_number(word.text)
    if left and right:
        return False
    if left and is_currency(word.text):
        return False
    if left or right:
        if gap < -0.15 * size:
            return False  # a label printed over an amount
        sign = (is_mark(last.text) and last.text in "-–—−$%QLBs.") or word.text in "%)*"
        return gap < (TEXT_GAP if sign else MIXED_GAP) * size
    if is_mark(last.text) != is_mark(word.text) or (is_mark(last.text) and is_mark(word.text)):
        return gap < 0.4 * size
    return gap < TEXT_GAP * size


def lines_of(words: Iterable[Word], edges: tuple[float, ...] = ()) -> list[Line]:
    """Words as lines of chunks, from top to bottom."""
    found = []
    for level in levels(words):
        box = bounds(level)
        found.append(Line(chunks=tuple(chunks_of(level, edges)), top=box.top, bottom=box.bottom))
    return found


def text_of(words: Iterable[Word]) -> str:
    """The words of one cell as text: level after level, left to right."""
    words = list(words)
    if len(words) == 1:
        return words[0].text
    return " ".join(w.text for level in levels(words) for w in level)


def head_lines_of(words: Iterable[Word], cores: Sequence[tuple[float, float]]) -> list[Line]:
    """Header lines: labels of neighbouring columns stand close, so a chunk is cut where its words change column."""
    found = []
    for level in levels(words):
        box = bounds(level)
        parts: list[list[Word]] = []
        for chunk in chunks_of(level):
            starts = _flush_starts(chunk.words, cores)
            parts.append([chunk.words[0]])
            for last, word in pairwise(chunk.words):
                apart = word.x0 - last.x1 > EDGE_GAP * max(word.size, 1.0) and not _typed_space(last, word)
                if id(word) in starts or (apart and _nearest(last, cores) != _nearest(word, cores)):
                    parts.append([word])
                else:
                    parts[-1].append(word)
        found.append(Line(chunks=tuple(make_chunk(p) for p in parts), top=box.top, bottom=box.bottom))
    return found


def _flush_starts(words: Sequence[Word], cores: Sequence[tuple[float, float]]) -> set[int]:
    """Ids of words that begin the label of another column, among labels no wider apart than words.

    "Aprobado" and "Ampliaciones/" printed a blank apart end exactly where the figures under each of them do, or begin
    where the texts do: each column under the words must have its own edge so.
    """
    held = [(a, b) for a, b in cores if a < words[-1].x1 and words[0].x0 < b]
    starts: set[int] = set()
    for a, b in held:
        left = next((i for i, w in enumerate(words) if abs(w.x0 - a) < FLUSH * w.size), None)
        right = next((i for i, w in enumerate(words) if abs(w.x1 - b) < FLUSH * w.size), None)
        if right is not None:
            starts |= {id(w) for w in words[right + 1 : right + 2]}
        elif left is not None:
            starts |= {id(words[left])} if left else set()
        else:
            return set()
    return starts if len(held) > 1 else set()


def _typed_space(last: Word, word: Word) -> bool:
    """One blank of a font whose characters are all equally wide, as typewriters and old systems print."""
    steps = {round((w.x1 - w.x0) / len(w.text), 1) for w in (last, word)}
    step = (word.x1 - word.x0) / len(word.text)
    return len(steps) == 1 and len(word.text) > 1 and abs(word.x0 - last.x1 - step) < 0.1 * step


def _nearest(word: Word, cores: Sequence[tuple[float, float]]) -> int:
    """The column a word stands in, else the closest one."""

    def away(column: int) -> tuple[float, float]:
        a, b = cores[column]
        return max(a - word.centre, word.centre - b, 0.0), abs((a + b) / 2 - word.centre)

    return min(range(len(cores)), key=away)
