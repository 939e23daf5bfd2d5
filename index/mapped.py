"""The arrays of all reports of a large store joined on disk, and mapped into memory instead of read.

A hundred thousand passages open at once and take the memory of what questions touch. The folder lies beside the store
and may be deleted at any time; it is made anew when a report is added, removed or corrected.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from index.arrays import Arrays

_log = logging.getLogger(__name__)
_NEW = "nuevo-"
_ABANDONED = 3600.0  # seconds after which what another process was writing was left by it

A = TypeVar("A", bound=Arrays)


def mapped_arrays(kind: type[A], folder: Path, key: Sequence[object], make: Callable[[], A]) -> A:
    """The joined arrays: those on disk under the same key, or made now and kept there.

    key: what tells one state of the store and of the program from any other. Written aside and renamed: two processes
    at once make the same twice, one that is killed leaves nothing that is read. Where the folder cannot be written,
    what was made is used from memory.
    """
    name = hashlib.sha256(repr(list(key)).encode()).hexdigest()[:24]
    place = folder / f"{kind.__name__.lower()}-{name}"
    try:
        return kind.mapped(place)
    except (OSError, ValueError):  # not there, or cut short by a full disk
        made = make()
    try:
        _write(made, folder, place)
        return kind.mapped(place)
    except (OSError, ValueError) as error:
        _log.warning("the joined index cannot be kept in %s: %s", folder, error)
        return made


def _write(arrays: Arrays, folder: Path, place: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
    try:
        arrays.save(made)
        if place.exists():
            shutil.rmtree(place)
        made.rename(place)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for other in folder.iterdir():  # of earlier states; who still maps one keeps it until it lets go
        if other != place and _is_past(other, place):
            shutil.rmtree(other, ignore_errors=True)


def _is_past(other: Path, place: Path) -> bool:
    """Whether a folder is an earlier state of the same arrays, or what a process that ended was writing."""
    kind = place.name.rpartition("-")[0]
    if other.name.startswith(_NEW):
        try:
            return time.time() - other.stat().st_mtime > _ABANDONED
        except OSError:
            return False  # renamed meanwhile
    return other.name.rpartition("-")[0] in {kind, ""}  # earlier versions gave no kind
