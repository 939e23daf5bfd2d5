"""Arrays of some reports of a large store joined on disk, and mapped into memory instead of read.

A hundred thousand passages open at once and take the memory of what questions touch. The folder lies beside the store
and may be deleted at any time; a file of it is made anew when one of its reports is added, removed or corrected.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import mmap
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from index.arrays import Arrays
    from index.runs import Run

_log = logging.getLogger(__name__)
_NEW = "nuevo-"
_ABANDONED = 3600.0  # seconds after which what another process was writing was left by it

A = TypeVar("A", bound="Arrays")


def mapped_runs(kind: type[A], folder: Path, version: str, runs: Sequence[Run], make: Callable[[Run], A]) -> list[A]:
    """The joined arrays of each run of documents: those on disk, or made now and kept there.

    version: what tells the arrays of this program from those of others. A file is written aside and renamed: two
    processes at once make the same twice, one that is killed leaves nothing that is read. Where the folder cannot be
    written, what was made is used from memory. Files of earlier states are deleted; who maps one keeps it until it
    lets go.
    """
    found = {_name(kind, version, run): run for run in runs}
    mapped = [_mapped(kind, folder / name, run, make) for name, run in found.items()]
    for other in _files(folder):
        if other.name not in found and _is_past(other, kind.__name__.lower()):
            _delete(other)
    return mapped


def _name(kind: type[Arrays], version: str, run: Run) -> str:
    state = repr([version, *((m.document, m.passages, m.digest) for m in run)])
    return f"{kind.__name__.lower()}-{hashlib.sha256(state.encode()).hexdigest()[:24]}"


def _mapped(kind: type[A], file: Path, run: Run, make: Callable[[Run], A]) -> A:
    try:
        return kind.mapped(file)
    except (OSError, ValueError, KeyError):  # not there, or cut short by a full disk
        made = make(run)
    try:
        _write(made, file, [m.document for m in run])
        return kind.mapped(file)
    except (OSError, ValueError, KeyError) as error:
        _log.warning("the joined index cannot be kept in %s: %s", file.parent, error)
        return made


def _write(arrays: Arrays, file: Path, documents: Sequence[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    made, path = tempfile.mkstemp(prefix=_NEW, dir=file.parent)
    try:
        with os.fdopen(made, "wb") as out:
            arrays.save(out, documents)
        Path(path).replace(file)
    finally:
        Path(path).unlink(missing_ok=True)


def _is_past(other: Path, kind: str) -> bool:
    if other.name.startswith(_NEW):
        try:
            return time.time() - other.stat().st_mtime > _ABANDONED
        except OSError:
            return False  # renamed meanwhile
    return other.name.rpartition("-")[0] == kind or other.is_dir()  # earlier versions made folders


def forget(folder: Path, document: str) -> None:
    """Delete what came from a document, with what lies in the same files; the rest stays."""
    for file in _files(folder):
        try:
            with file.open("rb") as opened:
                holds = document in json.loads(opened.readline())["documents"]
        except (OSError, ValueError, KeyError, TypeError):
            holds = True  # of an earlier version, or half written: it cannot be told
        if holds:
            _delete(file)


def bytes_held() -> float:
    """Bytes of files that this process holds in memory as mapped; more than any number where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[2])
    except (OSError, IndexError, ValueError):
        return math.inf
    return pages * mmap.PAGESIZE


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _delete(file: Path) -> None:
    if file.is_dir():
        shutil.rmtree(file, ignore_errors=True)
        return
    try:
        file.unlink(missing_ok=True)
    except OSError as error:  # Windows deletes no file that is mapped; the next opening does
        _log.info("%s stays: %s", file, error)
