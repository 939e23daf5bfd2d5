"""Labels that wrap in a table kept apart by spaces: their first lines stand alone, the figures on the last one."""

from __future__ import annotations

from collections.abc import Sequence

from index.readers.aligned_head import Band, Chunk
from index.readers.grid import is_blank, is_number
from index.readers.text_lines import glue, list_item, starts_lower
from index.text import fold, words

_JOINS = frozenset("y e o u ni de del la las los el en para por con a al sobre entre segun sin que su sus".split())

Chunks = list[Chunk]


def joined_labels(rows: Sequence[Chunks], columns: Sequence[Band], labels: int) -> list[tuple[int, Chunks]]:
    """The rows with each wrapped label made whole, and which of the rows given each one ends with.

    columns: bands of all columns, of which the first `labels` hold names of rows. A line that heads a section of rows
    stays a row of its own: a label is taken for wrapped where its words say so, and in such a table where the next
    word found no room on the line.
    """
    edge = columns[labels][0] if 0 < labels < len(columns) else 0
    alone = [_is_alone(row, edge) for row in rows]
    own_style = _lower_rows_of_their_own(rows, alone)
    wide = max((row[0].end for row in rows if row and row[0].start < edge and not is_number(row[0].text)), default=0)

    def told(i: int) -> bool:
        return alone[i] and _says_so(rows[i][0].text, rows[i + 1][0], edge, lower=not own_style)

    any_told = any(told(i) for i in range(len(rows) - 1) if rows[i + 1])
    found: list[tuple[int, Chunks]] = []
    for i in range(len(rows) - 1, -1, -1):
        row = list(rows[i])
        below = found[-1][1] if found else []
        goes_on = alone[i] and bool(below) and i + 1 < len(rows) and bool(rows[i + 1]) and _has_figures(below)
        if goes_on and (told(i) or (any_told and _no_room(row[0], rows[i + 1][0], wide))):
            first = Chunk(
                text=glue_label(row[0].text, below[0].text),
                start=min(row[0].start, below[0].start),
                end=max(row[0].end, below[0].end),
            )
            found[-1] = (found[-1][0], [first, *below[1:]])
        else:
            found.append((i, row))
    return found[::-1]


def glue_label(first: str, second: str) -> str:
    """Two lines of a label as one; "(Térraba-" and "Sierpe)" keep their hyphen."""
    return first + second if first.endswith("-") and second[:1].isupper() else glue(first, second)


def _is_alone(row: Chunks, edge: int) -> bool:
    return len(row) == 1 and row[0].end <= edge and not is_number(row[0].text) and not row[0].text.endswith(":")


def _has_figures(row: Chunks) -> bool:
    return any(is_number(c.text) or is_blank(c.text) for c in row[1:])


def _lower_rows_of_their_own(rows: Sequence[Chunks], alone: Sequence[bool]) -> bool:
    """Whether rows begin in lower case that no line alone stands above: "hombres" and "mujeres" under a heading."""
    return any(
        row and starts_lower(row[0].text) and _has_figures(row) and not (i and alone[i - 1])
        for i, row in enumerate(rows)
    )


def _says_so(above: str, below: Chunk, edge: int, *, lower: bool) -> bool:
    """Whether the words of two lines tell that they are one label."""
    if below.start >= edge or is_number(below.text):
        return False
    if above.count("(") > above.count(")") or above.endswith("-"):
        return True
    last, first = words(above)[-1:], words(below.text)[:1]
    if above.rstrip()[-1:].isalpha() and last and last[0] in _JOINS and len(words(above)) > 1:
        return True
    marked = list_item(below.text) is not None
    if lower and not marked and (starts_lower(below.text) or below.text.startswith("(")):
        return True
    return above.isupper() and below.text.isupper() and bool(first) and first[0] in _JOINS and not marked


def _no_room(above: Chunk, below: Chunk, wide: int) -> bool:
    """Whether the next word would have passed the widest label, where both lines begin and are written alike."""
    word = below.text.split()[0]
    alike = above.start == below.start and above.text.isupper() is below.text.isupper()
    return alike and above.end + 1 + len(word) > wide and not any(c.isdigit() for c in fold(word))
