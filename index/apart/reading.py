"""One file through processes apart: its pages over the cores, then its report; a page that kills its reader is left out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from index.apart.crew import OnPage, WorkerLostError, run
from index.apart.limits import DEFAULT, Limits
from index.apart.spool import Spool, spool_of
from index.apart.worker import Job
from index.errors import ReadError
from index.model import Report

FEW = 8  # pages up to which one process is faster than several
BATCH = 6  # pages of one job

LATE = "la página tardó más de {seconds:.0f} segundos en leerse y se dejó fuera"
DEAD = "la página agotó la memoria o detuvo la lectura y se dejó fuera"


def read_apart(
    path: Path,
    *,
    name: str,
    kind: str,
    ident: str,
    password: str | None = None,
    limits: Limits = DEFAULT,
    on_page: OnPage | None = None,
) -> Report:
    """The report of a file, read outside of this process.

    Raises ReadError when the file is unfit or takes too much; WorkerFailedError when its reader has a fault.
    """
    job = Job(path=path, name=name, password=password, memory=limits.memory)
    if kind != "pdf":
        return _whole(job, limits, on_page)
    pages = _count(path, password)
    if pages <= FEW:
        return _patiently(job, limits, on_page, {})
    spool = Spool(spool_of(ident, variant=_variant()))
    job = Job(path=path, name=name, password=password, spool=spool.folder, memory=limits.memory)
    bad = _spread(job, spool, pages, limits, on_page)
    report = _patiently(job, limits, on_page, bad)
    spool.remove()
    return report


def _variant() -> str:
    from index.ocr import tesseract  # noqa: PLC0415 - only PDFs need it

    return "-ocr" if tesseract.available() else ""


def _count(path: Path, password: str | None) -> int:
    """Pages of a PDF as a quick library counts them; 0 when it cannot: the reader will say what is wrong."""
    from index.ocr.picture import count_pages  # noqa: PLC0415 - heavy

    return count_pages(path, password)


def _whole(job: Job, limits: Limits, on_page: OnPage | None) -> Report:
    try:
        return run(job, limits.file_seconds, on_page)  # type: ignore[no-any-return]  # the job's own value
    except WorkerLostError as error:
        raise ReadError(_given_up(job.path, limits.file_seconds, late=error.late)) from error


def _patiently(job: Job, limits: Limits, on_page: OnPage | None, bad: dict[int, str]) -> Report:
    """The report without the pages that end the process, as long as they are few."""
    while True:
        attempt = Job(
            path=job.path,
            name=job.name,
            password=job.password,
            spool=job.spool,
            skip=tuple(bad.items()),
            memory=job.memory,
        )
        try:
            return run(attempt, limits.page_seconds, on_page)  # type: ignore[no-any-return]  # a job without pages answers with a Report
        except WorkerLostError as error:
            if error.page is None or error.page in bad or len(bad) >= limits.skipped:
                raise ReadError(_given_up(job.path, limits.page_seconds, late=error.late)) from error
            bad[error.page] = _why(error, limits)


def _spread(job: Job, spool: Spool, pages: int, limits: Limits, on_page: OnPage | None) -> dict[int, str]:
    """Read the pages that are not kept yet over the cores; returns those that ended their process, with why."""
    missing = [n for n in range(1, pages + 1) if not spool.has(n)]
    bad: dict[int, str] = {}
    lock, stop = threading.Lock(), threading.Event()
    done = pages - len(missing)

    def told(_number: int, _pages: int) -> None:
        nonlocal done
        if stop.is_set():
            raise KeyboardInterrupt
        with lock:
            done += 1
            if on_page is not None:
                on_page(min(done, pages), pages)

    batches = [missing[i : i + BATCH] for i in range(0, len(missing), BATCH)]
    with ThreadPoolExecutor(max_workers=limits.crew, thread_name_prefix="consta-paginas") as threads:
        tasks = [threads.submit(_batch, job, batch, spool, limits, told, bad) for batch in batches]
        try:
            wait(tasks)
        except BaseException:  # cancelled: the processes end at their next page, the pages that are done stay
            stop.set()
            for task in tasks:
                task.cancel()
            raise
    for task in tasks:
        task.result()
    return bad


def _batch(
    job: Job, numbers: list[int], spool: Spool, limits: Limits, told: Callable[[int, int], None], bad: dict[int, str]
) -> None:
    left = list(numbers)
    while left and len(bad) <= limits.skipped:
        part = Job(
            path=job.path,
            name=job.name,
            password=job.password,
            pages=tuple(left),
            spool=spool.folder,
            memory=job.memory,
        )
        try:
            run(part, limits.page_seconds, told)
        except WorkerLostError as error:
            if error.page is None:
                raise ReadError(_given_up(job.path, limits.page_seconds, late=error.late)) from error
            bad[error.page] = _why(error, limits)
            left = [n for n in left if n != error.page and not spool.has(n)]
        else:
            return


def _why(error: WorkerLostError, limits: Limits) -> str:
    return LATE.format(seconds=limits.page_seconds) if error.late else DEAD


def _given_up(path: Path, seconds: float, *, late: bool) -> str:
    if late:
        return (
            f"«{path.name}» no se terminó de leer: pasó más de {seconds:.0f} segundos sin avanzar. Divídalo en partes o "
            "guárdelo de nuevo con el programa que lo creó."
        )
    return (
        f"«{path.name}» agotó la memoria o detuvo al programa que lo leía: está dañado o preparado para hacerlo. "
        "Guárdelo de nuevo con el programa que lo creó, o divídalo en partes."
    )
