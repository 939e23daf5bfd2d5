"""From grids of texts to typed tables: header paths, roles, measures, number conventions, totals and hierarchy.

`build_table` is the way in. The files follow the data: grid → header → columns → derived → measures → rows → sums,
codes, totals, sections → keys → build.
"""

from __future__ import annotations

from index.tables.build import build_table
from index.tables.sections import addends

__all__ = ["addends", "build_table"]
