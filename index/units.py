"""The unit that a section gives to all its tables: "(Cifras en miles de pesos)" under its heading, or in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.blocks import Block, Heading, Paragraph, RawTable
from index.readers.text_lines import unit_line
from index.tables.wording import scale_of

_BRACKETED = re.compile(r"\([^()]*\)")


def section_units(blocks: Sequence[Block]) -> list[str]:
    """For each grid the unit line that its section gives, "" where it gives none.

    A line right before a grid without a caption is that grid's alone: the tables after it say their own.
    """
    found: list[str] = []
    said: list[tuple[int, str]] = []  # by level of heading, from the outermost in
    level = 0
    for order, block in enumerate(blocks):
        if isinstance(block, Heading):
            own = unit_line(block.text)
            if own is not None:  # set like a heading, it heads nothing
                said.append((level, own))
                continue
            level = block.level
            said = [(place, text) for place, text in said if place < level]
            said.extend((level, u) for text in _BRACKETED.findall(block.text) if (u := _unit_in(text)) is not None)
        elif isinstance(block, RawTable):
            found.append(said[-1][1] if said else "")
        elif isinstance(block, Paragraph) and _opens_section(blocks, order):
            own = unit_line(block.text)
            if own is not None:
                said.append((level, own))
    return found


def _unit_in(bracket: str) -> str | None:
    """The unit in a bracket of a heading, said as on a line of its own or in short: "(miles de colones)"."""
    return unit_line(bracket) or (bracket if scale_of(bracket) != 1 else None)


def _opens_section(blocks: Sequence[Block], order: int) -> bool:
    """Whether a line stands under a heading, or begins the document, and speaks of more than one grid."""
    after = blocks[order + 1] if order + 1 < len(blocks) else None
    alone = isinstance(after, RawTable) and not after.caption
    return not alone and (order == 0 or isinstance(blocks[order - 1], Heading))
