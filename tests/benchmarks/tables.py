"""Table extraction in the form the shared benchmark calls, through the code that a load uses.

python score.py --tool tests.benchmarks.tables:extract
"""

from __future__ import annotations

from pathlib import Path

from index.blocks import RawTable
from index.pdf.reader import read_pages

Table = dict[str, list[dict[str, object]]]


def extract(pdf_path: str, page_no: int) -> list[Table]:
    """Tables of one page. A page read alone has no running heads."""
    return [_plain(t) for t in read_pages(Path(pdf_path), [page_no])]


def extract_document(pdf_path: str, pages: list[int]) -> list[Table]:
    """Tables of the given pages, joined over pages."""
    return [_plain(t) for t in read_pages(Path(pdf_path), pages)]


def _plain(table: RawTable) -> Table:
    return {
        "cells": [
            {"r": c.row, "c": c.column, "r2": c.row + c.rows - 1, "c2": c.column + c.columns - 1, "text": c.text}
            for c in table.cells
        ]
    }
