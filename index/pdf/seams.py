"""Whether a table goes on over a page break that print does not show: a note between, no header repeated.

Its sums tell: the total on the second page adds up the rows of both.
"""

from __future__ import annotations

from dataclasses import replace

from index.blocks import RawCell, RawTable
from index.pdf.contest import Verdict, judged
from index.pdf.drafts import Draft, raw_cells
from index.pdf.join import Joined, joined_draft, start, try_join


def goes_on(table: Joined, draft: Draft) -> bool:
    """Adds a draft without a header to the table of the page before when both together prove more than each alone.

    The part that begins is asked first: one whose own checks hold needs no other.
    """
    if draft.header_rows or draft.page != table.parts[-1].page + 1:
        return False
    alone = _told(start(draft))
    if not alone.doubtful:
        return False
    both = Joined(
        parts=list(table.parts),
        maps=list(table.maps),
        skips=list(table.skips),
        glued=list(table.glued),
        dropped=list(table.dropped),
    )
    if not try_join(both, draft, adjacent=True):
        return False
    before = _told(table)
    apart = Verdict(held=before.held + alone.held, failed=before.failed + alone.failed)
    if not _told(both).beats(apart):
        return False
    return try_join(table, draft, adjacent=True)


def _told(table: Joined) -> Verdict:
    return replace(judged(RawTable(cells=tuple(cells_of(table)), header_rows=table.parts[0].header_rows)), crowded=0)


def cells_of(table: Joined) -> list[RawCell]:
    """The cells of all parts, rows counted over the whole table."""
    return [cell for draft, first in joined_draft(table) for cell in raw_cells(draft, first)]
