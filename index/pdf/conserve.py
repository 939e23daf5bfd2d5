"""The check that nothing printed is lost: every word ends in a block, a fact or `left_out`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from index.blocks import Heading, ListBlock, Paragraph, RawTable, Reading
from index.pdf.drafts import Draft
from index.pdf.values import Word

_LAYOUT = frozenset("-\u2010\u2011\u00ad•●▪■◦○➢►✓·‣⁃\uf0b7\uf0a7\uf0d8–—*o")  # hyphens at line ends, bullets


def unplaced(words: Sequence[Word], drafts: Sequence[Draft], rest: Sequence[Word]) -> list[Word]:
    """Words of a page that are neither in a table, nor in its caption or notes, nor left for the prose."""
    held = {id(w) for w in rest}
    for draft in drafts:
        held.update(id(w) for w in draft.words)
        held.update(id(w) for line in [*draft.caption, *draft.notes] for w in line)
    return [w for w in words if id(w) not in held]


def lost_letters(printed: Iterable[str], reading: Reading) -> Counter[str]:
    """Letters and digits that were printed and are nowhere in the reading, with how many of each."""
    wanted: Counter[str] = Counter()
    for text in printed:
        wanted.update(_letters(text))
    return wanted - Counter(c for text in _texts(reading) for c in _letters(text))


def _letters(text: str) -> list[str]:
    return [c for c in text if not c.isspace() and c not in _LAYOUT]


def _texts(reading: Reading) -> Iterable[str]:
    for block in reading.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case ListBlock():
                yield from block.items
            case RawTable():
                yield block.caption
                yield from block.notes
                yield from (cell.text for cell in block.cells)
    for fact in reading.facts:
        yield fact.quote
    for left in reading.left_out:
        yield left.text
