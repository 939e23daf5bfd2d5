"""Labels of columns that are printed upright, one letter above the other or turned by a quarter, to save width."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.pdf.drafts import Draft, DraftCell
from index.pdf.grids import place
from index.pdf.lines import lines_of
from index.pdf.turning import turn_back
from index.pdf.values import Word, bounds

_FEWEST = 2  # columns that must have such a label: one alone may be a remark on the margin
_NEAR = 3.0  # sizes between the end of a label and the first row
_LEVEL = 3.0  # points: phrases that begin this close stand on one level


def upended(words: Sequence[Word], angle: int, width: float, height: float) -> list[Word]:
    """The phrases of words that run up (90) or down (270) an upright page, as read, each as one word where it stands.

    words: in the frame in which they run from left to right. width, height: of the page.
    """
    found = []
    for line in lines_of(words):
        for chunk in line.chunks:
            box = turn_back(bounds(chunk.words), angle, height, width)
            found.append(
                replace(
                    chunk.words[0], text=chunk.text, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom,
                    size=chunk.size, bold=chunk.bold, starts=(),
                )
            )  # fmt: skip
    return found


def with_upended(draft: Draft, phrases: Sequence[Word], free: Sequence[Word]) -> tuple[Draft, list[Word]]:
    """The draft with the phrases that head its columns, and what of phrases and free words it holds now.

    Words that stand level with them over columns without such a label head those.
    """
    body = [w for c in draft.cells if c.row >= draft.header_rows for w in c.words]
    if not body:
        return draft, []
    first = min(w.top for w in body)
    headed = {c.column + i for c in draft.cells if _is_lowest(draft, c) for i in range(c.columns)}
    above = [p for p in phrases if p.bottom <= first + 2]
    low = [p for p in above if first - p.bottom <= _NEAR * p.size]
    over: dict[int, list[Word]] = defaultdict(list)
    for phrase in above:
        column = place(draft.edges, phrase.centre)
        beside = any(phrase.top < p.bottom and phrase.bottom > p.top for p in low)
        if beside and column is not None and column not in headed:
            over[column].append(phrase)
    if len(over) < _FEWEST:
        return draft, []
    top = min(w.top for held in over.values() for w in held)
    used = [w for held in over.values() for w in held]
    level: dict[int, list[Word]] = defaultdict(list)
    for word in free:
        column = place(draft.edges, word.centre)
        if top - _LEVEL <= word.top and word.bottom <= first + 2 and column is not None and column not in headed:
            level[column].append(word)
    for column in level.keys() - over.keys():
        used.extend(level[column])
        over[column] = level[column]
    return _headed(draft, over), used


def _is_lowest(draft: Draft, cell: DraftCell) -> bool:
    """Whether a cell of the header stands right over the body."""
    return cell.row < draft.header_rows <= cell.row + cell.rows and bool(cell.words)


def _headed(draft: Draft, labels: dict[int, list[Word]]) -> Draft:
    row, down = max(draft.header_rows - 1, 0), 0 if draft.header_rows else 1
    cells = [replace(c, row=c.row + down) for c in draft.cells]
    cells.extend(DraftCell(row=row, column=column, words=_one(words)) for column, words in sorted(labels.items()))
    return replace(draft, cells=cells, header_rows=max(draft.header_rows, 1))


def _one(words: Sequence[Word]) -> list[Word]:
    """The lines of a label in the order in which they are read; those of an upright one lie side by side."""
    upright = all(w.x1 - w.x0 >= w.bottom - w.top for w in words)
    if upright or len(words) < 2:
        return list(words)
    box = bounds(list(words))
    text = " ".join(w.text for w in words)
    return [replace(words[0], text=text, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)]
