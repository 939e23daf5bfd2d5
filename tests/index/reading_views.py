"""Short views of a reading, for tests to compare."""

from __future__ import annotations

from index.blocks import ListBlock, Paragraph, RawTable, Reading


def texts(table: RawTable) -> list[list[str]]:
    """Texts by row; a merged cell stands at its first place only, other places are ""."""
    rows, columns = table.shape
    grid = [[""] * columns for _ in range(rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def tables(reading: Reading) -> list[RawTable]:
    return [b for b in reading.blocks if isinstance(b, RawTable)]


def prose(reading: Reading) -> list[str]:
    return [b.text for b in reading.blocks if isinstance(b, Paragraph) and not b.note]


def everything(reading: Reading) -> str:
    """All text of a reading, left out or not."""
    parts = [item.text for item in reading.left_out] + [f.quote for f in reading.facts]
    for block in reading.blocks:
        if isinstance(block, RawTable):
            parts += [block.caption, *block.notes, *(f.quote for f in block.facts), *(c.text for c in block.cells)]
        elif isinstance(block, ListBlock):
            parts += block.items
        else:
            parts.append(block.text)
    return "\n".join(" ".join(p.split()) for p in parts)
