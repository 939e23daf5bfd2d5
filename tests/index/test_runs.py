"""Runs of reports: told by the reports alone, in order, none too long, and hardly changed by a report that comes in."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.runs import MOST, Mark, runs


def _marks(*sizes: int) -> list[Mark]:
    return [Mark(document=f"d{i}", passages=size, digest="") for i, size in enumerate(sizes)]


@given(st.lists(st.integers(0, MOST * 2), max_size=60))
def test_each_document_is_in_one_run_and_none_is_too_long(sizes: list[int]) -> None:
    """But for one document that is."""
    marks = _marks(*sizes)
    found = runs(marks)
    assert list(chain.from_iterable(found)) == marks
    assert all(len(run) == 1 or sum(m.passages for m in run) <= MOST for run in found)


@pytest.mark.parametrize("place", range(0, 201, 10))
@pytest.mark.parametrize("number", range(5))
def test_a_new_report_leaves_most_runs_as_they_were(place: int, number: int) -> None:
    """Two hundred reports of five hundred passages each: what is made anew is two runs, hardly ever more."""
    marks = _marks(*[500] * 200)
    new = Mark(document=f"new{number}", passages=500, digest="")
    before, after = set(runs(marks)), set(runs([*marks[:place], new, *marks[place:]]))
    assert new in chain.from_iterable(after - before)
    assert sum(m.passages for run in after - before for m in run) <= 2 * MOST


def test_a_very_large_store_has_longer_runs_instead_of_more() -> None:
    assert len(runs(_marks(*[1000] * 5000))) < 256
