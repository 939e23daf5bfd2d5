"""Pages a second against pdfplumber's own `extract_text` + `extract_tables`, over the benchmark's pages in one run.

    python -m tests.benchmarks.speed [folder of the table benchmark]

The two take turns on every page, so that whatever else the machine does slows both; a page counts by its CPU time.
Libraries are loaded before: pdfplumber at the top, those of pictures too.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pdfplumber
import scipy.ndimage  # noqa: F401 - what pictures on a page need, loaded once a process as pdfplumber is

from index.pdf.lanes import is_unread
from index.pdf.reader import read_pages
from index.pdf.source import open_pdf


def pages_of(folder: Path) -> dict[Path, list[int]]:
    """Printed pages of the benchmark by file: those with a table and those without."""
    found: dict[Path, list[int]] = {}
    cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    without = json.loads((folder / "negative_pages.json").read_text(encoding="utf-8"))
    for page in [*cases, *without]:
        known = found.setdefault(folder / page["pdf"], [])
        if page["page"] not in known:
            known.append(page["page"])
    return {path: [n for n in numbers if _printed(path, n)] for path, numbers in found.items()}


def _printed(path: Path, number: int) -> bool:
    with open_pdf(path) as source:
        return not is_unread(source.ink(number))


def ours(path: Path, number: int) -> float:
    start = time.process_time()
    read_pages(path, [number])
    return time.process_time() - start


def theirs(path: Path, number: int) -> float:
    start = time.process_time()
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[number - 1]
        page.extract_text()
        page.extract_tables()
        page.close()
    return time.process_time() - start


def compare(folder: Path) -> tuple[int, float, float]:
    """Pages, and pages a second of CPU of this project and of pdfplumber."""
    count, mine, other = 0, 0.0, 0.0
    for path, numbers in pages_of(folder).items():
        for number in numbers:
            order = (ours, theirs) if count % 2 else (theirs, ours)
            spent = {how: how(path, number) for how in order}
            mine, other, count = mine + spent[ours], other + spent[theirs], count + 1
    return count, count / mine, count / other


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/tables") / "cases"
    count, mine, other = compare(folder)
    print(f"{count} pages: {mine:.2f} pages/s here, {other:.2f} pdfplumber, ratio {mine / other:.2f}")  # noqa: T201 - a report for people
