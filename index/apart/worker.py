"""What runs in a process apart: it takes jobs on its standard input and says what it is at on its standard output.

A job is a pickled `Job`; what comes back are pickled tuples: ("page", number, pages) while it works, then one of
("done", value), ("unfit", message of a ReadError), ("starved",) when memory ran out, ("failed", name of the error, traceback). Both ends are our own
processes, so pickles are safe.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from index.errors import ReadError

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, kw_only=True)
class Job:
    """Read a file (`pages` empty), or read pages of a PDF into its spool. skip: pages to leave out, with why."""

    path: Path
    name: str
    password: str | None = None
    pages: tuple[int, ...] = ()
    spool: Path | None = None
    skip: tuple[tuple[int, str], ...] = ()
    memory: int = 0  # bytes of address space, 0: no limit


def send(pipe: IO[bytes], value: object) -> None:
    """Write one value with its length in front."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    left = memoryview(_LENGTH.pack(len(data)) + data)
    while left:
        left = left[pipe.write(left) :]  # a pipe without a buffer may take a part
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next value. Raises EOFError when the other end is gone."""
    head = _exactly(pipe, _LENGTH.size)
    return pickle.loads(_exactly(pipe, _LENGTH.unpack(head)[0]))  # noqa: S301 - written by our own process


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = pipe.read(size - len(found))
        if not part:
            raise EOFError
        found += part
    return found


def main() -> None:
    """Take jobs until the other end closes. Nothing else is ever written to the pipe."""
    jobs, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break the talk
    while True:
        try:
            job: Job = receive(jobs)
        except EOFError:
            return
        try:
            _limit(job.memory)
            answer: tuple[object, ...] = ("done", _work(job, told))
        except ReadError as error:
            answer = ("unfit", str(error))
        except BrokenPipeError:
            return
        except MemoryError:
            answer = ("starved",)
        except Exception as error:  # noqa: BLE001 - outermost edge of a process: told with its traceback
            answer = ("failed", type(error).__name__, traceback.format_exc())
        try:
            send(told, answer)
        except BrokenPipeError:
            return


def _limit(memory: int) -> None:
    """Bound the address space; where the system has no such limit, only time is bounded."""
    if not memory:
        return
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on every system

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def _work(job: Job, told: BinaryIO) -> object:
    def at_page(number: int, pages: int) -> None:
        send(told, ("page", number, pages))

    if job.pages:
        from index.apart.spool import Spool  # noqa: PLC0415 - only PDFs need it
        from index.pdf.reader import spool_pages  # noqa: PLC0415 - heavy

        assert job.spool is not None
        spool_pages(job.path, job.pages, Spool(job.spool), password=job.password, at_page=at_page)
        return None
    from index.ingest import read_report  # noqa: PLC0415 - reading needs it, starting does not

    return read_report(
        job.path, name=job.name, password=job.password, spool=job.spool, skip=dict(job.skip), at_page=at_page
    )


if __name__ == "__main__":
    main()
