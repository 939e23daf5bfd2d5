"""Words laid over a net of rulings ("NO APLICA" in a box of its own): they belong to the table, to none of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from index.pdf.lattice import Grid
from index.pdf.lines import Chunk, chunks_of, levels
from index.pdf.values import Word

LARGE = 1.6  # times the usual size of the net's words
MOST = 0.25  # share of the words: more is a table printed in two sizes


def without_stamps(grid: Grid, words: Sequence[Word]) -> tuple[list[Word], list[list[Word]]]:
    """The words that are cells, and the lines laid over them: much larger, and run across a drawn column edge."""
    sizes = sorted(w.size for w in words)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    large = [w for w in words if w.size >= LARGE * usual]
    if not large or len(large) > MOST * len(words):
        return list(words), []
    owner = {(c.row + i, c.column + j): c for c in grid.cells for i in range(c.rows) for j in range(c.columns)}
    walls = [
        (grid.xs[column + 1], grid.ys[row], grid.ys[row + 1])
        for (row, column), cell in owner.items()
        if owner.get((row, column + 1), cell) is not cell
    ]
    stamps = [
        list(chunk.words)
        for level in levels(large)
        for chunk in chunks_of(level)
        if not chunk.number and any(_crosses(chunk, wall) for wall in walls)
    ]
    taken = {id(w) for line in stamps for w in line}
    return [w for w in words if id(w) not in taken], stamps


def _crosses(chunk: Chunk, wall: tuple[float, float, float]) -> bool:
    """Part of the text stands on each side of the edge; a label that touches it does not cross."""
    x, top, bottom = wall
    slack = 0.5 * chunk.size
    return top <= chunk.middle <= bottom and chunk.x0 + slack < x < chunk.x1 - slack
