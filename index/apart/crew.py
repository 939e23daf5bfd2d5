"""Processes apart: started when needed, reused, watched while they work, ended when they overstay."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.apart.worker import Job, receive, send
from index.errors import ReadError

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from index.apart.worker import main; main()"
_FEW_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # their stacks count as address space
_IDLE = 8  # processes kept waiting for the next file

OnPage = Callable[[int, int], None]  # number of the page at hand, pages in all


class WorkerLostError(Exception):
    """The process died or overstayed. page: the last one it said it was at, None before the first."""

    def __init__(self, page: int | None, *, late: bool) -> None:
        super().__init__(f"page {page}, {'late' if late else 'dead'}")
        self.page = page
        self.late = late


class WorkerFailedError(Exception):
    """The work raised what nobody foresaw. name: of the error; trace: its traceback."""

    def __init__(self, name: str, trace: str) -> None:
        super().__init__(name)
        self.name = name
        self.trace = trace


class Worker:
    """One process. Not for two threads at once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-c", _START, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # `select` sees only what no buffer has taken
            env={**os.environ, **_FEW_THREADS},
            start_new_session=True,  # an interrupt at the terminal is for the load, which ends its processes itself
        )

    def run(self, job: Job, seconds: float, on_page: OnPage | None = None) -> Any:
        """What the job gives. seconds: the longest silence.

        Raises ReadError for a file that is unfit, WorkerLostError, WorkerFailedError.
        """
        assert self._process.stdin is not None
        page = None
        try:
            send(self._process.stdin, job)
            while True:
                kind, *rest = self._next(seconds)
                if kind == "page":
                    page = rest[0]
                    if on_page is not None:
                        on_page(rest[0], rest[1])
                elif kind == "done":
                    return rest[0]
                elif kind == "unfit":
                    raise ReadError(rest[0])
                else:
                    raise WorkerFailedError(rest[0], rest[1]) if kind == "failed" else EOFError  # starved
        except TimeoutError as error:
            self.end()
            raise WorkerLostError(page, late=True) from error
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerLostError(page, late=False) from error
        except (KeyboardInterrupt, SystemExit):
            self.end()
            raise

    def _next(self, seconds: float) -> Any:
        stream = self._process.stdout
        assert stream is not None
        if os.name == "posix" and not select.select([stream], [], [], seconds)[0]:
            raise TimeoutError
        return receive(stream)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """End the process and what it started."""
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, 9)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait(timeout=10)


_waiting: list[Worker] = []
_lock = threading.Lock()


@contextlib.contextmanager
def worker() -> Iterator[Worker]:
    """A process for one job; kept for the next one when it is still well."""
    with _lock:
        found = next((w for w in reversed(_waiting) if w.alive), None)
        _waiting[:] = [w for w in _waiting if w is not found and w.alive]
    chosen = found or Worker()
    try:
        yield chosen
    except BaseException:
        if chosen.alive:
            _give_back(chosen)
        raise
    _give_back(chosen)


def run(job: Job, seconds: float, on_page: OnPage | None = None) -> Any:
    """`Worker.run` in a process that is well; one that died while it waited is not the job's fault."""
    try:
        with worker() as hand:
            return hand.run(job, seconds, on_page)
    except WorkerLostError as error:
        if error.page is not None or error.late:
            raise
    close()
    with worker() as hand:
        return hand.run(job, seconds, on_page)


def _give_back(chosen: Worker) -> None:
    with _lock:
        if chosen.alive and len(_waiting) < _IDLE:
            _waiting.append(chosen)
            return
    chosen.end()


@atexit.register
def close() -> None:
    """End the processes that wait. They also end by themselves when this process is gone."""
    with _lock:
        waiting, _waiting[:] = list(_waiting), []
    for each in waiting:
        each.end()
