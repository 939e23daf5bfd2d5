"""A PDF of many cheap pages, a load of it in a process of its own that can be killed, and what must be in its report.

python -m tests.index.apart.long_file 2000 [folder]     one measured run: killed in the middle, taken up again
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from index.apart import reading
from index.apart.spool import spool_of
from index.files import content_id
from index.ingest import Status, load
from index.model import Report
from index.sqlite_store import SqliteStore
from tests.conftest import ROOT
from tests.index.pdf.sheets import Sheet

ROWS = 4
CHILD = """
import sys
from pathlib import Path
from index.ingest import load
from index.sqlite_store import SqliteStore
load([Path(sys.argv[1])], SqliteStore(Path(sys.argv[2])), on_page=lambda n, total: print(n, flush=True))
"""


def figure(page: int, row: int) -> Decimal:
    """What the table of a page prints in a row: no two pages and no two rows alike."""
    return Decimal(page * 1000 + row * row * 7 + 3) + Decimal("0.25")


def render(path: Path, pages: int, rows: int = ROWS) -> Path:
    """A page holds a caption, a small table and a line of prose of its own."""
    sheet = Sheet(path)
    for page in range(1, pages + 1):
        if page > 1:
            sheet.next_page()
        sheet.text(60, 80, f"Cuadro {page}. Riego del canal {page}")
        sheet.row(110, [(60, "Tramo"), (260, "Vigente"), (360, "Ejecutado")])
        for row in range(rows):
            shown = f"{figure(page, row):,.2f}"
            sheet.row(128 + 14 * row, [(60, f"Tramo {row + 1}"), (260, shown), (360, shown)])
        sheet.text(
            60, 700, f"La comisión del canal {page} se reunió con quienes riegan para acordar los turnos de agua."
        )
    sheet.canvas.save()
    return path


def is_whole(report: Report, pages: int, rows: int = ROWS) -> bool:
    """Whether every figure and every line of prose of all pages is there, once, at its page."""
    figures = [
        (table.pages, [row.cells[1].value for row in table.rows if row.cells[1].value is not None])
        for table in report.tables
    ]
    wanted = [((page,), [figure(page, row) for row in range(rows)]) for page in range(1, pages + 1)]
    prose = "\n".join(chunk.text for chunk in report.chunks)
    return figures == wanted and all(f"del canal {page} se reunió" in prose for page in range(1, pages + 1))


def kill_a_load(path: Path, store: Path, *, after: int, watch: Callable[[int], None] | None = None) -> list[int]:
    """Load a file in a process of its own and kill it when so many pages were told; the processes it had started.

    watch: told the load's process id at every page.
    """
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(store)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if watch is not None:
                watch(child.pid)
            if int(line) >= after:
                break
        started = children(child.pid)
        child.send_signal(signal.SIGKILL)
    return started


def children(pid: int) -> list[int]:
    """Processes that a process started."""
    return [int(p) for task in Path(f"/proc/{pid}/task").glob("*/children") for p in task.read_text().split()]


def kept_pages(path: Path) -> dict[str, int]:
    """Pages of an unfinished load that are on disk, with when they were written."""
    folder = spool_of(content_id(path), variant=reading._variant())
    return {p.name: p.stat().st_mtime_ns for p in folder.glob("*.ink")}


def resident(pid: int) -> int:
    """Kilobytes of memory that a process holds, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def main(pages: int, folder: Path) -> None:
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    path = render(folder / "largo.pdf", pages, rows=25)
    start = time.monotonic()
    most: dict[int, int] = {}

    def watch(pid: int) -> None:
        for one in [pid, *children(pid)]:
            most[one] = max(most.get(one, 0), resident(one))

    kill_a_load(path, folder / "uno", after=pages // 2, watch=watch)
    killed = time.monotonic() - start
    kept = kept_pages(path)
    print(f"{pages} pages, killed after {killed:.0f} s with {len(kept)} pages kept")  # noqa: T201 - a report for people
    print("most memory of a process by then:", [f"{kb // 1024} MB" for kb in most.values()])  # noqa: T201
    most.clear()
    told: list[tuple[float, int]] = []
    start = time.monotonic()
    store = SqliteStore(folder / "uno")

    def at_page(number: int, _total: int) -> None:
        told.append((time.monotonic() - start, number))
        watch(os.getpid())

    (outcome,) = load([path], store, on_page=at_page)
    spread = next(seconds for seconds, number in told if number == pages)
    rest = time.monotonic() - start - spread
    print(f"taken up again at page {told[0][1]}: pages {spread:.0f} s, report {rest:.0f} s")  # noqa: T201
    print("most memory of a process:", [f"{kb // 1024} MB" for kb in most.values()])  # noqa: T201
    whole = outcome.document is not None and is_whole(store.report(outcome.document.id), pages, 25)
    print(outcome.status is Status.NEW, "whole" if whole else f"NOT WHOLE {outcome.message}")  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(int(sys.argv[1]), Path(made))
